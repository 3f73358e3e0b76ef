import { entityNames, entityOf, type EntityName } from '../../../shared/entities';
import { columnOf } from '../../../shared/model';
import type { Readable, Writable } from './handles';
import { getMeta, setMeta } from './meta';
import { inTransaction } from './statements';

/**
 * Full-text search: one FTS5 table per entity with searched fields, holding no text of its own. Built after the first load, a few thousand
 * rows at a time between other work, and kept by triggers. Where the searched fields of an entity change, it is built anew.
 *
 * Invariant: the index holds exactly the rows up to the mark `search-at:<entity>`; triggers leave rows beyond it to the building.
 */

export const searchTable = (name: EntityName): string => `${name}_search`;

const columnsOf = (name: EntityName): string[] =>
  Object.entries(entityOf(name).fields).flatMap(([field, { options }]) => (options.search ? [columnOf(field)] : []));

const recipe = (name: EntityName): string => `1 ${columnsOf(name).join(' ')}`;

export const isSearchReady = (db: Readable, name: EntityName): boolean =>
  getMeta(db, `search:${name}`) === recipe(name);

const rowsAtOnce = 2_000;
const everything = '9223372036854775807';

/** Builds on for some tens of milliseconds. @returns false where nothing is missing any more */
export function buildNextSearch(db: Writable): boolean {
  const name = entityNames.find((entity) => columnsOf(entity).length > 0 && !isSearchReady(db, entity));
  if (name) inTransaction(db, () => build(db, name));
  return name !== undefined;
}

function build(db: Writable, name: EntityName): void {
  const begun = `search-for:${name}`;
  if (getMeta(db, begun) !== recipe(name)) {
    create(db, name);
    setMeta(db, begun, recipe(name));
  }
  const from = getMeta(db, markOf(name));
  const to = db
    .prepare(
      `select max(rid) from (select rid from ${name} where rid > cast(? as integer) order by rid limit ${rowsAtOnce})`,
    )
    .pluck()
    .get(from) as number | null;
  if (to === null) {
    setMeta(db, markOf(name), everything);
    setMeta(db, `search:${name}`, recipe(name));
    return;
  }
  const list = columnsOf(name).join(', ');
  db.prepare(
    `insert into ${searchTable(name)} (rowid, ${list}) select rid, ${list} from ${name} where rid > cast(? as integer) and rid <= ?`,
  ).run(from, to);
  setMeta(db, markOf(name), String(to));
}

const markOf = (name: EntityName): string => `search-at:${name}`;

function create(db: Writable, name: EntityName): void {
  const table = searchTable(name);
  const columns = columnsOf(name);
  const list = columns.join(', ');
  const of = (row: 'old' | 'new'): string => columns.map((column) => `${row}.${column}`).join(', ');
  const isIn = (row: 'old' | 'new'): string =>
    `${row}.rid <= (select cast(value as integer) from meta where key = '${markOf(name)}')`;
  const take = `insert into ${table} (${table}, rowid, ${list}) values ('delete', old.rid, ${of('old')});`;
  const give = `insert into ${table} (rowid, ${list}) values (new.rid, ${of('new')});`;
  const differs = columns.map((column) => `old.${column} is not new.${column}`).join(' or ');
  setMeta(db, markOf(name), '-1');
  db.exec(`
    drop trigger if exists ${table}_insert; drop trigger if exists ${table}_delete; drop trigger if exists ${table}_update;
    drop table if exists ${table};
    create virtual table ${table} using fts5 (${list}, content = '${name}', content_rowid = 'rid',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
    insert into ${table} (${table}, rank) values ('secure-delete', 1);
    create trigger ${table}_insert after insert on ${name} when ${isIn('new')} begin ${give} end;
    create trigger ${table}_delete after delete on ${name} when ${isIn('old')} begin ${take} end;
    create trigger ${table}_update after update on ${name} when ${isIn('old')} and (${differs}) begin ${take} ${give} end;
  `);
}
