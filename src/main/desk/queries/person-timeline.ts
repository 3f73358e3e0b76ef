import type { TimelineEntry } from '../../../shared/contract/assignment';
import type { Query } from '../context';
import { referredTitle } from './field-sql';
import { dayOfSql, orderOf, told, type Source } from './student-timeline';

/** Everything that happened with a person, a mentor or an employer that this desk may know of, the newest first. */
export const personTimeline: Query<'people.timeline'> = ({ read }, { entity, id }): TimelineEntry[] =>
  sources[entity]
    .flatMap((source) => told(read, source, id))
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : orderOf[a.kind] - orderOf[b.kind]));

const begins = `json_extract(x.period, '$[0]')`;
const none = 'null as minor, null as currency';
const bookingWords = `case x.status when 'pending' then 'not confirmed' when 'confirmed' then 'confirmed' when 'completed' then 'held' else 'cancelled' end`;
const paymentWords = `case x.status when 'succeeded' then 'Paid' when 'pending' then 'Payment pending' when 'failed' then 'Payment failed' else 'Payment refunded' end`;
const event = (entity: Source['entity'], sql: string): Source => ({ entity, kind: 'event', sql });

const sources: Record<'users' | 'mentors' | 'employers', readonly Source[]> = {
  users: [
    {
      ...{ entity: 'users', kind: 'joined' },
      sql: `select x.id, ${dayOfSql('x.created_at')} as day, 'Account made' as title, x.email as detail, ${none} from users x where x.id = ? and x.created_at is not null`,
    },
    event(
      'user_program_assignments',
      `select x.id, ${dayOfSql('coalesce(x.assigned_at, x.created_at)')} as day, 'Assigned to ' || coalesce(p.name, 'a program') as title,
       coalesce('by ' || ${referredTitle('users', 'x.assigned_by', 'x')}, '') as detail, ${none}
       from user_program_assignments x left join programs p on p.id = x.program_id where x.user_id = ?`,
    ),
    {
      ...{ entity: 'student_guardians', kind: 'guardian' },
      sql: `select x.id, ${dayOfSql('x.created_at')} as day, 'Named as guardian of ' || coalesce(s.first_name || ' ' || s.last_name, 'a student') as title,
       x.relationship as detail, ${none} from student_guardians x left join students s on s.id = x.student_id where x.guardian_id = ?`,
    },
    {
      ...{ entity: 'payments', kind: 'payment' },
      sql: `select x.id, ${dayOfSql('coalesce(x.paid_at, x.created_at)')} as day, ${paymentWords} as title, coalesce(x.provider, '') as detail,
       x.amount as minor, x.currency from payments x where x.payer_id = ?`,
    },
    {
      ...{ entity: 'subscriptions', kind: 'event' },
      sql: `select x.id, x.period_start as day, 'Subscribed to ' || x.plan as title, 'until ' || x.period_end as detail, x.price as minor, x.currency
       from subscriptions x where x.user_id = ?`,
    },
    event(
      'bookings',
      `select x.id, ${dayOfSql(begins)} as day, 'Session with ' || coalesce(u.full_name, 'a mentor') as title, ${bookingWords} as detail, ${none}
       from bookings x left join mentors m on m.id = x.mentor_id left join users u on u.id = m.user_id where x.client_id = ?`,
    ),
    event(
      'assessment_results',
      `select x.id, ${dayOfSql('x.completed_at')} as day, 'Completed ' || coalesce(a.title, 'an assessment') as title,
       coalesce(x.total_score || ' points', '') as detail, ${none} from assessment_results x left join assessments a on a.id = x.assessment_id where x.user_id = ?`,
    ),
    event(
      'career_roadmaps',
      `select x.id, ${dayOfSql('x.created_at')} as day, 'Roadmap: ' || x.title as title, x.status as detail, ${none} from career_roadmaps x where x.user_id = ?`,
    ),
    event(
      'job_applications',
      `select x.id, ${dayOfSql('x.applied_at')} as day, 'Applied for ' || coalesce(j.title, 'a job') || coalesce(' at ' || e.name, '') as title,
       replace(x.status, '_', ' ') as detail, ${none}
       from job_applications x left join jobs j on j.id = x.job_id left join employers e on e.id = j.employer_id where x.applicant_id = ?`,
    ),
    event(
      'course_reviews',
      `select x.id, ${dayOfSql('x.created_at')} as day, 'Reviewed ' || coalesce(c.name, 'a course') as title, x.rating || ' of 5' as detail, ${none}
       from course_reviews x left join courses c on c.id = x.course_id where x.user_id = ?`,
    ),
  ],
  mentors: [
    event(
      'bookings',
      `select x.id, ${dayOfSql(begins)} as day, 'Session with ' || coalesce(u.full_name, 'a client') as title, ${bookingWords} as detail, ${none}
       from bookings x left join users u on u.id = x.client_id where x.mentor_id = ?`,
    ),
    event(
      'booking_reviews',
      `select x.id, ${dayOfSql('x.created_at')} as day, 'Reviewed by ' || coalesce(u.full_name, 'a client') as title,
       x.rating || ' of 5' || coalesce('. ' || x.comment, '') as detail, ${none} from booking_reviews x left join users u on u.id = x.reviewer_id where x.mentor_id = ?`,
    ),
    {
      ...{ entity: 'services', kind: 'event' },
      sql: `select x.id, ${dayOfSql('x.created_at')} as day, 'Offers ' || x.title as title, x.duration_minutes || ' minutes' as detail, x.price as minor, x.currency
       from services x where x.mentor_id = ?`,
    },
  ],
  employers: [
    event(
      'jobs',
      `select x.id, ${dayOfSql('x.created_at')} as day, 'Job: ' || x.title as title, x.status as detail, ${none} from jobs x where x.employer_id = ?`,
    ),
    event(
      'job_applications',
      `select x.id, ${dayOfSql('x.applied_at')} as day, coalesce(u.full_name, 'Somebody') || ' applied for ' || j.title as title,
       replace(x.status, '_', ' ') as detail, ${none} from job_applications x join jobs j on j.id = x.job_id left join users u on u.id = x.applicant_id where j.employer_id = ?`,
    ),
  ],
};
