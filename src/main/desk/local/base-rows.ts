import type { EntityName } from '../../../shared/entities';
import { isEntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { canonicalJson } from '../../../shared/rules/canonical-json';
import type { Readable, Writable } from './handles';
import { getMeta } from './meta';
import { activeStates } from './outbox';
import { replay, type LocalOp, type TimedOp } from './replay';
import { dropRow, putRow } from './rows';
import { statement } from './statements';

/**
 * The server's version of dirty rows, and the row a person sees made from it. Part of the write door: see its invariants there.
 */

/** Does an active mutation touch the row? */
export function isDirty(db: Readable, name: EntityName, id: string): boolean {
  // Asked of every row that a pull brings, and nearly always no: the states are looked at only where there is an entry at all.
  const touched = statement(db, 'select 1 from outbox_rows where entity = ? and row_id = ? limit 1').get(name, id);
  if (touched === undefined) return false;
  return (
    statement(
      db,
      `select 1 from outbox_rows r join outbox o on o.position = r.position
       where r.entity = ? and r.row_id = ? and o.state in ${activeStates} limit 1`,
    ).get(name, id) !== undefined
  );
}

/** Ids of an entity's dirty rows. */
export function dirtyIds(db: Readable, name: EntityName): Set<string> {
  const rows = statement(
    db,
    `select distinct r.row_id as id from outbox_rows r join outbox o on o.position = r.position
     where r.entity = ? and o.state in ${activeStates}`,
  ).all(name) as { id: string }[];
  return new Set(rows.map((row) => row.id));
}

/** undefined: nothing is kept for this row. */
export function baseOf(db: Readable, name: EntityName, id: string): AnyRow | null | undefined {
  const found = statement(db, 'select row from base_rows where entity = ? and row_id = ?').get(name, id) as
    { row: string | null } | undefined;
  if (!found) return undefined;
  return found.row === null ? null : (JSON.parse(found.row) as AnyRow);
}

export function putBase(db: Writable, name: EntityName, id: string, row: AnyRow | null): void {
  statement(
    db,
    'insert into base_rows (entity, row_id, row) values (?, ?, ?) on conflict (entity, row_id) do update set row = excluded.row',
  ).run(name, id, row && canonicalJson(row));
}

export function dropBase(db: Writable, name: EntityName, id: string): void {
  statement(db, 'delete from base_rows where entity = ? and row_id = ?').run(name, id);
}

/** Shows a row, or takes it away. @returns whether there was anything to do */
export function show(db: Writable, name: EntityName, id: string, row: AnyRow | null): boolean {
  if (!row) return dropRow(db, name, id);
  putRow(db, name, row);
  return true;
}

/** Makes a row what its base and the active mutations say; a row that is clean again forgets its base. */
export function recompute(db: Writable, name: EntityName, id: string): boolean {
  const base = baseOf(db, name, id);
  // Nothing is kept: the row left this desk with its scope, or it is clean.
  if (base === undefined) return false;
  const ops = activeOps(db, name, id);
  if (ops.length === 0) dropBase(db, name, id);
  return show(db, name, id, replay(base, ops, getMeta(db, 'user')));
}

/**
 * Enters the rows a mutation touches.
 * @param before the row as it stands, to be kept as the server's version of those that were clean; null: that is kept already
 */
export function enlist(
  db: Writable,
  position: number,
  ops: readonly LocalOp[],
  before: ((name: EntityName, id: string) => AnyRow | null) | null,
): void {
  for (const op of ops) {
    if (!isEntityName(op.entity) || op.op === 'reveal') continue;
    if (before && !isDirty(db, op.entity, op.id)) putBase(db, op.entity, op.id, before(op.entity, op.id));
    statement(db, 'insert or ignore into outbox_rows (position, entity, row_id) values (?, ?, ?)').run(
      position,
      op.entity,
      op.id,
    );
  }
}

function activeOps(db: Readable, name: EntityName, id: string): TimedOp[] {
  const rows = statement(
    db,
    `select o.position, o.at from outbox_rows r join outbox o on o.position = r.position
     where r.entity = ? and r.row_id = ? and o.state in ${activeStates} order by o.position`,
  ).all(name, id) as { position: number; at: number }[];
  return rows.flatMap(({ position, at }) =>
    (opsByRow(db, position).get(`${name} ${id}`) ?? []).map((op) => ({ at, op })),
  );
}

type OpsByRow = Map<string, LocalOp[]>;
const parsed = new WeakMap<Readable, Map<number, OpsByRow>>();

/** A mutation's ops by row. Ops never change once written; the last few are kept, as one mutation may touch thousands of rows. */
function opsByRow(db: Readable, position: number): OpsByRow {
  let recent = parsed.get(db);
  if (!recent) parsed.set(db, (recent = new Map()));
  const hit = recent.get(position);
  if (hit) return hit;
  const byRow: OpsByRow = new Map();
  const { ops } = statement(db, 'select ops from outbox where position = ?').get(position) as { ops: string };
  for (const op of JSON.parse(ops) as LocalOp[]) {
    const key = `${op.entity} ${op.id}`;
    const list = byRow.get(key);
    if (list) list.push(op);
    else byRow.set(key, [op]);
  }
  if (recent.size >= 16) recent.delete(recent.keys().next().value!);
  recent.set(position, byRow);
  return byRow;
}
