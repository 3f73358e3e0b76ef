import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Op, RefusalDetail } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { commissionOn, commissionRate } from '../shared/rules/commission';
import { atWallClock, dayAfter, wallClock } from '../shared/rules/expand-recurrence';
import { wordsFor } from '../shared/rules/refusals';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { insert, remove, restore, update } from './testing/ops';

const HOUR = 3_600_000;
/** A full hour well ahead: nothing here depends on the day the tests are run. */
const soon = Math.ceil(Date.now() / HOUR) * HOUR + 48 * HOUR;

let central: FreshCentral;
let program: string;
let admin: TestDesk;
let coordinatorId: string;
let coordinator: TestDesk;
let clientId: string;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('MENT');
  admin = await central.desk(
    await central.openSession((await central.addUser({ role: 'program_admin', programs: [program] })).id),
  );
  coordinatorId = (await central.addUser({ role: 'program_coordinator', programs: [program] })).id;
  coordinator = await another();
  clientId = (await central.addUser({ role: 'student', programs: [program], fullName: 'Cleo Client' })).id;
});
afterAll(() => central.drop());

const another = async (): Promise<TestDesk> => central.desk(await central.openSession(coordinatorId));
const query = async <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const one = async <T>(text: string, ...values: unknown[]): Promise<T> =>
  Object.values((await query<Record<string, T>>(text, ...values))[0]!)[0]!;
const done = async (...ops: Op[]): Promise<void> => {
  const result = await coordinator.change(...ops);
  if (result.status !== 'applied' && result.status !== 'merged') throw new Error(JSON.stringify(result));
};
/** The refusal of a change, with words that name no code. */
const refused = async (...ops: Op[]): Promise<RefusalDetail> => {
  const { refusal, ...rest } = await coordinator.change(...ops);
  if (!refusal) throw new Error(`not refused: ${JSON.stringify(rest)}`);
  const { message, next } = wordsFor(refusal);
  expect(`${message} ${next}`).not.toMatch(/undefined|NaN|null|that time/);
  return refusal;
};

interface Mentor {
  id: string;
  userId: string;
  service: string;
}
async function addMentor(timeZone = 'Africa/Lagos', name = 'Mira Mentor'): Promise<Mentor> {
  const userId = (await central.addUser({ role: 'mentor', programs: [program], fullName: name })).id;
  const [id, service] = [newId(), newId()];
  const result = await admin.change(
    insert('mentors', id, { programId: program, userId, currency: 'NGN', timeZone, isActive: true }),
    insert('services', service, {
      programId: program,
      mentorId: id,
      title: 'Career talk',
      price: 100_000,
      currency: 'NGN',
      durationMinutes: 60,
      isActive: true,
    }),
  );
  if (result.status !== 'applied') throw new Error(JSON.stringify(result));
  return { id, userId, service };
}
const slot = (mentor: Mentor, start: number, end: number, more: Record<string, unknown> = {}, id = newId()): Op =>
  insert('availability_slots', id, {
    programId: program,
    mentorId: mentor.id,
    period: [start, end],
    status: 'available',
    ...more,
  });
const booking = (mentor: Mentor, start: number, end: number, more: Record<string, unknown> = {}, id = newId()): Op =>
  insert('bookings', id, {
    programId: program,
    mentorId: mentor.id,
    clientId,
    period: [start, end],
    status: 'pending',
    sessionType: 'video',
    ...more,
  });
const move = (id: string, base: Record<string, unknown>, patch: Record<string, unknown>): Op =>
  update('bookings', id, 1, base, patch);
const slotStatus = (id: string): Promise<string> => one('select status from app.availability_slots where id = $1', id);

