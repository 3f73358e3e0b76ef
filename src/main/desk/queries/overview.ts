import type { Overview } from '../../../shared/contract/requests';
import type { FactName } from '../../../shared/rules/facts';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { factEntity, factSql } from './fact-sql';

/** What needs attention, program by program, from the rows on this desk. */
export const overview: Query<'overview.read'> = ({ read, now }, { programs }) => {
  const list = JSON.stringify(programs);
  const perProgram = statement(
    read,
    `select p.id, p.name, p.code, p.currency,
       (select count(*) from students s where s.program_id = p.id and s.status = 'active') as students,
       (select count(*) from course_enrollments e where e.program_id = p.id and e.status in ('active', 'paused')) as enrollments,
       (select count(*) from courses c where c.program_id = p.id and c.is_active = 1) as courses
     from programs p where ${chosen('p.id')} order by lower(p.name)`,
  ).all(list, list) as Omit<Overview['programs'][number], 'unpriced'>[];
  const unpriced = countByProgram(read, 'without-price', list, now());
  return {
    programs: perProgram.map((program) => ({ ...program, unpriced: unpriced.get(program.id) ?? 0 })),
    occupancy: statement(
      read,
      `select f.id as facilityId, f.name as facility, f.program_id as programId, f.capacity,
         (select count(*) from course_enrollments e where e.facility_id = f.id and e.status in ('active', 'paused')) as taken
       from facilities f where f.capacity > 0 and f.status = 'active' and ${chosen('f.program_id')}
       order by 1.0 * taken / f.capacity desc, f.name limit 200`,
    ).all(list, list) as Overview['occupancy'],
    unpricedCombinations: sumOf(unpriced),
    studentsWithoutGuardian: sumOf(countByProgram(read, 'without-guardian', list, now())),
  };
};

/** None chosen means all. The list is bound twice. */
const chosen = (column: string): string => `(? = '[]' or ${column} in (select value from json_each(?)))`;

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
