import type { EntityName } from '../../../shared/entities';
import type { Readable, Writable } from './handles';
import { dropMeta, getMeta, setMeta } from './meta';
import { inTransaction, statement } from './statements';

/**
 * While a table is filled for the first time its indexes are left out and built once at the end: several times cheaper than keeping them
 * through every row. What was left out is noted in the same transaction, so that no crash can forget it.
 */

interface LateIndex {
  entity: string;
  sql: string;
}

const KEY = 'late_indexes';

const noted = (db: Readable): LateIndex[] => JSON.parse(getMeta(db, KEY) ?? '[]') as LateIndex[];

/** A table with more rows than this was in use before: its indexes stay. */
const mostRows = 5_000;

/** Leaves the indexes of a table out, where it is as good as empty. The one that finds a row by its id stays. */
export function leaveOutIndexes(db: Writable, name: EntityName): void {
  const { n } = db
    .prepare<[], { n: number }>(`select count(*) as n from (select 1 from ${name} limit ${mostRows + 1})`)
    .get() ?? { n: 0 };
  if (n > mostRows) return;
  inTransaction(db, () => {
    const indexes = statement(
      db,
      "select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql like 'create index%'",
    ).all(name) as { name: string; sql: string }[];
    if (indexes.length === 0) return;
    setMeta(db, KEY, JSON.stringify([...noted(db), ...indexes.map(({ sql }) => ({ entity: name, sql }))]));
    for (const index of indexes) db.exec(`drop index "${index.name}"`);
  });
}

/** Builds one index that was left out. @returns whether there was one; call again until there is none */
export function buildNextIndex(db: Writable, name?: EntityName): boolean {
  const all = noted(db);
  const next = all.find((index) => name === undefined || index.entity === name);
  if (!next) return false;
  const left = all.filter((index) => index !== next);
  inTransaction(db, () => {
    db.exec(next.sql);
    if (left.length === 0) dropMeta(db, KEY);
    else setMeta(db, KEY, JSON.stringify(left));
  });
  return true;
}
