import type { EntityName } from '../../../shared/entities';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { titleSql } from './field-sql';

/** The texts that name rows for people. Rows that are not here are left out. */
export function titlesOf(db: Readable, name: EntityName, ids: Iterable<string>): Map<string, string> {
  const list = JSON.stringify([...new Set(ids)]);
  const rows = statement(
    db,
    `select t.id, ${titleSql(name, 't')} as title from ${name} t where t.id in (select value from json_each(?))`,
  ).all(list) as { id: string; title: string }[];
  return new Map(rows.map((row) => [row.id, row.title]));
}

export const titleOf = (db: Readable, name: EntityName, id: string): string => titlesOf(db, name, [id]).get(id) ?? '';
