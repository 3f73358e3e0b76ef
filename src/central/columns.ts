/** How each field kind is kept in PostgreSQL: its column, and the checks that hold for every value of the kind. */
import { sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  date,
  integer,
  jsonb,
  text,
  timestamp,
  uuid,
  type PgColumn,
  type PgColumnBuilderBase,
} from 'drizzle-orm/pg-core';
import type { Field, FieldKind, FieldOf } from '../shared/model';
import { emailPattern, urlPattern } from '../shared/rules/validate';
import { recurrenceEnds, recurrencePattern } from '../shared/rules/recurrence';

const tstzrange = customType<{ data: string }>({ dataType: () => 'tstzrange' });

// Canonical times are whole milliseconds: three digits keep them without loss, and make equality after a round trip certain.
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

const columns = {
  text,
  markdown: text,
  email: text,
  slug: text,
  url: text,
  integer,
  money: (name) => bigint(name, { mode: 'number' }),
  currency: text,
  percent: integer,
  boolean,
  choice: text,
  option: text,
  reference: uuid,
  list: jsonb,
  json: jsonb,
  date,
  timestamp: instant,
  time: text,
  timeRange: tstzrange,
  recurrence: text,
  order: integer,
  sensitive: jsonb,
  generated: text,
} satisfies Record<FieldKind, (name: string) => PgColumnBuilderBase>;

const literal = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;

/** The column of a field: nullability and default included. */
export function columnFor(name: string, field: Field): PgColumnBuilderBase {
  const { default: initial } = field.options;
  let built = columns[field.kind](name) as ReturnType<typeof text>;
  if (field.required) built = built.notNull() as typeof built;
  if (initial !== undefined) built = built.default(sql.raw(literal(initial))) as typeof built;
  return built;
}

type Check<K extends FieldKind> = (column: PgColumn, field: FieldOf<K>) => (SQL | null | undefined)[];

const raw = (value: number | string) => sql.raw(literal(value));
const longest = (column: PgColumn, max: number) => sql`char_length(${column}) <= ${raw(max)}`;
const between = (column: PgColumn, min?: number, max?: number) => [
  min === undefined ? null : sql`${column} >= ${raw(min)}`,
  max === undefined ? null : sql`${column} <= ${raw(max)}`,
];

const checks: { [K in FieldKind]: Check<K> } = {
  text: (c, f) => [longest(c, f.options.max), f.options.min ? sql`char_length(${c}) >= ${raw(f.options.min)}` : null],
  markdown: (c, f) => [longest(c, f.options.max ?? 2_000_000)],
  email: (c) => [longest(c, 255), sql`${c} ~ ${raw(emailPattern)}`],
  slug: (c) => [longest(c, 255), sql`${c} ~ '^[a-z0-9]+([-_.][a-z0-9]+)*$'`],
  url: (c) => [longest(c, 2000), sql`${c} ~ ${raw(urlPattern)}`],
  integer: (c, f) => between(c, f.options.min, f.options.max),
  money: (c, f) => between(c, f.options.min ?? -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  currency: (c) => [sql`${c} ~ '^[A-Z]{3}$'`],
  percent: (c) => between(c, 0, 100),
  boolean: () => [],
  choice: (c, f) => [sql`${c} in (${sql.raw(f.options.values.map(literal).join(', '))})`],
  option: (c) => [longest(c, 100)],
  reference: () => [],
  list: (c) => [
    sql`jsonb_typeof(${c}) = 'array'`,
    sql`jsonb_array_length(${c}) <= 1000`,
    sql`not jsonb_path_exists(${c}, 'strict $[*] ? (@.type() != "string" || @ == "")', '{}', true)`,
  ],
  json: () => [],
  date: (c, f) => [sql`isfinite(${c})`, f.options.min === undefined ? null : sql`${c} >= ${raw(f.options.min)}::date`],
  timestamp: (c) => [sql`isfinite(${c})`],
  time: (c) => [sql`${c} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`],
  timeRange: (c) => [sql`not isempty(${c}) and not lower_inf(${c}) and not upper_inf(${c})`],
  recurrence: (c) => [
    longest(c, 2000),
    sql`${c} ~ ${raw(recurrencePattern)}`,
    // What never ends cannot be offered slot by slot.
    sql`${c} ~ ${raw(recurrenceEnds)}`,
  ],
  order: (c) => between(c, 1, 1_000_000),
  sensitive: (c, f) => [
    sql`jsonb_typeof(${c}) = 'object'`,
    sql`${c} - ${sql.raw(`array[${Object.keys(f.options.parts).map(literal).join(', ')}]`)} = '{}'`,
    sql`not jsonb_path_exists(${c}, 'strict $.* ? (@.type() != "string")', '{}', true)`,
    sql`char_length(${c}::text) <= ${raw(Object.keys(f.options.parts).length * 4100)}`,
  ],
  generated: (c) => [longest(c, 50)],
};

const textual: readonly FieldKind[] = ['text', 'markdown', 'email', 'slug', 'url', 'option', 'recurrence'];

/** What must hold for the column, or null where nothing must. */
export function checkFor(column: PgColumn, field: Field): SQL | null {
  const wanted = (checks[field.kind] as Check<FieldKind>)(column, field);
  if (field.required && textual.includes(field.kind)) wanted.push(sql`${column} <> ''`);
  const held = wanted.filter((part) => part != null);
  return held.length === 0 ? null : sql.join(held, sql` and `);
}