describe('booking', () => {
  test('takes the slot, makes the session, and cancelling frees the slot', async () => {
    const mentor = await addMentor();
    const free = slot(mentor, soon, soon + HOUR);
    const booked = booking(mentor, soon, soon + HOUR, { serviceId: mentor.service });
    await done(free, booked);
    expect(await slotStatus(free.id)).toBe('booked');
    expect(await one('select slot_id from app.bookings where id = $1', booked.id)).toBe(free.id);
    expect(await one('select status from app.mentoring_sessions where booking_id = $1', booked.id)).toBe('upcoming');
    await done(move(booked.id, { status: 'pending' }, { status: 'cancelled_client' }));
    expect(await slotStatus(free.id)).toBe('available');
    expect(await one('select status from app.mentoring_sessions where booking_id = $1', booked.id)).toBe('cancelled');
    expect(await one('select cancelled_at is not null from app.bookings where id = $1', booked.id)).toBe(true);
    await done(booking(mentor, soon, soon + HOUR));
  });

  test('of two sessions at once, exactly one gets the slot, and the other is told which slot is next', async () => {
    const desks = [await another(), await another(), await another(), await another()];
    for (let round = 0; round < 5; round++) {
      const mentor = await addMentor();
      await done(slot(mentor, soon, soon + HOUR), slot(mentor, soon + 5 * HOUR, soon + 6 * HOUR));
      const results = await Promise.all(desks.map((desk) => desk.change(booking(mentor, soon, soon + HOUR))));
      expect(results.filter((result) => result.status === 'applied')).toHaveLength(1);
      const others = results.filter((result) => result.status === 'rejected');
      expect(others.map((result) => result.refusal?.code)).toEqual(['slot-taken', 'slot-taken', 'slot-taken']);
      expect(others[0]?.refusal?.detail).toMatchObject({ status: 'booked', nextStart: soon + 5 * HOUR });
      expect(await one('select count(*)::int from app.bookings where mentor_id = $1', mentor.id)).toBe(1);
    }
  });

  test('two that open a transaction by hand are held apart by the constraint too', async () => {
    const mentor = await addMentor();
    const values = (start: number): [string, unknown[]] => [
      `insert into app.bookings (id, program_id, mentor_id, client_id, period, status) values ($1, $2, $3, $4, tstzrange(sync.instant($5), sync.instant($6)), 'confirmed')`,
      [newId(), program, mentor.id, clientId, start, start + HOUR],
    ];
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    await central.sql.query(...values(soon));
    await expect(central.sql.query(...values(soon + HOUR / 2))).rejects.toMatchObject({
      code: '23P01',
      constraint: 'bookings_no_overlap',
    });
    await central.sql.query('rollback');
  });

  test('is refused outside availability, in a slot that is held, over another, and in the past, each with its rows', async () => {
    const mentor = await addMentor();
    const held = slot(mentor, soon + 2 * HOUR, soon + 3 * HOUR, { status: 'held' });
    const free = slot(mentor, soon, soon + HOUR);
    await done(free, held, slot(mentor, soon + 9 * HOUR, soon + 10 * HOUR));
    const taken = booking(mentor, soon, soon + HOUR);
    await done(taken);
    expect(await refused(booking(mentor, soon + 5 * HOUR, soon + 6 * HOUR))).toMatchObject({
      code: 'no-slot',
      detail: { nextStart: soon + 9 * HOUR, timeZone: 'Africa/Lagos' },
    });
    expect(await refused(booking(mentor, soon + 2 * HOUR, soon + 3 * HOUR))).toMatchObject({
      code: 'slot-taken',
      detail: { slotId: held.id, status: 'held' },
    });
    expect(await refused(booking(mentor, soon + HOUR / 2, soon + HOUR * 1.5))).toMatchObject({
      code: 'booking-overlap',
      detail: { otherId: taken.id, start: soon },
    });
    expect(await refused(booking(mentor, soon - 72 * HOUR, soon - 71 * HOUR))).toMatchObject({ code: 'booking-past' });
  });

  test('is refused for a mentor who is not active or suspended, for their own session, and for another’s service', async () => {
    const mentor = await addMentor();
    const stranger = await addMentor();
    await done(slot(mentor, soon, soon + HOUR));
    expect(await refused(booking(mentor, soon, soon + HOUR, { clientId: mentor.userId }))).toMatchObject({
      code: 'own-booking',
    });
    expect(await refused(booking(mentor, soon, soon + HOUR, { serviceId: stranger.service }))).toMatchObject({
      code: 'wrong-mentor',
      fields: ['serviceId'],
    });
    await query(`update app.users set status = 'suspended' where id = $1`, mentor.userId);
    expect(await refused(booking(mentor, soon, soon + HOUR))).toMatchObject({
      code: 'mentor-unavailable',
      detail: { mentor: 'Mira Mentor', why: 'suspended' },
    });
    await query(`update app.users set status = 'active' where id = $1`, mentor.userId);
    await admin.change(update('mentors', mentor.id, 1, { isActive: true }, { isActive: false }));
    expect(await refused(booking(mentor, soon, soon + HOUR))).toMatchObject({
      code: 'mentor-unavailable',
      detail: { why: 'inactive' },
    });
  });

  test('goes one way: nothing is un-cancelled, completed before it began, or moved when it is over', async () => {
    const mentor = await addMentor();
    const booked = booking(mentor, soon, soon + HOUR);
    await done(slot(mentor, soon, soon + HOUR), booked);
    expect(await refused(booking(mentor, soon, soon + HOUR, { status: 'completed' }))).toMatchObject({
      code: 'booking-status',
    });
    expect(await refused(move(booked.id, { status: 'pending' }, { status: 'completed' }))).toMatchObject({
      detail: { why: 'closed' },
    });
    await done(move(booked.id, { status: 'pending' }, { status: 'confirmed' }));
    expect(await refused(move(booked.id, { status: 'confirmed' }, { status: 'completed' }))).toMatchObject({
      detail: { why: 'early' },
    });
    await done(move(booked.id, { status: 'confirmed' }, { status: 'cancelled_mentor' }));
    expect(await refused(move(booked.id, { status: 'cancelled_mentor' }, { status: 'confirmed' }))).toMatchObject({
      code: 'booking-status',
      detail: { from: 'cancelled_mentor' },
    });
  });

  test('moves to another slot and frees the first; deleting frees it, restoring takes it again or says why not', async () => {
    const mentor = await addMentor();
    const [first, second] = [slot(mentor, soon, soon + HOUR), slot(mentor, soon + 4 * HOUR, soon + 5 * HOUR)];
    const booked = booking(mentor, soon, soon + HOUR);
    await done(first, second, booked);
    await done(move(booked.id, { period: [soon, soon + HOUR] }, { period: [soon + 4 * HOUR, soon + 5 * HOUR] }));
    expect([await slotStatus(first.id), await slotStatus(second.id)]).toEqual(['available', 'booked']);
    // Shorter, inside the slot it holds.
    await done(
      move(booked.id, { period: [soon + 4 * HOUR, soon + 5 * HOUR] }, { period: [soon + 4 * HOUR, soon + 4.5 * HOUR] }),
    );
    expect(await slotStatus(second.id)).toBe('booked');
    await done(remove('bookings', booked.id));
    expect(await slotStatus(second.id)).toBe('available');
    await done(restore('bookings', booked.id));
    expect(await slotStatus(second.id)).toBe('booked');
    await done(remove('bookings', booked.id));
    await done(booking(mentor, soon + 4 * HOUR, soon + 5 * HOUR));
    expect(await refused(restore('bookings', booked.id))).toMatchObject({ code: 'slot-taken' });
  });

  test('a session is completed and cancelled only with its booking', async () => {
    const mentor = await addMentor();
    const booked = booking(mentor, soon, soon + HOUR);
    await done(slot(mentor, soon, soon + HOUR), booked);
    const id = await one<string>('select id from app.mentoring_sessions where booking_id = $1', booked.id);
    expect(
      await refused(update('mentoring_sessions', id, 1, { status: 'upcoming' }, { status: 'completed' })),
    ).toMatchObject({
      code: 'session-follows',
    });
    await done(update('mentoring_sessions', id, 1, { status: 'upcoming' }, { status: 'active' }));
  });

  test('asked at the door is booked once, with the length of its service', async () => {
    const mentor = await addMentor();
    await done(slot(mentor, soon, soon + HOUR));
    const asked = {
      id: newId(),
      mentorId: mentor.id,
      clientId,
      serviceId: mentor.service,
      start: soon,
      status: 'confirmed',
    };
    const ask = (): Promise<unknown> => coordinator.call('ask', coordinator.token, 'book', JSON.stringify(asked));
    expect(await ask()).toEqual({ answer: { status: 'applied' } });
    expect(await ask()).toEqual({ answer: { status: 'noop' } });
    expect(
      await one(
        'select upper(period) - lower(period) = $2::interval from app.bookings where id = $1',
        asked.id,
        '1 hour',
      ),
    ).toBe(true);
    const again = { ...asked, id: newId() };
    expect(await coordinator.call('ask', coordinator.token, 'book', JSON.stringify(again))).toMatchObject({
      answer: { status: 'rejected', refusal: { code: 'slot-taken' } },
    });
    const tutor = await central.desk(
      await central.openSession((await central.addUser({ role: 'tutor', programs: [program] })).id),
    );
    expect(await tutor.call('ask', tutor.token, 'book', JSON.stringify(again))).toMatchObject({
      answer: { status: 'rejected' },
    });
    expect(await coordinator.call('ask', 'nobody', 'book', '{}')).toEqual({ err: 'signed-out' });
    expect(await coordinator.call('ask', coordinator.token, 'book', '{"id":"x"}')).toEqual({ err: 'asked-wrongly' });
  });
});

