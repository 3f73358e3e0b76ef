import { entityOf, type EntityName } from '../../../shared/entities';
import type { Query } from '../context';
import { fold, folded } from '../local/fold';
import { statement } from '../local/statements';
import type { SqlValue } from '../local/storage';
import { factsOf, titleSql } from './field-sql';
import { matchSql } from './match-sql';

/** Of more rows than anybody reads through, only so many are put in order: typing narrows them down. */
const weighed = 5_000;

/** Rows to choose a reference from, by title, with a hint that tells namesakes apart. */
export const choices: Query<'rows.choices'> = ({ read }, { entity: name, search, programId, where, limit }) => {
  const entity = entityOf(name);
  const wheres: string[] = [];
  const values: SqlValue[] = [];
  if (programId && entity.scope === 'program') {
    wheres.push('t.program_id = ?');
    values.push(programId);
  }
  for (const [field, allowed] of Object.entries(where ?? {})) {
    wheres.push(`t.${factsOf(entity, field).column} in (select value from json_each(?))`);
    values.push(JSON.stringify(allowed));
  }
  for (const word of fold(search).split(/\s+/).filter(Boolean)) {
    const match = matchSql(read, name, word);
    wheres.push(`(${match.sql})`);
    values.push(...match.values);
  }
  const matching = wheres.length > 0 ? `where ${wheres.join(' and ')}` : '';
  const rows = statement(
    read,
    `select t.id, ${titleSql(name, 't')} as shown, ${hintSql(name)} as hint
     from (select * from ${name} t ${matching} limit ${weighed}) t order by ${folded('shown')}, t.rid limit ?`,
  ).all(...values, limit) as { id: string; shown: string; hint: string | null }[];
  return rows.map(({ id, shown, hint }) => ({ id, title: shown, hint: hint ?? '' }));
};

/** A second fact about a row: what people would ask for where two are called the same. */
export function hintSql(name: EntityName): string {
  const entity = entityOf(name);
  for (const field of [
    'studentNumber',
    'code',
    'email',
    'location',
    'facilityType',
    'role',
    'status',
    'courseId',
    'curriculumId',
    'moduleId',
  ]) {
    if (!Object.hasOwn(entity.fields, field) || entity.title.includes(field)) continue;
    const facts = factsOf(entity, field);
    if (!facts.to) return `t.${facts.column}`;
    return `(select ${titleSql(facts.to, 'h', 1)} from ${facts.to} h where h.id = t.${facts.column})`;
  }
  return "''";
}
