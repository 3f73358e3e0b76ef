import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type FreshCentral, type TestDesk } from '../../central/testing/central';
import type { MentorFeedback, Shown } from '../../shared/contract/mentoring';
import type { EntityName } from '../../shared/entities';
import { newId } from '../../shared/model';
import { dayAfter } from '../../shared/rules/expand-recurrence';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

let central: FreshCentral;
let program: string;
let wire: TestDesk;
let ada: RunningDesk;
let ben: RunningDesk;
let mentor: string;
let client: string;
const folders: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };
const today = new Date().toISOString().slice(0, 10);

async function start(name: string): Promise<RunningDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-mentoring-'));
  folders.push(dataDir);
  const user = await central.addUser({ role: 'program_admin', programs: [program], fullName: name });
  const desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '0', demo: null, deskName: name, vault, log },
  });
  await desk.request('session.sign-in', { server: central.clientUrl, email: user.email, password: user.password });
  await desk.request('sync.now', {});
  return desk;
}
const insert = async (desk: RunningDesk, entity: EntityName, values: Record<string, unknown>): Promise<string> => {
  const id = newId();
  const edits = [{ op: 'insert' as const, entity, id, values: { programId: program, ...values } }];
  await desk.request('rows.save', { edits, label: 'Edit' });
  return id;
};
const settle = async (...desks: RunningDesk[]): Promise<void> => {
  for (let round = 0; round < 2; round++) for (const desk of desks) await desk.request('sync.now', {});
};

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('MENT');
  client = (await central.addUser({ role: 'student', programs: [program], fullName: 'Cleo Client' })).id;
  const userId = (await central.addUser({ role: 'mentor', programs: [program], fullName: 'Mira Mentor' })).id;
  ada = await start('Ada Admin');
  ben = await start('Ben Admin');
  const reader = await central.addUser({ role: 'program_admin', programs: [program] });
  wire = await central.desk(await central.openSession(reader.id));
  mentor = await insert(ada, 'mentors', { userId, timeZone: 'Europe/London' });
  await insert(ada, 'availability_rules', {
    mentorId: mentor,
    startsOn: today,
    startTime: '23:00',
    endTime: '02:00',
    slotMinutes: 60,
    recurrence: 'FREQ=DAILY;COUNT=400',
  });
  await settle(ada, ben);
});
afterAll(async () => {
  await ada.close();
  await ben.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await central.drop();
});

const ask = async <T>(question: string, args: unknown): Promise<T> =>
  (await wire.call<{ answer: T }>('ask', wire.token, question, JSON.stringify(args))).answer;
const slotIds = async (desk: RunningDesk): Promise<string[]> => {
  const page = await desk.request('rows.page', {
    view: { entity: 'availability_slots', sort: [{ field: 'id', descending: false }] },
    from: 0,
    count: 1000,
  });
  return page.rows.map((row) => String(row[page.fields.indexOf('id')])).sort();
};

test('two desks that offer the same time each for itself end with the same slots, and nothing is refused', async () => {
  // Neither has heard of what the other does when it does it.
  await ada.request('mentoring.refresh-slots', { mentorId: mentor, weeks: 3 });
  await ben.request('mentoring.refresh-slots', { mentorId: mentor, weeks: 6 });
  await settle(ada, ben);
  expect(await slotIds(ada)).toEqual(await slotIds(ben));
  expect((await slotIds(ada)).length).toBeGreaterThan(100);
  expect(await ada.request('sync.needs-you', {})).toEqual([]);
  expect(await ben.request('sync.needs-you', {})).toEqual([]);
  expect(await ben.request('mentoring.refresh-slots', { mentorId: mentor, weeks: 6 })).toMatchObject({
    added: 0,
    removed: 0,
  });
});

test('free slots in a range, in any zone and across any night, are the same here and there', async () => {
  for (const timeZone of ['Europe/London', 'Africa/Lagos', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata']) {
    for (const [from, until, minutes] of [
      [1, 3, 0],
      [10, 10, 60],
      [4, 30, 61],
      [20, 41, 30],
    ] as const) {
      const range = { mentorId: mentor, from: dayAfter(today, from), until: dayAfter(today, until), timeZone, minutes };
      const here = await ada.request('mentoring.free-slots', range);
      expect(here).toEqual(await ask<Shown[]>('free-slots', range));
      if (minutes === 0) expect(here.length).toBeGreaterThan(0);
    }
  }
});

test('of two who book the same slot offline, one gets it; the other is told why and what is free', async () => {
  const range = { mentorId: mentor, from: dayAfter(today, 2), until: dayAfter(today, 2) };
  const [slot] = await ada.request('mentoring.free-slots', range);
  const wanted = { mentorId: mentor, clientId: client, start: slot!.start, end: slot!.end };
  await ada.request('mentoring.book', wanted);
  await ben.request('mentoring.book', wanted);
  await settle(ada, ben);
  const needs = [...(await ada.request('sync.needs-you', {})), ...(await ben.request('sync.needs-you', {}))];
  expect(needs).toHaveLength(1);
  expect(needs[0]?.refusal).toMatchObject({ code: 'slot-taken' });
  expect(needs[0]?.refusal?.next).toContain('next free time');
  for (const desk of [ada, ben]) {
    const shown = await desk.request('mentoring.week', { mentorId: mentor, day: slot!.day });
    expect(shown.slots.find((one) => one.id === slot!.id)?.status).toBe('booked');
  }
});

test('feedback and reputation are the same here and there', async () => {
  for (const [at, rating] of [5, 4, 4, 2].entries()) {
    const booking = newId();
    const begins = Date.now() - (at + 2) * 86_400_000;
    for (const [table, extra] of [
      ['availability_slots', ''],
      ['bookings', ', client_id, status'],
    ] as const) {
      await central.sql.query(
        `insert into app.${table} (id, program_id, mentor_id, period${extra}) values ($1, $2, $3, tstzrange(sync.instant($4), sync.instant($5))
          ${table === 'bookings' ? `, '${client}', 'completed'` : ''})`,
        [table === 'bookings' ? booking : newId(), program, mentor, begins, begins + 3_600_000],
      );
    }
    await settle(ada);
    await insert(ada, 'booking_reviews', {
      bookingId: booking,
      reviewerId: client,
      mentorId: mentor,
      rating,
      comment: `No. ${at}`,
    });
  }
  await settle(ada, ben);
  const there = await ask<MentorFeedback>('mentor-feedback', { mentorId: mentor });
  expect(there.reputation).toBe(3.75);
  for (const desk of [ada, ben]) expect(await desk.request('mentoring.feedback', { mentorId: mentor })).toEqual(there);
});
