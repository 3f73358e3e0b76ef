/** Written by `npm run db:generate` from the entities: drizzle-kit sees only exports of the top level. A registry test complains where one is missing. */
import { entityOf } from '../shared/entities';
import { app, toPgTable } from './tables';

export { app };
export const users = toPgTable(entityOf('users'));
export const profiles = toPgTable(entityOf('profiles'));
export const institutions = toPgTable(entityOf('institutions'));
export const programs = toPgTable(entityOf('programs'));
export const userProgramAssignments = toPgTable(entityOf('user_program_assignments'));
export const programOptions = toPgTable(entityOf('program_options'));
export const platformSettings = toPgTable(entityOf('platform_settings'));
export const courses = toPgTable(entityOf('courses'));
export const curricula = toPgTable(entityOf('curricula'));
export const modules = toPgTable(entityOf('modules'));
export const lessons = toPgTable(entityOf('lessons'));
export const facilities = toPgTable(entityOf('facilities'));
export const facilityCoursePricing = toPgTable(entityOf('facility_course_pricing'));
export const students = toPgTable(entityOf('students'));
export const studentConfidential = toPgTable(entityOf('student_confidential'));
export const studentGuardians = toPgTable(entityOf('student_guardians'));
export const courseEnrollments = toPgTable(entityOf('course_enrollments'));
export const notifications = toPgTable(entityOf('notifications'));
