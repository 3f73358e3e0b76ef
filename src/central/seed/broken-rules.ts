/**
 * Every rule of the domain as a question for rows that break it. The seed writes past the triggers: what they would have refused is looked
 * for afterwards, in the database, and independently of the functions the triggers call.
 */
import { allEntities } from '../../shared/entities';
import { columnOf } from '../../shared/model';

const seated = `status in ('active', 'paused')`;
const isLive = (row: string) => `${row}.status not in ('cancelled_client', 'cancelled_mentor')`;

const hasGap = (column: string) =>
  `(min(${column}) <> 1 or max(${column}) <> count(*) or count(distinct ${column}) <> count(*))`;

const learning: Record<string, string> = {
  'an enrollment costs what the price in force on its day says': `
    select e.id from app.course_enrollments e where not exists (select from app.facility_course_pricing p
      where (p.program_id, p.facility_id, p.course_id, p.age_group, p.location_type, p.session_type, p.price, p.currency)
          = (e.program_id, e.facility_id, e.course_id, e.age_group, e.location_type, e.session_type, e.price_agreed, e.currency)
        and p.is_active and p.effective_date <= e.enrollment_date and coalesce(p.end_date, 'infinity') >= e.enrollment_date)`,
  'no two active prices of one combination overlap': `
    select p.id from app.facility_course_pricing p join app.facility_course_pricing q
      on (q.facility_id, q.course_id, q.age_group, q.location_type, q.session_type)
       = (p.facility_id, p.course_id, p.age_group, p.location_type, p.session_type) and q.id > p.id and q.is_active
      and daterange(p.effective_date, p.end_date, '[]') && daterange(q.effective_date, q.end_date, '[]') where p.is_active`,
  'no facility holds more people than it has places': `
    select f.id from app.facilities f where f.capacity < (select count(*) from app.course_enrollments e where e.facility_id = f.id and e.${seated})`,
  'a facility out of service took nobody in the last four weeks': `
    select e.id from app.course_enrollments e join app.facilities f on f.id = e.facility_id
      where f.status <> 'active' and e.enrollment_date > $1::timestamptz::date - 28`,
  'nobody takes one course twice at one facility': `
    select (array_agg(id))[1] from app.course_enrollments where ${seated} group by student_id, course_id, facility_id having count(*) > 1`,
  'of one line of a curriculum one version is published, and versions count from 1': `
    select (array_agg(id))[1] from app.curricula group by course_id, coalesce(line_id, id::text)
      having count(*) filter (where state = 'published') > 1 or ${hasGap('version')}
        or bool_or(state = 'archived') and not bool_or(state = 'published')`,
  'a line begins with a first version of the same course, and a template is a published curriculum': `
    select c.id from app.curricula c
      where c.line_id is not null and not exists (select from app.curricula r where r.id::text = c.line_id and r.course_id = c.course_id and r.line_id is null)
         or c.source_id is not null and not exists (select from app.curricula s where s.id::text = c.source_id and s.state = 'published')`,
  'a copied module or lesson comes from one of the same course, and its origin is no copy itself': `
    with node as (select m.id, m.lineage_id, c.course_id from app.modules m join app.curricula c on c.id = m.curriculum_id
      union all select l.id, l.lineage_id, c.course_id from app.lessons l join app.modules m on m.id = l.module_id join app.curricula c on c.id = m.curriculum_id)
    select n.id from node n where n.lineage_id is not null and not exists (
      select from node o where o.id::text = n.lineage_id and o.course_id = n.course_id and o.lineage_id is null)`,
  'nothing in a published version was changed after it was published': `
    with published as (select e.row_id, min(e.at) as at from audit.entry e where e.changes->'state'->>1 = 'published' group by 1),
    node as (select m.id, m.curriculum_id from app.modules m union all select l.id, m.curriculum_id from app.lessons l join app.modules m on m.id = l.module_id)
    select e.row_id from audit.entry e join node n on n.id = e.row_id join published p on p.row_id = n.curriculum_id where e.at > p.at`,
  'progress is the share of published lessons that were completed': `
    with wanted as (select distinct c.course_id, coalesce(l.lineage_id, l.id::text) as line from app.curricula c
        join app.modules m on m.curriculum_id = c.id join app.lessons l on l.module_id = m.id where c.state = 'published'),
    total as (select course_id, count(*) as n from wanted group by 1),
    done as (select p.enrollment_id, count(distinct w.line) as n from app.lesson_progress p join app.lessons l on l.id = p.lesson_id
        join app.course_enrollments e on e.id = p.enrollment_id
        join wanted w on w.course_id = e.course_id and w.line = coalesce(l.lineage_id, l.id::text) where p.completed group by 1)
    select e.id from app.course_enrollments e left join total t using (course_id) left join done d on d.enrollment_id = e.id
      where e.progress_percentage is distinct from 100 * coalesce(d.n, 0) / t.n`,
  'who is through has completed the course on a day, and nobody else is': `
    select id from app.course_enrollments where (status = 'completed') <> (progress_percentage = 100)
      or (status in ('completed', 'withdrawn')) <> (completion_date is not null) or completion_date < enrollment_date`,
  'progress is on lessons of the course, while the enrollment ran': `
    select p.id from app.lesson_progress p join app.course_enrollments e on e.id = p.enrollment_id join app.lessons l on l.id = p.lesson_id
      join app.modules m on m.id = l.module_id join app.curricula c on c.id = m.curriculum_id
      where c.course_id <> e.course_id or p.completed <> (p.completed_at is not null) or p.completed_at > $1::timestamptz
        or p.completed_at < e.enrollment_date or p.completed_at >= e.completion_date + 1`,
  'a certificate follows a completed enrollment, under a number of its year': `
    select c.id from app.certificates c join app.course_enrollments e on e.id = c.enrollment_id
      where e.status <> 'completed' or c.issued_at < e.completion_date or c.issued_at > $1::timestamptz
        or c.certificate_number !~ ('^CERT-' || extract(year from c.issued_at at time zone 'UTC') || '-[0-9]{6,}$')`,
  'a student has a number of the year of joining': `
    select id from app.students where student_number !~ ('^STU-' || extract(year from enrollment_date) || '-[0-9]{4,}$')`,
  'work is handed in by students of the course and scored within the scale': `
    select s.id from app.submissions s join app.assignments a on a.id = s.assignment_id
      where not exists (select from app.course_enrollments e where e.student_id = s.student_id and e.course_id = a.course_id)
        or s.score > a.max_score or (s.score is null) <> (s.graded_at is null) or s.graded_at < s.submitted_at
        or greatest(s.submitted_at, s.graded_at) > $1::timestamptz`,
  'a course is reviewed by somebody who answers for a student of it': `
    select r.id from app.course_reviews r where not exists (select from app.course_enrollments e join app.students s on s.id = e.student_id
      left join app.student_guardians g on g.student_id = s.id where e.course_id = r.course_id and r.user_id in (s.user_id, g.guardian_id))`,
};

