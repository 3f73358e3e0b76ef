import type { Money, Overview, OverviewProgram, RevenueLine } from '../../../shared/contract/answers';
import { consoleRoles } from '../../../shared/entities/user';
import { atWallClock, dayAfter, wallClock } from '../../../shared/rules/expand-recurrence';
import type { FactName } from '../../../shared/rules/facts';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { factEntity, factSql } from './fact-sql';
import { optionLabel } from './field-sql';
import {
  chosen,
  monthAfter,
  monthSpans,
  programClocks,
  spansTable,
  type ProgramClock,
  type Span,
} from './program-spans';
import { revenueLines } from './revenue';

/** What needs attention, program by program, from the rows on this desk. */
export const overview: Query<'overview.read'> = ({ read, now }, { programs }): Overview => {
  const at = now();
  const list = JSON.stringify(programs);
  const clocks = programClocks(read, programs);
  const money = moneyOf(read, clocks, at);
  const count = (fact: FactName) => countByProgram(read, fact, list, at);
  const unpriced = count('without-price');
  const rows = basics(read, list, clocks, at);
  const bookings = bookingsToday(read, clocks, at);
  return {
    programs: rows.map(({ admins, ...row }) => ({
      ...row,
      admins: admins === null ? [] : (JSON.parse(admins) as string[]),
      unpriced: unpriced.get(row.id) ?? 0,
      ...(bookings.get(row.id) ?? { bookingsToday: 0, bookingsUnconfirmed: 0 }),
      revenue: paidIn(money, row.id, 'now'),
      revenueBefore: paidIn(money, row.id, 'before'),
    })),
    occupancy: fullestGroups(read, list),
    revenue: byMonth(money),
    unpricedCombinations: sumOf(unpriced),
    studentsWithoutGuardian: sumOf(count('without-guardian')),
    studentsWithoutContact: sumOf(count('without-contact')),
    studentsWithoutAnybody: sumOf(count('without-anybody')),
    drafts: drafts(read, list),
    ...staffOf(read, at),
    at,
  };
};

/** Of an overview’s twelve months: the first of them, and the running one. */
const monthsShown = 12;

/** One pass over the payments: twelve months, and of last month what had come by now. */
function moneyOf(db: Readable, clocks: readonly ProgramClock[], at: number): RevenueLine[] {
  const spans = clocks.flatMap((clock): Span[] => {
    const { day, time } = wallClock(at, clock.timeZone);
    const running = day.slice(0, 7);
    const months = Array.from({ length: monthsShown }, (_, back) => monthAfter(running, back + 1 - monthsShown));
    const last = monthAfter(running, -1);
    // The 31st of a month without one is its end.
    const sameDay = atWallClock(dayAfter(`${last}-01`, Number(day.slice(8)) - 1), time, clock.timeZone);
    const [, , start, until] = monthSpans([clock], [last])[0]!;
    return [
      ...monthSpans([clock], months).map(([id, name, from, to]): Span => [id, name, from, to]),
      [clock.id, 'before', start, Math.min(sameDay, until)],
      [clock.id, 'now', monthSpans([clock], [running])[0]![2], at + 1],
    ];
  });
  return revenueLines(db, spans);
}

const isSpan = (name: string): boolean => name === 'now' || name === 'before';

/** By currency, the largest first. */
function added(lines: readonly RevenueLine[]): Money[] {
  const sums = new Map<string, number>();
  for (const { currency, paid } of lines) sums.set(currency, (sums.get(currency) ?? 0) + paid);
  return [...sums].map(([currency, amount]) => ({ currency, amount })).sort((a, b) => b.amount - a.amount);
}

const paidIn = (lines: readonly RevenueLine[], programId: string, span: string): Money[] =>
  added(lines.filter((line) => line.programId === programId && line.month === span));

const byMonth = (lines: readonly RevenueLine[]): Overview['revenue'] =>
  [
    ...Map.groupBy(
      lines.filter(({ month }) => !isSpan(month)),
      ({ month }) => month,
    ),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, group]) => added(group).map((money) => ({ month, ...money })));

type Basics = Omit<
  OverviewProgram,
  'admins' | 'unpriced' | 'revenue' | 'revenueBefore' | 'bookingsToday' | 'bookingsUnconfirmed'
> & { admins: string | null };

/** Groups that are held, with the seats there are for one. */
const groupsHeld = `select f.program_id as programId, f.id as facilityId, f.name as facility, f.capacity, e.age_group, e.location_type, e.session_type,
    count(*) as taken
  from course_enrollments e join facilities f on f.id = e.facility_id
  where e.status in ('active', 'paused') and f.capacity > 0 and f.status = 'active' and ${chosen('f.program_id')}
  group by f.id, e.age_group, e.location_type, e.session_type`;

