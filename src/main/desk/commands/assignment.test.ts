import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assignmentRequests } from '../../../shared/contract/assignment';
import { Refusal } from '../../../shared/contract/outcome';
import type { AnyRow } from '../../../shared/model';
import type { Plan, Proposal } from '../../../shared/rules/assignment';
import { readRow, readRows } from '../local/rows';
import { board } from '../queries/board';
import { occupancy } from '../queries/facility-occupancy';
import { planPeople, planTransfer } from '../queries/plan-ground';
import { quoteFor } from '../queries/quote';
import { planReprice } from '../queries/plan-reprice';
import { studentTimeline } from '../queries/student-timeline';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { changeStanding } from './change-standing';
import { enrollMany } from './enroll-many';
import { putOnWaitlist } from './put-on-waitlist';
import { reprice } from './reprice';
import { transfer } from './transfer';
import { undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
let other: string;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  other = facility('Rowe Park', 10);
  price(other, 2_000_000);
});
afterEach(() => place.remove());

const facility = (name: string, capacity: number, more: Record<string, unknown> = {}): string =>
  desk.put('facilities', {
    ...{ programId: desk.ids.program, name, facilityType: 'pool', capacity, status: 'active' },
    ...more,
  });
const price = (facilityId: string, amount: number, more: Record<string, unknown> = {}): string =>
  desk.put('facility_course_pricing', {
    ...{ programId: desk.ids.program, facilityId, courseId: desk.ids.course, ageGroup: 'adults' },
    ...{ locationType: 'our-facility', sessionType: 'group', price: amount, currency: 'NGN' },
    ...{ effectiveDate: '2026-01-01', endDate: null, isActive: true, ...more },
  });
const grown = (n: number): string[] =>
  Array.from({ length: n }, (_, i) =>
    desk.put('students', {
      ...{
        programId: desk.ids.program,
        firstName: `Ada${i}`,
        lastName: 'Obi',
        status: 'active',
        dateOfBirth: '1990-01-01',
      },
    }),
  );
const learner = (studentId: string, facilityId = desk.ids.facility, more: Record<string, unknown> = {}): string =>
  desk.put('course_enrollments', {
    ...{ programId: desk.ids.program, studentId, courseId: desk.ids.course, facilityId, ageGroup: 'adults' },
    ...{ locationType: 'our-facility', sessionType: 'group', status: 'active', enrollmentDate: '2026-02-01' },
    ...{ assignmentType: 'direct', progressPercentage: 0, priceAgreed: 1_500_000, currency: 'NGN', ...more },
  });
const ask = (students: string[], more: Record<string, unknown> = {}) =>
  assignmentRequests['assignment.plan'].parse({ courseId: desk.ids.course, students, date: '2026-11-23', ...more });
const move = (enrollments: string[], more: Record<string, unknown> = {}) =>
  assignmentRequests['assignment.plan-transfer'].parse({ enrollments, date: '2026-12-01', ...more });
const agreed = (plan: Plan, id: (one: Proposal) => string) =>
  plan.proposals.map((one) => ({
    ...{ id: id(one), facilityId: one.facilityId, ageGroup: one.ageGroup, locationType: one.locationType },
    ...{ sessionType: one.sessionType, price: one.price },
  }));
const enroll = (students: string[], more: Record<string, unknown> = {}) => {
  const input = ask(students, more);
  const plan = planPeople(desk.context, input);
  return enrollMany(desk.context, {
    ...input,
    byParent: more['byParent'] === true,
    agreed: agreed(plan, (one) => one.studentId),
  });
};
const changesWaiting = () => desk.store.reader.prepare('select count(*) from outbox').pluck().get();
const enrollments = (where = ''): AnyRow[] => readRows(desk.store.reader, 'course_enrollments', where);

