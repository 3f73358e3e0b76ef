import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Refusal } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { atWallClock } from '../../../shared/rules/expand-recurrence';
import { wireOps, type LocalOp } from '../local/replay';
import { readRow, readRows } from '../local/rows';
import { feedback, freeSlots, mentors, preview, week } from '../queries/mentoring';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { bookSession } from './book-session';
import { refreshSlots } from './refresh-slots';
import { saveRows } from './save-rows';
import { undo } from './undo';

const HOUR = 3_600_000;
/** The sample desk's clock stands at 15 January 2027, 08:00 UTC. */
const now = 1_800_000_000_000;
const soon = now + 24 * HOUR;

let temp: TempStore;
let desk: SampleDesk;
let mentor: string;
let client: string;
let mentorUser: string;

beforeEach(() => {
  temp = tempStore();
  desk = sampleDesk(temp.open());
  const person = (fullName: string, role: string): string =>
    desk.put('users', { fullName, email: `${newId()}@example.org`, username: newId(), role, status: 'active' });
  mentorUser = person('Mira Mentor', 'mentor');
  client = person('Cleo Client', 'student');
  mentor = desk.put('mentors', {
    programId: desk.ids.program,
    userId: mentorUser,
    currency: 'NGN',
    timeZone: 'Europe/London',
    isActive: true,
  });
  desk.as('program_coordinator');
});
afterEach(() => temp.remove());

const slot = (start: number, status = 'available', more: Record<string, unknown> = {}): string =>
  desk.put('availability_slots', {
    programId: desk.ids.program,
    mentorId: mentor,
    period: [start, start + HOUR],
    status,
    ...more,
  });
const rule = (more: Record<string, unknown> = {}): string =>
  desk.put('availability_rules', {
    programId: desk.ids.program,
    mentorId: mentor,
    startsOn: '2027-01-18',
    startTime: '09:00',
    endTime: '11:00',
    slotMinutes: 60,
    recurrence: 'FREQ=WEEKLY;COUNT=20',
    isActive: true,
    ...more,
  });
const book = (start: number, more: Record<string, unknown> = {}): string =>
  bookSession(desk.context, {
    mentorId: mentor,
    clientId: client,
    serviceId: null,
    start,
    end: start + HOUR,
    status: 'confirmed',
    sessionType: 'video',
    ...more,
  }).ids[0]!;
const status = (id: string): unknown => readRow(desk.store.reader, 'availability_slots', id)?.['status'];
const words = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Refusal).message;
  }
  return 'done';
};
const setStatus = (id: string, to: string): unknown =>
  saveRows(desk.context, {
    label: 'Change a booking',
    via: 'typed',
    edits: [{ op: 'update', entity: 'bookings', id, values: { status: to } }],
  });

