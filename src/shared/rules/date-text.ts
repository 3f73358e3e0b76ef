import { latinDigits, type Reading } from './number-text';

/**
 * Dates and times as people write them. A date is `YYYY-MM-DD` and never passes through a time zone; a moment is milliseconds since 1970 and is
 * shown in the zone of its program.
 */

const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const fixed = { calendar: 'gregory', numberingSystem: 'latn' } as const;
const made = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${name}`;
  let known = made.get(key);
  if (!known) made.set(key, (known = new Intl.DateTimeFormat(locale, { ...fixed, ...options })));
  return known;
}

interface Day {
  year: number;
  month: number;
  day: number;
}

const isEnglish = (locale: string): boolean => locale.toLowerCase().startsWith('en');
const utc = ({ year, month, day }: Day): Date => {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at;
};
const two = (n: number): string => String(n).padStart(2, '0');
export const isoDate = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

function dayOf(date: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : null;
}

/** One format for every English: `4 Sep 2026`, which no reader takes for April. Other languages as they write it. */
export function dateText(date: string, locale: string): string {
  const day = dayOf(date);
  if (!day) return date;
  if (isEnglish(locale)) return `${day.day} ${english[day.month - 1] ?? '?'} ${day.year}`;
  return format(locale, 'day', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(utc(day));
}

/** Names and abbreviations of the twelve months, lower case and without points. */
const monthNames = new Map<string, string[][]>();
function namesOfMonths(locale: string): string[][] {
  let names = monthNames.get(locale);
  if (!names) {
    const clean = (name: string) => name.toLocaleLowerCase(locale).replace(/\./g, '');
    names = english.map((short, index) => {
      const at = new Date(Date.UTC(2026, index, 15));
      const long = format(locale, 'long', { month: 'long', day: 'numeric', timeZone: 'UTC' });
      const abbreviated = format(locale, 'short', { month: 'short', day: 'numeric', timeZone: 'UTC' });
      const month = (of: Intl.DateTimeFormat) =>
        of.formatToParts(at).find((part) => part.type === 'month')?.value ?? '';
      const inEnglish = format('en', 'long', { month: 'long', day: 'numeric', timeZone: 'UTC' });
      return [short, month(long), month(abbreviated), month(inEnglish)].map(clean);
    });
    monthNames.set(locale, names);
  }
  return names;
}

function monthOf(word: string, locale: string): number | null {
  const name = word.toLocaleLowerCase(locale).replace(/\./g, '');
  const names = namesOfMonths(locale);
  const exact = names.findIndex((month) => month.includes(name));
  if (exact >= 0) return exact + 1;
  if (name.length < 3) return null;
  const begins = names.flatMap((month, index) => (month.some((known) => known.startsWith(name)) ? [index + 1] : []));
  return begins.length === 1 ? begins[0]! : null;
}

/** Whether `4/9/2026` is the fourth of September (true) or April the ninth. */
function dayFirst(locale: string): boolean {
  const parts = format(locale, 'numeric', { day: 'numeric', month: 'numeric', year: 'numeric', timeZone: 'UTC' })
    .formatToParts(Date.UTC(2026, 0, 2))
    .map((part) => part.type);
  return parts.indexOf('day') < parts.indexOf('month');
}

const century = (year: string): number => (year.length === 2 ? 2000 + Number(year) : Number(year));

function exists(year: number, month: number, day: number): Day | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return null;
  return utc({ year, month, day }).getUTCDate() === day ? { year, month, day } : null;
}

function readDay(text: string, locale: string): Day | null {
  const plain = latinDigits(text)
    .replace(/[\u200e\u200f\u061c]/g, '')
    .trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (iso) return exists(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$/.exec(plain);
  if (numbers) {
    const [first, second, year] = [Number(numbers[1]), Number(numbers[2]), century(numbers[3]!)];
    const [day, month] = dayFirst(locale) ? [first, second] : [second, first];
    // 13/9 can only be one thing, whatever the habit of the place.
    return exists(year, month, day) ?? exists(year, day, month);
  }
  const words = plain
    .replace(/(?<=\d)(st|nd|rd|th|er)\b/giu, ' ')

    .split(/[\s,/-]+|(?<=\d)(?=\p{L})|(?<=\p{L}\.?)(?=\d)/u)
    .filter((word) => !/^(de|of|the)?$/i.test(word));
  const month = words.map((word) => (/\d/.test(word) ? null : monthOf(word, locale))).find((found) => found != null);
  const figures = words.flatMap((word) => /^(\d{1,4})\.?$/.exec(word)?.[1] ?? []);
  if (month == null || figures.length !== 2 || words.length !== 3) return null;
  const [year, day] = figures[0]!.length === 4 ? [figures[0]!, figures[1]!] : [figures[1]!, figures[0]!];
  return exists(century(year), month, Number(day));
}

/** Reads `4 Sep 2026`, `2026-09-04`, `4/9/2026` (in the order of the place), `Sep 4, 2026`. */
export function parseDate(text: string, locale: string): Reading<string> {
  const day = readDay(text, locale);
  if (day) return { value: isoDate(day) };
  return { problem: `“${text.trim()}” is not a date. Write it like ${dateText('2026-09-04', locale)}.` };
}

interface Moment extends Day {
  hour: number;
  minute: number;
}

function inZone(at: number, timeZone: string | undefined): Moment {
  const parts = format('en-GB', `moment|${timeZone ?? ''}`, {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
    timeZone,
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

/** The moment a wall clock in the zone shows it. Two rounds, because the offset may change between guess and answer. */
function fromZone(wall: Moment, timeZone: string | undefined): number {
  const asUtc = (m: Moment) => utc(m).getTime() + (m.hour * 60 + m.minute) * 60_000;
  let at = asUtc(wall);
  for (let round = 0; round < 2; round++) at += asUtc(wall) - asUtc(inZone(at, timeZone));
  return at;
}

/** What a clock in the zone shows: `2026-09-04T16:00`. */
export function isoMoment(at: number, timeZone: string | undefined): string {
  const moment = inZone(at, timeZone);
  return `${isoDate(moment)}T${timeText(moment)}`;
}

const timeText = (moment: Moment): string => `${two(moment.hour)}:${two(moment.minute)}`;

export function momentText(at: number, locale: string, timeZone?: string): string {
  if (!Number.isFinite(at)) return '';
  const moment = inZone(at, timeZone);
  return `${dateText(isoDate(moment), locale)}, ${timeText(moment)}`;
}

export function parseMoment(text: string, locale: string, timeZone?: string): Reading<number> {
  const match = /^(.*?)(?:[,\sT]+(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(am|pm)?)?$/iu.exec(latinDigits(text).trim());
  const day = match ? readDay(match[1]!, locale) : null;
  let hour = Number(match?.[2] ?? 0);
  if (match?.[4]) hour = (hour % 12) + (match[4].toLowerCase() === 'pm' ? 12 : 0);
  const minute = Number(match?.[3] ?? 0);
  if (!day || hour > 23 || minute > 59) {
    return {
      problem: `“${text.trim()}” is not a date and time. Write it like ${dateText('2026-09-04', locale)}, 16:30.`,
    };
  }
  return { value: fromZone({ ...day, hour, minute }, timeZone) };
}

/** Reads `9:30`, `09.30`, `0930`, `9:30 pm`, `9 am` as a time of the wall clock. */
export function parseTime(text: string): Reading<string> {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?$/iu.exec(latinDigits(text).trim());
  let hour = Number(match?.[1] ?? 99);
  const minute = Number(match?.[2] ?? 0);
  if (match?.[3]) hour = hour > 12 ? 99 : (hour % 12) + (match[3].toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || minute > 59) return { problem: `“${text.trim()}” is not a time of day. Write it like 09:30.` };
  return { value: `${two(hour)}:${two(minute)}` };
}

/** `4 Sep 2026, 16:00–17:30`; the second day only where it differs. */
export function rangeText([start, end]: readonly [number, number], locale: string, timeZone?: string): string {
  const [from, to] = [inZone(start, timeZone), inZone(end, timeZone)];
  if (isoDate(from) === isoDate(to)) return `${momentText(start, locale, timeZone)}–${timeText(to)}`;
  return `${momentText(start, locale, timeZone)} – ${momentText(end, locale, timeZone)}`;
}

export function parseRange(text: string, locale: string, timeZone?: string): Reading<[number, number]> {
  const halves = text.split(/\s*–\s*|\s+-\s+|\s+to\s+/);
  const problem = { problem: `Write a time range like ${dateText('2026-09-04', locale)}, 16:00–17:30.` };
  const [first, second] = halves;
  if (halves.length !== 2 || !first || !second) return problem;
  const start = parseMoment(first, locale, timeZone);
  if ('problem' in start) return problem;
  const sameDay = /^\d{1,2}[:.h]\d{2}$/.test(second.trim());
  const day = isoDate(inZone(start.value, timeZone));
  const end = parseMoment(sameDay ? `${day} ${second}` : second, locale, timeZone);
  if ('problem' in end) return problem;
  if (end.value <= start.value) return { problem: 'The end must come after the start.' };
  return { value: [start.value, end.value] };
}
