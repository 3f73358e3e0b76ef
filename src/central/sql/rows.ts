/**
 * A row as canonical values and back: `sync.json_<t>`, `sync.record_<t>`, `sync.blank_<t>`.
 *
 * Invariant: json(record(blank, v)) = v for every canonical row v. Merging compares canonical values, so whatever a desk sends is first
 * brought into that form.
 */
import { allEntities } from '../../shared/entities';
import { columnOf, type Entity, type Field, type FieldKind } from '../../shared/model';
import { fn, quoted } from './text';

const millis = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;
const same = (column: string): string => column;

/** A column as a canonical JSON value. */
export const toJson = {
  text: same,
  markdown: same,
  email: same,
  slug: same,
  url: same,
  integer: same,
  money: same,
  currency: same,
  percent: same,
  boolean: same,
  choice: same,
  option: same,
  reference: same,
  list: same,
  json: same,
  date: same,
  timestamp: millis,
  time: same,
  timeRange: (c) =>
    `case when ${c} is null then null else jsonb_build_array(${millis(`lower(${c})`)}, ${millis(`upper(${c})`)}) end`,
  recurrence: same,
  order: same,
  sensitive: same,
  generated: same,
} satisfies Record<FieldKind, (column: string) => string>;

/** A column as the text that `copy` streams: see `loadColumns`. */
const toCopy = {
  ...toJson,
  boolean: (c) => `${c}::int`,
  list: (c) => `${c}::text`,
  json: (c) => `${c}::text`,
  sensitive: (c) => `${c}::text`,
  date: (c) => `to_char(${c}, 'YYYY-MM-DD')`,
  timeRange: (c) => `(${toJson.timeRange(c)})::text`,
} satisfies Record<FieldKind, (column: string) => string>;

export const copyType = {
  text: 'text',
  markdown: 'text',
  email: 'text',
  slug: 'text',
  url: 'text',
  integer: 'integer',
  money: 'bigint',
  currency: 'text',
  percent: 'integer',
  boolean: 'integer',
  choice: 'text',
  option: 'text',
  reference: 'uuid',
  list: 'text',
  json: 'text',
  date: 'text',
  timestamp: 'bigint',
  time: 'text',
  timeRange: 'text',
  recurrence: 'text',
  order: 'integer',
  sensitive: 'text',
  generated: 'text',
} satisfies Record<FieldKind, string>;

const asText = (p: string, key: string): string => `nullif(${p}->>${key}, '')`;
const asInteger = (p: string, key: string): string => `(${p}->>${key})::integer`;
const asJson = (p: string, key: string): string => `nullif(${p}->${key}, 'null')`;
const asInstant = (value: string): string => `sync.instant((${value})::bigint)`;

/** A canonical JSON value as a column. */
export const fromJson = {
  text: asText,
  markdown: asText,
  email: asText,
  slug: asText,
  url: asText,
  integer: asInteger,
  money: (p, key) => `(${p}->>${key})::bigint`,
  currency: asText,
  percent: asInteger,
  boolean: (p, key) => `(${p}->>${key})::boolean`,
  choice: asText,
  option: asText,
  reference: (p, key) => `(${asText(p, key)})::uuid`,
  list: asJson,
  json: asJson,
  date: (p, key) => `sync.day(${p}->>${key})`,
  timestamp: (p, key) => asInstant(`${p}->>${key}`),
  time: asText,
  timeRange: (p, key) => `sync.period(${p}->${key})`,
  recurrence: asText,
  order: asInteger,
  sensitive: asJson,
  generated: asText,
} satisfies Record<FieldKind, (patch: string, key: string) => string>;

export const copyOf = (field: Field, column: string): string => toCopy[field.kind](column);

const defaultOf = (field: Field): string | null => {
  const { default: initial } = field.options;
  if (initial === undefined) return null;
  return typeof initial === 'string' ? quoted(initial) : String(initial as number | boolean);
};

function jsonOf(entity: Entity): string {
  const pairs = Object.entries(entity.fields).map(
    ([name, field]) => `${quoted(name)}, ${toJson[field.kind](`r.${columnOf(name)}`)}`,
  );
  return fn(
    `sync.json_${entity.name}(r app.${entity.name})`,
    'jsonb',
    { language: 'sql', kind: 'stable' },
    `
select jsonb_build_object('id', r.id, 'rowVersion', r.row_version,
  'createdAt', ${millis('r.created_at')}, 'updatedAt', ${millis('r.updated_at')}, 'createdBy', r.created_by, 'updatedBy', r.updated_by,
  ${pairs.join(',\n  ')})`,
  );
}

function recordOf(entity: Entity): string {
  const sets = Object.entries(entity.fields).map(
    ([name, field]) =>
      `  if patch ? ${quoted(name)} then base.${columnOf(name)} := ${fromJson[field.kind]('patch', quoted(name))}; end if;`,
  );
  return fn(
    `sync.record_${entity.name}(base app.${entity.name}, patch jsonb)`,
    `app.${entity.name}`,
    { kind: 'stable' },
    `begin\n${sets.join('\n')}\n  return base;\nend`,
  );
}

function blankOf(entity: Entity): string {
  const sets = Object.entries(entity.fields).flatMap(([name, field]) => {
    const initial = defaultOf(field);
    return initial === null ? [] : [`  r.${columnOf(name)} := ${initial};`];
  });
  return fn(
    `sync.blank_${entity.name}()`,
    `app.${entity.name}`,
    { kind: 'stable' },
    `declare\n  r app.${entity.name};\nbegin\n${sets.join('\n')}\n  r.row_version := 1;\n  return r;\nend`,
  );
}

const conversions = [
  // Exact: an interval holds whole microseconds, a double of seconds does not hold every millisecond.
  fn(
    'sync.instant(ms bigint)',
    'timestamptz',
    { language: 'sql', kind: 'immutable' },
    `select timestamptz '1970-01-01 00:00:00+00' + (ms / 1000) * interval '1 second' + (ms % 1000) * interval '1 millisecond'`,
  ),
  fn(
    'sync.period(value jsonb)',
    'tstzrange',
    { kind: 'immutable' },
    `
begin
  if value is null or value = 'null' then return null; end if;
  if jsonb_typeof(value) <> 'array' or jsonb_array_length(value) <> 2 then raise invalid_parameter_value using message = 'not a period'; end if;
  return tstzrange(sync.instant((value->>0)::bigint), sync.instant((value->>1)::bigint));
end`,
  ),
  // PostgreSQL reads "tomorrow" and "infinity" as dates too.
  fn(
    'sync.day(value text)',
    'date',
    { kind: 'immutable' },
    `
begin
  if value is null or value = '' then return null; end if;
  if value !~ '^\\d{4}-\\d\\d-\\d\\d$' then raise invalid_datetime_format using message = 'not a day'; end if;
  return value::date;
end`,
  ),
];

export const rowsSql = (): string =>
  [...conversions, ...allEntities.flatMap((entity) => [jsonOf(entity), recordOf(entity), blankOf(entity)])].join('\n');
