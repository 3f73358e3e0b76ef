import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type FreshCentral } from '../../central/testing/central';
import type { Input } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { newId } from '../../shared/model';
import type { Plan, Proposal } from '../../shared/rules/assignment';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

let central: FreshCentral;
let program: string;
let ada: RunningDesk;
let ben: RunningDesk;
const folders: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

async function start(name: string): Promise<RunningDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-assignment-'));
  folders.push(dataDir);
  const user = await central.addUser({ role: 'program_admin', programs: [program], fullName: name });
  const desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '0', demo: null, deskName: name, vault, log },
  });
  await desk.request('session.sign-in', { server: central.clientUrl, email: user.email, password: user.password });
  await desk.request('sync.now', {});
  return desk;
}
type Values = Record<string, unknown>;
async function add(entity: EntityName, ...rows: Values[]): Promise<string[]> {
  const edits = rows.map((values) => ({
    ...{ op: 'insert' as const, entity, id: newId() },
    values: { programId: program, ...values },
  }));
  await ada.request('rows.save', { edits, label: 'Edit' });
  return edits.map(({ id }) => id);
}
const settle = async (...desks: RunningDesk[]): Promise<void> => {
  for (let round = 0; round < 2; round++) for (const desk of desks) await desk.request('sync.now', {});
};
const agreed = (plan: Plan, id: (one: Proposal) => string | null) =>
  plan.proposals.map((one) => ({
    ...{ id: id(one) ?? '', facilityId: one.facilityId, ageGroup: one.ageGroup, price: one.price },
    ...{ locationType: one.locationType, sessionType: one.sessionType },
  }));
const people = (births: readonly (string | null)[]): Promise<string[]> =>
  add('students', ...births.map((dateOfBirth, i) => ({ firstName: `Ada${i}`, lastName: 'Obi', dateOfBirth })));

const date = '2026-11-23';
const ages = ['6-8', '9-12', 'adults'];
const sessions = ['group', 'private'];

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  ada = await start('Ada Admin');
  ben = await start('Ben Admin');
  await add(
    'program_options',
    ...ages.map((code, i) => ({ optionKind: 'age_group', code, label: code, sequence: i + 1 })),
    ...sessions.map((code, i) => ({ optionKind: 'session_type', code, label: code, sequence: i + 1 })),
    { optionKind: 'location_type', code: 'ours', label: 'Ours', sequence: 1 },
  );
});
afterAll(async () => {
  await ada.close();
  await ben.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await central.drop();
});

/** No configuration holds more than its facility's capacity, but by a reason. */
const overfull = async (): Promise<number> =>
  (
    await central.sql.query(
      `select 1 from app.course_enrollments e join app.facilities f on f.id = e.facility_id
       where e.status in ('active', 'paused') and e.deleted_at is null
       group by f.id, f.capacity, e.age_group, e.location_type, e.session_type
       having count(*) filter (where e.override_reason is null) > f.capacity`,
    )
  ).rowCount ?? 0;

const useWaitlist = (on: boolean) =>
  central.sql.query('update app.programs set uses_waitlist = $2 where id = $1 and uses_waitlist <> $2', [program, on]);
const waitersOf = ({ unplaced }: Plan) =>
  unplaced.flatMap(({ studentId, next }) => (next.kind === 'waitlist' ? [{ id: studentId, ...next.place }] : []));
const seatedIn = async (courseId: string | undefined): Promise<string[]> =>
  (
    await central.sql.query<{ id: string }>(
      `select id from app.course_enrollments where course_id = $1 and status in ('active', 'paused') order by id`,
      [courseId],
    )
  ).rows.map(({ id }) => id);
const where = (ids: readonly string[], waiting: ReturnType<typeof waitersOf>, id: string | null): string => {
  const { facilityId, ageGroup, sessionType } = waiting[ids.indexOf(id ?? '')]!;
  return [facilityId, ageGroup, sessionType].join();
};