describe('slots', () => {
  test('of one mentor never overlap, and one in use is not changed by hand', async () => {
    const mentor = await addMentor();
    const first = slot(mentor, soon, soon + HOUR);
    await done(first);
    expect(await refused(slot(mentor, soon + HOUR / 2, soon + 2 * HOUR))).toMatchObject({
      code: 'slot-overlap',
      detail: { otherId: first.id },
    });
    expect(
      await refused(update('availability_slots', first.id, 1, { status: 'available' }, { status: 'booked' })),
    ).toMatchObject({
      code: 'slot-status',
    });
    await done(booking(mentor, soon, soon + HOUR));
    expect(
      await refused(update('availability_slots', first.id, 2, { status: 'booked' }, { status: 'blocked' })),
    ).toMatchObject({
      code: 'slot-in-use',
    });
    expect(await refused(remove('availability_slots', first.id, 2))).toMatchObject({ code: 'has-dependents' });
  });

  test('that follow from a rule come to be once, whoever sends them, and never over what stands already', async () => {
    const mentor = await addMentor();
    const rule = insert('availability_rules', newId(), {
      programId: program,
      mentorId: mentor.id,
      startsOn: '2027-01-04',
      startTime: '09:00',
      endTime: '12:00',
      recurrence: 'FREQ=WEEKLY;COUNT=10',
    });
    const blocked = slot(mentor, soon + 2 * HOUR, soon + 3 * HOUR, { status: 'blocked' });
    await done(rule, blocked);
    const made = [0, 1, 2].map((at) => slot(mentor, soon + at * HOUR, soon + (at + 1) * HOUR, { ruleId: rule.id }));
    const desks = [await another(), await another(), await another()];
    const results = await Promise.all(desks.map((desk) => desk.change(...made)));
    expect(results.map((result) => result.status).filter((status) => status === 'rejected')).toEqual([]);
    const rows = await query<{ status: string }>(
      'select status from app.availability_slots where mentor_id = $1 and deleted_at is null order by lower(period)',
      mentor.id,
    );
    expect(rows.map((row) => row.status)).toEqual(['available', 'available', 'blocked']);
    await done(remove('availability_slots', made[0]!.id));
    await done(made[0]!);
    expect(await one('select deleted_at from app.availability_slots where id = $1', made[0]!.id)).toBeNull();
  });

  test.each(['FREQ=WEEKLY;BYDAY=MO', 'FREQ=SECONDLY;COUNT=3', 'FREQ=WEEKLY;COUNT=3;X=1'])(
    'a rule of %s is refused by the database itself',
    async (recurrence) => {
      const mentor = await addMentor();
      expect(
        await refused(
          insert('availability_rules', newId(), {
            programId: program,
            mentorId: mentor.id,
            startsOn: '2027-01-04',
            startTime: '09:00',
            endTime: '12:00',
            recurrence,
          }),
        ),
      ).toMatchObject({ code: 'invalid-value', fields: ['recurrence'] });
    },
  );

  test('a mentor’s time zone is one that both sides know', async () => {
    const mentor = await addMentor();
    const result = await admin.change(
      update('mentors', mentor.id, 1, { timeZone: 'Africa/Lagos' }, { timeZone: 'Lagos time' }),
    );
    expect(result.refusal).toMatchObject({ code: 'invalid-value', fields: ['timeZone'] });
  });

  test('free in a range are told by the clock of any zone, across the change of it', async () => {
    const mentor = await addMentor('Europe/London');
    // The night of 28 March 2027: clocks in London go from 01:00 to 02:00.
    const at = (day: string, time: string): number => atWallClock(day, time, 'Europe/London');
    await done(
      slot(mentor, at('2027-03-27', '23:30'), at('2027-03-28', '00:30')),
      slot(mentor, at('2027-03-28', '00:30'), at('2027-03-28', '02:30')),
      slot(mentor, at('2027-03-28', '23:30'), at('2027-03-29', '00:30')),
      slot(mentor, at('2027-03-28', '10:00'), at('2027-03-28', '11:00'), { status: 'blocked' }),
    );
    const ask = async (timeZone: string, minutes = 0): Promise<[string, string, string][]> => {
      const args = { mentorId: mentor.id, from: '2027-03-28', until: '2027-03-28', timeZone, minutes };
      const { answer } = await coordinator.call<{ answer: { day: string; from: string; to: string }[] }>(
        'ask',
        coordinator.token,
        'free-slots',
        JSON.stringify(args),
      );
      return answer.map(({ day, from, to }) => [day, from, to]);
    };
    expect(await ask('Europe/London')).toEqual([
      ['2027-03-28', '00:30', '02:30'],
      ['2027-03-28', '23:30', '00:30'],
    ]);
    // One hour of the clock was skipped: the slot from 00:30 to 02:30 holds an hour.
    expect(await ask('Europe/London', 61)).toEqual([]);
    expect(await ask('Africa/Lagos')).toEqual([
      ['2027-03-28', '00:30', '01:30'],
      ['2027-03-28', '01:30', '02:30'],
      ['2027-03-28', '23:30', '00:30'],
    ]);
    expect(await ask('Asia/Tokyo')).toEqual([
      ['2027-03-28', '08:30', '09:30'],
      ['2027-03-28', '09:30', '10:30'],
    ]);
  });

  test('the wall clock of PostgreSQL is the wall clock of the desk, also where a time comes twice or never', async () => {
    const zones = [
      'Africa/Lagos',
      'Europe/London',
      'America/New_York',
      'America/Havana',
      'Australia/Lord_Howe',
      'Asia/Tehran',
    ];
    const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2021-03-22'];
    const cases = fc.sample(
      fc.record({
        zone: fc.constantFrom(...zones),
        day: fc.oneof(
          fc.constantFrom(...changes),
          fc.integer({ min: 0, max: 3000 }).map((n) => dayAfter('2020-01-01', n)),
        ),
        minute: fc.integer({ min: 0, max: 1439 }),
      }),
      600,
    );
    const time = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const rows = await query<{ ms: string }>(
      `select extract(epoch from sync.at_wall_clock((x->>'shown')::timestamp, x->>'zone')) * 1000 as ms from jsonb_array_elements($1) x`,
      JSON.stringify(cases.map(({ zone, day, minute }) => ({ zone, shown: `${day} ${time(minute)}` }))),
    );
    const theirs = rows.map((row, at) => [cases[at], Number(row.ms)]);
    expect(theirs).toEqual(cases.map((one) => [one, atWallClock(one.day, time(one.minute), one.zone)]));
    expect(wallClock(atWallClock('2026-10-25', '01:30', 'Europe/London'), 'Europe/London').time).toBe('01:30');
  });
});

