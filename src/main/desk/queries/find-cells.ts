import { entityOf, type EntityName } from '../../../shared/entities';
import type { Parsed } from '../../../shared/contract/requests';
import { timestamp, type Field } from '../../../shared/model';
import { cellText, type CellContext } from '../../../shared/rules/cell-text';
import { isFound } from '../../../shared/rules/find-text';
import type { Query } from '../context';
import { fold, folded } from '../local/fold';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { decode, type SqlValue } from '../local/storage';
import { factsOf, type FieldFacts } from './field-sql';
import { currencySql } from './selection-numbers';
import { titlesOf } from './titles';
import type { ViewSql } from './view-sql';

/** As many as can be walked through or replaced; the rest are counted. */
const mostHits = 20_000;
/** Different values of one column that are read to be compared as people see them. */
const mostValues = 200_000;

type Asked = Parsed<'sheet.find'>;

/**
 * Where a text occurs in the cells of a view, as they are shown. Texts are searched where they lie; of what is shown otherwise than it is
 * stored (amounts, dates, choices, names of other rows) the different values are read and compared.
 */
export const findCells: Query<'sheet.find'> = ({ read, views }, asked) => {
  const { rids, sql } = views.get(read, asked.view);
  const tests = asked.fields.map((name) => testOf(read, asked, sql, factsOf(entityOf(asked.view.entity), name)));
  const columns = tests.map((test, i) => `coalesce((${test.sql}), 0) as m${i}`).join(', ');
  const some = tests.map((_, i) => `m${i}`).join(' or ');
  const rows = statement(
    read,
    `select * from (select t.rid, ${columns} from ${asked.view.entity} t where ${sql.where}) where ${some}`,
  )
    .raw()
    .all(...tests.flatMap((test) => test.values), ...sql.values) as number[][];
  const found = new Map(rows.map(([rid, ...marks]) => [rid!, marks]));
  const hits: [number, number][] = [];
  let total = 0;
  for (let row = 0; row < rids.length && found.size > 0; row++) {
    const marks = found.get(rids[row]!);
    if (!marks) continue;
    marks.forEach((mark, field) => {
      if (!mark) return;
      total++;
      if (hits.length < mostHits) hits.push([row, field]);
    });
  }
  return { total, hits };
};

interface Test {
  sql: string;
  values: SqlValue[];
}
const never: Test = { sql: '0', values: [] };

const asWritten = new Set(['text', 'email', 'url', 'slug', 'currency', 'generated', 'markdown', 'json', 'list']);

function testOf(db: Readable, asked: Asked, sql: ViewSql, facts: FieldFacts): Test {
  const column = `t.${facts.column}`;
  // Security: looking for what is masked would tell it, one question after another.
  if (facts.kind === 'sensitive') return never;
  if (facts.to) return amongTitles(db, asked, sql, facts);
  if (!asWritten.has(facts.kind)) return amongValues(db, asked, sql, facts);
  const text = facts.kind === 'list' ? `(select group_concat(e.value, ', ') from json_each(${column}) e)` : column;
  const { matchCase, whole } = asked;
  const [shown, wanted] = matchCase ? [text, asked.text] : [folded(text), fold(asked.text)];
  return whole
    ? { sql: `trim(${shown}) = ?`, values: [wanted.trim()] }
    : { sql: `instr(${shown}, ?) > 0`, values: [wanted] };
}

function amongTitles(db: Readable, asked: Asked, sql: ViewSql, facts: FieldFacts): Test {
  const titles = titlesOf(
    db,
    facts.to!,
    distinct(db, asked.view.entity, sql, facts, 'null').map(([id]) => String(id)),
  );
  const ids = [...titles].flatMap(([id, title]) => (isFound(title, asked) ? [id] : []));
  return { sql: `t.${facts.column} in (select value from json_each(?))`, values: [JSON.stringify(ids)] };
}

function amongValues(db: Readable, asked: Asked, sql: ViewSql, facts: FieldFacts): Test {
  const field: Field = facts.field ?? timestamp({ label: facts.name });
  const beside = besideSql(asked.view.entity, facts);
  const contexts = new Map<unknown, CellContext>();
  const matching = new Map<SqlValue, SqlValue[]>();
  for (const [value, key] of distinct(db, asked.view.entity, sql, facts, beside)) {
    let context = contexts.get(key);
    if (!context) contexts.set(key, (context = contextOf(db, asked.locale, field, key)));
    if (!isFound(cellText(field, decode(facts.field, value), context), asked)) continue;
    matching.set(key, [...(matching.get(key) ?? []), value]);
  }
  const parts = [...matching].map(([key, values]): Test => ({
    sql: `(${beside} is ? and t.${facts.column} in (select value from json_each(?)))`,
    values: [key, JSON.stringify(values)],
  }));
  if (parts.length === 0) return never;
  return { sql: parts.map((part) => part.sql).join(' or '), values: parts.flatMap((part) => part.values) };
}

const distinct = (
  db: Readable,
  name: EntityName,
  sql: ViewSql,
  { column }: FieldFacts,
  beside: string,
): [SqlValue, SqlValue][] =>
  statement(
    db,
    `select distinct t.${column}, ${beside} from ${name} t where ${sql.where} and t.${column} is not null limit ${mostValues}`,
  )
    .raw()
    .all(...sql.values) as [SqlValue, SqlValue][];

/** What else the text of a value depends on: the currency of an amount, the program of an option or a time. */
function besideSql(name: EntityName, facts: FieldFacts): string {
  const { kind } = facts;
  if (kind === 'money') return currencySql(name, facts);
  const isOfProgram = entityOf(name).scope === 'program';
  return isOfProgram && (kind === 'option' || kind === 'timestamp' || kind === 'timeRange') ? 't.program_id' : 'null';
}

function contextOf(db: Readable, locale: string, field: Field, key: unknown): CellContext {
  if (field.kind === 'money') return typeof key === 'string' ? { locale, currency: key } : { locale };
  if (field.kind === 'option') {
    const rows = statement(db, 'select code, label from program_options where option_kind = ? and program_id is ?')
      .raw()
      .all(field.options.optionKind, key) as [string, string][];
    return { locale, options: Object.fromEntries(rows) };
  }
  if (field.kind !== 'timestamp' && field.kind !== 'timeRange') return { locale };
  const zone = statement(db, 'select time_zone from programs where id is ?').pluck().get(key) as string | undefined;
  return zone ? { locale, timeZone: zone } : { locale };
}
