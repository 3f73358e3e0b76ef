import type { EntityName } from '../../../shared/entities';
import { facts, type FactName } from '../../../shared/rules/facts';
import { dayText } from '../../../shared/rules/period';
import type { SqlValue } from '../local/storage';

/** A fact as SQL over the entity's table, which is called `t`. The overview counts by the same SQL that the grids filter by. */
export interface FactSql {
  sql: string;
  values: SqlValue[];
  depends: EntityName[];
}

/** @param now milliseconds; today is this computer's day */
export function factSql(name: FactName, now: number): FactSql {
  const today = dayText(now);
  return makers[name](today);
}

const sameCombination = ['facility_id', 'course_id', 'age_group', 'location_type', 'session_type']
  .map((column) => `q.${column} = t.${column}`)
  .join(' and ');

const withoutGuardian = 'not exists (select 1 from student_guardians g where g.student_id = t.id)';
const withoutContact =
  'not exists (select 1 from student_confidential k where k.student_id = t.id and k.emergency_contact is not null)';

const makers = {
  'without-guardian': () => ({
    sql: `t.status = 'active' and ${withoutGuardian}`,
    values: [],
    depends: ['student_guardians'],
  }),
  'without-contact': () => ({
    sql: `t.status = 'active' and ${withoutContact}`,
    values: [],
    depends: ['student_confidential'],
  }),
  'without-anybody': () => ({
    sql: `t.status = 'active' and ${withoutGuardian} and ${withoutContact}`,
    values: [],
    depends: ['student_guardians', 'student_confidential'],
  }),
  // Capacity counts for each group of its own (rule 4).
  'over-capacity': () => ({
    sql: `t.status = 'active' and t.capacity > 0 and exists (
      select 1 from course_enrollments e where e.facility_id = t.id and e.status in ('active', 'paused')
      group by e.age_group, e.location_type, e.session_type having count(*) > t.capacity)`,
    values: [],
    depends: ['course_enrollments'],
  }),
  // Of a combination without a price in force, the row that was in force last stands for it.
  'without-price': (today) => ({
    sql: `exists (select 1 from courses c where c.id = t.course_id and c.is_active = 1)
      and exists (select 1 from facilities f where f.id = t.facility_id and f.status = 'active')
      and not exists (select 1 from facility_course_pricing q where ${sameCombination}
        and q.is_active = 1 and q.effective_date <= ? and (q.end_date is null or q.end_date >= ?))
      and not exists (select 1 from facility_course_pricing q where ${sameCombination}
        and (q.effective_date, q.rid) > (t.effective_date, t.rid))`,
    values: [today, today],
    depends: ['courses', 'facilities', 'facility_course_pricing'],
  }),
} satisfies Record<FactName, (today: string) => FactSql>;

export const factEntity = (name: FactName): EntityName => facts[name].entity;
