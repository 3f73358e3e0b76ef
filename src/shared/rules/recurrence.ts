/**
 * A repeating pattern: the part of iCalendar's RRULE (RFC 5545, section 3.3.10) that repeats days, and that ends.
 *
 * The hours are fields of their own beside it, so no part of it may name an hour. What the days are is in `expand-recurrence`.
 */
export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

export interface Recurrence {
  frequency: Frequency;
  interval: number;
  /** `MO`, or `2MO` and `-1FR` within a month or year. */
  byDay: string[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPos: number[];
  weekStart: Weekday;
  /** How many times; null where a last day ends it. */
  count: number | null;
  /** The last day, `YYYY-MM-DD`; null where a number of times ends it. */
  until: string | null;
}

/** More days than any calendar is planned ahead; it bounds the work of reading one. */
export const maxOccurrences = 1000;

/**
 * The form PostgreSQL checks too: known parts in any order, and an end. Kept to what both kinds of regular expression read alike; the
 * semicolon is escaped because drizzle-kit cuts a check off at one.
 */
export const recurrencePattern =
  '^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(\\u003b(INTERVAL=[1-9][0-9]{0,2}|COUNT=[1-9][0-9]{0,3}|UNTIL=[0-9]{8}(T[0-9]{6}Z?)?|BYDAY=[-+0-9A-Z,]+|BYMONTHDAY=[-0-9,]+|BYMONTH=[0-9,]+|BYSETPOS=[-0-9,]+|WKST=(MO|TU|WE|TH|FR|SA|SU)))*$';
export const recurrenceEnds = '\\u003b(COUNT|UNTIL)=';

const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};
const list = (text: string | undefined): string[] => (text ? text.split(',') : []);
const numbers = (text: string | undefined): number[] => list(text).map(Number);
const inRange = (values: readonly number[], most: number, signed: boolean): boolean =>
  values.every((n) => Number.isInteger(n) && n !== 0 && Math.abs(n) <= most && (signed || n > 0));

/** Reads a pattern. @returns the pattern, or what is wrong with it in words */
export function readRecurrence(text: string): Recurrence | string {
  if (!new RegExp(recurrencePattern).test(text))
    return 'Not a repeating pattern this console knows: days, weeks, months or years, such as FREQ=WEEKLY;BYDAY=MO;COUNT=12.';
  const pairs = text.split(';').map((part) => part.split('=') as [string, string]);
  const parts = Object.fromEntries(pairs);
  if (Object.keys(parts).length < pairs.length) return 'The pattern says one thing twice. Say it once.';
  if (!parts['COUNT'] && !parts['UNTIL'])
    return 'The pattern never ends. Give a last day, or how many times it happens.';
  if (parts['COUNT'] && parts['UNTIL'])
    return 'The pattern ends twice. Give a last day or a number of times, not both.';
  const count = parts['COUNT'] ? Number(parts['COUNT']) : null;
  if (count !== null && count > maxOccurrences) return `At most ${maxOccurrences.toLocaleString('en')} times.`;
  const until = parts['UNTIL']?.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3') ?? null;
  if (until !== null && !isDay(until)) return 'The last day of the pattern is not a day.';
  const frequency = parts['FREQ'] as Frequency;
  const read: Recurrence = {
    frequency,
    interval: Number(parts['INTERVAL'] ?? 1),
    byDay: list(parts['BYDAY']),
    byMonthDay: numbers(parts['BYMONTHDAY']),
    byMonth: numbers(parts['BYMONTH']),
    bySetPos: numbers(parts['BYSETPOS']),
    weekStart: (parts['WKST'] ?? 'MO') as Weekday,
    count,
    until,
  };
  return partProblem(read) ?? read;
}

function partProblem({ frequency, byDay, byMonthDay, byMonth, bySetPos }: Recurrence): string | null {
  const ordinals = frequency === 'MONTHLY' || frequency === 'YEARLY';
  const day = ordinals ? /^([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)$/ : /^(MO|TU|WE|TH|FR|SA|SU)$/;
  if (!byDay.every((one) => day.test(one))) return 'The pattern names a day of the week that does not exist.';
  if (!inRange(byMonthDay, 31, true)) return 'The pattern names a day of the month that does not exist.';
  if (!inRange(byMonth, 12, false)) return 'The pattern names a month that does not exist.';
  if (!inRange(bySetPos, 366, true)) return 'The pattern names a place in the list that does not exist.';
  return null;
}

/** What is wrong with a pattern, in words; null where nothing is. */
export function recurrenceProblem(text: string): string | null {
  const read = readRecurrence(text);
  return typeof read === 'string' ? read : null;
}

/** A pattern as text, the same text for the same pattern. */
export function writeRecurrence(pattern: Recurrence): string {
  const { frequency, interval, byDay, byMonthDay, byMonth, bySetPos, weekStart, count, until } = pattern;
  const parts = [
    `FREQ=${frequency}`,
    interval > 1 ? `INTERVAL=${interval}` : '',
    byDay.length > 0 ? `BYDAY=${byDay.join(',')}` : '',
    byMonthDay.length > 0 ? `BYMONTHDAY=${byMonthDay.join(',')}` : '',
    byMonth.length > 0 ? `BYMONTH=${byMonth.join(',')}` : '',
    bySetPos.length > 0 ? `BYSETPOS=${bySetPos.join(',')}` : '',
    weekStart === 'MO' ? '' : `WKST=${weekStart}`,
    count === null ? '' : `COUNT=${count}`,
    until === null ? '' : `UNTIL=${until.replaceAll('-', '')}`,
  ];
  return parts.filter((part) => part !== '').join(';');
}
