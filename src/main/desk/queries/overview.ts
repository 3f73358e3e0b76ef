import type { Overview } from '../../../shared/contract/requests';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** What needs attention, program by program, from the rows on this desk. */
export const overview: Query<'overview.read'> = ({ read, now }, { programs }) => {
  const list = JSON.stringify(programs);
  const today = new Date(now()).toISOString().slice(0, 10);
  const perProgram = statement(
    read,
    `select p.id, p.name, p.code, p.currency,
       (select count(*) from students s where s.program_id = p.id and s.status = 'active') as students,
       (select count(*) from course_enrollments e where e.program_id = p.id and e.status in ('active', 'paused')) as enrollments,
       (select count(*) from courses c where c.program_id = p.id and c.is_active = 1) as courses
     from programs p where ${chosen('p.id')} order by lower(p.name)`,
  ).all(list, list) as Omit<Overview['programs'][number], 'unpriced'>[];
  const unpriced = unpricedByProgram(read, list, today);
  return {
    programs: perProgram.map((program) => ({ ...program, unpriced: unpriced.get(program.id) ?? 0 })),
    occupancy: statement(
      read,
      `select f.id as facilityId, f.name as facility, f.program_id as programId, f.capacity,
         (select count(*) from course_enrollments e where e.facility_id = f.id and e.status in ('active', 'paused')) as taken
       from facilities f where f.capacity > 0 and f.status = 'active' and ${chosen('f.program_id')}
       order by 1.0 * taken / f.capacity desc, f.name limit 200`,
    ).all(list, list) as Overview['occupancy'],
    unpricedCombinations: [...unpriced.values()].reduce((sum, n) => sum + n, 0),
    studentsWithoutGuardian: statement(
      read,
      `select count(*) from students s where s.status = 'active' and ${chosen('s.program_id')}
         and not exists (select 1 from student_guardians g where g.student_id = s.id)`,
    )
      .pluck()
      .get(list, list) as number,
  };
};

/** None chosen means all. The list is bound twice. */
const chosen = (column: string): string => `(? = '[]' or ${column} in (select value from json_each(?)))`;

/**
 * Configurations a program offers (an active course at an active facility that had a price at some time) without one in force today.
 */
function unpricedByProgram(db: Readable, list: string, today: string): Map<string, number> {
  const rows = statement(
    db,
    `select x.program_id as id, count(*) as n from (
       select p.program_id, max(p.is_active = 1 and p.effective_date <= ? and (p.end_date is null or p.end_date >= ?)) as priced
       from facility_course_pricing p
       join courses c on c.id = p.course_id and c.is_active = 1
       join facilities f on f.id = p.facility_id and f.status = 'active'
       where ${chosen('p.program_id')}
       group by p.program_id, p.facility_id, p.course_id, p.age_group, p.location_type, p.session_type) x
     where not x.priced group by 1`,
  ).all(today, today, list, list) as { id: string; n: number }[];
  return new Map(rows.map((row) => [row.id, row.n]));
}
