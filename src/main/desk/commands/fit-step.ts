import type { HistoryOutcome } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { sameValue } from '../../../shared/rules/canonical-json';
import { closedStatuses } from '../../../shared/rules/booking';
import { whyNot, whyNotChange } from '../../../shared/rules/permit';
import type { Readable } from '../local/handles';
import { emptyRow, replay, type LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { finish, type Steps } from '../steps';
import { blockersOf, contentsOf } from '../queries/removal';
import { titleOf } from '../queries/titles';
import { whyFrozen } from './curriculum-states';

type Skipped = HistoryOutcome['skipped'];

/** What of a step can still be done now: fields others changed since are left alone and listed. */
export interface Fit {
  ops: LocalOp[];
  skipped: Skipped;
  /** Why nothing of it may be done, in words. */
  forbidden: string | null;
}

/**
 * The rows a step is held against: as they are, and as the steps fitted before it would leave them. So a whole way back can be looked at
 * without being gone.
 */
export class Ground {
  readonly #then = new Map<string, AnyRow | null>();
  readonly #going = new Set<string>();

  constructor(
    readonly db: Readable,
    readonly session: SessionFacts,
  ) {}

  row(name: EntityName, id: string): AnyRow | null {
    const key = `${name} ${id}`;
    return this.#then.has(key) ? this.#then.get(key)! : readRow(this.db, name, id);
  }

  /** Others have built on the row since. */
  isHeld(name: EntityName, id: string, going: ReadonlySet<string>): boolean {
    const goes = (one: string): boolean => going.has(one) || this.#going.has(one);
    const contents = contentsOf(this.db, name, [id]);
    const isBuiltOn = [...contents.values()].some((ids) => [...ids].some((part) => !goes(part)));
    return isBuiltOn || blockersOf(this.db, contents).some((blocker) => !goes(blocker.id));
  }

  take(ops: readonly LocalOp[]): void {
    for (const op of ops) {
      if (!isEntityName(op.entity)) continue;
      this.#then.set(`${op.entity} ${op.id}`, replay(this.row(op.entity, op.id), [{ at: 0, op }], null));
      if (op.op === 'delete') this.#going.add(op.id);
      else this.#going.delete(op.id);
    }
  }
}

export const fitStep = (ground: Ground, wanted: readonly LocalOp[]): Fit => finish(fitting(ground, wanted));

export function* fitting(ground: Ground, wanted: readonly LocalOp[]): Steps<Fit> {
  const fit: Fit = { ops: [], skipped: [], forbidden: null };
  const going = new Set(wanted.filter((op) => op.op === 'delete').map((op) => op.id));
  for (const op of wanted) {
    yield;
    const fitted = isEntityName(op.entity) ? fitOp(ground, op.entity, op, going, fit) : null;
    if (fit.forbidden !== null) return { ops: [], skipped: [], forbidden: fit.forbidden };
    if (fitted) fit.ops.push(fitted);
  }
  // A consequence without its cause is none.
  if (fit.ops.every((op) => op.implied)) fit.ops = [];
  return fit;
}

function fitOp(ground: Ground, name: EntityName, op: LocalOp, going: ReadonlySet<string>, fit: Fit): LocalOp | null {
  const row = ground.row(name, op.id);
  const leave = (field: string): null => {
    if (!op.implied) fit.skipped.push({ entity: name, id: op.id, title: titleOf(ground.db, name, op.id), field });
    return null;
  };
  const entity = entityOf(name);
  const read = (one: EntityName, id: string): AnyRow | null => ground.row(one, id);
  const permit = (verb: 'create' | 'remove', of: Record<string, unknown>): void => {
    fit.forbidden ??= op.implied ? null : whyNot(ground.session, entity, verb, of, read);
  };
  if (whyFrozen(read, name, row ?? op.row ?? {}) !== null) return leave('');
  switch (op.op) {
    case 'update': {
      if (!row) return leave('');
      // What is over stays over: rule 10 knows no way back from a booking that was cancelled or completed.
      if (name === 'bookings' && !op.implied && isClosed(row)) return leave('status');
      const fields = Object.keys(op.patch ?? {}).filter(
        (field) => sameValue(row[field], op.base?.[field]) || leave(field),
      );
      if (fields.length === 0) return null;
      const pick = (from: Record<string, unknown>): Record<string, unknown> =>
        Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));
      const patch = pick(op.patch!);
      fit.forbidden ??= op.implied ? null : whyNotChange(ground.session, entity, row, patch, read);
      return { ...op, version: row.rowVersion, base: pick(row), patch };
    }
    case 'delete': {
      if (!row) return null;
      if (!op.implied && ground.isHeld(name, op.id, going)) return leave('');
      permit('remove', row);
      return { ...op, version: row.rowVersion };
    }
    case 'restore':
      if (row) return null;
      permit('remove', op.row ?? {});
      return op;
    case 'insert':
      // Once the server has seen and deleted the row, only a restore brings it back; before, it is the same for this desk.
      if (row) return null;
      permit('create', { ...op.patch, id: op.id });
      return { entity: name, op: 'restore', id: op.id, version: 0, row: shownAgain(op) };
    case 'reveal':
      return null;
  }
}

const isClosed = (row: AnyRow): boolean => (closedStatuses as readonly unknown[]).includes(row['status']);

const shownAgain = (op: LocalOp): Record<string, unknown> => {
  const stamp = { rowVersion: 0, createdAt: null, updatedAt: null, createdBy: null, updatedBy: null };
  return { ...emptyRow(op.entity as EntityName), ...op.row, ...op.patch, ...stamp, id: op.id };
};
