import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../shared/model';
import { createEnrollment } from '../commands/create-enrollment';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { outline } from './curriculum';
import { grading, progressByCohort } from './cohorts';
import { overview } from './overview';
import { payments, revenue } from './revenue';
import { enrollmentOptions, quote } from './quote';
import { removal } from './removal';

let place: TempStore;
let desk: SampleDesk;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterEach(() => place.remove());

const day = '2026-05-01';
const key = () => ({
  ...{ courseId: desk.ids.course, facilityId: desk.ids.facility },
  ...{ ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group' },
});
const price = (over: Record<string, unknown>): string =>
  desk.put('facility_course_pricing', {
    ...{
      programId: desk.ids.program,
      ...key(),
      price: 2_000_000,
      currency: 'NGN',
      isActive: true,
      endDate: null,
      ...over,
    },
  });

describe('the overview', () => {
  it('counts what a program has, what is full, and what has no price today', () => {
    price({ sessionType: 'private', effectiveDate: '2020-01-01', endDate: '2020-12-31' });
    createEnrollment(desk.context, { ...key(), studentId: desk.ids.student, date: day });
    const told = overview(desk.context, { programs: [] });
    expect(told).toMatchObject({
      programs: [
        {
          ...{ id: desk.ids.program, name: 'Swimming', code: 'SWIM', currency: 'NGN', programType: 'certificate' },
          ...{
            students: 1,
            enrollments: 1,
            courses: 1,
            unpriced: 1,
            taken: 1,
            seats: 2,
            completed: 0,
            everEnrolled: 1,
          },
          ...{ revenue: [], bookingsToday: 0 },
        },
      ],
      occupancy: [
        {
          ...{
            facilityId: desk.ids.facility,
            facility: 'Lekki Pool',
            programId: desk.ids.program,
            taken: 1,
            capacity: 2,
          },
          group: 'ADULTS · GROUP · OUR-FACILITY',
        },
      ],
      ...{ unpricedCombinations: 1, studentsWithoutGuardian: 1, studentsWithoutContact: 1, studentsWithoutAnybody: 1 },
      drafts: [],
    });
    expect(overview(desk.context, { programs: [newId()] }).programs).toEqual([]);
  });
});

describe('money', () => {
  const day = 86_400_000;
  const paid = (over: Record<string, unknown>) =>
    desk.put('payments', {
      ...{
        programId: desk.ids.program,
        payerId: desk.ids.admin,
        enrollmentId: null,
        bookingId: null,
        subscriptionId: newId(),
      },
      ...{ amount: 1000, currency: 'NGN', status: 'succeeded', commission: null, ...over },
    });

  it('is of the month it was paid in where the program is, and never added over currencies', () => {
    // Lagos is an hour ahead: half past eleven at night in London is the first of December there.
    paid({ paidAt: Date.parse('2026-11-30T23:30:00Z') });
    paid({ paidAt: Date.parse('2026-11-30T22:30:00Z'), amount: 700 });
    paid({ paidAt: Date.parse('2026-11-12T10:00:00Z'), amount: 900, currency: 'GHS' });
    paid({ paidAt: Date.parse('2026-11-12T10:00:00Z'), amount: 400, status: 'refunded' });
    paid({ paidAt: null, createdAt: Date.parse('2026-11-13T10:00:00Z'), amount: 300, status: 'pending' });
    const { lines } = revenue(desk.context, { programs: [], from: '2026-11', until: '2026-12' });
    expect(
      lines.map(({ month, currency, paid, refunded, pending }) => [month, currency, paid, refunded, pending]),
    ).toEqual([
      ['2026-11', 'GHS', 900, 0, 0],
      ['2026-11', 'NGN', 700, 400, 300],
      ['2026-12', 'NGN', 1000, 0, 0],
    ]);
    const asked = {
      programId: desk.ids.program,
      source: 'subscription' as const,
      from: '2026-11',
      until: '2026-11',
      currency: 'NGN',
    };
    const { payments: rows } = payments(desk.context, asked);
    expect(rows.map(({ amount, status, payer }) => [amount, status, payer])).toEqual([
      [700, 'succeeded', 'Ada Admin'],
      [300, 'pending', 'Ada Admin'],
      [400, 'refunded', 'Ada Admin'],
    ]);
  });

  it('of this month is compared with last month up to the same moment', () => {
    const now = desk.context.now();
    paid({ paidAt: now - day });
    paid({ paidAt: now - 33 * day, amount: 300 });
    paid({ paidAt: Date.parse('2026-12-30T10:00:00Z'), amount: 5000 });
    const [program] = overview({ ...desk.context, now: () => now }, { programs: [] }).programs;
    expect(program).toMatchObject({
      revenue: [{ currency: 'NGN', amount: 1000 }],
      revenueBefore: [{ currency: 'NGN', amount: 300 }],
    });
  });
});

it('progress is told by course and by the month of enrolling', () => {
  createEnrollment(desk.context, { ...key(), studentId: desk.ids.student, date: day });
  const { lines } = progressByCohort(desk.context, { programs: [] });
  expect(lines).toMatchObject([
    { course: 'Learn to swim', cohort: '2026-05', enrolled: 1, active: 1, completed: 0, certificates: 0, progress: 0 },
  ]);
  expect(progressByCohort(desk.context, { programs: [newId()] }).lines).toEqual([]);
});

it('a tutor is shown what they teach to grade, and nothing else', () => {
  const assignmentId = desk.put('assignments', {
    ...{
      programId: desk.ids.program,
      courseId: desk.ids.course,
      title: 'Diary',
      description: 'x',
      maxScore: 50,
      dueAt: null,
    },
  });
  const handIn = (score: number | null) =>
    desk.put('submissions', {
      ...{ programId: desk.ids.program, assignmentId, studentId: newId(), content: 'x', submittedAt: 1, score },
    });
  handIn(40);
  handIn(null);
  expect(grading(desk.context, { programs: [] })).toMatchObject([
    { title: 'Diary', handedIn: 2, graded: 1, average: 80, course: 'Learn to swim' },
  ]);
  desk.as('tutor');
  expect(grading(desk.context, { programs: [] })).toEqual([]);
});

describe('a quote', () => {
  it('is the price in force on the day, and tells the next', () => {
    price({ sessionType: 'private', effectiveDate: '2026-01-01', endDate: '2026-06-30' });
    price({ sessionType: 'private', effectiveDate: '2026-07-01', price: 2_500_000 });
    const asked = { ...key(), sessionType: 'private' };
    expect(quote(desk.context, { ...asked, date: '2026-06-30' })).toMatchObject({
      ...{ found: true, price: 2_000_000, until: '2026-06-30', next: { price: 2_500_000, from: '2026-07-01' } },
    });
    expect(quote(desk.context, { ...asked, date: '2026-07-01' })).toMatchObject({ price: 2_500_000, next: null });
    expect(quote(desk.context, { ...asked, date: '2025-12-31' })).toMatchObject({
      ...{ found: false, missing: 'Learn to swim at Lekki Pool for ADULTS, OUR-FACILITY, PRIVATE', canAdd: true },
    });
    desk.as('program_coordinator');
    expect(quote(desk.context, { ...asked, date: '2025-12-31' })).toMatchObject({
      canAdd: false,
      whoCan: 'program admins',
    });
  });

  it('for every configuration says how full it is and why it cannot be chosen', () => {
    const closed = desk.put('facilities', {
      ...{
        programId: desk.ids.program,
        name: 'Ikeja Pool',
        facilityType: 'pool',
        capacity: null,
        status: 'maintenance',
      },
    });
    price({ facilityId: closed, effectiveDate: '2026-01-01' });
    createEnrollment(desk.context, { ...key(), studentId: desk.ids.student, date: day });
    const asked = { courseId: desk.ids.course, date: day, studentId: desk.ids.student };
    expect(enrollmentOptions(desk.context, asked)).toMatchObject([
      { facility: 'Ikeja Pool', taken: 0, capacity: null, blocked: expect.stringContaining('maintenance') as unknown },
      { facility: 'Lekki Pool', taken: 1, capacity: 2, blocked: expect.stringContaining('already') as unknown },
    ]);
  });
});

it('an outline sums minutes at every level and says why it is locked', () => {
  const shown = outline(desk.context, { courseId: desk.ids.course });
  expect(shown.nodes.map(({ entity, name, minutes, lessons }) => [entity, name, minutes, lessons])).toEqual([
    ['curricula', 'Main', 90, 3],
    ['modules', 'Water', 90, 3],
    ['lessons', 'Breathing', 30, 1],
    ['lessons', 'Floating', 30, 1],
    ['lessons', 'Gliding', 30, 1],
    ['modules', 'Strokes', 0, 0],
  ]);
  expect(shown).toMatchObject({ canEdit: true, whyNot: null });
  desk.as('tutor');
  expect(outline(desk.context, { courseId: desk.ids.course })).toMatchObject({
    ...{ canEdit: false, whyNot: 'Only program admins can change lessons. Ask one of them.' },
  });
});

it('before deleting, what goes along and what stands against it is told', () => {
  createEnrollment(desk.context, { ...key(), studentId: desk.ids.student, date: day });
  expect(removal(desk.context, { entity: 'courses', ids: [desk.ids.course] })).toMatchObject({
    contents: expect.arrayContaining([
      { entity: 'curricula', count: 1 },
      { entity: 'modules', count: 2 },
      { entity: 'lessons', count: 3 },
      { entity: 'facility_course_pricing', count: 1 },
    ]) as unknown,
    blockers: [
      {
        entity: 'course_enrollments',
        title: 'Zoë Adéyemi, Learn to swim',
        why: 'Enrollment is active, paused or waitlisted and has it as its course.',
      },
    ],
  });
});
