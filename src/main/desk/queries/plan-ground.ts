import type { Parsed } from '../../../shared/contract/requests';
import {
  configurationOf,
  onceKey,
  planAssignments,
  seatKey,
  type Configuration,
  type Plan,
  type PlanGround,
  type PlanPlace,
  type Seeker,
} from '../../../shared/rules/assignment';
import { isWaiting } from '../../../shared/rules/capacity';
import type { PriceRow } from '../../../shared/rules/pricing';
import type { AnyRow } from '../../../shared/model';
import type { QueryContext } from '../context';
import type { Readable } from '../local/handles';
import { readRows } from '../local/rows';
import { statement } from '../local/statements';

/** What the planner stands on, read in a handful of statements however many students are asked about. */

const listed = 'in (select value from json_each(?))';
const seated = "status in ('active', 'paused')";
const placed = "status in ('active', 'paused', 'waitlisted')";

/** @param leaving enrollments that give their seats up */
function groundOf(db: Readable, courseIds: readonly string[], date: string, leaving: readonly string[]): PlanGround {
  const courses = readRows(db, 'courses', `where t.id ${listed}`, JSON.stringify(courseIds));
  const prices = readRows(
    db,
    'facility_course_pricing',
    `where t.course_id ${listed} and t.is_active = 1`,
    JSON.stringify(courseIds),
  ) as unknown as PriceRow[];
  const programId = courses[0]?.['programId'];
  return {
    date,
    prices,
    courses: new Map(courses.map((row) => [row.id, { name: String(row['name']), isActive: row['isActive'] === true }])),
    places: placesOf(db, programId),
    taken: takenIn(db, programId, leaving),
    enrolled: enrolledIn(db, courseIds, leaving),
    waiting: waitingIn(db, programId),
    usesWaitlist: usesWaitlist(db, programId),
    labels: {
      ageGroup: labels(db, programId, 'age_group'),
      locationType: labels(db, programId, 'location_type'),
      sessionType: labels(db, programId, 'session_type'),
    },
  };
}

const placesOf = (db: Readable, programId: unknown): Map<string, PlanPlace> =>
  new Map(
    (
      statement(db, 'select id, name, status, capacity from facilities where program_id = ?').all(
        programId,
      ) as (PlanPlace & { id: string })[]
    ).map(({ id, ...place }) => [id, place]),
  );

export function takenIn(db: Readable, programId: unknown, leaving: readonly string[] = []): Map<string, number> {
  const rows = statement(
    db,
    `select facility_id as facilityId, age_group as ageGroup, location_type as locationType, session_type as sessionType, count(*) as taken
     from course_enrollments where program_id = ? and ${seated} and id not ${listed} group by 1, 2, 3, 4`,
  ).all(programId, JSON.stringify(leaving)) as (Configuration & { taken: number })[];
  return new Map(rows.map((row) => [seatKey(row), row.taken]));
}

/** Who waits for which seats, the first first: ids are given in order of time, and seats are given in theirs. */
export function waitingIn(db: Readable, programId: unknown): Map<string, string[]> {
  const rows = statement(
    db,
    `select id, facility_id as facilityId, age_group as ageGroup, location_type as locationType, session_type as sessionType
     from course_enrollments where program_id = ? and status = 'waitlisted' order by id`,
  ).all(programId) as (Configuration & { id: string })[];
  const lists = Map.groupBy(rows, seatKey);
  return new Map([...lists].map(([key, list]) => [key, list.map(({ id }) => id)]));
}

export const usesWaitlist = (db: Readable, programId: unknown): boolean =>
  statement(db, 'select uses_waitlist from programs where id = ?').pluck().get(programId) === 1;

function enrolledIn(db: Readable, courseIds: readonly string[], leaving: readonly string[]): Map<string, string> {
  const rows = statement(
    db,
    `select id, student_id as student, course_id as course, facility_id as facility from course_enrollments
     where course_id ${listed} and ${placed} and id not ${listed}`,
  ).all(JSON.stringify(courseIds), JSON.stringify(leaving)) as Record<
    'id' | 'student' | 'course' | 'facility',
    string
  >[];
  return new Map(rows.map((row) => [onceKey(row.student, row.course, row.facility), row.id]));
}

