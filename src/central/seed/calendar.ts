/** Plain dates (`YYYY-MM-DD`), reckoned in UTC so that no time zone moves them. */
const DAY = 86_400_000;

export const millisOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
export const dateOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10);
export const addDays = (date: string, days: number): string => dateOf(millisOf(date) + days * DAY);
export const daysBetween = (from: string, to: string): number => Math.round((millisOf(to) - millisOf(from)) / DAY);
export const yearOf = (date: string): number => Number(date.slice(0, 4));
export const later = (a: string, b: string): string => (a > b ? a : b);