describe('enrolling many', () => {
  it('is one change, one step of undo, at the prices in force, recorded as in bulk', () => {
    const students = grown(5);
    const plan = planPeople(desk.context, ask(students));
    expect(plan.total).toBe(2 * 1_500_000 + 3 * 2_000_000);
    enroll(students);
    expect(changesWaiting()).toBe(1);
    const rows = enrollments();
    expect(rows.reduce((sum, row) => sum + (row['priceAgreed'] as number), 0)).toBe(plan.total);
    expect(new Set(rows.map((row) => row['assignmentType']))).toEqual(new Set(['bulk_assigned']));
    expect(new Set(rows.map((row) => row['assignedBy']))).toEqual(new Set([desk.ids.admin]));
    undo(desk.context, {});
    expect(enrollments()).toEqual([]);
  });

  it('tells one from many, and a parent’s choice from ours', () => {
    const [a, b] = grown(2);
    enroll([a!]);
    enroll([b!], { byParent: true });
    expect(enrollments('order by t.id').map((row) => row['assignmentType'])).toEqual(['direct', 'parent_assigned']);
  });

  it('is refused as a whole where a seat was taken after it was shown', () => {
    const students = grown(2);
    const input = ask(students, { wish: { facilityId: desk.ids.facility } });
    const seen = agreed(planPeople(desk.context, input), (one) => one.studentId);
    learner(desk.ids.student);
    expect(() => enrollMany(desk.context, { ...input, byParent: false, agreed: seen })).toThrow(/No free seat/);
    expect(enrollments()).toHaveLength(1);
    const over = { ...input, overrideReason: 'Sister of a pupil' };
    enrollMany(desk.context, {
      ...over,
      byParent: false,
      agreed: agreed(planPeople(desk.context, over), (one) => one.studentId),
    });
    expect(enrollments('where t.override_reason is not null')).toHaveLength(1);
  });

  it('is not a tutor’s to do', () => {
    const students = grown(1);
    const input = ask(students);
    const seen = agreed(planPeople(desk.context, input), (one) => one.studentId);
    desk.as('tutor');
    expect(() => enrollMany(desk.context, { ...input, byParent: false, agreed: seen })).toThrow(Refusal);
  });
});

describe('a transfer', () => {
  const carryOut = (ids: string[], more: Record<string, unknown> = {}) => {
    const input = move(ids, more);
    const plan = planTransfer(desk.context, input);
    return transfer(desk.context, { ...input, agreed: agreed(plan, (one) => one.enrollmentId!) });
  };

  it('ends the old enrollment the day before, begins the new one at its price, and takes progress along; one undo', () => {
    const [student] = grown(1);
    const old = learner(student!, desk.ids.facility, { progressPercentage: 33 });
    desk.put('lesson_progress', {
      ...{ programId: desk.ids.program, enrollmentId: old, lessonId: desk.ids.lessons[0] },
      ...{ completed: true, completedAt: 1_790_000_000_000, timeSpentSeconds: 60 },
    });
    const saved = carryOut([old]);
    expect(changesWaiting()).toBe(1);
    expect(readRow(desk.store.reader, 'course_enrollments', old)).toMatchObject({
      ...{ status: 'withdrawn', completionDate: '2026-11-30', priceAgreed: 1_500_000, progressPercentage: 33 },
    });
    const fresh = readRow(desk.store.reader, 'course_enrollments', saved.ids[0]!);
    expect(fresh).toMatchObject({
      facilityId: other,
      enrollmentDate: '2026-12-01',
      priceAgreed: 2_000_000,
      progressPercentage: 33,
    });
    const learnt = readRows(desk.store.reader, 'lesson_progress', 'order by t.id');
    expect(learnt.map((row) => row['enrollmentId']).sort()).toEqual([old, saved.ids[0]].sort());
    expect(learnt.at(-1)).toMatchObject({ completed: true, completedAt: 1_790_000_000_000, timeSpentSeconds: 60 });
    undo(desk.context, {});
    expect(enrollments()).toHaveLength(1);
    expect(enrollments()[0]).toMatchObject({ id: old, status: 'active', completionDate: null });
    expect(readRows(desk.store.reader, 'lesson_progress', '')).toHaveLength(1);
  });

  it('of one that has not begun moves it as it is, and shows the price it will have', () => {
    const [student] = grown(1);
    const old = learner(student!, desk.ids.facility, { enrollmentDate: '2026-12-01' });
    carryOut([old]);
    expect(enrollments()).toHaveLength(1);
    expect(enrollments()[0]).toMatchObject({ facilityId: other, priceAgreed: 2_000_000, enrollmentDate: '2026-12-01' });
    undo(desk.context, {});
    expect(enrollments()[0]).toMatchObject({ facilityId: desk.ids.facility, priceAgreed: 1_500_000 });
  });

  it('to another session of the same facility is no second enrollment there', () => {
    price(desk.ids.facility, 3_000_000, { sessionType: 'private' });
    const [student] = grown(1);
    const old = learner(student!);
    carryOut([old], { wish: { facilityId: desk.ids.facility, sessionType: 'private' } });
    expect(enrollments("where t.status = 'active'")[0]).toMatchObject({
      sessionType: 'private',
      priceAgreed: 3_000_000,
    });
  });
});

