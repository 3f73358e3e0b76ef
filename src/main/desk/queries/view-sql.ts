import { entityOf, type EntityName } from '../../../shared/entities';
import { isCondition, type Condition, type Filter, type View } from '../../../shared/contract/requests';
import { Refusal } from '../../../shared/contract/outcome';
import type { Readable } from '../local/handles';
import { getMeta } from '../local/meta';
import { fold, folded } from '../local/fold';
import { encode, storedAs, type SqlValue } from '../local/storage';
import { isPeriod, daysOf, momentsOf } from '../../../shared/rules/period';
import { factEntity, factSql } from './fact-sql';
import { factsOf, referredTitle, type FieldFacts } from './field-sql';
import { matchSql } from './match-sql';
import { sortKey, type SortKey } from './sort-key';

/** A view as SQL over the entity's table, which is called `t`. */
export interface ViewSql {
  where: string;
  values: SqlValue[];
  /** Sort keys, most important first; ties are broken by `rid`. */
  keys: SortKey[];
  /** Other entities whose rows decide what the view shows or in which order. */
  depends: Set<EntityName>;
  /** The condition asks other tables: asking it for one part of the table costs as much as for all of it. */
  asksElsewhere: boolean;
}

/** @param now milliseconds: what "this month" is */
export function viewSql(db: Readable, view: View, now: number): ViewSql {
  const entity = entityOf(view.entity);
  const made: ViewSql = { where: '1', values: [], keys: [], depends: new Set(), asksElsewhere: false };
  const wheres: string[] = [];
  const add = (sql: string, values: SqlValue[] = []): void => {
    wheres.push(sql);
    made.values.push(...values);
  };
  if (view.programs.length > 0) inPrograms(db, view, add, made.depends);
  for (const filter of view.where) {
    const { sql, values } = filterSql(view.entity, filter, now, made.depends);
    add(sql, values);
  }
  for (const word of fold(view.search).split(/\s+/).filter(Boolean)) {
    const { sql, values, depends } = matchSql(db, view.entity, word);
    depends.forEach((name) => made.depends.add(name));
    add(sql, values);
  }
  if (wheres.length > 0) made.where = wheres.map((sql) => `(${sql})`).join(' and ');
  made.asksElsewhere = made.depends.size > 0 || view.search !== '';
  for (const { field, descending } of sortOf(view)) {
    const key = sortKey(factsOf(entity, field), descending);
    key.depends.forEach((name) => made.depends.add(name));
    made.keys.push(key);
  }
  return made;
}

const deepest = 8;

function filterSql(name: EntityName, filter: Filter, now: number, depends: Set<EntityName>, depth = 0): Sql {
  if (depth > deepest) throw tooDeep();
  if (isCondition(filter)) {
    const facts = factsOf(entityOf(name), filter.field);
    if (facts.to) depends.add(facts.to);
    return conditionSql(facts, filter, now);
  }
  if ('fact' in filter) {
    if (factEntity(filter.fact) !== name) throw notHere(name);
    const fact = factSql(filter.fact, now);
    fact.depends.forEach((one) => depends.add(one));
    return fact;
  }
  const parts = 'any' in filter ? filter.any : filter.all;
  // A group somebody has only just begun narrows nothing.
  if (parts.length === 0) return { sql: '1', values: [] };
  const made = parts.map((part) => filterSql(name, part, now, depends, depth + 1));
  return {
    sql: made.map(({ sql }) => `(${sql})`).join('any' in filter ? ' or ' : ' and '),
    values: made.flatMap(({ values }) => values),
  };
}

const invalid = (message: string): Refusal => new Refusal({ kind: 'invalid', message, issues: [] });
const tooDeep = (): Refusal => invalid('The filter has groups within groups too many times. Take one level away.');
const notHere = (name: EntityName): Refusal =>
  invalid(`This filter is not for ${entityOf(name).labels.many.toLowerCase()}. Remove it.`);

const sortOf = (view: View): View['sort'] =>
  view.sort.length > 0
    ? view.sort
    : (entityOf(view.entity).sort ?? []).map((field) => ({
        field: field.replace(/^-/, ''),
        descending: field.startsWith('-'),
      }));

export const orderBy = (keys: ViewSql['keys']): string =>
  [...keys.map(({ sql, descending }) => (descending ? `${sql} desc` : sql)), 't.rid'].join(', ');

type Add = (sql: string, values?: SqlValue[]) => void;

/** Everybody who is part of these programs: assigned, a student with an account, or a guardian of a student there. */
const belonging = (oneOf: (column: string) => string): string =>
  `select a.user_id from user_program_assignments a where ${oneOf('a.program_id')}
   union all select s.user_id from students s where ${oneOf('s.program_id')} and s.user_id is not null
   union all select g.guardian_id from student_guardians g where ${oneOf('g.program_id')}`;

/** Somebody just added belongs nowhere yet: whoever added them must not lose sight of them. */
const homeless = (user: string): string =>
  `exists (select 1 from users u where u.id = ${user} and u.created_by = ?)
   and not exists (select 1 from user_program_assignments a where a.user_id = ${user})
   and not exists (select 1 from students s where s.user_id = ${user})
   and not exists (select 1 from student_guardians g where g.guardian_id = ${user})`;

