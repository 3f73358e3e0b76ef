import type { EntityName } from '../../../shared/entities';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { nameFromSession, titleSql } from './field-sql';

/** The texts that name rows for people. Rows that are not here are left out. */
export function titlesOf(db: Readable, name: EntityName, ids: Iterable<string>): Map<string, string> {
  const list = JSON.stringify([...new Set(ids)]);
  const rows = statement(
    db,
    `select t.id, ${titleSql(name, 't')} as title from ${name} t where t.id in (select value from json_each(?))`,
  ).all(list) as { id: string; title: string }[];
  const titles = new Map(rows.map((row) => [row.id, row.title]));
  return name === 'users' ? withNames(db, list, titles) : titles;
}

/** Whoever merely acted has a name here, and no row. */
function withNames(db: Readable, list: string, titles: Map<string, string>): Map<string, string> {
  const rows = statement(
    db,
    `select j.value as id, ${nameFromSession('j.value')} as title from json_each(?) j where title is not null`,
  ).all(list) as { id: string; title: string }[];
  for (const { id, title } of rows) if (!titles.has(id)) titles.set(id, title);
  return titles;
}

export const titleOf = (db: Readable, name: EntityName, id: string): string => titlesOf(db, name, [id]).get(id) ?? '';
