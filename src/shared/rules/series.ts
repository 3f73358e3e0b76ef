import type { FieldKind } from '../model';

/**
 * Filling on from what is there: two or more numbers, amounts, dates, months or weekdays with the same step between them go on by that step;
 * anything else repeats. Pure.
 */

const stepped = new Set<FieldKind>(['integer', 'money', 'percent', 'order', 'timestamp']);
const worded = new Set<FieldKind>(['text', 'markdown', 'slug']);

/**
 * @param seeds values in the direction of the filling: the last one stands next to the first that is made
 * @param count how many are made
 */
export function series(kind: FieldKind, seeds: readonly unknown[], count: number, locale: string): unknown[] {
  if (seeds.length === 0) return Array.from({ length: count }, () => null);
  const next =
    seeds.length < 2
      ? null
      : stepped.has(kind)
        ? numbers(seeds)
        : kind === 'date'
          ? dates(seeds)
          : worded.has(kind)
            ? (names(seeds, locale) ?? counted(seeds))
            : null;
  return Array.from({ length: count }, (_, i) => (next ? next(i + 1) : seeds[i % seeds.length]));
}

/** Makes the value so many steps after the last seed. */
type Next = (steps: number) => unknown;

/** The one difference between neighbours; null where there are several. */
function stepOf(values: readonly number[]): number | null {
  const step = values[1]! - values[0]!;
  return values.every((value, i) => i === 0 || value - values[i - 1]! === step) ? step : null;
}

function numbers(seeds: readonly unknown[]): Next | null {
  if (!seeds.every((seed): seed is number => typeof seed === 'number')) return null;
  const step = stepOf(seeds);
  return step === null ? null : (steps) => seeds.at(-1)! + step * steps;
}

interface Day {
  year: number;
  month: number;
  day: number;
}

function dayOf(date: string): Day {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
}

const atUtc = (year: number, month: number, day: number): Date => {
  const at = new Date(0);
  at.setUTCFullYear(year, month, day);
  return at;
};
const iso = (at: Date): string => at.toISOString().slice(0, 10);
const lastOf = (year: number, month: number): number => atUtc(year, month, 0).getUTCDate();

/** By months where all stand on the same day of the month, or all on the last of it; by days otherwise. */
function dates(seeds: readonly unknown[]): Next | null {
  if (!seeds.every((seed): seed is string => typeof seed === 'string' && /^\d{4}-\d\d-\d\d$/.test(seed))) return null;
  const days = seeds.map(dayOf);
  const months = stepOf(days.map(({ year, month }) => year * 12 + month));
  const last = days.at(-1)!;
  const areLast = days.every(({ year, month, day }) => day === lastOf(year, month));
  if (months !== null && months !== 0 && (areLast || days.every(({ day }) => day === last.day))) {
    return (steps) => {
      const month = last.month + months * steps;
      const end = lastOf(last.year, month);
      return iso(atUtc(last.year, month - 1, areLast ? end : Math.min(last.day, end)));
    };
  }
  const step = stepOf(
    days.map(({ year, month, day }) => Math.round(atUtc(year, month - 1, day).getTime() / 86_400_000)),
  );
  return step === null ? null : (steps) => iso(atUtc(last.year, last.month - 1, last.day + step * steps));
}

const cycles = new Map<string, string[][]>();

/** Months and weekdays, long and short, in the reader's language and in English. */
function cyclesOf(locale: string): string[][] {
  const held = cycles.get(locale);
  if (held) return held;
  const list = (language: string, options: Intl.DateTimeFormatOptions, of: number, at: (i: number) => number) =>
    Array.from({ length: of }, (_, i) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at(i)).replace(/\.$/, ''),
    );
  const made = [locale, 'en'].flatMap((language) =>
    (['long', 'short'] as const).flatMap((style) => [
      list(language, { month: style }, 12, (i) => Date.UTC(2026, i, 15)),
      // 5 January 2026 was a Monday.
      list(language, { weekday: style }, 7, (i) => Date.UTC(2026, 0, 5 + i)),
    ]),
  );
  cycles.set(locale, made);
  return made;
}

const modulo = (n: number, by: number): number => ((n % by) + by) % by;

/** January, February … and Monday, Tuesday …, in the spelling of the seeds. */
function names(seeds: readonly unknown[], locale: string): Next | null {
  const words = seeds.map((seed) => (typeof seed === 'string' ? seed.trim() : ''));
  for (const cycle of cyclesOf(locale)) {
    const lower = cycle.map((name) => name.toLocaleLowerCase(locale));
    const places = words.map((word) => lower.indexOf(word.toLocaleLowerCase(locale)));
    if (places.includes(-1)) continue;
    const step = modulo(places[1]! - places[0]!, cycle.length);
    if (!places.every((place, i) => i === 0 || modulo(place - places[i - 1]!, cycle.length) === step)) continue;
    const spelled = spelling(words[0]!, locale);
    return (steps) => spelled(cycle[modulo(places.at(-1)! + step * steps, cycle.length)]!);
  }
  return null;
}

function spelling(like: string, locale: string): (word: string) => string {
  if (like === like.toLocaleUpperCase(locale)) return (word) => word.toLocaleUpperCase(locale);
  if (like === like.toLocaleLowerCase(locale)) return (word) => word.toLocaleLowerCase(locale);
  return (word) => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

/** Lane 1, Lane 2 …: the same words with a number at the end. */
function counted(seeds: readonly unknown[]): Next | null {
  const parts = seeds.map((seed) => (typeof seed === 'string' ? /^(.*?)(\d{1,9})$/.exec(seed) : null));
  const [first] = parts;
  if (!first || parts.some((part) => part?.[1] !== first[1])) return null;
  const values = parts.map((part) => Number(part![2]));
  const step = stepOf(values);
  const digits = first[2]!.startsWith('0') ? first[2]!.length : 1;
  if (step === null) return null;
  return (steps) => {
    const value = values.at(-1)! + step * steps;
    return value < 0 ? null : `${first[1]}${String(value).padStart(digits, '0')}`;
  };
}