describe('reviews', () => {
  /** A booking of the past, as an operator would bring it in. */
  async function held(mentor: Mentor, start: number): Promise<string> {
    const id = newId();
    await query(
      `insert into app.availability_slots (id, program_id, mentor_id, period) values ($1, $2, $3, tstzrange(sync.instant($4), sync.instant($5)))`,
      newId(),
      program,
      mentor.id,
      start,
      start + HOUR,
    );
    await query(
      `insert into app.bookings (id, program_id, mentor_id, client_id, period, status) values ($1, $2, $3, $4, tstzrange(sync.instant($5), sync.instant($6)), 'completed')`,
      id,
      program,
      mentor.id,
      clientId,
      start,
      start + HOUR,
    );
    return id;
  }
  const review = (mentor: Mentor, bookingId: string, rating: number, more: Record<string, unknown> = {}): Op =>
    insert('booking_reviews', newId(), {
      programId: program,
      bookingId,
      reviewerId: clientId,
      mentorId: mentor.id,
      rating,
      ...more,
    });

  test('one per completed booking, by its client, of its mentor; their average is the reputation', async () => {
    const mentor = await addMentor();
    const stranger = await addMentor();
    const past = soon - 100 * HOUR;
    const ids = [await held(mentor, past), await held(mentor, past + 2 * HOUR), await held(mentor, past + 4 * HOUR)];
    expect(await refused(review(mentor, ids[0]!, 5, { reviewerId: coordinatorId }))).toMatchObject({
      detail: { why: 'client' },
    });
    expect(await refused(review(mentor, ids[0]!, 5, { mentorId: stranger.id }))).toMatchObject({
      detail: { why: 'mentor' },
    });
    const open = booking(mentor, soon, soon + HOUR);
    await done(slot(mentor, soon, soon + HOUR), open);
    expect(await refused(review(mentor, open.id, 5))).toMatchObject({ detail: { why: 'early' } });
    for (const [at, rating] of [5, 4, 5].entries()) await done(review(mentor, ids[at]!, rating));
    expect(await refused(review(mentor, ids[0]!, 1))).toMatchObject({ code: 'duplicate' });
    const { answer } = await coordinator.call<{
      answer: { reputation: number; count: number; reviews: { reviewer: string }[] };
    }>('ask', coordinator.token, 'mentor-feedback', JSON.stringify({ mentorId: mentor.id }));
    expect(answer).toMatchObject({ reputation: 4.67, count: 3 });
    expect(answer.reviews.map((one) => one.reviewer)).toEqual(['Cleo Client', 'Cleo Client', 'Cleo Client']);
  });

  test('and bookings of a mentor are told to nobody of another program', async () => {
    const mentor = await addMentor();
    const elsewhere = await central.addProgram();
    const outsider = await central.desk(
      await central.openSession((await central.addUser({ role: 'program_admin', programs: [elsewhere] })).id),
    );
    await done(slot(mentor, soon, soon + HOUR));
    const range = { mentorId: mentor.id, from: '2020-01-01', until: '2099-01-01', timeZone: 'UTC' };
    expect(await outsider.call('ask', outsider.token, 'free-slots', JSON.stringify(range))).toEqual({ answer: [] });
    const result = await outsider.change({
      ...booking(mentor, soon, soon + HOUR),
      patch: { programId: elsewhere, mentorId: mentor.id, clientId, period: [soon, soon + HOUR] },
    });
    expect(result.status).toBe('rejected');
    expect(JSON.stringify(result.refusal)).not.toContain('Mira');
  });
});