const mentoring: Record<string, string> = {
  'slots of a mentor never overlap': `
    select a.id from app.availability_slots a join app.availability_slots b on b.mentor_id = a.mentor_id and b.id > a.id and b.period && a.period`,
  'bookings of a mentor never overlap, unless they were cancelled': `
    select a.id from app.bookings a join app.bookings b on b.mentor_id = a.mentor_id and b.id > a.id and b.period && a.period
      where ${isLive('a')} and ${isLive('b')}`,
  'a booking lies inside a slot of its mentor': `
    select b.id from app.bookings b left join app.availability_slots s on s.id = b.slot_id and s.mentor_id = b.mentor_id and s.period @> b.period
      where s.id is null`,
  'a slot is booked exactly while a booking holds it': `
    select s.id from app.availability_slots s where (s.status = 'booked') <> exists (select from app.bookings b where b.slot_id = s.id and ${isLive('b')})`,
  'a service is the mentor’s own and as long as the booking; nobody books themselves': `
    select b.id from app.bookings b join app.mentors m on m.id = b.mentor_id left join app.services v on v.id = b.service_id
      where v.mentor_id <> b.mentor_id or b.client_id = m.user_id
        or extract(epoch from upper(b.period) - lower(b.period)) / 60 <> v.duration_minutes`,
  'what is completed is over, what is open is to come or of these days, what is cancelled says when': `
    select id from app.bookings where (status = 'completed' and upper(period) > $1::timestamptz)
      or (status = 'pending' and lower(period) < $1::timestamptz) or (status = 'confirmed' and lower(period) < $1::timestamptz - interval '3 days')
      or (status in ('cancelled_client', 'cancelled_mentor')) <> (cancelled_at is not null) or cancelled_at > least(lower(period), $1::timestamptz)`,
  'each booking has one session, and it went as the booking did': `
    select b.id from app.bookings b left join app.mentoring_sessions s on s.booking_id = b.id
      where s.id is null or (s.status = 'completed') <> (b.status = 'completed') or (s.status = 'cancelled') = (${isLive('b')})
        or (s.status = 'completed') <> (s.ended_at is not null) or s.ended_at <= s.started_at or s.cancelled_at is distinct from b.cancelled_at`,
  'a review is by the client of a completed booking, afterwards': `
    select r.id from app.booking_reviews r join app.bookings b on b.id = r.booking_id
      where b.status <> 'completed' or r.reviewer_id <> b.client_id or r.mentor_id <> b.mentor_id or r.created_at < lower(b.period)`,
  'hours that are offered lie in a rule of the mentor': `
    select s.id from app.availability_slots s join app.availability_rules r on r.id = s.rule_id join app.mentors m on m.id = s.mentor_id
      where r.mentor_id <> s.mentor_id or (lower(s.period) at time zone m.time_zone)::date < r.starts_on
        or (r.end_time > r.start_time and (to_char(lower(s.period) at time zone m.time_zone, 'HH24:MI') < r.start_time
          or to_char(upper(s.period) at time zone m.time_zone, 'HH24:MI') > r.end_time))`,
  'a mentor who has stopped is offered to nobody': `
    select s.id from app.availability_slots s join app.mentors m on m.id = s.mentor_id join app.users u on u.id = m.user_id
      where lower(s.period) > $1::timestamptz and (not m.is_active or u.status <> 'active')`,
};