function basics(db: Readable, list: string, clocks: readonly ProgramClock[], at: number): Basics[] {
  const firsts = clocks.map(({ id, timeZone }): Span => [id, `${wallClock(at, timeZone).day.slice(0, 7)}-01`, 0, 0]);
  return statement(
    db,
    `with ${spansTable},
     held as (select programId, sum(taken) as taken, sum(capacity) as seats from (${groupsHeld}) group by 1),
     enrolled as (select e.program_id, sum(e.status in ('active', 'paused')) as now, count(*) as ever, sum(e.status = 'completed') as completed,
       sum(e.status in ('active', 'paused') and e.enrollment_date >= m.name) as new
       from course_enrollments e join m on m.program_id = e.program_id group by 1)
     select p.id, p.name, p.code, p.program_type as programType, p.currency,
       (select json_group_array(u.full_name) from user_program_assignments a join users u on u.id = a.user_id
         where a.program_id = p.id and u.role = 'program_admin' and u.status = 'active') as admins,
       (select count(*) from students s where s.program_id = p.id and s.status = 'active') as students,
       (select count(*) from students s where s.program_id = p.id and s.status = 'active' and s.enrollment_date >= m.name) as newStudents,
       coalesce(n.now, 0) as enrollments, coalesce(n.new, 0) as newEnrollments, coalesce(n.completed, 0) as completed, coalesce(n.ever, 0) as everEnrolled,
       (select count(*) from courses c where c.program_id = p.id and c.is_active = 1) as courses,
       coalesce(h.taken, 0) as taken, coalesce(h.seats, 0) as seats
     from programs p join m on m.program_id = p.id left join enrolled n on n.program_id = p.id left join held h on h.programId = p.id
     order by lower(p.name), p.id`,
  ).all(JSON.stringify(firsts), list, list) as Basics[];
}

function fullestGroups(db: Readable, list: string): Overview['occupancy'] {
  const label = (kind: string, column: string) => optionLabel(kind, `g.${column}`, 'g');
  return statement(
    db,
    `select facilityId, facility, programId, taken, capacity,
       ${label('age_group', 'age_group')} || ' · ' || ${label('session_type', 'session_type')} || ' · ' || ${label('location_type', 'location_type')} as "group"
     from (select *, programId as program_id, row_number() over (partition by facilityId order by taken desc, age_group, session_type, location_type) as place
       from (${groupsHeld})) g
     where place = 1 order by 1.0 * taken / capacity desc, facility limit 200`,
  ).all(list, list) as Overview['occupancy'];
}

type Bookings = Pick<OverviewProgram, 'bookingsToday' | 'bookingsUnconfirmed'>;

/** Sessions that begin today where the program is. */
function bookingsToday(db: Readable, clocks: readonly ProgramClock[], at: number): Map<string, Bookings> {
  const days = clocks.map(({ id, timeZone }): Span => {
    const { day } = wallClock(at, timeZone);
    return [id, day, atWallClock(day, '00:00', timeZone), atWallClock(dayAfter(day), '00:00', timeZone)];
  });
  const rows = statement(
    db,
    `with ${spansTable}
     select b.program_id as id, count(*) as bookingsToday, sum(b.status = 'pending') as bookingsUnconfirmed
     from bookings b cross join m on m.program_id = b.program_id
       and json_extract(b.period, '$[0]') >= m.start and json_extract(b.period, '$[0]') < m.until
     where b.status in ('pending', 'confirmed', 'completed') group by 1`,
  ).all(JSON.stringify(days)) as (Bookings & { id: string })[];
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

const drafts = (db: Readable, list: string): Overview['drafts'] =>
  statement(
    db,
    `select c.id, c.course_id as courseId, coalesce(k.name, '') as course, c.name, c.version, c.created_at as since
     from curricula c left join courses k on k.id = c.course_id
     where c.state = 'draft' and c.version > 1 and ${chosen('c.program_id')} order by c.created_at, c.id limit 100`,
  ).all(list, list) as Overview['drafts'];

/** People who may sign in, and who did today by the clock of this computer. */
function staffOf(db: Readable, at: number): Pick<Overview, 'staff' | 'signedInToday'> {
  return statement(
    db,
    `select count(*) as staff, coalesce(sum(last_login_at >= ?), 0) as signedInToday from users
     where status = 'active' and role in (select value from json_each(?))`,
  ).get(new Date(at).setHours(0, 0, 0, 0), JSON.stringify(consoleRoles)) as Pick<Overview, 'staff' | 'signedInToday'>;
}

const sumOf = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);

/** How many rows of each program a fact is true of: as many as the grid shows when it is filtered by it. */
function countByProgram(db: Readable, fact: FactName, list: string, now: number): Map<string, number> {
  const { sql, values } = factSql(fact, now);
  const rows = statement(
    db,
    `select t.program_id as id, count(*) as n from ${factEntity(fact)} t where ${chosen('t.program_id')} and (${sql}) group by 1`,
  ).all(list, list, ...values) as { id: string; n: number }[];
  return new Map(rows.map((row) => [row.id, row.n]));
}