describe('notifications', () => {
  const told = async (bookingOrStudent: string): Promise<[string, string][]> =>
    (
      await query<{ full_name: string; type: string }>(
        `select u.full_name, n.type from app.notifications n join app.users u on u.id = n.user_id where n.message like $1 order by n.type, u.full_name`,
        `%${bookingOrStudent}%`,
      )
    ).map((row) => [row.full_name, row.type]);

  test('a booking is told to client, guardian, mentor and who made it; so is its end', async () => {
    const mentor = await addMentor('Europe/London', 'Nia Notified');
    const account = (await central.addUser({ role: 'student', programs: [program], fullName: 'Sol Student' })).id;
    const guardian = (await central.addUser({ role: 'guardian', programs: [program], fullName: 'Gil Guardian' })).id;
    const student = newId();
    await done(
      insert('students', student, { programId: program, firstName: 'Sol', lastName: 'Student', userId: account }),
      insert('student_guardians', newId(), {
        programId: program,
        studentId: student,
        guardianId: guardian,
        relationship: 'mother',
      }),
      slot(mentor, soon, soon + HOUR),
    );
    const booked = booking(mentor, soon, soon + HOUR, { clientId: account, status: 'confirmed' });
    await done(booked);
    const name = await one<string>('select full_name from app.users where id = $1', coordinatorId);
    const everybody = [...['Gil Guardian', 'Sol Student'], name].sort();
    expect((await told('with Nia Notified')).map(([who]) => who).sort()).toEqual(everybody);
    expect(await told('for Sol Student')).toEqual([['Nia Notified', 'booking-confirmed']]);
    expect(await one('select message from app.notifications where user_id = $1', mentor.userId)).toContain(
      '(Europe/London)',
    );
    await done(move(booked.id, { status: 'confirmed' }, { status: 'cancelled_client' }));
    expect((await told('with Nia Notified')).filter(([, kind]) => kind === 'booking-cancelled')).toHaveLength(3);
  });

  test('are written with what they tell of, or not at all', async () => {
    const mentor = await addMentor('Africa/Lagos', 'Ray Rolled');
    await done(slot(mentor, soon, soon + HOUR));
    // The second op fails: the whole change is undone, the notifications with it.
    await refused(booking(mentor, soon, soon + HOUR), booking(mentor, soon, soon + HOUR));
    expect(await told('Ray Rolled')).toEqual([]);
  });
});

