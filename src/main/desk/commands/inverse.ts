import { entityOf, isEntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import type { Readable } from '../local/handles';
import { replay, type LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { finish, type Steps } from '../steps';

/** The ops that take a mutation back, last first, computed before it is written. */
export const inverseOf = (db: Readable, ops: readonly LocalOp[]): LocalOp[] => finish(inverseSteps(db, ops));

export function* inverseSteps(db: Readable, ops: readonly LocalOp[]): Steps<LocalOp[]> {
  // Nearly every row is touched once: only of the others it is followed how they stand in between.
  const touched = new Map<string, number>();
  for (const op of ops) touched.set(keyOf(op), (touched.get(keyOf(op)) ?? 0) + 1);
  const now = new Map<string, AnyRow | null>();
  const inverse: LocalOp[] = [];
  for (const [at, op] of ops.entries()) {
    if (at % 100 === 99) yield;
    if (!isEntityName(op.entity) || op.op === 'reveal') continue;
    const key = keyOf(op);
    const before = now.has(key) ? now.get(key)! : readRow(db, op.entity, op.id);
    if (touched.get(key)! > 1) now.set(key, replay(before, [{ at: 0, op }], null));
    const back = inverseOp(op, before);
    if (back) inverse.push(op.implied ? { ...back, implied: true } : back);
  }
  return inverse.reverse();
}

const keyOf = ({ entity, id }: LocalOp): string => `${entity} ${id}`;

function inverseOp(op: LocalOp, before: AnyRow | null): LocalOp | null {
  const { entity, id } = op;
  const version = before?.rowVersion ?? 0;
  switch (op.op) {
    case 'insert':
      return before ? null : { entity, id, op: 'delete', version: 0 };
    case 'update': {
      if (!before) return null;
      const fields = Object.keys(op.patch ?? {});
      const patch = Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
      return { entity, id, op: 'update', version, base: { ...op.patch }, patch };
    }
    case 'delete':
      return before ? { entity, id, op: 'restore', version, row: contentsOf(before) } : null;
    case 'restore':
      return { entity, id, op: 'delete', version };
    case 'reveal':
      return null;
  }
}

/** A row without what only the server knows of it. */
const contentsOf = (row: AnyRow): Record<string, unknown> => ({ ...row });

/** The label of one kind of row, for sentences: `3 lessons`. */
export function rowsText(name: string, count: number): string {
  if (!isEntityName(name)) return `${count} rows`;
  const { one, many } = entityOf(name).labels;
  return `${count.toLocaleString('en')} ${(count === 1 ? one : many).toLowerCase()}`;
}