describe('standing', () => {
  const change = (ids: string[], to: 'active' | 'paused' | 'withdrawn' | 'completed', date?: string) =>
    changeStanding(desk.context, { enrollments: ids, to, ...(date ? { date } : {}) });

  it('goes from active to paused and back, and ends on a day', () => {
    const [a, b] = grown(2);
    const ids = [learner(a!), learner(b!)];
    change(ids, 'paused');
    expect(() => change(ids, 'paused')).toThrow(/is paused here already/);
    change(ids, 'active');
    change([ids[0]!], 'withdrawn', '2026-11-20');
    change([ids[1]!], 'completed', '2026-01-01');
    const rows = enrollments().toSorted((x, y) => ids.indexOf(x.id) - ids.indexOf(y.id));
    expect(rows.map((row) => [row['status'], row['completionDate']])).toEqual([
      ['withdrawn', '2026-11-20'],
      ['completed', '2026-02-01'],
    ]);
  });
});

describe('re-pricing', () => {
  it('shows what would change, asks for a reason, and is an admin’s', () => {
    const [a] = grown(1);
    const id = learner(a!, other);
    const asked = { enrollments: [id], date: '2026-11-23' };
    expect(planReprice(desk.context, asked)).toMatchObject({
      difference: 500_000,
      lines: [{ before: 1_500_000, after: 2_000_000 }],
    });
    desk.as('program_coordinator');
    expect(() => reprice(desk.context, { ...asked, reason: 'New year' })).toThrow(/Only program admins/);
    desk.as('program_admin');
    reprice(desk.context, { ...asked, reason: 'New year' });
    expect(enrollments()[0]).toMatchObject({ priceAgreed: 2_000_000 });
    expect(() => reprice(desk.context, { ...asked, reason: 'New year' })).toThrow(/No price agreed would change/);
  });
});

it('the board counts seats by configuration, with what is not confirmed, whatever course is looked at', () => {
  const [a, b] = grown(2);
  learner(a!);
  enroll([b!], { wish: { facilityId: desk.ids.facility } });
  const seen = board(desk.context, { programId: desk.ids.program });
  const lekki = seen.columns.find(({ id }) => id === desk.ids.facility);
  expect(lekki?.groups).toMatchObject([{ taken: 2, provisional: 1, label: 'ADULTS · GROUP · OUR-FACILITY' }]);
  expect(lekki?.cards.map(({ mark }) => mark).sort()).toEqual(['waiting', null].sort());
  const filtered = board(desk.context, { programId: desk.ids.program, courseId: desk.ids.program });
  expect(filtered.columns.find(({ id }) => id === desk.ids.facility)).toMatchObject({
    cards: [],
    groups: [{ taken: 2 }],
  });
});

it('occupancy of a day counts who was there then', () => {
  const [a, b, c] = grown(3);
  learner(a!, other, { status: 'withdrawn', completionDate: '2026-05-01' });
  learner(b!, other);
  learner(c!, other, { enrollmentDate: '2026-12-24' });
  const on = (asOf: string) =>
    occupancy(desk.context, { programId: desk.ids.program, asOf }).find(({ id }) => id === other);
  expect(on('2026-04-01')).toMatchObject({ groups: [{ taken: 2 }], later: 1 });
  expect(on('2026-11-23')).toMatchObject({ groups: [{ taken: 1, courses: ['Learn to swim'] }], later: 1 });
  expect(on('2027-01-01')).toMatchObject({ groups: [{ taken: 2 }], later: 0 });
});

it('a student’s timeline tells enrollments, progress, payments and guardians together', () => {
  const [a] = grown(1);
  const id = learner(a!, other, { status: 'withdrawn', completionDate: '2026-05-01' });
  desk.put('lesson_progress', {
    ...{ programId: desk.ids.program, enrollmentId: id, lessonId: desk.ids.lessons[0] },
    ...{ completed: true, completedAt: Date.UTC(2026, 2, 3), timeSpentSeconds: 60 },
  });
  desk.put('payments', {
    ...{ programId: desk.ids.program, payerId: desk.ids.admin, enrollmentId: id, amount: 5, currency: 'NGN' },
    ...{ status: 'succeeded', paidAt: Date.UTC(2026, 1, 2) },
  });
  expect(studentTimeline(desk.context, { studentId: a! }).map(({ day, title }) => `${day} ${title}`)).toEqual([
    '2026-05-01 Left Learn to swim',
    '2026-03-03 1 lesson done in Learn to swim',
    '2026-02-02 Paid for Learn to swim',
    '2026-02-01 Enrolled in Learn to swim at Rowe Park',
  ]);
});

