import type { CohortLine, GradingLine, Progress } from '../../../shared/contract/answers';
import { rankOf } from '../../../shared/rules/permit';
import type { Query } from '../context';
import { statement } from '../local/statements';
import { chosen, programClocks } from './program-spans';

/** How far everybody is, by course and by the month in which they enrolled. */
export const progressByCohort: Query<'learning.progress'> = ({ read }, { programs }): Progress => {
  const list = JSON.stringify(programs);
  const of = (status: string): string => `sum(e.status = '${status}')`;
  const lines = statement(
    read,
    `select e.program_id as programId, e.course_id as courseId, coalesce(c.name, 'A course no longer here') as course,
       substr(e.enrollment_date, 1, 7) as cohort, count(*) as enrolled, ${of('active')} as active, ${of('paused')} as paused,
       ${of('completed')} as completed, ${of('withdrawn')} as withdrawn, count(k.id) as certificates,
       sum(case when e.status = 'withdrawn' then 0 else e.progress_percentage end) as progress
     from course_enrollments e left join courses c on c.id = e.course_id left join certificates k on k.enrollment_id = e.id
     where ${chosen('e.program_id')} group by 1, 2, 4 order by lower(course), 2, 4 desc`,
  ).all(list, list) as CohortLine[];
  const known = programClocks(read, programs);
  return { lines, programs: known.map(({ id, code, name }) => ({ id, code, name })) };
};

/** Every assignment with what was handed in, those with most to grade first. A tutor grades what they teach, and is shown no other. */
export const grading: Query<'learning.grading'> = ({ read, session }, { programs }): GradingLine[] => {
  const list = JSON.stringify(programs);
  return statement(
    read,
    `select a.id, a.program_id as programId, a.course_id as courseId, coalesce(c.name, 'A course no longer here') as course, a.title,
       a.due_at as dueAt, a.max_score as maxScore, count(s.id) as handedIn, count(s.score) as graded,
       avg(100.0 * s.score / a.max_score) as average
     from assignments a left join courses c on c.id = a.course_id left join submissions s on s.assignment_id = a.id
     where ${chosen('a.program_id')} and (? or c.instructor_id = ?) group by a.id
     order by handedIn - graded desc, lower(course), a.due_at, a.id`,
  ).all(list, list, rankOf(session.role) > 1 ? 1 : 0, session.userId) as GradingLine[];
};
