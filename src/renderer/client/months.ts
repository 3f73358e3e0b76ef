/** Months as `2026-11`, by this computer's clock. */

export function monthsBack(back: number, now: Date = new Date()): string {
  const first = new Date(now.getFullYear(), now.getMonth() - back, 1);
  return `${first.getFullYear()}-${String(first.getMonth() + 1).padStart(2, '0')}`;
}

const firstOf = (month: string): Date => new Date(`${month}-01T12:00:00Z`);

/** `November 2026`. */
export const monthText = (month: string, locale: string): string =>
  firstOf(month).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** `Nov`. */
export const shortMonthText = (month: string, locale: string): string =>
  firstOf(month).toLocaleDateString(locale, { month: 'short', timeZone: 'UTC' });