const careersAndMoney: Record<string, string> = {
  'a payment is for one thing, of the program, at its price': `
    select p.id from app.payments p left join app.course_enrollments e on e.id = p.enrollment_id left join app.bookings b on b.id = p.booking_id
      left join app.services v on v.id = b.service_id left join app.subscriptions s on s.id = p.subscription_id join app.programs g on g.id = p.program_id
      where num_nonnulls(p.enrollment_id, p.booking_id, p.subscription_id) <> 1
        or p.amount is distinct from coalesce(e.price_agreed, v.price, s.price) or p.currency <> g.currency
        or coalesce(e.program_id, b.program_id, s.program_id) <> p.program_id`,
  'who pays is whom it concerns': `
    select p.id from app.payments p left join app.bookings b on b.id = p.booking_id left join app.subscriptions s on s.id = p.subscription_id
      left join app.course_enrollments e on e.id = p.enrollment_id left join app.students t on t.id = e.student_id
      where p.payer_id <> coalesce(b.client_id, s.user_id, p.payer_id)
        or (e.id is not null and p.payer_id is distinct from t.user_id
          and not exists (select from app.student_guardians g where g.student_id = t.id and g.guardian_id = p.payer_id))`,
  'money that came has a day, and of a booking the platform’s share': `
    select p.id from app.payments p where (p.status in ('succeeded', 'refunded')) <> (p.paid_at is not null) or p.paid_at > $1::timestamptz
      or p.commission is distinct from case when p.booking_id is not null and p.paid_at is not null then (p.amount * (
        select (s.value->>'percent')::int from app.platform_settings s where s.key like 'marketplace-commission%') / 100) end`,
  'an enrollment or a booking is paid for once': `
    select (array_agg(id))[1] from app.payments where status in ('pending', 'succeeded') and subscription_id is null
      group by enrollment_id, booking_id having count(*) > 1`,
  'a subscription has the period of today, unless it is over': `
    select id from app.subscriptions where period_end < period_start or (status = 'cancelled') <> (cancelled_at is not null)
      or (status = 'expired') <> (period_end < $1::timestamptz::date) and status <> 'cancelled'`,
  'nobody applied for a position that was never published': `
    select a.id from app.job_applications a join app.jobs j on j.id = a.job_id where j.status = 'draft'`,
  'a roadmap is completed with its last step, and steps are taken in order': `
    select r.id from app.career_roadmaps r join app.roadmap_steps s on s.roadmap_id = r.id left join app.roadmap_progress p on p.step_id = s.id
      group by r.id, r.status having (r.status = 'completed') <> bool_and(coalesce(p.status in ('completed', 'skipped'), false))
        or array_agg(coalesce(p.status in ('completed', 'skipped'), false) order by s.sequence_order)
           <> array_agg(coalesce(p.status in ('completed', 'skipped'), false) order by coalesce(p.status in ('completed', 'skipped'), false) desc, s.sequence_order)`,
  'a result answers questions of its assessment, every one that must be answered, and adds up': `
    select r.id from app.assessment_results r
      where r.total_score is distinct from (select coalesce(sum(v.value::int), 0) from jsonb_each_text(r.scores) v)
        or exists (select from jsonb_object_keys(r.answers) k where not exists (
          select from app.assessment_questions q where q.id::text = k and q.assessment_id = r.assessment_id))
        or exists (select from app.assessment_questions q where q.assessment_id = r.assessment_id and q.is_required and not r.answers ? q.id::text)`,
};

