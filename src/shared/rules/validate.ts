import type { FieldIssue } from '../contract/outcome';
import { fieldsOf, holds, rowRulesOf } from './row-rules';
import { isTimeZone } from './time-zone';
import { isId, type Entity, type Field, type FieldKind, type FieldOf } from '../model';
import { recurrenceProblem } from './recurrence';

/**
 * Is a value one a field may hold? The same answer in a cell, a form, an import and before a write; the central database is the judge.
 */

type Check<K extends FieldKind> = (value: unknown, field: FieldOf<K>) => string | null;

/** Longest Markdown text, in characters. */
export const maxMarkdown = 2_000_000;
/** The forms PostgreSQL checks too: kept to what both kinds of regular expression read alike. The semicolon is escaped for drizzle-kit. */
export const emailPattern = '^[^\\s@"(),:\\u003b<>\\[\\\\\\]]+@[^\\s@.]+([.][^\\s@.]+)+$';
export const urlPattern = '^(https?://\\S+|[^\\s:]+)$';
/** Largest amount of money in minor units: what a JavaScript number holds exactly. */
export const maxMoney = Number.MAX_SAFE_INTEGER;

const lengthProblem = (value: string, max: number, min = 0): string | null =>
  value.length > max
    ? `Too long by ${value.length - max} characters: at most ${max}.`
    : value.length < min
      ? `Too short: at least ${min} characters.`
      : hasLoneSurrogate(value) || value.includes('\u0000')
        ? 'Contains characters that cannot be stored. Type it again without them.'
        : null;

// Security: a lone surrogate cannot be written as UTF-8, and PostgreSQL refuses a zero character: both would block a push for ever.
const hasLoneSurrogate = (value: string): boolean =>
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);

const text: (value: unknown, max: number, min?: number) => string | null = (value, max, min) =>
  typeof value === 'string' ? lengthProblem(value, max, min) : 'Must be text.';

const whole = (value: unknown, min: number, max: number): string | null =>
  typeof value !== 'number' || !Number.isSafeInteger(value)
    ? 'Must be a whole number.'
    : value < min
      ? `Must be ${min} or more.`
      : value > max
        ? `Must be ${max} or less.`
        : null;

export const isDate = (value: unknown): value is string => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
};

const instant = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= 8.64e15;

const isJson = (value: unknown, depth = 0): boolean =>
  depth < 50 &&
  (value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && lengthProblem(value, maxMarkdown) === null) ||
    (Array.isArray(value) && value.every((v) => isJson(v, depth + 1))) ||
    (typeof value === 'object' && Object.entries(value).every(([k, v]) => isJson(k, depth) && isJson(v, depth + 1))));

const checks: { [K in FieldKind]: Check<K> } = {
  text: (value, field) =>
    text(value, field.options.max, field.options.min) ??
    (field.options.timeZone && !isTimeZone(value as string) ? 'Not a time zone, such as Africa/Lagos.' : null),
  markdown: (value, field) => text(value, field.options.max ?? maxMarkdown),
  email: (value) =>
    text(value, 255) ??
    (new RegExp(emailPattern).test(value as string) ? null : 'Not an email address, such as ada@example.org.'),
  slug: (value) =>
    text(value, 255) ??
    (/^[a-z0-9]+([-_.][a-z0-9]+)*$/.test(value as string)
      ? null
      : 'Only small letters, digits and hyphens between them.'),
  url: (value) =>
    text(value, 2000) ??
    (isUrl(value as string) ? null : 'Not a link: begin with https:// or give a path without spaces.'),
  integer: (value, field) => whole(value, field.options.min ?? -2_147_483_648, field.options.max ?? 2_147_483_647),
  money: (value, field) =>
    whole(value, field.options.min ?? -maxMoney, maxMoney)?.replace('whole number', 'amount of money') ?? null,
  currency: (value) =>
    typeof value === 'string' && /^[A-Z]{3}$/.test(value)
      ? null
      : 'Must be a currency of three capital letters, such as NGN.',
  percent: (value) => whole(value, 0, 100),
  boolean: (value) => (typeof value === 'boolean' ? null : 'Must be yes or no.'),
  choice: (value, field) => (field.options.values.includes(value as string) ? null : 'Not one of the choices.'),
  option: (value) => text(value, 100, 1),
  reference: (value) => (isId(value) ? null : 'Must be chosen from the list.'),
  list: (value) =>
    Array.isArray(value) && value.length <= 1000
      ? (value.map((v) => text(v, 500, 1)).find((p) => p !== null) ?? null)
      : 'Must be a list of texts, at most 1,000.',
  json: (value) => (isJson(value) ? null : 'Not readable as structured data.'),
  date: (value, field) =>
    !isDate(value)
      ? 'Must be a day, such as 4 Sep 2026.'
      : field.options.min && value < field.options.min
        ? `Must be ${field.options.min} or later.`
        : null,
  timestamp: (value) => (instant(value) ? null : 'Must be a date and time.'),
  time: (value) =>
    typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
      ? null
      : 'Must be a time of day, such as 09:30.',
  timeRange: (value) =>
    Array.isArray(value) && value.length === 2 && value.every(instant) && (value[0] as number) < (value[1] as number)
      ? null
      : 'Must have a start before its end.',
  recurrence: (value) => text(value, 2000) ?? recurrenceProblem(value as string),
  order: (value) => whole(value, 1, 1_000_000),
  sensitive: (value, field) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'Must have named parts.';
    for (const [part, content] of Object.entries(value)) {
      if (!Object.hasOwn(field.options.parts, part)) return `“${part}” is not a part of it.`;
      const problem = text(content, 4000);
      if (problem) return problem;
    }
    return null;
  },
  generated: (value) => text(value, 50),
};

function isUrl(value: string): boolean {
  return new RegExp(urlPattern).test(value);
}

/** What is wrong with a value, in words for people; null where nothing is. Emptiness is judged here too. */
export function validateField(field: Field, value: unknown): string | null {
  if (value === null || value === undefined || value === '')
    return field.required ? `${field.options.label} is needed.` : null;
  return (checks[field.kind] as Check<FieldKind>)(value, field);
}

/**
 * Every issue of a row's values.
 * @param values the whole row for an insert; only what changes for an update
 * @param row as it will be, for what must hold between its fields
 */
export function validateRow(
  entity: Entity,
  values: Record<string, unknown>,
  mode: 'insert' | 'update',
  row: Record<string, unknown> = values,
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  for (const [name, field] of Object.entries(entity.fields)) {
    if (mode === 'update' && !Object.hasOwn(values, name)) continue;
    if (field.kind === 'generated' || (field.options.readOnly && values[name] === undefined)) continue;
    const problem = validateField(field, values[name]);
    if (problem) issues.push({ path: name, message: problem });
  }
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(entity.fields, name))
      issues.push({ path: name, message: `${entity.labels.one} has no “${name}”.` });
  }
  for (const rule of rowRulesOf(entity.name)) {
    const isTouched = mode === 'insert' || fieldsOf(rule).some((name) => Object.hasOwn(values, name));
    if (isTouched && !holds(rule, row) && !issues.some(({ path }) => path === rule.field))
      issues.push({ path: rule.field, message: rule.message });
  }
  return issues;
}

/** `Café Nº 1` -> `cafe-n-1`; never empty. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 200) || 'untitled';
}
