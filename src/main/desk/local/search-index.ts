import { entityNames, entityOf, type EntityName } from '../../../shared/entities';
import { columnOf } from '../../../shared/model';
import type { Readable, Writable } from './handles';
import { getMeta, setMeta } from './meta';
import { inTransaction } from './statements';

/**
 * Full-text search: one FTS5 table per entity with searched fields, holding no text of its own. Built after the first load (a tenth of the
 * time of keeping it during one), then kept by triggers. Where the searched fields of an entity change, it is built anew.
 */

export const searchTable = (name: EntityName): string => `${name}_search`;

const columnsOf = (name: EntityName): string[] =>
  Object.entries(entityOf(name).fields).flatMap(([field, { options }]) => (options.search ? [columnOf(field)] : []));

const recipe = (name: EntityName): string => `1 ${columnsOf(name).join(' ')}`;

export const isSearchReady = (db: Readable, name: EntityName): boolean =>
  getMeta(db, `search:${name}`) === recipe(name);

/** Builds the next one missing; about two seconds a million rows. @returns false where nothing is missing */
export function buildNextSearch(db: Writable): boolean {
  const name = entityNames.find((entity) => columnsOf(entity).length > 0 && !isSearchReady(db, entity));
  if (name) inTransaction(db, () => build(db, name));
  return name !== undefined;
}

function build(db: Writable, name: EntityName): void {
  const table = searchTable(name);
  const columns = columnsOf(name);
  const list = columns.join(', ');
  const of = (row: 'old' | 'new'): string => columns.map((column) => `${row}.${column}`).join(', ');
  const take = `insert into ${table} (${table}, rowid, ${list}) values ('delete', old.rid, ${of('old')});`;
  const give = `insert into ${table} (rowid, ${list}) values (new.rid, ${of('new')});`;
  const differs = columns.map((column) => `old.${column} is not new.${column}`).join(' or ');
  db.exec(`
    drop trigger if exists ${table}_insert; drop trigger if exists ${table}_delete; drop trigger if exists ${table}_update;
    drop table if exists ${table};
    create virtual table ${table} using fts5 (${list}, content = '${name}', content_rowid = 'rid',
      tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
    insert into ${table} (${table}, rank) values ('secure-delete', 1);
    insert into ${table} (${table}) values ('rebuild');
    create trigger ${table}_insert after insert on ${name} begin ${give} end;
    create trigger ${table}_delete after delete on ${name} begin ${take} end;
    create trigger ${table}_update after update on ${name} when ${differs} begin ${take} ${give} end;
  `);
  setMeta(db, `search:${name}`, recipe(name));
}
