import type { CalendarBooking, CalendarSlot, CalendarWeek } from '../../../shared/contract/mentoring';

/** Something on the calendar and where it stands: minutes of the wall clock, cut at midnight. */
export type Placed = { key: string; day: string; top: number; bottom: number } & (
  { kind: 'slot'; slot: CalendarSlot } | { kind: 'booking'; booking: CalendarBooking }
);

const DAY = 24 * 60;
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const isCancelled = ({ status }: CalendarBooking): boolean => status.startsWith('cancelled');

/** What stands on each day. A slot that is booked is shown by its booking; what was cancelled is not shown at all. */
export function placed({ slots, bookings }: CalendarWeek): Placed[] {
  const shown = bookings.filter((booking) => !isCancelled(booking));
  const held = new Set(shown.map((booking) => booking.slotId));
  const at = ({ day, from, to }: { day: string; from: string; to: string }) => {
    const top = minutesOf(from);
    const end = minutesOf(to);
    return { day, top, bottom: end > top ? end : DAY };
  };
  return [
    ...slots
      .filter((slot) => !(slot.status === 'booked' && held.has(slot.id)))
      .map((slot): Placed => ({ kind: 'slot', key: slot.id, slot, ...at(slot) })),
    ...shown.map((booking): Placed => ({ kind: 'booking', key: booking.id, booking, ...at(booking) })),
  ].sort((a, b) => a.top - b.top || a.key.localeCompare(b.key));
}

/** Has it begun, as the clock there shows it now? */
export const isOver = (
  { day, top }: Pick<Placed, 'day' | 'top'>,
  { day: today, minutes }: CalendarWeek['today'],
): boolean => day < today || (day === today && top <= minutes);

/** The hours to show: the working day, and whatever lies outside it. */
export function hoursOf(items: readonly Placed[]): { first: number; last: number } {
  const first = Math.min(8, ...items.map((item) => Math.floor(item.top / 60)));
  const last = Math.max(20, ...items.map((item) => Math.ceil(item.bottom / 60)));
  return { first, last };
}

/** The item an arrow key leads to: up and down within a day, left and right to the nearest of another day that has any. */
export function neighbour(
  items: readonly Placed[],
  days: readonly string[],
  from: string | null,
  key: string,
): string | null {
  const here = items.find((item) => item.key === from);
  if (!here) return null;
  const onDay = (day: string): Placed[] => items.filter((item) => item.day === day);
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = onDay(here.day);
    return column[column.indexOf(here) + (key === 'ArrowDown' ? 1 : -1)]?.key ?? null;
  }
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return null;
  for (let at = days.indexOf(here.day) + step; at >= 0 && at < days.length; at += step) {
    const column = onDay(days[at]!);
    if (column.length === 0) continue;
    return column.reduce((best, item) => (Math.abs(item.top - here.top) < Math.abs(best.top - here.top) ? item : best))
      .key;
  }
  return null;
}

/** `2026-03-09`, 7 -> `2026-03-16`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const utc = { timeZone: 'UTC' } as const;
const weekday = new Intl.DateTimeFormat('en-GB', { ...utc, weekday: 'short' });
const long = new Intl.DateTimeFormat('en-GB', { ...utc, weekday: 'short', day: 'numeric', month: 'short' });
const dayAt = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const weekdayText = (day: string): string => weekday.format(dayAt(day));
/** `Mon 18 Jan`. */
export const dayText = (day: string): string => long.format(dayAt(day)).replace(',', '');
