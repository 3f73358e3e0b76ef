/** Written by `npm run db:generate` from the entities: drizzle-kit sees only exports of the top level. A registry test complains where one is missing. */
import { tableOf } from './tables';

export * from './meta-tables';

export const users = tableOf('users');
export const profiles = tableOf('profiles');
export const institutions = tableOf('institutions');
export const programs = tableOf('programs');
export const userProgramAssignments = tableOf('user_program_assignments');
export const programOptions = tableOf('program_options');
export const platformSettings = tableOf('platform_settings');
export const courses = tableOf('courses');
export const curricula = tableOf('curricula');
export const modules = tableOf('modules');
export const lessons = tableOf('lessons');
export const facilities = tableOf('facilities');
export const facilityCoursePricing = tableOf('facility_course_pricing');
export const students = tableOf('students');
export const studentConfidential = tableOf('student_confidential');
export const studentGuardians = tableOf('student_guardians');
export const courseEnrollments = tableOf('course_enrollments');
export const notifications = tableOf('notifications');
