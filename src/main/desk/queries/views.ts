import type { EntityName } from '../../../shared/entities';
import { Refusal } from '../../../shared/contract/outcome';
import type { Events, Filter, View } from '../../../shared/contract/requests';
import { dayText } from '../../../shared/rules/period';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import type { SqlValue } from '../local/storage';
import { orderRows } from './order-rows';
import { bitByBit, finish, type Steps } from '../steps';
import { viewSql, type ViewSql } from './view-sql';

/**
 * Views as arrays of row keys in display order. A view is built once; then a page at any depth, and the place of a row, cost next to nothing.
 *
 * A big view is built step by step on a connection of its own, between other questions, and given up when whoever asked wants another.
 * A small change is worked into a big view where it stands; otherwise the view is forgotten and built again when next asked for.
 *
 * Invariant: a view that is kept shows every change that was told by `changed`; what is told while it is being built is made up for before it
 * is kept.
 */

export interface Positions {
  rids: Int32Array;
  sql: ViewSql;
}

interface Kept extends Positions {
  entity: EntityName;
}

type Changes = Events['rows.changed']['changes'];

/** A view that is being built. */
interface Building {
  for: string;
  done: Promise<void>;
  missed: Changes[];
  isGivenUp: boolean;
}

const most = 16;
/** Below this many rows, building at once is cheaper than step by step, and building anew than working a change in. */
const bigView = 20_000;
const smallChange = 32;
/** A view that changes faster than it is built is built at once in the end. */
const attempts = 3;

export interface ViewOptions {
  /** Views of at least so many rows take small changes in, and tables of so many are built step by step. */
  big?: number;
  now?: () => number;
  /** A reading connection for one building, with a view of its own of the store. */
  connect?: () => Readable & { close(): void };
}

export class Views {
  #revision = 0;
  #kept = new Map<string, Kept>();
  #building = new Map<string, Building>();
  readonly #big: number;
  readonly #now: () => number;
  readonly #connect: ViewOptions['connect'];

  constructor({ big = bigView, now = Date.now, connect }: ViewOptions = {}) {
    this.#big = big;
    this.#now = now;
    this.#connect = connect;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** How many rows a view shows, where it is built already. */
  known(view: View): number | null {
    return this.#kept.get(this.#keyOf(view))?.rids.length ?? null;
  }

  get(db: Readable, view: View): Positions {
    const key = this.#keyOf(view);
    return this.#keep(key, this.#kept.get(key) ?? finish(build(db, view, this.#now())));
  }

  /**
   * Makes a view ready without keeping others waiting. Another view for the same asker gives this one up.
   * @throws Refusal `busy` where it was given up
   */
  async ready(db: Readable, view: View, asker: string): Promise<void> {
    const key = this.#keyOf(view);
    for (const [other, building] of this.#building)
      if (building.for === asker && other !== key) building.isGivenUp = true;
    if (this.#kept.has(key) || !this.#connect || isSmall(db, view.entity, this.#big)) return;
    const known = this.#building.get(key);
    if (known && !known.isGivenUp) return known.done;
    const building: Building = { for: asker, done: Promise.resolve(), missed: [], isGivenUp: false };
    this.#building.set(key, building);
    building.done = this.#buildBeside(db, view, key, building).finally(() => {
      if (this.#building.get(key) === building) this.#building.delete(key);
    });
    return building.done;
  }

  async #buildBeside(db: Readable, view: View, key: string, building: Building): Promise<void> {
    for (let attempt = 1; attempt < attempts; attempt++) {
      building.missed = [];
      const made = await stepByStep(this.#connect!(), view, this.#now(), building);
      if (building.missed.every((changes) => this.#follows(db, made, changes))) return void this.#keep(key, made);
    }
    this.get(db, view);
  }

  /** Called after a commit, before anybody is told. */
  changed(db: Readable, changes: Changes): void {
    this.#revision++;
    for (const building of this.#building.values()) building.missed.push(changes);
    for (const [key, kept] of this.#kept) if (!this.#follows(db, kept, changes)) this.#kept.delete(key);
  }

  /** Grows with every change of rows: what was found out at one revision holds as long as it stands. */
  get revision(): number {
    return this.#revision;
  }

  clear(): void {
    this.#revision++;
    this.#kept.clear();
    for (const building of this.#building.values()) building.isGivenUp = true;
  }

  /** @returns false where the view has to be built anew */
  #follows(db: Readable, kept: Kept, changes: Changes): boolean {
    const ids = changes[kept.entity];
    const isElsewhere = (Object.keys(changes) as EntityName[]).some((name) => kept.sql.depends.has(name));
    if (!ids && !isElsewhere) return true;
    return !isElsewhere && !!ids && ids !== 'many' && kept.rids.length >= this.#big && workIn(db, kept, ids);
  }

  #keep(key: string, made: Kept): Kept {
    this.#kept.delete(key);
    this.#kept.set(key, made);
    if (this.#kept.size > most) this.#kept.delete(this.#kept.keys().next().value!);
    return made;
  }

  /** What depends on the day is another view tomorrow. */
  #keyOf({ entity, programs, where, search, sort }: View): string {
    const day = where.some(moves) ? dayText(this.#now()) : '';
    return JSON.stringify([entity, programs, where, search, sort, day]);
  }
}

const moves = (filter: Filter): boolean =>
  'field' in filter
    ? filter.test === 'within'
    : 'fact' in filter || ('any' in filter ? filter.any : filter.all).some(moves);

const isSmall = (db: Readable, entity: EntityName, big: number): boolean =>
  ((statement(db, `select max(rid) from ${entity}`).pluck().get() as number | null) ?? 0) < big;

function* build(db: Readable, view: View, now: number): Steps<Kept> {
  const sql = viewSql(db, view, now);
  return { entity: view.entity, rids: yield* orderRows(db, view.entity, sql), sql };
}

async function stepByStep(
  db: Readable & { close(): void },
  view: View,
  now: number,
  building: Building,
): Promise<Kept> {
  try {
    // One state of the store for all steps.
    db.exec('begin');
    return await bitByBit(build(db, view, now), async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (building.isGivenUp) throw givenUp();
    });
  } finally {
    db.close();
  }
}

const givenUp = (): Refusal => new Refusal({ kind: 'busy', message: 'Another view was asked for meanwhile.' });

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