describe('booking on the desk', () => {
  test('takes the slot at once, and only the booking is sent', () => {
    const free = slot(soon);
    const id = book(soon);
    expect(status(free)).toBe('booked');
    expect(readRow(desk.store.reader, 'bookings', id)).toMatchObject({ slotId: free, status: 'confirmed' });
    const waiting = desk.store.reader.prepare('select ops from outbox').pluck().all() as string[];
    const sent = waiting.flatMap((ops) => wireOps(JSON.parse(ops) as LocalOp[]));
    expect(sent.map(({ entity, op }) => [entity, op])).toEqual([['bookings', 'insert']]);
    expect(words(() => book(soon))).toContain('is booked already');
  });

  test('through a grid is checked as through the dialog, row by row', () => {
    slot(soon);
    const values = { programId: desk.ids.program, mentorId: mentor, clientId: client, period: [soon, soon + HOUR] };
    const two = words(() =>
      saveRows(desk.context, {
        label: 'Paste',
        via: 'paste',
        edits: [newId(), newId()].map((id) => ({ op: 'insert' as const, entity: 'bookings' as const, id, values })),
      }),
    );
    expect(two).toContain('is booked already');
    expect(readRows(desk.store.reader, 'bookings', '')).toEqual([]);
  });

  test.each([
    ['outside availability', () => book(soon + 9 * HOUR), 'offers no slot'],
    ['in the past', () => book(now - 48 * HOUR), 'has begun or is over'],
    ['for the mentor', () => book(soon, { clientId: mentorUser }), 'client of their own session'],
  ])('%s is refused in words with a way out', (_, act, why) => {
    slot(soon);
    expect(words(act)).toContain(why);
  });

  test('of a mentor who is not active or suspended is refused', () => {
    slot(soon);
    const account = readRow(desk.store.reader, 'users', mentorUser)!;
    desk.put('users', { ...account, status: 'suspended' });
    expect(words(() => book(soon))).toContain('suspended');
    desk.put('users', { ...account });
    desk.put('mentors', { ...readRow(desk.store.reader, 'mentors', mentor)!, isActive: false });
    expect(words(() => book(soon))).toContain('not active');
    expect(mentors(desk.context, { programs: [] })[0]).toMatchObject({
      free: 0,
      closed: expect.stringContaining('Not active'),
    });
  });

  test('cancelling frees the slot; no undo brings the booking back, and it says so', () => {
    const free = slot(soon);
    const id = book(soon);
    setStatus(id, 'cancelled_client');
    expect(status(free)).toBe('available');
    const outcome = undo(desk.context, {});
    expect(outcome.skipped).toMatchObject([{ entity: 'bookings', id, field: 'status' }]);
    expect(status(free)).toBe('available');
    expect(words(() => setStatus(id, 'confirmed'))).toContain('is cancelled and stays so');
  });

  test('is completed only once it has begun', () => {
    slot(soon);
    const id = book(soon);
    expect(words(() => setStatus(id, 'completed'))).toContain('has not begun');
  });

  test('taken back by undo frees the slot', () => {
    const free = slot(soon);
    book(soon);
    undo(desk.context, {});
    expect(status(free)).toBe('available');
    expect(readRows(desk.store.reader, 'bookings', '')).toEqual([]);
  });
});

describe('slots from rules', () => {
  const periods = (): string[] =>
    readRows(desk.store.reader, 'availability_slots', '')
      .map((row) => `${new Date((row['period'] as number[])[0]!).toISOString().slice(0, 16)} ${String(row['status'])}`)
      .sort();

  test('are offered week by week on the wall clock, and running it again changes nothing', () => {
    rule();
    const first = refreshSlots(desk.context, { mentorId: mentor, weeks: 12 });
    expect(first).toMatchObject({ added: 24, removed: 0 });
    // Clocks in London go forward on 28 March: nine o'clock is then eight in UTC.
    expect(periods()).toContain('2027-03-22T09:00 available');
    expect(periods()).toContain('2027-03-29T08:00 available');
    expect(refreshSlots(desk.context, { mentorId: mentor, weeks: 12 })).toMatchObject({
      added: 0,
      removed: 0,
      kept: 24,
    });
  });

  test('leave what is held, blocked, booked or made by hand alone, when the rule changes too', () => {
    const id = rule({ recurrence: 'FREQ=WEEKLY;COUNT=3' });
    const byHand = slot(Date.parse('2027-01-25T09:30:00Z'), 'blocked');
    refreshSlots(desk.context, { mentorId: mentor, weeks: 8 });
    expect(periods()).toEqual([
      '2027-01-18T09:00 available',
      '2027-01-18T10:00 available',
      '2027-01-25T09:30 blocked',
      '2027-02-01T09:00 available',
      '2027-02-01T10:00 available',
    ]);
    book(Date.parse('2027-01-18T09:00:00Z'));
    saveRows(desk.context, {
      label: 'Later',
      via: 'typed',
      edits: [{ op: 'update', entity: 'availability_rules', id, values: { startTime: '09:30', endTime: '11:30' } }],
    });
    refreshSlots(desk.context, { mentorId: mentor, weeks: 8 });
    expect(periods()).toEqual([
      '2027-01-18T09:00 booked',
      '2027-01-18T10:30 available',
      '2027-01-25T09:30 blocked',
      '2027-01-25T10:30 available',
      '2027-02-01T09:30 available',
      '2027-02-01T10:30 available',
    ]);
    expect(status(byHand)).toBe('blocked');
  });

  test('that were brought in with ids of their own are kept where a rule wants them', () => {
    const id = rule({ recurrence: 'FREQ=WEEKLY;COUNT=1' });
    slot(Date.parse('2027-01-18T09:00:00Z'), 'available', { ruleId: id });
    expect(refreshSlots(desk.context, { mentorId: mentor, weeks: 8 })).toMatchObject({ added: 1, removed: 0, kept: 1 });
  });

  test('a rule that is switched off takes back what is still free', () => {
    const id = rule({ recurrence: 'FREQ=WEEKLY;COUNT=3' });
    refreshSlots(desk.context, { mentorId: mentor, weeks: 8 });
    desk.put('availability_rules', { ...readRow(desk.store.reader, 'availability_rules', id)!, isActive: false });
    expect(refreshSlots(desk.context, { mentorId: mentor, weeks: 8 })).toMatchObject({ added: 0, removed: 6 });
  });

  test('one that overlaps another, or is in use, is refused by the grid', () => {
    const free = slot(soon);
    const insert = (): unknown =>
      saveRows(desk.context, {
        label: 'A slot',
        via: 'typed',
        edits: [
          {
            op: 'insert',
            entity: 'availability_slots',
            id: newId(),
            values: { programId: desk.ids.program, mentorId: mentor, period: [soon + HOUR / 2, soon + 2 * HOUR] },
          },
        ],
      });
    expect(words(insert)).toContain('another slot then');
    book(soon);
    const block = (): unknown =>
      saveRows(desk.context, {
        label: 'Block',
        via: 'typed',
        edits: [{ op: 'update', entity: 'availability_slots', id: free, values: { status: 'blocked' } }],
      });
    expect(words(block)).toContain('A booking holds the slot');
  });

  test('a preview tells the next dates, and why there are none', () => {
    const hours = { mentorId: mentor, startsOn: '2027-01-18', startTime: '09:00', endTime: '10:30', slotMinutes: 30 };
    const found = preview(desk.context, { ...hours, recurrence: 'FREQ=WEEKLY;COUNT=9' });
    expect(found.words).toBe('Every week, 9 times');
    expect(found.next).toHaveLength(5);
    expect(found.next[0]).toEqual({ day: '2027-01-18', from: '09:00', to: '10:30', slots: 3 });
    expect(preview(desk.context, { ...hours, recurrence: 'FREQ=WEEKLY' }).problem).toContain('never ends');
  });
});