/** Accounts belong to the programs they are part of; platform rows belong to all. */
function inPrograms(db: Readable, view: View, add: Add, depends: Set<EntityName>): void {
  const entity = entityOf(view.entity);
  const list = JSON.stringify(view.programs);
  const oneOf = (column: string): string => `${column} in (select value from json_each(?))`;
  if (entity.scope === 'program') add(oneOf('t.program_id'), [list]);
  if (entity.scope === 'self') add(oneOf('t.id'), [list]);
  if (entity.scope === 'account') {
    for (const name of ['users', 'user_program_assignments', 'students', 'student_guardians'] as const)
      depends.add(name);
    const user = entity.name === 'users' ? 't.id' : 't.user_id';
    add(`${user} in (${belonging(oneOf)}) or (${homeless(user)})`, [list, list, list, getMeta(db, 'user')]);
  }
}

interface Sql {
  sql: string;
  values: SqlValue[];
}

function conditionSql(facts: FieldFacts, { test, value }: Condition, now: number): Sql {
  const column = `t.${facts.column}`;
  const isText = facts.kind === 'sensitive' || storedAs[facts.kind] === 'text' || storedAs[facts.kind] === 'json';
  const empty = isText ? `(${column} is null or ${column} in ('', '[]', '{}'))` : `${column} is null`;
  if (test === 'empty') return { sql: empty, values: [] };
  if (test === 'not-empty') return { sql: `not ${empty}`, values: [] };
  if (facts.kind === 'sensitive') {
    // Security: a filter on what is masked would tell it, one question after another.
    throw refused(facts, 'is masked, so it can only be filtered by whether it is filled in.');
  }
  switch (test) {
    case 'contains':
      return { sql: `instr(${readable(facts, column)}, ?) > 0`, values: [fold(textOf(value))] };
    case 'starts': {
      const start = fold(textOf(value));
      return { sql: `substr(${readable(facts, column)}, 1, ?) = ?`, values: [[...start].length, start] };
    }
    case 'is':
      return oneOf(facts, column, [value]);
    case 'is-not':
      return negated(oneOf(facts, column, [value]));
    case 'in':
      return oneOf(facts, column, listOf(facts, value));
    case 'not-in':
      return negated(oneOf(facts, column, listOf(facts, value)));
    case 'less':
      return { sql: `${comparable(facts, column)} < ?`, values: [stored(facts, value)] };
    case 'more':
      return { sql: `${comparable(facts, column)} > ?`, values: [stored(facts, value)] };
    case 'within':
      return within(facts, column, value, now);
    case 'between': {
      const [from, to] = listOf(facts, value);
      return { sql: `${comparable(facts, column)} between ? and ?`, values: [stored(facts, from), stored(facts, to)] };
    }
  }
}

function within(facts: FieldFacts, column: string, value: unknown, now: number): Sql {
  if (!isPeriod(value) || (facts.kind !== 'date' && facts.kind !== 'timestamp')) {
    throw refused(facts, 'cannot be compared with a period.');
  }
  if (facts.kind === 'date') return { sql: `${column} between ? and ?`, values: daysOf(value, now) };
  return { sql: `${column} >= ? and ${column} < ?`, values: momentsOf(value, now) };
}

const negated = ({ sql, values }: Sql): Sql => ({ sql: `not coalesce(${sql}, 0)`, values });

/** Equal to one of several; null among them means empty. */
function oneOf(facts: FieldFacts, column: string, wanted: readonly unknown[]): Sql {
  const filled = wanted.filter((value) => value !== null && value !== undefined && value !== '');
  const parts: string[] = [];
  if (filled.length < wanted.length) parts.push(`coalesce(${column}, '') in ('', '[]', '{}')`);
  const list = JSON.stringify(filled.map((value) => stored(facts, value)));
  if (filled.length > 0) {
    parts.push(
      facts.kind === 'list'
        ? `exists (select 1 from json_each(${column}) e where ${folded('e.value')} in (select value from json_each(?)))`
        : `${comparable(facts, column)} in (select value from json_each(?))`,
    );
  }
  return { sql: parts.length > 0 ? `(${parts.join(' or ')})` : '0', values: filled.length > 0 ? [list] : [] };
}

const isProse = (facts: FieldFacts): boolean =>
  ['text', 'markdown', 'email', 'url', 'list', 'generated'].includes(facts.kind);

/** Prose is compared without case and accents; the rest exactly. */
const comparable = (facts: FieldFacts, column: string): string =>
  isProse(facts) && facts.kind !== 'list' && facts.name !== 'id' ? folded(column) : column;

const readable = (facts: FieldFacts, column: string): string =>
  facts.to ? folded(referredTitle(facts.to, column, 't')) : folded(`cast(${column} as text)`);

function stored(facts: FieldFacts, value: unknown): SqlValue {
  if (isProse(facts)) return fold(textOf(value));
  if (typeof value === 'object' && value !== null && storedAs[facts.kind] !== 'json')
    throw refused(facts, 'cannot be compared with that.');
  return encode(facts.field, value);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function listOf(facts: FieldFacts, value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw refused(facts, 'needs a list of values here.');
}

function refused(facts: FieldFacts, why: string): Refusal {
  const message = `“${facts.field?.options.label ?? facts.name}” ${why}`;
  return new Refusal({ kind: 'invalid', message, issues: [{ path: facts.name, message }] });
}
