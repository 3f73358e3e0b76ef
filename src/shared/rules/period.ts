/**
 * Periods that move with the day: "the last 30 days", "this month". Days are the reader's own; weeks begin on Monday.
 */

export interface Period {
  unit: 'day' | 'week' | 'month' | 'year';
  /** First and last unit, counted from the present one (0); both included. */
  from: number;
  to: number;
}

export const periods: readonly (readonly [label: string, period: Period])[] = [
  ['Today', { unit: 'day', from: 0, to: 0 }],
  ['Yesterday', { unit: 'day', from: -1, to: -1 }],
  ['Tomorrow', { unit: 'day', from: 1, to: 1 }],
  ['This week', { unit: 'week', from: 0, to: 0 }],
  ['Last week', { unit: 'week', from: -1, to: -1 }],
  ['Next week', { unit: 'week', from: 1, to: 1 }],
  ['This month', { unit: 'month', from: 0, to: 0 }],
  ['Last month', { unit: 'month', from: -1, to: -1 }],
  ['Next month', { unit: 'month', from: 1, to: 1 }],
  ['This year', { unit: 'year', from: 0, to: 0 }],
  ['Last year', { unit: 'year', from: -1, to: -1 }],
  ['Last 7 days', { unit: 'day', from: -6, to: 0 }],
  ['Last 30 days', { unit: 'day', from: -29, to: 0 }],
  ['Last 90 days', { unit: 'day', from: -89, to: 0 }],
  ['Next 7 days', { unit: 'day', from: 0, to: 6 }],
  ['Next 30 days', { unit: 'day', from: 0, to: 29 }],
];

export const isPeriod = (value: unknown): value is Period => {
  const one = value as Partial<Period> | null;
  return (
    typeof one === 'object' &&
    one !== null &&
    ['day', 'week', 'month', 'year'].includes(one.unit ?? '') &&
    [one.from, one.to].every((n) => Number.isInteger(n) && Math.abs(n!) <= 10_000)
  );
};

export const isSamePeriod = (a: Period, b: Period): boolean => a.unit === b.unit && a.from === b.from && a.to === b.to;

/** In words, within a sentence: "last 30 days"; for a period without a name, its numbers. */
export function periodText(period: Period): string {
  const known = periods.find(([, one]) => isSamePeriod(one, period));
  return known ? known[0].toLowerCase() : `${period.from} to ${period.to} ${period.unit}s from today`;
}

/** The first moment of the period and the first after it, in milliseconds, by this computer's clock and time zone. */
export function momentsOf({ unit, from, to }: Period, now: number): [start: number, end: number] {
  return [startOf(unit, from, now), startOf(unit, to + 1, now)];
}

/** First and last day, both included, as `YYYY-MM-DD`. */
export function daysOf(period: Period, now: number): [first: string, last: string] {
  const [start, end] = momentsOf(period, now);
  return [dayText(start), dayText(end - 1)];
}

function startOf(unit: Period['unit'], offset: number, now: number): number {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  switch (unit) {
    case 'day':
      return new Date(year, month, day + offset).getTime();
    case 'week':
      return new Date(year, month, day - ((today.getDay() + 6) % 7) + 7 * offset).getTime();
    case 'month':
      return new Date(year, month + offset, 1).getTime();
    case 'year':
      return new Date(year + offset, 0, 1).getTime();
  }
}

/** This computer’s day. */
export function dayText(moment: number): string {
  const date = new Date(moment);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
