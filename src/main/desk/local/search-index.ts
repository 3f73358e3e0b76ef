import { entityNames, entityOf, type EntityName } from '../../../shared/entities';
import { columnOf } from '../../../shared/model';
import type { Readable, Writable } from './handles';
import { getMeta, setMeta } from './meta';
import { inTransaction } from './statements';

/**
 * Full-text search: two FTS5 tables per entity with searched fields (beginnings of words; insides of names), holding no text of their own. Built after the first load, a few thousand
 * rows at a time between other work, and kept by triggers. Where the searched fields of an entity change, it is built anew.
 *
 * Invariant: the index holds exactly the rows up to the mark `search-at:<entity>`; triggers leave rows beyond it to the building.
 */

export const searchTable = (name: EntityName): string => `${name}_search`;

/** Finds what stands inside a word, by its groups of three letters; of the names of rows only, where it is worth its room. */
export const insideTable = (name: EntityName): string => `${name}_inside`;

const columnsOf = (name: EntityName): string[] =>
  Object.entries(entityOf(name).fields).flatMap(([field, { options }]) => (options.search ? [columnOf(field)] : []));

/** What is searched and names the row. */
export const namingColumns = (name: EntityName): string[] => {
  const { title, fields } = entityOf(name);
  return title.filter((field) => fields[field]?.options.search).map(columnOf);
};

interface Index {
  table: string;
  columns: string[];
  options: string;
}

/** Without the places of words in their texts, the second index is a fifth of the size; whoever asks looks at the texts found. */
const indexesOf = (name: EntityName): Index[] => [
  {
    table: searchTable(name),
    columns: columnsOf(name),
    options: `content = '${name}', content_rowid = 'rid', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'`,
  },
  {
    table: insideTable(name),
    columns: namingColumns(name),
    options: `content = '${name}', content_rowid = 'rid', tokenize = 'trigram remove_diacritics 1', detail = none`,
  },
];

const recipe = (name: EntityName): string => `2 ${columnsOf(name).join(' ')} / ${namingColumns(name).join(' ')}`;

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
  for (const { table, columns } of indexesOf(name)) {
    if (columns.length === 0) continue;
    const list = columns.join(', ');
    db.prepare(
      `insert into ${table} (rowid, ${list}) select rid, ${list} from ${name} where rid > cast(? as integer) and rid <= ?`,
    ).run(from, to);
  }
  setMeta(db, markOf(name), String(to));
}

const markOf = (name: EntityName): string => `search-at:${name}`;

function create(db: Writable, name: EntityName): void {
  setMeta(db, markOf(name), '-1');
  for (const index of indexesOf(name)) createIndex(db, name, index);
}

function createIndex(db: Writable, name: EntityName, { table, columns, options }: Index): void {
  const triggers = ['insert', 'delete', 'update'].map((verb) => `drop trigger if exists ${table}_${verb};`);
  db.exec(`${triggers.join(' ')} drop table if exists ${table};`);
  if (columns.length === 0) return;
  const list = columns.join(', ');
  const of = (row: 'old' | 'new'): string => columns.map((column) => `${row}.${column}`).join(', ');
  const isIn = (row: 'old' | 'new'): string =>
    `${row}.rid <= (select cast(value as integer) from meta where key = '${markOf(name)}')`;
  const take = `insert into ${table} (${table}, rowid, ${list}) values ('delete', old.rid, ${of('old')});`;
  const give = `insert into ${table} (rowid, ${list}) values (new.rid, ${of('new')});`;
  const differs = columns.map((column) => `old.${column} is not new.${column}`).join(' or ');
  db.exec(`
    create virtual table ${table} using fts5 (${list}, ${options});
    insert into ${table} (${table}, rank) values ('secure-delete', 1);
    create trigger ${table}_insert after insert on ${name} when ${isIn('new')} begin ${give} end;
    create trigger ${table}_delete after delete on ${name} when ${isIn('old')} begin ${take} end;
    create trigger ${table}_update after update on ${name} when ${isIn('old')} and (${differs}) begin ${take} ${give} end;
  `);
}
