import type { NumberGroup, Output, Parsed } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { storedAs, type SqlValue } from '../local/storage';
import { factsOf, type FieldFacts } from './field-sql';
import type { Positions } from './views';

/** Rows asked about in one statement: the desk's other work waits no longer than this takes. */
const chunk = 20_000;

type Part = Parsed<'sheet.numbers'>['parts'][number];

/** How many cells of a selection are filled, and what its numbers and dates come to, by kind and currency. */
export const selectionNumbers: Query<'sheet.numbers'> = ({ read, views }, { view, parts }) => {
  const positions = views.get(read, view);
  const made: Output<'sheet.numbers'> = { filled: 0, groups: [] };
  for (const part of parts) {
    for (const name of part.fields) {
      const facts = factsOf(entityOf(view.entity), name);
      for (const source of sourcesOf(view.entity, positions, part)) {
        made.filled += filledIn(read, facts, source);
        for (const group of numbersIn(read, view.entity, facts, source)) add(made.groups, group);
      }
    }
  }
  return made;
};

interface Source {
  sql: string;
  values: SqlValue[];
}

/** The whole view is asked by its own conditions; a part of it by its rows. */
function sourcesOf(name: EntityName, { rids, sql }: Positions, { from, to }: Part): Source[] {
  if (from === 0 && to >= rids.length - 1) return [{ sql: `${name} t where ${sql.where}`, values: sql.values }];
  const sources: Source[] = [];
  for (let at = from; at <= Math.min(to, rids.length - 1); at += chunk) {
    const list = rids.subarray(at, Math.min(at + chunk, to + 1));
    sources.push({
      sql: `json_each(?) j cross join ${name} t on t.rid = j.value where true`,
      values: [`[${list.join()}]`],
    });
  }
  return sources;
}

const isText = ({ kind }: FieldFacts): boolean => storedAs[kind] === 'text' || storedAs[kind] === 'json';

/** SQL that is true where a cell holds something. */
export const filledSql = (facts: FieldFacts): string => {
  const column = `t.${facts.column}`;
  return isText(facts) ? `coalesce(${column}, '') not in ('', '[]', '{}')` : `${column} is not null`;
};

const filledIn = (db: Readable, facts: FieldFacts, { sql, values }: Source): number =>
  statement(db, `select count(*) from ${sql} and ${filledSql(facts)}`)
    .pluck()
    .get(...values) as number;

const counted = new Set(['integer', 'money', 'percent']);

function numbersIn(db: Readable, name: EntityName, facts: FieldFacts, { sql, values }: Source): NumberGroup[] {
  const column = `t.${facts.column}`;
  if (facts.kind === 'date') {
    const [count, min, max] = statement(db, `select count(${column}), min(${column}), max(${column}) from ${sql}`)
      .raw()
      .get(...values) as [number, string | null, string | null];
    return count === 0 ? [] : [{ kind: 'date', currency: null, count, sum: 0, min: min!, max: max! }];
  }
  if (!counted.has(facts.kind)) return [];
  const currency = facts.kind === 'money' ? currencySql(name, facts) : 'null';
  const rows = statement(
    db,
    `select ${currency} as currency, count(${column}) as count, total(${column}) as sum, min(${column}) as min, max(${column}) as max
     from ${sql} and ${column} is not null group by 1`,
  ).all(...values) as { currency: string | null; count: number; sum: number; min: number; max: number }[];
  return rows.map((row) => ({ kind: facts.kind as NumberGroup['kind'], ...row }));
}

/** The currency an amount stands in: named by its row, or else its program's. */
export function currencySql(name: EntityName, facts: FieldFacts): string {
  const entity = entityOf(name);
  const named = facts.field?.kind === 'money' ? facts.field.options.currency : '';
  const own = Object.hasOwn(entity.fields, named) ? `t.${factsOf(entity, named).column}` : 'null';
  const program = entity.scope === 'program' ? '(select p.currency from programs p where p.id = t.program_id)' : 'null';
  return `coalesce(${own}, ${program})`;
}

function add(groups: NumberGroup[], group: NumberGroup): void {
  const same = groups.find((one) => one.kind === group.kind && one.currency === group.currency);
  if (!same) return void groups.push(group);
  same.count += group.count;
  same.sum += group.sum;
  if (group.min < same.min) same.min = group.min;
  if (group.max > same.max) same.max = group.max;
}