describe('commission', () => {
  test('is the rate of the day, rounded to even, set when the payment succeeds, and stays', async () => {
    const mentor = await addMentor();
    const booked = booking(mentor, soon, soon + HOUR);
    await done(slot(mentor, soon, soon + HOUR), booked);
    await query(
      `insert into app.platform_settings (id, key, value) values ($1, 'marketplace-commission-rate', '{"percent": 12.5}')`,
      newId(),
    );
    const payment = newId();
    const pay = {
      programId: program,
      payerId: clientId,
      bookingId: booked.id,
      amount: 100,
      currency: 'NGN',
      status: 'pending',
    };
    await admin.change(insert('payments', payment, pay));
    expect(await one('select commission from app.payments where id = $1', payment)).toBeNull();
    await admin.change(update('payments', payment, 1, { status: 'pending' }, { status: 'succeeded' }));
    expect(await one('select commission::int from app.payments where id = $1', payment)).toBe(12);
    await query(
      `update app.platform_settings set value = '{"basisPoints": 5000}' where key = 'marketplace-commission-rate'`,
    );
    await admin.change(update('payments', payment, 2, { status: 'succeeded' }, { status: 'refunded' }));
    expect(await one('select commission::int from app.payments where id = $1', payment)).toBe(12);
  });

  test('is the same sum here and there', async () => {
    const cases = fc.sample(
      fc.tuple(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 0, max: 10_000 })),
      300,
    );
    cases.push([100, 1250], [300, 1250], [5000, 1], [15_000, 1], [Number.MAX_SAFE_INTEGER, 10_000]);
    const rows = await query<{ c: string }>(
      `select sync.commission((x->>0)::bigint, (x->>1)::int) as c from jsonb_array_elements($1) x`,
      JSON.stringify(cases),
    );
    expect(rows.map((row) => Number(row.c))).toEqual(cases.map(([amount, points]) => commissionOn(amount, points)));
    const settings = [
      12.5,
      8.2,
      0,
      100,
      101,
      -1,
      12.345,
      '12',
      null,
      { percent: 1.15 },
      { basisPoints: 37 },
      { basisPoints: 3.5 },
      { other: 1 },
    ];
    for (const value of settings) {
      await query(
        `update app.platform_settings set value = $1 where key = 'marketplace-commission-rate'`,
        JSON.stringify(value),
      );
      expect([value, await one('select sync.commission_rate()')]).toEqual([value, commissionRate(value)]);
    }
  });
});

