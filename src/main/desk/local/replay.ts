import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { Op } from '../../../shared/contract/wire';
import type { AnyRow } from '../../../shared/model';

/** An op as this desk keeps it: what the wire carries, and what only helps to show the effect before the server answers. */
export interface LocalOp extends Op {
  /** For a restore, the row as it was; for an insert, what the server will fill in. Never sent. */
  row?: Record<string, unknown>;
  /** The server does this by itself as a consequence of another op of the mutation (deleting contents, closing a gap). Never sent. */
  implied?: true;
}

export interface TimedOp {
  at: number;
  op: LocalOp;
}

/** What crosses the wire of a mutation. */
export const wireOps = (ops: readonly LocalOp[]): Op[] =>
  ops.flatMap(({ row: _row, implied, ...op }) => (implied ? [] : [op]));

/**
 * The row a person sees: the server's row with their own unfinished ops applied in order.
 * @param base the server's row; null where it has none
 * @returns null where there is nothing to show
 */
export function replay(base: AnyRow | null, ops: readonly TimedOp[], userId: string | null): AnyRow | null {
  let row = base;
  for (const { at, op } of ops) row = step(row, op, at, userId);
  return row;
}

function step(row: AnyRow | null, op: LocalOp, at: number, userId: string | null): AnyRow | null {
  switch (op.op) {
    case 'insert':
      // Where the server has the row already, its own version of it is the truth.
      return row ?? fresh(op, at, userId);
    case 'update':
      return row && { ...row, ...op.patch, updatedAt: at, updatedBy: userId };
    case 'delete':
      return null;
    case 'restore':
      return row ?? (op.row ? ({ ...op.row, updatedAt: at, updatedBy: userId } as AnyRow) : null);
    case 'reveal':
      return row;
  }
}

function fresh(op: LocalOp, at: number, userId: string | null): AnyRow | null {
  if (!isEntityName(op.entity)) return null;
  const stamp = { rowVersion: 0, createdAt: at, updatedAt: at, createdBy: userId, updatedBy: userId };
  return { ...emptyRow(op.entity), ...op.row, ...op.patch, ...stamp, id: op.id };
}

const emptyRows = new Map<EntityName, Record<string, null>>();

/** Every field of the entity, without a value. */
export function emptyRow(name: EntityName): Record<string, null> {
  let row = emptyRows.get(name);
  if (!row) {
    row = Object.fromEntries(Object.keys(entityOf(name).fields).map((field) => [field, null]));
    emptyRows.set(name, row);
  }
  return row;
}
