/**
 * The questions of the domain, each asked of a desk and, in plain SQL of its own, of the central database: the demonstration answers both alike.
 * For somebody who sees everything, and for an admin of two programs.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts, seed } from '../../central/seed/index';
import { demoEmail, demoPassword } from '../../central/seed/demo-accounts';
import { freshCentral, type FreshCentral } from '../../central/testing/central';
import type { Filter, View } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { enrolledOn } from '../../shared/rules/enrolled-on';
import type { RunningDesk } from './desk';
import { monthAfter } from './queries/program-spans';
import { openConsole } from './testing/test-console';

let central: FreshCentral;
const closers: (() => Promise<void> | void)[] = [];
const desks: Partial<Record<Who, RunningDesk>> = {};
const programs: Record<Who, string[]> = { superAdmin: [], collegeAdmin: [] };
const readers = ['superAdmin', 'collegeAdmin'] as const;
type Who = (typeof readers)[number];
type Row = Record<string, unknown>;

beforeAll(async () => {
  central = await freshCentral();
  await seed(central.sql, { factor: 1 });
  const all = await central.sql.query<{ id: string; code: string }>(
    'select id, code from app.programs where deleted_at is null',
  );
  programs.superAdmin = all.rows.map(({ id }) => id);
  programs.collegeAdmin = all.rows.filter(({ code }) => code.startsWith('YTC-')).map(({ id }) => id);
  for (const who of readers) {
    const user = { email: demoEmail(who), password: demoPassword };
    desks[who] = (await openConsole(central, user, closers, who)).desk;
  }
  expect(programs.collegeAdmin).toHaveLength(2);
  expect(demoAccounts.length).toBeGreaterThan(3);
}, 240_000);
afterAll(async () => {
  for (const close of closers) await close();
  await central.drop();
});

const desk = (who: Who): RunningDesk => desks[who]!;
/** `$1` is the list of programs. */
const sql = async <T extends Row>(who: Who, text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, [programs[who], ...values])).rows;
const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** Every row of a view, as objects; references read as their titles. */
async function shown(who: Who, view: Partial<View> & { entity: EntityName }): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; ; from += 1000) {
    const whole = { programs: [], where: [], search: '', sort: [], ...view };
    const page = await desk(who).request('rows.page', { view: whole, from, count: 1000 });
    for (const row of page.rows) {
      rows.push(
        Object.fromEntries(
          page.fields.map((field, at) => [
            field,
            page.titles[String(row[at])] && field !== 'id' ? page.titles[String(row[at])] : row[at],
          ]),
        ),
      );
    }
    if (rows.length >= page.total) return rows;
  }
}
const idsOf = async (who: Who, entity: EntityName, where: Filter[]): Promise<unknown[]> =>
  (await shown(who, { entity, where })).map(({ id }) => id);

const live = 'deleted_at is null';
const now = async (): Promise<string> => {
  const { rows } = await central.sql.query<{ day: string }>("select to_char(now(), 'YYYY-MM-DD') as day");
  return rows[0]!.day;
};

