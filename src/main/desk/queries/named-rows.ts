import { entityOf } from '../../../shared/entities';
import { columnOf } from '../../../shared/model';
import type { Choice } from '../../../shared/contract/requests';
import type { Query } from '../context';
import { fold, folded } from '../local/fold';
import { statement } from '../local/statements';
import type { SqlValue } from '../local/storage';
import { hintSql } from './choices';
import { factsOf, titleSql } from './field-sql';

/** What people write for a row beside its title. */
const naturalKeys = ['code', 'studentNumber', 'email', 'username'];
const mostNamesakes = 20;

/** The rows that texts name, by title or by code, number or address: none, one, or several to choose between. In the order of the texts. */
export const namedRows: Query<'rows.named'> = ({ read }, { entity: name, texts, programId, where }) => {
  const entity = entityOf(name);
  const keys = naturalKeys.filter((key) => Object.hasOwn(entity.fields, key) && !entity.title.includes(key));
  const names = [titleSql(name, 't'), ...keys.map((key) => `t.${columnOf(key)}`)];
  const list = JSON.stringify([...new Set(texts.map((text) => fold(text.trim())))]);
  const wheres = [`(${names.map((sql) => `${folded(sql)} in (select value from json_each(?))`).join(' or ')})`];
  const values: SqlValue[] = names.map(() => list);
  if (programId && entity.scope === 'program') {
    wheres.push('t.program_id = ?');
    values.push(programId);
  }
  for (const [field, allowed] of Object.entries(where ?? {})) {
    wheres.push(`t.${factsOf(entity, field).column} in (select value from json_each(?))`);
    values.push(JSON.stringify(allowed));
  }
  const rows = statement(
    read,
    `select t.id, coalesce(${hintSql(name)}, '') as hint, ${names.map((sql, i) => `${sql} as n${i}`).join(', ')}
     from ${name} t where ${wheres.join(' and ')} order by t.rid limit 50000`,
  ).all(...values) as ({ id: string; hint: string } & Record<`n${number}`, string | null>)[];
  const found = new Map<string, Map<string, Choice>>();
  for (const row of rows) {
    names.forEach((_, i) => {
      const key = fold(row[`n${i}`] ?? '');
      const held = found.get(key) ?? new Map<string, Choice>();
      if (held.size < mostNamesakes) held.set(row.id, { id: row.id, title: row.n0 ?? '', hint: row.hint });
      found.set(key, held);
    });
  }
  return texts.map((text) => [...(found.get(fold(text.trim()))?.values() ?? [])]);
};