it('two may swap the last seats of two full places', () => {
  const full = facility('Small Pool', 1);
  price(full, 1_000_000);
  price(desk.ids.facility, 9_000_000, { sessionType: 'private' });
  const [a, b, c] = grown(3);
  learner(c!);
  const [x, y] = [learner(a!), learner(b!, full)];
  const input = move([x, y], {
    chosen: [
      { id: x, facilityId: full },
      { id: y, facilityId: desk.ids.facility, sessionType: 'group' },
    ],
  });
  const plan = planTransfer(desk.context, input);
  expect(plan.unplaced).toEqual([]);
  transfer(desk.context, { ...input, agreed: agreed(plan, (one) => one.enrollmentId!) });
  expect(
    enrollments("where t.status = 'active'")
      .map((row) => row['facilityId'])
      .sort(),
  ).toEqual([desk.ids.facility, desk.ids.facility, full].sort());
});

describe('the waitlist', () => {
  const configuration = { ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group' };
  const useWaitlist = (usesWaitlist: boolean) => {
    const program = readRow(desk.store.reader, 'programs', desk.ids.program);
    desk.put('programs', { ...program, usesWaitlist });
  };
  const wait = (students: string[], facilityId = other) =>
    putOnWaitlist(desk.context, {
      ...{ courseId: desk.ids.course, date: '2026-11-23' },
      waiting: students.map((id) => ({ id, facilityId, ...configuration })),
    });

  it('is off until a program admin switches it on', () => {
    const students = grown(1);
    useWaitlist(false);
    expect(() => wait(students)).toThrow(/uses no waitlist/);
    useWaitlist(true);
    wait(students);
    expect(enrollments()).toMatchObject([{ status: 'waitlisted', priceAgreed: 2_000_000 }]);
  });

  it('takes no seat, keeps its order, and gives a freed seat to the first', () => {
    useWaitlist(true);
    const small = facility('Small pool', 1);
    const priced = price(small, 1_000_000);
    const [seated, first, second, late] = grown(4);
    const held = learner(seated!, small);
    const { ids } = wait([first!, second!], small);
    const asked = { wish: { facilityId: small } };
    expect(planPeople(desk.context, ask([late!], asked)).unplaced[0]).toMatchObject({
      next: { kind: 'waitlist', ahead: 2 },
    });
    const quoted = () =>
      quoteFor(
        { ...desk.context, read: desk.store.reader },
        { courseId: desk.ids.course, facilityId: small, ...configuration },
        '2026-11-30',
      );
    expect(quoted()).toMatchObject({ full: 'Small pool is full: 1 of 1 seats are taken.', waiting: 2 });
    expect(planTransfer(desk.context, move(ids)).proposals).toEqual([]);
    expect(() => wait([first!], small)).toThrow(/waits for this course at this facility already/);

    changeStanding(desk.context, { enrollments: [held], to: 'withdrawn', date: '2026-11-30' });
    expect(planPeople(desk.context, ask([late!], asked)).proposals).toEqual([]);
    expect(quoted()).toMatchObject({ full: 'The free seats of Small pool are waited for by 2 students.', waiting: 2 });
    // The price of the day on which the seat is given counts, not that of the day on which the wait began.
    desk.put('facility_course_pricing', {
      ...readRow(desk.store.reader, 'facility_course_pricing', priced),
      price: 1_100_000,
    });
    const plan = planTransfer(desk.context, move([...ids].reverse()));
    expect(plan.proposals).toMatchObject([{ enrollmentId: ids[0], studentId: first, price: 1_100_000 }]);
    transfer(desk.context, { ...move(ids), agreed: agreed(plan, (one) => one.enrollmentId!) });
    expect(readRow(desk.store.reader, 'course_enrollments', ids[0]!)).toMatchObject({
      ...{ status: 'active', enrollmentDate: '2026-12-01', priceAgreed: 1_100_000 },
    });
    expect(board(desk.context, { programId: desk.ids.program }).columns.find(({ id }) => id === small)).toMatchObject({
      groups: [{ taken: 1, waiting: 1 }],
    });
    // Taken back, the first waits again, still before the second.
    undo(desk.context, {});
    expect(planTransfer(desk.context, move(ids)).proposals).toMatchObject([{ enrollmentId: ids[0] }]);
  });

  it('is left by withdrawing, and neither paused nor completed', () => {
    useWaitlist(true);
    const { ids } = wait(grown(1));
    expect(() => changeStanding(desk.context, { enrollments: ids, to: 'paused' })).toThrow(/on the waitlist here/);
    changeStanding(desk.context, { enrollments: ids, to: 'withdrawn', date: '2026-11-23' });
    expect(enrollments()).toMatchObject([{ status: 'withdrawn' }]);
  });
});
