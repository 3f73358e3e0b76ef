import type { EntityName } from '../../../shared/entities';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import type { SqlValue } from '../local/storage';
import { byRanks } from './radix';
import { gathererOf, joinedNumbers, readNumbers, type Gatherer, type Ranks } from './ranks';
import type { SortKey } from './sort-key';
import { mostTexts } from './sort-texts';
import type { ViewSql } from './view-sql';

/**
 * The rows of a view in their order, as row keys.
 *
 * Every sort is one plan. What the rows are sorted by comes out of SQLite as one text a column, some rows at a time (a row at a time costs
 * several times as much); each column becomes whole numbers in the same order (`ranks`); the numbers are sorted by radix (`radix`), the least
 * important column first. What does not fit the plan (long texts, texts that hold what separates them) is left to SQLite.
 *
 * A generator: it can be left between two steps, so that other questions are answered meanwhile, and be given up.
 */

const atOnce = 100_000;

export function* orderRows(db: Readable, entity: EntityName, sql: ViewSql): Generator<void, Int32Array> {
  const gatherers = sql.keys.map(({ fast }) => fast && gathererOf(fast));
  const rids = isWhole(gatherers) ? yield* gather(db, entity, sql, gatherers) : null;
  if (!rids || !isWhole(gatherers)) return bySqlite(db, entity, sql);
  const lists: Ranks[] = [];
  for (const [at, gatherer] of gatherers.entries()) {
    lists.push(gatherer.ranks(db, sql.keys[at]!.descending));
    yield;
  }
  return byRanks(rids, lists);
}

const isWhole = (list: readonly (Gatherer | null)[]): list is Gatherer[] => list.every((one) => one !== null);

function bySqlite(db: Readable, entity: EntityName, sql: ViewSql): Int32Array {
  const rids = db
    .prepare<SqlValue[], number>(`select t.rid from ${entity} t where ${sql.where} order by ${orderBy(sql.keys)}`)
    .pluck()
    .all(...sql.values);
  return Int32Array.from(rids);
}

const orderBy = (keys: readonly SortKey[]): string =>
  [...keys.map(({ sql, descending }) => (descending ? `${sql} desc` : sql)), 't.rid'].join(', ');

/** @returns null where a text holds what separates them, or there are more rows than the plan is made for */
function* gather(
  db: Readable,
  entity: EntityName,
  { where, values, asksElsewhere }: ViewSql,
  gatherers: readonly Gatherer[],
): Generator<void, Int32Array | null> {
  const last = (statement(db, `select max(rid) from ${entity}`).pluck().get() as number | null) ?? 0;
  const step = asksElsewhere ? last : atOnce;
  const lists = [joinedNumbers('t.rid'), ...gatherers.map(({ sql }) => sql)].join(', ');
  const part = db
    .prepare(`select count(*), ${lists} from ${entity} t where (${where}) and t.rid > ? and t.rid <= ?`)
    .raw();
  const parts: Float64Array[] = [];
  let total = 0;
  for (let from = 0; from < last; from += step) {
    const [count, rids, ...texts] = part.get(...values, from, from + step) as [number, Buffer, ...Buffer[]];
    if (count > 0) {
      const numbers = readNumbers(rids, count);
      total += count;
      if (!numbers || total > mostTexts || !texts.every((text, at) => gatherers[at]!.add(text, count))) return null;
      parts.push(numbers);
    }
    yield;
  }
  const all = new Int32Array(total);
  let at = 0;
  for (const one of parts) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}
