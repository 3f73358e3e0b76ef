import type { FacilityOccupancy } from '../../../shared/contract/assignment';
import { seatKey, type Configuration } from '../../../shared/rules/assignment';
import { isWaiting } from '../../../shared/rules/capacity';
import type { Query } from '../context';
import { readRows } from '../local/rows';
import { statement } from '../local/statements';
import { groupsOf } from './board';
import { marksOf } from './marks';

type Held = Configuration & { id: string; course: string; since: string; status: string };

/**
 * How full the facilities of a program are on a day, by configuration. On a day gone by, those count who were enrolled then, whatever became of
 * them; from today on, those who hold seats and have begun. Whoever waits is told beside them, from whatever day on.
 */
export const occupancy: Query<'facilities.occupancy'> = ({ read }, { programId, asOf }): FacilityOccupancy[] => {
  const rows = statement(
    read,
    `select e.id, e.facility_id as facilityId, e.age_group as ageGroup, e.location_type as locationType, e.session_type as sessionType,
       c.name as course, e.enrollment_date as since, e.status
     from course_enrollments e left join courses c on c.id = e.course_id
     where e.program_id = ? and (e.status in ('active', 'paused', 'waitlisted') or (e.completion_date >= ? and e.enrollment_date <= ?))`,
  ).all(programId, asOf, asOf) as Held[];
  const begun = rows.filter(({ since, status }) => since <= asOf || isWaiting(status));
  const marks = marksOf(
    read,
    'course_enrollments',
    begun.map(({ id }) => id),
  );
  const placed = begun.map((row) => ({ ...row, mark: marks[row.id] ?? null }));
  const groups = Map.groupBy(groupsOf(read, programId, placed), ({ facilityId }) => facilityId);
  const courses = Map.groupBy(placed, seatKey);
  const held = Map.groupBy(rows, ({ facilityId }) => facilityId);
  return readRows(read, 'facilities', 'where t.program_id = ? order by lower(t.name), t.id', programId).map((row) => {
    const here = (held.get(row.id) ?? []).filter(({ status }) => !isWaiting(status));
    return {
      ...{ id: row.id, name: String(row['name']), facilityType: String(row['facilityType']) },
      ...{ status: String(row['status']), capacity: row['capacity'] as number | null },
      equipment: (row['equipment'] as string[] | null) ?? [],
      amenities: (row['amenities'] as string[] | null) ?? [],
      groups: (groups.get(row.id) ?? []).map((group) => ({
        ...group,
        courses: [...new Set((courses.get(seatKey(group)) ?? []).map(({ course }) => course))].sort(),
      })),
      later: here.filter(({ since }) => since > asOf).length,
      enrollments: here.map(({ id }) => id),
    };
  });
};