describe.each(readers)('to %s', (who) => {
  test('who is enrolled where, at what price, assigned by whom and when', async () => {
    const told = (await shown(who, { entity: 'course_enrollments' })).map((row) => [
      ...[row['studentId'], row['courseId'], row['facilityId'], row['priceAgreed'], row['currency']],
      ...[row['assignedBy'], row['assignmentType'], row['enrollmentDate'], row['status']],
    ]);
    const rows = await sql(
      who,
      `select s.first_name || ' ' || s.last_name as a, c.name as b, f.name as c, e.price_agreed::int as d, e.currency as e, u.full_name as f,
         e.assignment_type as g, e.enrollment_date::text as h, e.status as i
       from app.course_enrollments e join app.students s on s.id = e.student_id join app.courses c on c.id = e.course_id
         join app.facilities f on f.id = e.facility_id left join app.users u on u.id = e.assigned_by
       where e.program_id = any ($1) and e.${live}`,
    );
    expect(told.length).toBeGreaterThan(50);
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
  });

  test('who was enrolled on a day that is past, and who will be on one to come', async () => {
    const today = await now();
    for (const day of [`${monthAfter(today.slice(0, 7), -2)}-15`, `${monthAfter(today.slice(0, 7), 2)}-15`]) {
      const rows = await sql<{ id: string }>(
        who,
        `select id from app.course_enrollments where program_id = any ($1) and ${live} and enrollment_date <= $2
           and (status in ('active', 'paused') or completion_date >= $2)`,
        day,
      );
      expect(sorted(await idsOf(who, 'course_enrollments', enrolledOn(day)))).toEqual(sorted(rows.map(({ id }) => id)));
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  test('how much room is left, by facility and configuration', async () => {
    const asOf = await now();
    for (const programId of programs[who]) {
      const told = (await desk(who).request('facilities.occupancy', { programId, asOf })).flatMap(
        ({ id, capacity, groups }) =>
          groups.map((one) => [
            id,
            one.ageGroup,
            one.locationType,
            one.sessionType,
            one.taken,
            capacity === null ? null : capacity - one.taken,
          ]),
      );
      const { rows } = await central.sql.query<Row>(
        `select f.id, e.age_group, e.location_type, e.session_type, count(*)::int as taken, f.capacity - count(*)::int as free
         from app.course_enrollments e join app.facilities f on f.id = e.facility_id
         where e.program_id = $1 and e.${live} and e.enrollment_date <= $2
           and (e.status in ('active', 'paused') or e.completion_date >= $2) group by f.id, 2, 3, 4`,
        [programId, asOf],
      );
      expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
    }
  });

  test('which configurations have no price in force', async () => {
    const rows = await sql(
      who,
      `select distinct p.facility_id, p.course_id, p.age_group, p.location_type, p.session_type
       from app.facility_course_pricing p join app.courses c on c.id = p.course_id and c.is_active join app.facilities f on f.id = p.facility_id and f.status = 'active'
       where p.program_id = any ($1) and p.${live} and not exists (select from app.facility_course_pricing q
         where (q.facility_id, q.course_id, q.age_group, q.location_type, q.session_type) = (p.facility_id, p.course_id, p.age_group, p.location_type, p.session_type)
           and q.${live} and q.is_active and daterange(q.effective_date, q.end_date, '[]') @> current_date)`,
    );
    const told = await idsOf(who, 'facility_course_pricing', [{ fact: 'without-price' }]);
    expect(told).toHaveLength(rows.length);
    const overview = await desk(who).request('overview.read', {});
    expect(overview.unpricedCombinations).toBe(rows.length);
  });

  test('revenue and payments by program, course, month and currency', async () => {
    const until = (await now()).slice(0, 7);
    const from = monthAfter(until, -23);
    const { lines } = await desk(who).request('commerce.revenue', { from, until });
    const told = lines.map((line) => [
      ...[line.programId, line.month, line.currency, line.source, line.courseId, line.paid, line.payments],
      ...[line.refunded, line.pending, line.failures, line.commission],
    ]);
    const rows = await sql(
      who,
      `select p.program_id, to_char(coalesce(p.paid_at, p.created_at) at time zone g.time_zone, 'YYYY-MM') as month, p.currency,
         case when p.booking_id is not null then 'mentoring' when p.subscription_id is not null then 'subscription' else 'course' end as source, e.course_id,
         coalesce(sum(p.amount) filter (where p.status = 'succeeded'), 0)::int as paid, count(*) filter (where p.status = 'succeeded')::int as payments,
         coalesce(sum(p.amount) filter (where p.status = 'refunded'), 0)::int as refunded,
         coalesce(sum(p.amount) filter (where p.status = 'pending'), 0)::int as pending, count(*) filter (where p.status = 'failed')::int as failures,
         coalesce(sum(p.commission) filter (where p.status = 'succeeded'), 0)::int as commission
       from app.payments p join app.programs g on g.id = p.program_id left join app.course_enrollments e on e.id = p.enrollment_id
       where p.program_id = any ($1) and p.${live} and to_char(coalesce(p.paid_at, p.created_at) at time zone g.time_zone, 'YYYY-MM') between $2 and $3
       group by 1, 2, 3, 4, 5`,
      from,
      until,
    );
    expect(told.length).toBeGreaterThan(10);
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
    const sums = (await desk(who).request('overview.read', {})).revenue;
    // Twelve months by the clock of each program: where it is December already, they begin in January.
    const months = await sql(
      who,
      `select to_char(p.paid_at at time zone g.time_zone, 'YYYY-MM') as month, p.currency, sum(p.amount)::int as amount
       from app.payments p join app.programs g on g.id = p.program_id
       where p.program_id = any ($1) and p.${live} and p.status = 'succeeded'
         and date_trunc('month', p.paid_at at time zone g.time_zone)
           between date_trunc('month', now() at time zone g.time_zone) - interval '11 months' and date_trunc('month', now() at time zone g.time_zone)
       group by 1, 2`,
    );
    const paid = sums
      .filter(({ amount }) => amount > 0)
      .map(({ month, currency, amount }) => [month, currency, amount]);
    expect(sorted(paid)).toEqual(sorted(months.map((row) => Object.values(row))));
  });

  test('what changed in a curriculum since a day, by whom, and it is put back', async () => {
    const [lesson] = await sql<{ id: string; curriculum: string; name: string; since: number }>(
      who,
      `select l.id, c.id as curriculum, l.name, floor(extract(epoch from now()) * 1000)::float8 as since from app.lessons l
         join app.modules m on m.id = l.module_id join app.curricula c on c.id = m.curriculum_id
       where c.program_id = any ($1) and c.state = 'draft' and l.${live} and m.${live} and c.${live} order by l.id limit 1`,
    );
    const { id, curriculum: curriculumId, name, since } = lesson!;
    const asked = { filter: { curriculumId, from: since } };
    expect((await desk(who).request('audit.search', asked)).groups).toEqual([]);
    const edits = [{ op: 'update' as const, entity: 'lessons' as const, id, values: { name: `${name}, changed` } }];
    const { mutationId } = await desk(who).request('rows.save', { edits, label: 'Edit' });
    await desk(who).request('sync.now', {});
    const { groups } = await desk(who).request('audit.search', asked);
    const account = demoAccounts.find(({ email }) => email === demoEmail(who));
    expect(groups).toHaveLength(1);
    expect(groups[0]!.entries[0]).toMatchObject({
      ...{ rowId: id, userName: account!.name, changes: { name: [name, `${name}, changed`] } },
    });
    await desk(who).request('audit.restore', { what: { kind: 'batch', mutationId } });
    await desk(who).request('sync.now', {});
    expect(await sql(who, 'select name from app.lessons where program_id = any ($1) and id = $2', id)).toEqual([
      { name },
    ]);
    const whole = await sql<{ n: number }>(
      who,
      `with versions as (select v.id from app.curricula c join app.curricula v on coalesce(v.line_id, v.id::text) = coalesce(c.line_id, c.id::text) where c.id = $2),
       rows as (select id from versions union select m.id from app.modules m join versions v on v.id = m.curriculum_id
         union select l.id from app.lessons l join app.modules m on m.id = l.module_id join versions v on v.id = m.curriculum_id)
       select count(*)::int as n from audit.entry e join rows r on r.id = e.row_id where e.program_id = any ($1)`,
      curriculumId,
    );
    const counted = await desk(who).request('audit.count', { filter: { curriculumId } });
    expect(counted).toEqual({ count: whole[0]!.n, isMore: false });
    expect(counted.count).toBeGreaterThan(2);
  });

  test('all open time slots of a mentor, and all feedback for one', async () => {
    const today = await now();
    const mentors = await desk(who).request('mentoring.mentors', {});
    const known = await sql<{ id: string }>(who, `select id from app.mentors where program_id = any ($1) and ${live}`);
    expect(sorted(mentors.map(({ id }) => id))).toEqual(sorted(known.map(({ id }) => id)));
    for (const { id, closed, timeZone } of mentors) {
      const [from, until] = [today, `${monthAfter(today.slice(0, 7), 3)}-01`];
      const free = await desk(who).request('mentoring.free-slots', { mentorId: id, from, until, minutes: 0 });
      const slots = await sql<{ id: string }>(
        who,
        `select id from app.availability_slots where program_id = any ($1) and mentor_id = $2 and ${live} and status = 'available' and lower(period) > now()
           and (lower(period) at time zone $3)::date between $4 and $5`,
        ...[id, timeZone, from, until],
      );
      expect(sorted(free.map((slot) => slot.id))).toEqual(sorted(closed === null ? slots.map((slot) => slot.id) : []));
      const feedback = await desk(who).request('mentoring.feedback', { mentorId: id });
      const reviews = await sql<{ id: string; rating: number }>(
        who,
        `select id, rating from app.booking_reviews where program_id = any ($1) and mentor_id = $2 and ${live}`,
        id,
      );
      expect(sorted(feedback.reviews.map((one) => [one.id, one.rating]))).toEqual(
        sorted(reviews.map((one) => [one.id, one.rating])),
      );
    }
  });

  test('completion and progress by course and cohort', async () => {
    const { lines } = await desk(who).request('learning.progress', {});
    const told = lines.map((line) => [
      ...[line.courseId, line.cohort, line.enrolled, line.active, line.paused, line.completed, line.withdrawn],
      ...[line.certificates, line.progress],
    ]);
    const rows = await sql(
      who,
      `select e.course_id, to_char(e.enrollment_date, 'YYYY-MM') as cohort, count(*)::int, count(*) filter (where status = 'active')::int as b,
         count(*) filter (where status = 'paused')::int as c, count(*) filter (where status = 'completed')::int as d,
         count(*) filter (where status = 'withdrawn')::int as e,
         (count(*) filter (where exists (select from app.certificates k where k.enrollment_id = e.id and k.${live})))::int as f,
         coalesce(sum(progress_percentage) filter (where status <> 'withdrawn'), 0)::int as g
       from app.course_enrollments e where e.program_id = any ($1) and e.${live} group by 1, 2`,
    );
    expect(told.length).toBeGreaterThan(5);
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
  });

  test('what was handed in and is to be graded', async () => {
    const told = (await desk(who).request('learning.grading', {})).map((line) => [line.id, line.handedIn, line.graded]);
    const rows = await sql(
      who,
      `select a.id, count(s.id)::int as b, count(s.score)::int as c from app.assignments a
         left join app.submissions s on s.assignment_id = a.id and s.${live} where a.program_id = any ($1) and a.${live} group by a.id`,
    );
    expect(told.length).toBeGreaterThan(5);
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
  });

  test('which students have no guardian or emergency contact', async () => {
    const guardian = `exists (select from app.student_guardians g where g.student_id = s.id and g.${live})`;
    const contact = `exists (select from app.student_confidential k where k.student_id = s.id and k.${live} and k.emergency_contact is not null)`;
    const cases = {
      'without-guardian': `not ${guardian}`,
      'without-contact': `not ${contact}`,
      'without-anybody': `not ${guardian} and not ${contact}`,
    } as const;
    const overview = await desk(who).request('overview.read', {});
    const counts = {
      'without-guardian': overview.studentsWithoutGuardian,
      'without-contact': overview.studentsWithoutContact,
      'without-anybody': overview.studentsWithoutAnybody,
    };
    for (const [fact, condition] of Object.entries(cases) as [keyof typeof cases, string][]) {
      const rows = await sql<{ id: string }>(
        who,
        `select s.id from app.students s where s.program_id = any ($1) and s.${live} and s.status = 'active' and ${condition}`,
      );
      expect(sorted(await idsOf(who, 'students', [{ fact }])), fact).toEqual(sorted(rows.map(({ id }) => id)));
      expect(counts[fact]).toBe(rows.length);
    }
  });

  test('the programs side by side', async () => {
    const overview = await desk(who).request('overview.read', {});
    const told = overview.programs.map((one) => [
      ...[
        one.id,
        [...one.admins].sort(),
        one.students,
        one.enrollments,
        one.courses,
        one.taken,
        one.seats,
        one.completed,
        one.everEnrolled,
      ],
      ...[one.bookingsToday, one.bookingsUnconfirmed, one.revenue],
    ]);
    const rows = await sql(
      who,
      `select p.id,
         array(select u.full_name::text from app.user_program_assignments a join app.users u on u.id = a.user_id
           where a.program_id = p.id and a.${live} and u.role = 'program_admin' and u.status = 'active' order by 1) as admins,
         (select count(*) from app.students s where s.program_id = p.id and s.${live} and s.status = 'active')::int as b,
         (select count(*) from app.course_enrollments e where e.program_id = p.id and e.${live} and e.status in ('active', 'paused'))::int as c,
         (select count(*) from app.courses c where c.program_id = p.id and c.${live} and c.is_active)::int as d,
         coalesce(h.taken, 0)::int as e, coalesce(h.seats, 0)::int as f,
         (select count(*) from app.course_enrollments e where e.program_id = p.id and e.${live} and e.status = 'completed')::int as g,
         (select count(*) from app.course_enrollments e where e.program_id = p.id and e.${live})::int as h,
         (select count(*) from app.bookings b where b.program_id = p.id and b.${live} and b.status in ('pending', 'confirmed', 'completed')
           and (lower(b.period) at time zone p.time_zone)::date = (now() at time zone p.time_zone)::date)::int as i,
         (select count(*) from app.bookings b where b.program_id = p.id and b.${live} and b.status = 'pending'
           and (lower(b.period) at time zone p.time_zone)::date = (now() at time zone p.time_zone)::date)::int as j,
         (select coalesce(jsonb_agg(jsonb_build_object('currency', m.currency, 'amount', m.amount) order by m.amount desc), '[]') from (
           select y.currency, sum(case when y.status = 'succeeded' then y.amount else 0 end)::int as amount from app.payments y
             where y.program_id = p.id and y.${live}
               and date_trunc('month', coalesce(y.paid_at, y.created_at) at time zone p.time_zone) = date_trunc('month', now() at time zone p.time_zone)
             group by 1) m) as k
       from app.programs p left join (select q.program_id, sum(q.taken) as taken, sum(q.capacity) as seats from (
           select f.program_id, f.capacity, count(*) as taken from app.course_enrollments e join app.facilities f on f.id = e.facility_id
             where e.${live} and e.status in ('active', 'paused') and f.${live} and f.status = 'active' and f.capacity > 0
             group by f.id, e.age_group, e.location_type, e.session_type) q group by 1) h on h.program_id = p.id
       where p.id = any ($1) and p.${live}`,
    );
    const plain = rows.map((row) =>
      Object.values(row).map((value) =>
        Array.isArray(value) && typeof value[0] === 'object'
          ? value.map(({ currency, amount }: Row) => ({ currency, amount }))
          : value,
      ),
    );
    expect(overview.programs).toHaveLength(programs[who].length);
    expect(sorted(told)).toEqual(sorted(plain));
  });

  test('who has access to what, since when, given by whom', async () => {
    const { people } = await desk(who).request('access.read', {});
    const told = people.flatMap((one) =>
      one.programs.map((place) => [one.email, one.role, place.code, place.since, place.by]),
    );
    const rows = await sql(
      who,
      `select u.email::text, u.role, p.code, (extract(epoch from a.assigned_at) * 1000)::float8 as since, b.full_name as by
       from app.user_program_assignments a join app.users u on u.id = a.user_id join app.programs p on p.id = a.program_id left join app.users b on b.id = a.assigned_by
       where a.program_id = any ($1) and a.${live} and u.${live} and u.role in ('super_admin', 'program_admin', 'program_coordinator', 'tutor')`,
    );
    expect(told.length).toBeGreaterThan(3);
    expect(sorted(told)).toEqual(sorted(rows.map((row) => Object.values(row))));
  });
});
