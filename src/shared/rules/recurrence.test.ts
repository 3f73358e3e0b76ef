import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atWallClock, dayAfter, daysOf, occurrencesOf, slotsIn, wallClock } from './expand-recurrence';
import { readRecurrence, recurrenceProblem, weekdays, writeRecurrence } from './recurrence';
import { recurrenceText } from './recurrence-text';

const iso = (at: number): string => new Date(at).toISOString().slice(0, 16);
const hours = { startTime: '02:30', endTime: '04:00', recurrence: 'FREQ=DAILY;COUNT=3' };

describe('a pattern', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO', 'never ends'],
    ['FREQ=DAILY', 'never ends'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20260101', 'ends twice'],
    ['FREQ=DAILY;COUNT=3;COUNT=4', 'twice'],
    ['FREQ=HOURLY;COUNT=3', 'Not a repeating pattern'],
    ['FREQ=DAILY;BYHOUR=9;COUNT=3', 'Not a repeating pattern'],
    ['FREQ=DAILY;COUNT=0', 'Not a repeating pattern'],
    ['FREQ=DAILY;COUNT=1001', 'At most 1,000'],
    ['FREQ=DAILY;UNTIL=20260230', 'not a day'],
    ['FREQ=WEEKLY;BYDAY=XX;COUNT=2', 'day of the week'],
    ['FREQ=WEEKLY;BYDAY=2MO;COUNT=2', 'day of the week'],
    ['FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2', 'day of the month'],
    ['FREQ=YEARLY;BYMONTH=13;COUNT=2', 'month that'],
    ['every monday', 'Not a repeating pattern'],
  ])('%s is refused, and says why', (text, why) => {
    expect(recurrenceProblem(text)).toContain(why);
  });

  test.each([
    ['FREQ=WEEKLY;COUNT=52', 'Every week, 52 times'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20261218', 'Every 2 weeks on Mon, Wed, until 18 Dec 2026'],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=6', 'Every month on the last Fri, 6 times'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6', 'Every month on day 1, day 15, 6 times'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2'],
  ])('%s reads “%s”', (text, words) => {
    expect(recurrenceProblem(text)).toBeNull();
    expect(recurrenceText(text, 'en')).toBe(words);
  });

  test('is written the same however it was given', () => {
    const read = readRecurrence('FREQ=WEEKLY;COUNT=4;BYDAY=MO;INTERVAL=1');
    expect(typeof read === 'string' ? read : writeRecurrence(read)).toBe('FREQ=WEEKLY;BYDAY=MO;COUNT=4');
  });
});

describe('its days', () => {
  test('begin on the first day that fits', () => {
    expect(daysOf('FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3', '2026-03-03')).toEqual(['2026-03-04', '2026-03-09', '2026-03-11']);
  });

  test('include the last day, and none after it', () => {
    expect(daysOf('FREQ=DAILY;UNTIL=20260103', '2026-01-01')).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
  });

  test('that never come are none, and a pattern for ever stops', () => {
    expect(daysOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5', '2026-01-01')).toEqual([]);
    expect(daysOf('FREQ=DAILY;UNTIL=99991231', '2026-01-01')).toHaveLength(1000);
  });

  test('of a window count the times before it', () => {
    const all = 'FREQ=WEEKLY;COUNT=4';
    expect(daysOf(all, '2026-01-05', { from: '2026-01-19', until: '2026-12-31' })).toEqual([
      '2026-01-19',
      '2026-01-26',
    ]);
  });

  test('of a week fall on the days named, for any start and any days', () => {
    const day = fc.integer({ min: 0, max: 6000 }).map((n) => dayAfter('2020-01-01', n));
    fc.assert(
      fc.property(
        day,
        fc.subarray([...weekdays], { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (from, on, count) => {
          const days = daysOf(`FREQ=WEEKLY;BYDAY=${on.join(',')};COUNT=${count}`, from);
          expect(days).toHaveLength(count);
          const named = days.map((one) => weekdays[(new Date(`${one}T00:00Z`).getUTCDay() + 6) % 7]);
          expect(named.every((one) => on.includes(one!))).toBe(true);
          expect([...days].sort()).toEqual(days);
          expect(days[0]! >= from).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the hours of a rule', () => {
  test('keep the wall clock when daylight saving begins; an hour that does not exist is shifted forward', () => {
    const found = occurrencesOf({ ...hours, startsOn: '2026-03-28' }, 'Europe/Berlin');
    expect(found.map(({ start, end }) => [iso(start), iso(end)])).toEqual([
      ['2026-03-28T01:30', '2026-03-28T03:00'],
      ['2026-03-29T01:30', '2026-03-29T02:00'],
      ['2026-03-30T00:30', '2026-03-30T02:00'],
    ]);
  });

  test('keep the wall clock when it ends; an hour that comes twice is the first', () => {
    const found = occurrencesOf({ ...hours, startsOn: '2026-10-24' }, 'Europe/Berlin');
    expect(found.map(({ start, end }) => [iso(start), iso(end)])).toEqual([
      ['2026-10-24T00:30', '2026-10-24T02:00'],
      ['2026-10-25T00:30', '2026-10-25T03:00'],
      ['2026-10-26T01:30', '2026-10-26T03:00'],
    ]);
  });

  test('that end at or before they begin end on the next day', () => {
    const night = { startsOn: '2026-05-01', startTime: '22:00', endTime: '02:00', recurrence: 'FREQ=DAILY;COUNT=1' };
    const [only] = occurrencesOf(night, 'Africa/Lagos');
    expect([iso(only!.start), iso(only!.end)]).toEqual(['2026-05-01T21:00', '2026-05-02T01:00']);
  });

  test('are read from the clock as they were put on it, wherever the hour exists', () => {
    const zones = ['Africa/Lagos', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, days, minute) => {
          const day = dayAfter('2020-01-01', days);
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const shown = wallClock(atWallClock(day, time, zone), zone);
          const shift = shown.minutes - minute;
          expect(shown.day).toBe(day);
          // Otherwise it lay in a gap: of an hour, or of half an hour on Lord Howe.
          expect([0, 30, 60]).toContain(shift);
        },
      ),
    );
  });

  test('are cut into whole slots, and what is left over is not offered', () => {
    const at = (minutes: number): number => minutes * 60_000;
    expect(slotsIn({ start: 0, end: at(150) }, 60)).toEqual([
      [0, at(60)],
      [at(60), at(120)],
    ]);
    expect(slotsIn({ start: 0, end: at(40) }, 60)).toEqual([[0, at(40)]]);
    expect(slotsIn({ start: 0, end: at(150) }, null)).toEqual([[0, at(150)]]);
  });
});
