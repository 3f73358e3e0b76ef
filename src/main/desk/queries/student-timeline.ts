import type { TimelineEntry } from '../../../shared/contract/assignment';
import type { RowMark } from '../../../shared/contract/requests';
import type { EntityName } from '../../../shared/entities';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { referredTitle } from './field-sql';
import { marksOf } from './marks';

/** Everything that happened with a student that this desk may know of, the newest first. */
export const studentTimeline: Query<'students.timeline'> = ({ read }, { studentId }): TimelineEntry[] => {
  const student = readRow(read, 'students', studentId);
  if (!student) return [];
  const joined = student['enrollmentDate'] as string | null;
  const first = entry({ id: studentId, kind: 'joined', title: 'Joined the program', day: joined ?? '' });
  return [
    ...(joined ? [first] : []),
    ...sources.flatMap(({ entity, sql, kind }) => told(read, { entity, sql, kind }, studentId)),
  ].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : orderOf[a.kind] - orderOf[b.kind]));
};

/** What happens on one day, the last first. */
export const orderOf: Record<TimelineEntry['kind'], number> = {
  ...{
    certificate: 0,
    ended: 1,
    progress: 2,
    submission: 3,
    payment: 4,
    enrolled: 5,
    event: 6,
    guardian: 7,
    joined: 8,
  },
};

export interface Source {
  entity: EntityName;
  kind: TimelineEntry['kind'];
  /** Columns: id, day or at (milliseconds), title, detail, minor, currency. */
  sql: string;
}

export const dayOfSql = (at: string): string => `strftime('%Y-%m-%d', ${at} / 1000, 'unixepoch')`;
const ofStudent = `join course_enrollments e on e.id = x.enrollment_id left join courses c on c.id = e.course_id
  left join facilities f on f.id = e.facility_id where e.student_id = ?`;
const how = `case e.assignment_type when 'parent_assigned' then ', by a parent' when 'bulk_assigned' then ', in bulk' else '' end`;
const label = (kind: string, code: string): string =>
  `coalesce((select o.label from program_options o where o.program_id = e.program_id and o.option_kind = '${kind}' and o.code = ${code}), ${code})`;

const sources: readonly Source[] = [
  {
    entity: 'course_enrollments',
    kind: 'enrolled',
    sql: `select e.id, e.enrollment_date as day, case e.status when 'waitlisted' then 'Waits for ' else 'Enrolled in ' end || coalesce(c.name, 'a course') || ' at ' || coalesce(f.name, 'a facility') as title,
      ${label('age_group', 'e.age_group')} || ', ' || ${label('session_type', 'e.session_type')} || ${how}
        || coalesce(', assigned by ' || ${referredTitle('users', 'e.assigned_by', 'e')}, '') || coalesce('. ' || e.assignment_notes, '') as detail,
      e.price_agreed as minor, e.currency
      from course_enrollments e left join courses c on c.id = e.course_id left join facilities f on f.id = e.facility_id
      where e.student_id = ?`,
  },
  {
    entity: 'course_enrollments',
    kind: 'ended',
    sql: `select e.id, e.completion_date as day, case e.status when 'completed' then 'Completed ' else 'Left ' end || coalesce(c.name, 'a course') as title,
      coalesce(f.name, '') || ', ' || e.progress_percentage || ' % done' as detail, null as minor, null as currency
      from course_enrollments e left join courses c on c.id = e.course_id left join facilities f on f.id = e.facility_id
      where e.student_id = ? and e.completion_date is not null and e.status in ('completed', 'withdrawn')`,
  },
  {
    entity: 'lesson_progress',
    kind: 'progress',
    sql: `select max(x.id) as id, ${dayOfSql('x.completed_at')} as day, count(*) || case count(*) when 1 then ' lesson' else ' lessons' end || ' done in ' || coalesce(c.name, 'a course') as title,
      group_concat(l.name, ', ') as detail, null as minor, null as currency
      from lesson_progress x join lessons l on l.id = x.lesson_id ${ofStudent} and x.completed = 1 and x.completed_at is not null group by e.id, 2`,
  },
  {
    entity: 'certificates',
    kind: 'certificate',
    sql: `select x.id, ${dayOfSql('x.issued_at')} as day, 'Certificate for ' || coalesce(c.name, 'a course') as title,
      coalesce(x.certificate_number, 'Number follows') as detail, null as minor, null as currency from certificates x ${ofStudent}`,
  },
  {
    entity: 'payments',
    kind: 'payment',
    sql: `select x.id, ${dayOfSql('coalesce(x.paid_at, x.created_at)')} as day,
      case x.status when 'succeeded' then 'Paid' when 'pending' then 'Payment pending' when 'failed' then 'Payment failed' else 'Payment refunded' end
        || coalesce(' for ' || c.name, '') as title,
      coalesce(x.provider, '') as detail, x.amount as minor, x.currency from payments x ${ofStudent}`,
  },
  {
    entity: 'submissions',
    kind: 'submission',
    sql: `select x.id, ${dayOfSql('x.submitted_at')} as day, 'Handed in ' || coalesce(a.title, 'an assignment') as title,
      case when x.score is null then 'Not graded yet' else x.score || ' of ' || coalesce(a.max_score, 100) || coalesce('. ' || x.feedback, '') end as detail,
      null as minor, null as currency from submissions x left join assignments a on a.id = x.assignment_id
      where x.student_id = ? and x.submitted_at is not null`,
  },
  {
    entity: 'student_guardians',
    kind: 'guardian',
    sql: `select x.id, ${dayOfSql('x.created_at')} as day, coalesce(u.full_name, 'Somebody') || ' named as guardian' as title,
      x.relationship as detail, null as minor, null as currency
      from student_guardians x left join users u on u.id = x.guardian_id where x.student_id = ?`,
  },
];

interface Told {
  id: string;
  day: string | null;
  title: string;
  detail: string | null;
  minor: number | null;
  currency: string | null;
}

/** What a source tells of the one row it is asked about. */
export function told(db: Readable, { entity, sql, kind }: Source, id: string): TimelineEntry[] {
  const rows = statement(db, sql).all(id) as Told[];
  const marks = marksOf(
    db,
    entity,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    entry({
      ...{
        id: row.id,
        kind,
        day: row.day ?? '',
        title: row.title,
        detail: row.detail ?? '',
        mark: marks[row.id] ?? null,
      },
      amount: row.minor !== null && row.currency !== null ? { minor: row.minor, currency: row.currency } : null,
    }),
  );
}

const entry = (
  given: Pick<TimelineEntry, 'id' | 'kind' | 'title' | 'day'> & {
    detail?: string;
    mark?: RowMark | null;
    amount?: TimelineEntry['amount'];
  },
): TimelineEntry => ({ detail: '', mark: null, amount: null, ...given });
