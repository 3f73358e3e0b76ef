import { describe, expect, test } from 'vitest';
import type { CalendarBooking, CalendarSlot, CalendarWeek } from '../../../shared/contract/mentoring';
import { draftOf, missing, newDraft, patternOf } from './rule-draft';
import { addDays, dayText, hoursOf, neighbour, placed } from './week-layout';

const days = Array.from({ length: 7 }, (_, at) => addDays('2027-03-22', at));
const slot = (
  id: string,
  day: string,
  from: string,
  to: string,
  status: CalendarSlot['status'] = 'available',
): CalendarSlot => ({
  ...{ id, day, from, to, status, start: 0, end: 0, ruleId: null },
});
const booking = (id: string, slotId: string, status: CalendarBooking['status']): CalendarBooking => ({
  ...{ id, slotId, status, day: days[0]!, from: '09:00', to: '10:00', start: 0, end: 0 },
  ...{ clientId: 'c', client: 'Cleo', service: '', sessionType: 'video', isReviewed: false },
});
const week = (slots: CalendarSlot[], bookings: CalendarBooking[] = []): CalendarWeek => ({
  ...{ timeZone: 'Europe/London', days, today: { day: days[0]!, minutes: 600 }, slots, bookings, mayBook: null },
});

describe('a week', () => {
  test('shows a booked slot as its booking, and nothing of what was cancelled', () => {
    const slots = [slot('a', days[0]!, '09:00', '10:00', 'booked'), slot('b', days[0]!, '10:00', '11:00')];
    const shown = placed(week(slots, [booking('x', 'a', 'confirmed'), booking('y', 'b', 'cancelled_client')]));
    expect(shown.map((item) => item.key)).toEqual(['x', 'b']);
  });

  test('cuts a night at midnight, and shows hours outside the working day only where they are used', () => {
    const night = placed(week([slot('a', days[0]!, '22:30', '00:30')]));
    expect(night[0]).toMatchObject({ top: 1350, bottom: 1440 });
    expect(hoursOf(night)).toEqual({ first: 8, last: 24 });
    expect(hoursOf([])).toEqual({ first: 8, last: 20 });
  });

  test('is walked with the arrow keys, over days without anything', () => {
    const items = placed(
      week([
        slot('a', days[0]!, '09:00', '10:00'),
        slot('b', days[0]!, '14:00', '15:00'),
        slot('c', days[3]!, '13:00', '14:00'),
        slot('d', days[3]!, '08:00', '09:00'),
      ]),
    );
    expect(neighbour(items, days, 'a', 'ArrowDown')).toBe('b');
    expect(neighbour(items, days, 'b', 'ArrowRight')).toBe('c');
    expect(neighbour(items, days, 'd', 'ArrowLeft')).toBe('a');
    expect(neighbour(items, days, 'a', 'ArrowUp')).toBeNull();
    expect(dayText(days[0]!)).toBe('Mon 22 Mar');
  });
});

describe('the form of a rule', () => {
  test('writes plain choices as a pattern and reads them back', () => {
    const draft = { ...newDraft('2027-03-23'), interval: 2, days: ['WE', 'MO'] as const, count: 6 };
    const pattern = patternOf({ ...draft, days: [...draft.days] });
    expect(pattern).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=6');
    expect(draftOf({ ...draft, recurrence: pattern }, '2027-01-01')).toMatchObject({
      interval: 2,
      days: ['MO', 'WE'],
      count: 6,
    });
    expect(newDraft('2027-03-23').days).toEqual(['TU']);
  });

  test('keeps what it has no choice for', () => {
    const recurrence = 'FREQ=MONTHLY;BYDAY=-1FR;BYMONTH=3,6;UNTIL=20271231';
    expect(patternOf(draftOf({ recurrence }, '2027-01-01'))).toBe(recurrence);
  });

  test('says what is missing, one thing at a time', () => {
    const draft = newDraft('2027-03-23');
    expect(missing(draft)).toBeNull();
    expect(missing({ ...draft, days: [] })).toContain('day of the week');
    expect(missing({ ...draft, ends: 'until', until: '2027-01-01' })).toContain('before the first');
  });
});