const amongst = <T>(values: readonly T[]) => fc.constantFrom(...values);
const world = fc.record({
  capacities: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 3 }),
  closed: fc.boolean(),
  prices: fc.array(
    fc.record({
      at: fc.nat(2),
      ageGroup: amongst(ages),
      sessionType: amongst(sessions),
      price: fc.integer({ min: 1, max: 9 }),
      effectiveDate: amongst(['2026-01-01', date, '2026-11-24']),
      endDate: amongst([null, date, '2026-12-31']),
    }),
    { minLength: 3, maxLength: 10 },
  ),
  births: fc.array(
    // Many of one age, so that seats run out.
    fc.oneof(
      { weight: 3, arbitrary: amongst(['1990-01-01', '2019-03-01']) },
      { weight: 1, arbitrary: amongst(['2018-11-23', '2018-11-24', '2015-01-01', '2024-01-01', null]) },
    ),
    { minLength: 4, maxLength: 12 },
  ),
  reason: amongst([undefined, undefined, 'Sister of a pupil']),
  waits: amongst([true, true, false]),
  leaving: fc.nat(5),
});

test('whatever stands where: what is planned is taken by the database, then transferred; who waits gets seats in order; no place is overfull unasked', async () => {
  const done = { placed: 0, over: 0, moved: 0, waiting: 0, seated: 0 };
  await fc.assert(
    fc.asyncProperty(world, async ({ capacities, closed, prices, births, reason, waits, leaving }) => {
      await useWaitlist(waits);
      const tag = newId().slice(-8);
      const facilities = await add(
        'facilities',
        ...capacities.map((capacity, i) => ({
          ...{ name: `Pool ${tag} ${i}`, facilityType: 'pool', capacity },
          status: closed && i === 0 ? 'maintenance' : 'active',
        })),
      );
      const [courseId] = await add('courses', { code: tag, name: `Course ${tag}`, slug: `c-${tag}` });
      const keyed = new Map(
        prices
          .filter((one) => one.endDate === null || one.endDate >= one.effectiveDate)
          .map((one) => [`${one.at % capacities.length} ${one.ageGroup} ${one.sessionType}`, one]),
      );
      const rows = [...keyed.values()].map(({ at, ...one }) => ({
        ...{ ...one, facilityId: facilities[at % facilities.length], courseId, locationType: 'ours' },
      }));
      if (rows.length > 0) await add('facility_course_pricing', ...rows);
      const students = await people(births);
      await settle(ada);

      const asked: Input<'assignment.plan'> = {
        ...{ courseId: courseId ?? '', students, date },
        ...(reason ? { overrideReason: reason } : {}),
      };
      const plan = await ada.request('assignment.plan', asked);
      expect(plan.proposals.length + plan.unplaced.length).toBe(students.length);
      expect(plan.total).toBe(plan.proposals.reduce((sum, one) => sum + one.price, 0));
      if (plan.proposals.length === 0) return;
      done.placed += plan.proposals.length;
      done.over += plan.proposals.filter(({ isOver }) => isOver).length;
      const saved = await ada.request('assignment.enroll', { ...asked, agreed: agreed(plan, (one) => one.studentId) });
      await settle(ada);
      expect(await ada.request('sync.needs-you', {})).toEqual([]);
      const held = await central.sql.query('select price_agreed from app.course_enrollments where id = any ($1)', [
        saved.ids,
      ]);
      expect(held.rows.reduce((sum, row: { price_agreed: string }) => sum + Number(row.price_agreed), 0)).toBe(
        plan.total,
      );

      const moves: Input<'assignment.plan-transfer'> = {
        ...{ enrollments: saved.ids, date: '2026-11-30' },
        ...(reason ? { overrideReason: reason } : {}),
      };
      const onward = await ada.request('assignment.plan-transfer', moves);
      if (onward.proposals.length > 0) {
        done.moved += onward.proposals.length;
        await ada.request('assignment.transfer', { ...moves, agreed: agreed(onward, (one) => one.enrollmentId) });
        await settle(ada);
        expect(await ada.request('sync.needs-you', {})).toEqual([]);
      }
      expect(await overfull()).toBe(0);

      const waiting = waitersOf(plan);
      if (waiting.length === 0) return;
      expect(waits).toBe(true);
      done.waiting += waiting.length;
      const { ids } = await ada.request('assignment.wait', { courseId: courseId ?? '', date, waiting });
      await settle(ada);
      expect(await ada.request('sync.needs-you', {})).toEqual([]);
      const gone = (await seatedIn(courseId)).slice(0, leaving);
      if (gone.length > 0) await ada.request('assignment.change', { enrollments: gone, to: 'withdrawn', date });
      const seats = { enrollments: ids, date: '2026-12-07' };
      const given = await ada.request('assignment.plan-transfer', seats);
      // Of one configuration, whoever waited longer comes first.
      for (const one of given.unplaced)
        for (const other of given.proposals)
          if (where(ids, waiting, one.enrollmentId) === where(ids, waiting, other.enrollmentId))
            expect(ids.indexOf(one.enrollmentId ?? '')).toBeGreaterThan(ids.indexOf(other.enrollmentId ?? ''));
      if (given.proposals.length === 0) return;
      done.seated += given.proposals.length;
      await ada.request('assignment.transfer', { ...seats, agreed: agreed(given, (one) => one.enrollmentId) });
      await settle(ada);
      expect(await ada.request('sync.needs-you', {})).toEqual([]);
      expect(await overfull()).toBe(0);
    }),
    { numRuns: 20, seed: 7 },
  );
  // The worlds were not all empty.
  expect(Object.entries(done).filter(([, count]) => count === 0)).toEqual([]);
});

