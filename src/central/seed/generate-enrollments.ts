/**
 * Who learns what, where, at which price.
 *
 * Invariant: every enrollment's configuration had an active price on its date, and that price is the one agreed; nobody takes one course
 * twice at one facility; active and paused enrollments stay within the facility's capacity; a facility out of service got nobody new.
 */
import { ageOn, inForceOn } from '../../shared/rules/pricing';
import { addDays, daysBetween, later } from './calendar';
import { ageGroups, type AgeGroup } from './plans';
import type { Random } from './random';
import type { SeedRow } from './rows';
import type { Learner } from './generate-people';
import type { Teaching } from './generate-teaching';
import { rememberEnrollment } from './history';
import { coordinatorId, momentOn, type Block } from './world';

type Enrollment = SeedRow<'course_enrollments'>;
type Price = SeedRow<'facility_course_pricing'>;

/** Looking for a price is given up after this many misses. */
const ATTEMPTS = 25;
/** A facility out of service took its last enrollment this many days ago. */
const CLOSED_FOR_DAYS = 30;

export function generateEnrollments(
  block: Block,
  teaching: Teaching,
  prices: Price[],
  learners: Learner[],
): Enrollment[] {
  const byAgeGroup = Map.groupBy(
    prices.filter((price) => price.isActive),
    (price) => price.ageGroup,
  );
  const facilities = new Map(teaching.facilities.map(({ row }) => [row.id, { row, taken: 0 }]));
  const courses = new Map(teaching.courses.map((course) => [course.row.id, course]));
  return learners.flatMap((learner, at) => {
    const random = block.random('enrollments', at);
    const wanted = random.pick([1, 1, 2, 2, 2, 3]);
    const seen = new Set<string>();
    const found: Enrollment[] = [];
    for (let attempt = 0; attempt < ATTEMPTS && found.length < wanted; attempt++) {
      const price = priceFor(block, learner, byAgeGroup, random);
      if (!price || !courses.get(price.row.courseId)?.row.published) continue;
      const key = `${price.row.courseId} ${price.row.facilityId}`;
      const place = facilities.get(price.row.facilityId);
      if (seen.has(key) || !place) continue;
      const isClosed = place.row.status !== 'active' && daysBetween(price.date, block.world.today) < CLOSED_FOR_DAYS;
      const lessons = courses.get(price.row.courseId)?.lessons.length ?? 0;
      const course = outcomeOf(block, learner, price.date, lessons, random);
      if (!course) continue;
      const holdsSeat = course.status === 'active' || course.status === 'paused';
      if (isClosed || (holdsSeat && place.taken >= (place.row.capacity ?? Infinity))) continue;
      if (holdsSeat) place.taken++;
      seen.add(key);
      const row = enrollmentRow(block, learner, price.row, price.date, course, `${at}-${found.length}`, random);
      const tutor = courses.get(row.courseId)?.row.instructorId ?? null;
      rememberEnrollment(
        block,
        row,
        tutor,
        percentOf(random.int(Math.ceil(lessons * 0.6), lessons - 1), lessons),
        random,
      );
      found.push(row);
    }
    return found;
  });
}

/** A day since the student joined and a price in force on it for the age the student then had. */
function priceFor(
  block: Block,
  { row }: Learner,
  byAgeGroup: Map<string, Price[]>,
  random: Random,
): { row: Price; date: string } | null {
  const { today } = block.world;
  const joined = later(row.enrollmentDate ?? today, addDays(today, -400));
  const date = addDays(joined, random.int(0, daysBetween(joined, today)));
  const age = ageOn(row.dateOfBirth, date);
  const group = age === null ? 'adults' : ageGroupOf(age);
  const candidates = (group === undefined ? undefined : byAgeGroup.get(group)) ?? [];
  if (candidates.length === 0) return null;
  const price = random.pick(candidates);
  return inForceOn(price, date) ? { row: price, date } : null;
}

const ageGroupOf = (age: number): AgeGroup | undefined =>
  (Object.keys(ageGroups) as AgeGroup[]).find((group) => ageGroups[group].from <= age && age <= ageGroups[group].to);

type Outcome = Pick<Enrollment, 'status' | 'completionDate' | 'progressPercentage' | 'creditsAwarded'>;

/** Progress as the central database counts it: whole percent of the lessons completed. */
export const percentOf = (done: number, lessons: number): number => Math.floor((done * 100) / lessons);
/** How many lessons that progress stands for. */
export const lessonsDone = (percentage: number, lessons: number): number => Math.ceil((percentage * lessons) / 100);

/** Null where the student's time was too short for it. */
function outcomeOf(
  { world: { today } }: Block,
  { row }: Learner,
  date: string,
  lessons: number,
  random: Random,
): Outcome | null {
  const age = daysBetween(date, today);
  const draw = random.next();
  const end = addDays(date, Math.min(age, random.int(40, 110)));
  // Somebody who is not there yet has not seen the last lesson.
  const reach = (percentage: number) => percentOf(Math.min(lessonsDone(percentage, lessons), lessons - 1), lessons);
  const progress = Math.round((age / 120) * 100 * (0.5 + random.next() * 0.7));
  const isOver = row.status === 'graduated' || row.status === 'withdrawn';
  if (row.status === 'withdrawn' || draw < 0.1)
    return {
      status: 'withdrawn',
      completionDate: end,
      progressPercentage: reach(Math.min(progress, random.int(0, 60))),
      creditsAwarded: null,
    };
  if (isOver && age < 30) return null;
  if (isOver || (age > 60 && draw < 0.5))
    return { status: 'completed', completionDate: end, progressPercentage: 100, creditsAwarded: random.int(1, 4) };
  const status = age > 20 && (draw > 0.92 || row.status === 'inactive') ? 'paused' : 'active';
  return { status, completionDate: null, progressPercentage: reach(Math.min(95, progress)), creditsAwarded: null };
}

const notes = [
  'Prefers Saturday mornings.',
  'Placed with a brother or sister.',
  'Moved up after the first check.',
  'Asked for a female instructor.',
  'Pays in two parts.',
];

function enrollmentRow(
  block: Block,
  { row: student, guardians }: Learner,
  price: Price,
  date: string,
  outcome: Outcome,
  key: string,
  random: Random,
): Enrollment {
  const coordinator = coordinatorId(block.world, block.plan.code);
  const guardian = guardians[0];
  const draw = random.next();
  const assignmentType = guardian && draw < 0.35 ? 'parent_assigned' : draw < 0.8 ? 'direct' : 'bulk_assigned';
  const assignedBy = assignmentType === 'parent_assigned' && guardian ? guardian : coordinator;
  return {
    id: block.id('course_enrollments', key),
    programId: block.programId,
    studentId: student.id,
    courseId: price.courseId,
    facilityId: price.facilityId,
    ageGroup: price.ageGroup,
    locationType: price.locationType,
    sessionType: price.sessionType,
    priceAgreed: price.price,
    currency: price.currency,
    ...outcome,
    enrollmentDate: date,
    assignmentType,
    assignmentNotes:
      assignmentType === 'bulk_assigned' ? 'Term intake.' : random.chance(0.2) ? random.pick(notes) : null,
    overrideReason: null,
    assignedBy,
    createdAt: momentOn(date, random),
    createdBy: coordinator,
  };
}