describe('calendar tokens', () => {
  const key = 'a key of the operator alone';
  const [access, refresh] = ['access-token-of-a-mentor', 'refresh-token-of-a-mentor'];

  test('are encrypted, readable with the key alone, and nothing of them reaches a desk', async () => {
    const mentor = await addMentor();
    const connection = newId();
    await admin.change(
      insert('calendar_connections', connection, {
        programId: program,
        mentorId: mentor.id,
        provider: 'google',
        status: 'connected',
      }),
    );
    await query('select auth.set_calendar_token($1, $2, $3, $4)', connection, access, refresh, key);
    expect(await query('select * from auth.read_calendar_token($1, $2)', connection, key)).toEqual([
      { access, refresh },
    ]);
    await expect(
      query('select * from auth.read_calendar_token($1, $2)', connection, 'another key, long enough'),
    ).rejects.toThrow();
    const stored = await one<string>(
      `select encode(access_token || refresh_token, 'escape') from auth.calendar_token where connection_id = $1`,
      connection,
    );
    expect(stored).not.toContain('mentor');

    const root = await central.desk(await central.openSession((await central.addUser({ role: 'super_admin' })).id));
    const page = JSON.stringify(await root.pull({}, null, 10_000));
    expect(page).toContain(connection);
    const audit = await one<string>('select coalesce(string_agg(e::text, $1), $1) from audit.entry e', '');
    for (const text of [page, audit]) for (const token of [access, refresh]) expect(text).not.toContain(token);
    for (const text of [
      'select * from auth.calendar_token',
      `select * from auth.read_calendar_token('${connection}', '${key}')`,
      `select auth.set_calendar_token('${connection}', 'x', 'y', '${key}')`,
    ]) {
      await expect(root.client.query(text)).rejects.toMatchObject({ code: '42501' });
    }
    const mayRead = await query<{ role: string }>(
      `select r as role from unnest(array['provost_client', 'provost_engine']) r where has_table_privilege(r, 'auth.calendar_token', 'select')
         or has_function_privilege(r, 'auth.read_calendar_token(uuid, text)', 'execute')`,
    );
    expect(mayRead).toEqual([]);
    await admin.change(update('calendar_connections', connection, 1, { status: 'connected' }, { status: 'revoked' }));
    expect(await query('select from auth.calendar_token where connection_id = $1', connection)).toEqual([]);
  });
});
