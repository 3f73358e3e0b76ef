import type { PriceKey } from '../../../shared/rules/pricing';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** People in one configuration of a facility, over all its courses: active and paused enrollments. */
export function takenBy(
  db: Readable,
  key: Pick<PriceKey, 'facilityId' | 'ageGroup' | 'locationType' | 'sessionType'>,
): number {
  return statement(
    db,
    `select count(*) from course_enrollments where facility_id = ? and age_group = ? and location_type = ? and session_type = ?
     and status in ('active', 'paused')`,
  )
    .pluck()
    .get(key.facilityId, key.ageGroup, key.locationType, key.sessionType) as number;
}

/** The enrollments by which the student holds a seat in the course at the facility, or waits for one. */
export const heldBy = (db: Readable, studentId: string, courseId: string, facilityId: string): string[] =>
  statement(
    db,
    "select id from course_enrollments where student_id = ? and course_id = ? and facility_id = ? and status in ('active', 'paused', 'waitlisted')",
  )
    .pluck()
    .all(studentId, courseId, facilityId) as string[];

/** Is the student in the course at the facility already? */
export const isEnrolled = (db: Readable, studentId: string, courseId: string, facilityId: string): boolean =>
  heldBy(db, studentId, courseId, facilityId).length > 0;
