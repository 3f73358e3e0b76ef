import type { PaymentLine, Revenue, RevenueLine } from '../../../shared/contract/answers';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { monthsBetween, monthSpans, programClocks, spansTable, type Span } from './program-spans';

/** Money by program, course, month and currency. A payment belongs to the month in which it was paid, or asked for where it was not. */
export const revenue: Query<'commerce.revenue'> = ({ read }, { programs, from, until }): Revenue => {
  const clocks = programClocks(read, programs);
  const lines = revenueLines(read, monthSpans(clocks, monthsBetween(from, until)));
  const courses = statement(read, 'select id, name from courses where id in (select value from json_each(?))').all(
    JSON.stringify([...new Set(lines.map(({ courseId }) => courseId))]),
  ) as Revenue['courses'];
  return { lines, courses, programs: clocks.map(({ id, code, name }) => ({ id, code, name })) };
};

const most = 1000;
const unknown = 'Somebody not on this computer';

/** The payments a line of the revenue is the sum of, with those that were not received. */
export const payments: Query<'commerce.payments'> = ({ read }, asked) => {
  const { programId, source, courseId, from, until, currency } = asked;
  const spans = monthSpans(programClocks(read, [programId]), monthsBetween(from, until));
  const [start, end] = [spans[0]?.[2] ?? 0, spans.at(-1)?.[3] ?? 0];
  const rows = statement(
    read,
    `select p.id, p.program_id as programId, coalesce(u.full_name, '${unknown}') as payer, p.amount, p.status, coalesce(p.paid_at, p.created_at) as at,
       coalesce(p.provider, '') as provider,
       coalesce(s.first_name || ' ' || s.last_name, (select w.full_name from bookings b join mentors n on n.id = b.mentor_id join users w on w.id = n.user_id
         where b.id = p.booking_id), (select z.plan from subscriptions z where z.id = p.subscription_id), '') as of
     from payments p left join users u on u.id = p.payer_id left join course_enrollments e on e.id = p.enrollment_id left join students s on s.id = e.student_id
     where p.program_id = ? and p.currency = ? and coalesce(p.paid_at, p.created_at) >= ? and coalesce(p.paid_at, p.created_at) < ?
       and ${sourceSql} = ? and (? or e.course_id is ?)
     order by at desc, p.id`,
  ).all(programId, currency, start, end, source, courseId === undefined ? 1 : 0, courseId ?? null) as PaymentLine[];
  return { total: rows.length, payments: rows.slice(0, most) };
};

const sourceSql = `case when p.booking_id is not null then 'mentoring' when p.subscription_id is not null then 'subscription' else 'course' end`;
const sum = (what: string, status: string): string => `sum(case when p.status = '${status}' then ${what} else 0 end)`;

/** The cross join keeps SQLite at one pass over the payments. */
export const revenueLines = (db: Readable, spans: readonly Span[]): RevenueLine[] =>
  statement(
    db,
    `with ${spansTable}
     select p.program_id as programId, m.name as month, p.currency, e.course_id as courseId,
       ${sourceSql} as source,
       ${sum('p.amount', 'succeeded')} as paid, ${sum('1', 'succeeded')} as payments,
       ${sum('p.amount', 'refunded')} as refunded, ${sum('1', 'refunded')} as refunds,
       ${sum('p.amount', 'pending')} as pending, ${sum('1', 'pending')} as pendings,
       ${sum('1', 'failed')} as failures, ${sum('coalesce(p.commission, 0)', 'succeeded')} as commission
     from payments p cross join m on m.program_id = p.program_id
       and coalesce(p.paid_at, p.created_at) >= m.start and coalesce(p.paid_at, p.created_at) < m.until
     left join course_enrollments e on e.id = p.enrollment_id
     group by 1, 2, 3, 4, 5 order by 2, 1, 5, 4, 3`,
  ).all(JSON.stringify(spans)) as RevenueLine[];
