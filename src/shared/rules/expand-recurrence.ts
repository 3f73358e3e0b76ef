/**
 * The days of a repeating pattern, and the moments of hours on those days.
 *
 * Days are counted without any clock, and each is put on the wall clock of a place afterwards: so a rule keeps its hour when daylight saving
 * begins or ends. An hour that does not exist that day is shifted forward by the gap, one that comes twice is the first
 * (Temporal's `compatible`, which is what RFC 5545 says of times).
 */
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { maxOccurrences, readRecurrence, writeRecurrence } from './recurrence';

const DAY = 86_400_000;
const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The moment a wall clock in the zone shows this day and hour. */
export function atWallClock(day: string, time: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

/** What a wall clock in the zone shows at a moment. */
export function wallClock(at: number, timeZone: string): { day: string; time: string; minutes: number } {
  const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const time = shown.toPlainTime().toString({ smallestUnit: 'minute' });
  return { day: shown.toPlainDate().toString(), time, minutes: shown.hour * 60 + shown.minute };
}

/** `2026-03-28`, 1 -> `2026-03-29`. */
export const dayAfter = (day: string, days = 1): string => dayOf(utcOf(day) + days * DAY);

/**
 * The days of a pattern in order, `YYYY-MM-DD`; the first day counts where it fits the pattern. A pattern that cannot be read has none.
 * @param within first and last day wanted; without it, from the beginning
 */
export function daysOf(
  recurrence: string,
  startsOn: string,
  { from, until, limit = maxOccurrences }: { from?: string; until?: string; limit?: number } = {},
): string[] {
  const pattern = readRecurrence(recurrence);
  if (typeof pattern === 'string') return [];
  const first = utcOf(startsOn);
  const ending = pattern.until === null ? '' : `T235959Z`;
  const rule = new RRuleTemporal({
    rruleString: writeRecurrence(pattern) + ending,
    dtstart: Temporal.Instant.fromEpochMilliseconds(first).toZonedDateTimeISO('UTC'),
    temporal: Temporal,
    cache: false,
  });
  const days: string[] = [];
  let seen = 0;
  const take = (at: { toPlainDate(): { toString(): string } }): boolean => {
    const day = at.toPlainDate().toString();
    if (until !== undefined && day > until) return false;
    if (from === undefined || day >= from) days.push(day);
    seen += 1;
    return seen < maxOccurrences && days.length < limit;
  };
  try {
    rule.all(take);
  } catch {
    // It gives up on what never happens, such as 30 February: then the days found so far are all there are.
  }
  return days;
}

/** When somebody is there: hours of the wall clock, on the days of a pattern. */
export interface Hours {
  startsOn: string;
  startTime: string;
  /** At or before the start: it ends on the next day. */
  endTime: string;
  recurrence: string;
}

export interface Occurrence {
  /** The day it begins, where it happens. */
  day: string;
  start: number;
  end: number;
}

/** Every stretch of the hours that begins on one of the days wanted. */
export function occurrencesOf(
  { startsOn, startTime, endTime, recurrence }: Hours,
  timeZone: string,
  within: { from?: string; until?: string; limit?: number } = {},
): Occurrence[] {
  return daysOf(recurrence, startsOn, within).flatMap((day) => {
    const start = atWallClock(day, startTime, timeZone);
    const end = atWallClock(endTime <= startTime ? dayAfter(day) : day, endTime, timeZone);
    // Hours that lie inside the gap of a spring night shrink to nothing.
    return end > start ? [{ day, start, end }] : [];
  });
}

/** A stretch cut into slots of equal length; what is left at its end is not offered. A stretch shorter than a slot is one slot. */
export function slotsIn({ start, end }: { start: number; end: number }, minutes: number | null): [number, number][] {
  const length = (minutes ?? 0) * 60_000;
  if (length <= 0 || end - start <= length) return [[start, end]];
  const count = Math.floor((end - start) / length);
  return Array.from({ length: count }, (_, at) => [start + at * length, start + (at + 1) * length]);
}
