import type { EntityName } from '../../../shared/entities';
import type { Events, View } from '../../../shared/contract/requests';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import type { SqlValue } from '../local/storage';
import { orderedByText } from './ordered-by-text';
import { orderBy, viewSql, type ViewSql } from './view-sql';

/**
 * Views as arrays of row keys in display order. A view is built once; then a page at any depth, and the place of a row, cost next to nothing.
 *
 * A small change is worked into a big view where it stands; otherwise the view is forgotten and built again when next asked for.
 */

export interface Positions {
  rids: Int32Array;
  sql: ViewSql;
}

interface Kept extends Positions {
  entity: EntityName;
}

const most = 16;
/** Below this many rows, building anew is cheaper than working a change in. */
const bigView = 20_000;
const smallChange = 32;

export class Views {
  #kept = new Map<string, Kept>();

  /** @param workedIn views of at least so many rows take small changes in */
  constructor(private readonly workedIn = bigView) {}

  get size(): number {
    return this.#kept.size;
  }

  get(db: Readable, view: View): Positions {
    const key = JSON.stringify([view.entity, view.programs, view.where, view.search, view.sort]);
    const made = this.#kept.get(key) ?? build(db, view);
    this.#kept.delete(key);
    this.#kept.set(key, made);
    if (this.#kept.size > most) this.#kept.delete(this.#kept.keys().next().value!);
    return made;
  }

  /** Called after a commit, before anybody is told. */
  changed(db: Readable, changes: Events['rows.changed']['changes']): void {
    const names = Object.keys(changes) as EntityName[];
    for (const [key, kept] of this.#kept) {
      const ids = changes[kept.entity];
      const elsewhere = names.some((name) => kept.sql.depends.has(name));
      if (!ids && !elsewhere) continue;
      if (elsewhere || !ids || ids === 'many' || kept.rids.length < this.workedIn || !workIn(db, kept, ids))
        this.#kept.delete(key);
    }
  }

  clear(): void {
    this.#kept.clear();
  }
}

function build(db: Readable, view: View): Kept {
  const sql = viewSql(db, view);
  return { entity: view.entity, rids: orderedByText(db, view.entity, sql) ?? ordered(db, view.entity, sql), sql };
}

function ordered(db: Readable, entity: EntityName, sql: ViewSql): Int32Array {
  const rids = db
    .prepare<SqlValue[], number>(`select t.rid from ${entity} t where ${sql.where} order by ${orderBy(sql.keys)}`)
    .pluck()
    .all(...sql.values);
  return Int32Array.from(rids);
}

/** @returns false where building anew is better, or the only way (a deleted row no longer tells its key) */
function workIn(db: Readable, kept: Kept, ids: readonly string[]): boolean {
  if (ids.length > smallChange) return false;
  const list = JSON.stringify(ids);
  const here = db
    .prepare<SqlValue[], { rid: number; shown: number }>(
      `select t.rid, (${kept.sql.where}) is true as shown from ${kept.entity} t where t.id in (select value from json_each(?))`,
    )
    .all(...kept.sql.values, list);
  if (here.length < new Set(ids).size) return false;
  const gone = new Set(here.map((row) => row.rid));
  kept.rids = kept.rids.filter((rid) => !gone.has(rid));
  for (const { rid, shown } of here) if (shown) insert(db, kept, rid);
  return true;
}

function insert(db: Readable, kept: Kept, rid: number): void {
  let low = 0;
  let high = kept.rids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(db, kept, kept.rids[middle]!, rid)) low = middle + 1;
    else high = middle;
  }
  const wider = new Int32Array(kept.rids.length + 1);
  wider.set(kept.rids.subarray(0, low));
  wider[low] = rid;
  wider.set(kept.rids.subarray(low), low + 1);
  kept.rids = wider;
}

/** Does row `a` stand before row `b`? SQLite decides, so that the answer is the one `order by` gives. */
function isBefore(db: Readable, { entity, sql }: Kept, a: number, b: number): boolean {
  const keys = sql.keys.map((key, i) => `${key.sql} as k${i}`).join(', ') || '1 as k';
  const one = `(select ${keys} from ${entity} t where t.rid = ?)`;
  const tests = sql.keys.map(({ descending }, i) => {
    const [less, more] = descending ? [1, -1] : [-1, 1];
    return (
      `when a.k${i} is b.k${i} then 0 when a.k${i} is null then ${less} when b.k${i} is null then ${more} ` +
      `when a.k${i} < b.k${i} then ${less} else ${more}`
    );
  });
  const columns = tests.map((test) => `case ${test} end`).join(', ') || '0';
  const order = statement(db, `select ${columns} from ${one} a, ${one} b`).raw().get(a, b) as number[];
  const decided = order.find((n) => n !== 0);
  return decided === undefined ? a < b : decided < 0;
}