test('the last seat taken on two desks overflows visibly, and is settled by a reason', async () => {
  const [facilityId] = await add('facilities', { name: 'Last seat', facilityType: 'pool', capacity: 1 });
  const [courseId] = await add('courses', { code: 'LAST', name: 'Last', slug: 'last' });
  const configuration = { ageGroup: 'adults', locationType: 'ours', sessionType: 'group' };
  await add('facility_course_pricing', {
    ...{ facilityId, courseId, ...configuration, price: 5, effectiveDate: '2026-01-01' },
  });
  const [one, two] = await people(['1990-01-01', '1991-01-01']);
  await settle(ada, ben);
  const take = async (desk: RunningDesk, student: string): Promise<void> => {
    const asked = { courseId: courseId ?? '', students: [student], date };
    const plan = await desk.request('assignment.plan', asked);
    await desk.request('assignment.enroll', { ...asked, agreed: agreed(plan, (place) => place.studentId) });
  };
  // Neither has heard of the other.
  await take(ada, one!);
  await take(ben, two!);
  await settle(ada, ben);
  const [refused] = await ben.request('sync.needs-you', {});
  expect(refused?.refusal).toMatchObject({ code: 'facility-full' });
  await ben.request('assignment.go-over', {
    mutationId: refused!.mutationId,
    overrideReason: 'Both were promised the seat',
  });
  await settle(ben, ada);
  expect(await ben.request('sync.needs-you', {})).toEqual([]);
  const board = await ada.request('assignment.board', { programId: program });
  expect(board.columns.find(({ id }) => id === facilityId)).toMatchObject({ groups: [{ taken: 2, provisional: 0 }] });
});

test('re-pricing is taken with its reason, which stands in the audit trail', async () => {
  const [facilityId] = await add('facilities', { name: 'Re-price', facilityType: 'pool', capacity: 4 });
  const [courseId] = await add('courses', { code: 'REP', name: 'Rep', slug: 'rep' });
  const key = { facilityId, courseId, ageGroup: 'adults', locationType: 'ours', sessionType: 'group' };
  await add(
    'facility_course_pricing',
    { ...key, price: 5, effectiveDate: '2026-01-01', endDate: '2026-11-30' },
    { ...key, price: 7, effectiveDate: '2026-12-01' },
  );
  const students = await people(['1990-01-01', '1991-01-01']);
  const asked = { courseId: courseId ?? '', students, date };
  const plan = await ada.request('assignment.plan', asked);
  const { ids } = await ada.request('assignment.enroll', { ...asked, agreed: agreed(plan, (one) => one.studentId) });
  await settle(ada);
  await ada.request('assignment.reprice', { enrollments: ids, date: '2026-12-01', reason: 'As announced' });
  await settle(ada);
  expect(await ada.request('sync.needs-you', {})).toEqual([]);
  const { entries } = { entries: await ada.request('audit.read', { entity: 'course_enrollments', id: ids[0] ?? '' }) };
  expect(entries[0]).toMatchObject({ reason: 'As announced', changes: { priceAgreed: [5, 7] } });
});