describe('questions', () => {
  test('a week shows slots and bookings on the mentor’s clock, across the night it changes', () => {
    const at = atWallClock('2027-03-28', '00:30', 'Europe/London');
    slot(at);
    slot(at + HOUR);
    const shown = week(desk.context, { mentorId: mentor, day: '2027-03-24' });
    expect(shown.days).toEqual(['22', '23', '24', '25', '26', '27', '28'].map((day) => `2027-03-${day}`));
    expect(shown.slots.map(({ day, from, to }) => [day, from, to])).toEqual([
      ['2027-03-28', '00:30', '02:30'],
      ['2027-03-28', '02:30', '03:30'],
    ]);
    const range = { mentorId: mentor, from: '2027-03-28', until: '2027-03-28', minutes: 0 };
    expect(freeSlots(desk.context, { ...range, timeZone: 'Asia/Tokyo' }).map((one) => one.from)).toEqual([
      '09:30',
      '10:30',
    ]);
  });

  test('feedback tells the average of the reviews, newest first', () => {
    for (const [at, rating] of [5, 4, 5].entries()) {
      const past = now - (at + 2) * 48 * HOUR;
      const bookingId = desk.put('bookings', {
        programId: desk.ids.program,
        mentorId: mentor,
        clientId: client,
        period: [past, past + HOUR],
        status: 'completed',
      });
      saveRows(desk.context, {
        label: 'Review',
        via: 'typed',
        edits: [
          {
            op: 'insert',
            entity: 'booking_reviews',
            id: newId(),
            values: { programId: desk.ids.program, bookingId, reviewerId: client, mentorId: mentor, rating },
          },
        ],
      });
    }
    expect(feedback(desk.context, { mentorId: mentor })).toMatchObject({ reputation: 4.67, count: 3 });
    expect(mentors(desk.context, { programs: [] })[0]).toMatchObject({
      name: 'Mira Mentor',
      reputation: 4.67,
      reviews: 3,
    });
  });
});
