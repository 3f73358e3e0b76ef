/** Plain dates (`YYYY-MM-DD`), reckoned in UTC so that no time zone moves them. */
const DAY = 86_400_000;

export const millisOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
export const dateOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10);
export const addDays = (date: string, days: number): string => dateOf(millisOf(date) + days * DAY);
export const daysBetween = (from: string, to: string): number => Math.round((millisOf(to) - millisOf(from)) / DAY);
export const yearOf = (date: string): number => Number(date.slice(0, 4));
export const later = (a: string, b: string): string => (a > b ? a : b);

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a place are ahead of UTC at a moment, in milliseconds. */
function aheadOfUtc(millis: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' as const });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(millis).replace(' ', 'T')}Z`) - millis;
}

/** The moment at which the clocks of a place show `time` on `date`: an hour of the wall, summer and winter. */
export function momentAt(date: string, time: string, timeZone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`);
  return wall - aheadOfUtc(wall - aheadOfUtc(wall, timeZone), timeZone);
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
export type Weekday = (typeof weekdays)[number];
export const weekdayOf = (date: string): Weekday => weekdays[new Date(millisOf(date)).getUTCDay()]!;