export const labels = (db: Readable, programId: unknown, kind: string): Record<string, string> =>
  Object.fromEntries(
    (
      statement(
        db,
        'select code, label from program_options where program_id = ? and option_kind = ? order by is_active desc, sequence, id',
      ).all(programId, kind) as { code: string; label: string }[]
    ).map(({ code, label }) => [code, label]),
  );

type Wishes = Pick<Parsed<'assignment.plan'>, 'wish' | 'chosen'>;

/** What is wished for all, then what was chosen for one. */
const wishFor = ({ wish, chosen }: Wishes): ((id: string) => Partial<Configuration>) => {
  const own = new Map(chosen.map(({ id, ...rest }) => [id, rest]));
  return (id) => ({ ...wish, ...own.get(id) }) as Partial<Configuration>;
};

const personOf = (row: AnyRow): Pick<Seeker, 'studentId' | 'name' | 'dateOfBirth' | 'status'> => ({
  studentId: row.id,
  name: `${String(row['firstName'] ?? '')} ${String(row['lastName'] ?? '')}`.trim(),
  dateOfBirth: row['dateOfBirth'] as string | null,
  status: String(row['status']),
});

/** In the order they were named; who is not on this desk is left out. */
function inOrder(db: Readable, name: 'students' | 'course_enrollments', ids: readonly string[]): AnyRow[] {
  const unique = [...new Set(ids)];
  const rows = new Map(
    readRows(db, name, `where t.id ${listed}`, JSON.stringify(unique)).map((row) => [row.id, row] as const),
  );
  return unique.flatMap((id) => rows.get(id) ?? []);
}

/** A place for each of many students in one course. */
export function planPeople(
  { read }: Pick<QueryContext, 'read'>,
  input: Omit<Parsed<'assignment.plan'>, 'overrideReason'> & { overrideReason?: string | undefined },
): Plan {
  const { courseId, students, date, overrideReason } = input;
  const ground = groundOf(read, [courseId], date, []);
  const wish = wishFor(input);
  const seekers = inOrder(read, 'students', students).map((row): Seeker => ({
    ...personOf(row),
    courseId,
    wish: wish(row.id),
  }));
  return planAssignments(ground, seekers, overrideReason ?? null);
}

/**
 * Another place for each of many enrollments, from a day on. Those who leave give their seats up first; those who wait are given one, in
 * their order, where they wait for it.
 */
export function planTransfer(
  { read }: Pick<QueryContext, 'read'>,
  input: Omit<Parsed<'assignment.plan-transfer'>, 'overrideReason'> & { overrideReason?: string | undefined },
): Plan {
  const found = inOrder(read, 'course_enrollments', input.enrollments);
  const [waiting, moving] = [true, false].map((waits) => found.filter((row) => isWaiting(row['status']) === waits));
  const rows = [...(waiting ?? []).sort((a, b) => (a.id < b.id ? -1 : 1)), ...(moving ?? [])];
  const students = new Map(
    inOrder(
      read,
      'students',
      rows.map((row) => String(row['studentId'])),
    ).map((row) => [row.id, row]),
  );
  const courseIds = [...new Set(rows.map((row) => String(row['courseId'])))];
  const ground = groundOf(read, courseIds, input.date, input.enrollments);
  const wish = wishFor(input);
  const seekers = rows.flatMap((row): Seeker[] => {
    const student = students.get(String(row['studentId']));
    if (!student) return [];
    const own = row as unknown as Configuration;
    const place = configurationOf(own);
    const waits = isWaiting(row['status']);
    const from = { ...place, enrollmentId: row.id, since: String(row['enrollmentDate']), isWaiting: waits };
    const wished = waits ? { ...place, ...wish(row.id) } : wish(row.id);
    return [{ ...personOf(student), courseId: String(row['courseId']), wish: wished, from }];
  });
  return planAssignments(ground, seekers, input.overrideReason ?? null);
}