/** People a program’s rows name belong to it. */
const named: readonly [table: string, column: string][] = [
  ['mentors', 'user_id'],
  ['mentees', 'user_id'],
  ['bookings', 'client_id'],
  ['payments', 'payer_id'],
  ['subscriptions', 'user_id'],
  ['assessment_results', 'user_id'],
  ['career_roadmaps', 'user_id'],
  ['job_applications', 'applicant_id'],
  ['program_interactions', 'user_id'],
  ['course_reviews', 'user_id'],
];
const belonging = named.map(([table, column]): [string, string] => [
  `${table}: ${column} belongs to the program`,
  `select t.id from app.${table} t where not exists (select from app.user_program_assignments a where a.user_id = t.${column} and a.program_id = t.program_id)
     and not exists (select from app.students s where s.user_id = t.${column} and s.program_id = t.program_id)
     and not exists (select from app.student_guardians g where g.guardian_id = t.${column} and g.program_id = t.program_id)`,
]);

const orders = allEntities.flatMap((entity) =>
  Object.entries(entity.fields).flatMap(([name, field]): [string, string][] => {
    if (field.kind !== 'order') return [];
    const column = columnOf(name);
    const siblings = [columnOf(field.options.within), ...(entity.scope === 'program' ? ['program_id'] : [])].join(', ');
    return [
      [
        `${entity.name} are numbered from 1 without a gap`,
        `select (array_agg(id))[1] from app.${entity.name} where deleted_at is null group by ${siblings}
           having ${hasGap(column)}`,
      ],
    ];
  }),
);

const money = allEntities
  .filter(({ scope, fields }) => scope === 'program' && 'currency' in fields)
  .map(({ name }): [string, string] => [
    `${name} are in the currency of the program`,
    `select t.id from app.${name} t join app.programs p on p.id = t.program_id where t.currency <> p.currency`,
  ]);

const stamps = allEntities.map(({ name }): [string, string] => [
  `${name} were made and changed in the past`,
  `select id from app.${name} where updated_at < created_at or updated_at > $1::timestamptz`,
]);

/** What must hold, and the ids of rows for which it does not. `$1` is the moment before which everything in the seed happened. */
export const brokenRules: readonly (readonly [rule: string, sql: string])[] = [
  ...Object.entries({ ...learning, ...mentoring, ...careersAndMoney }),
  ...belonging,
  ...orders,
  ...money,
  ...stamps,
];
