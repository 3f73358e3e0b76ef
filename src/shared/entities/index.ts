import type { Entity } from '../model';
import { courseEnrollment } from './course-enrollment';
import { course } from './course';
import { curriculum } from './curriculum';
import { facilityCoursePricing } from './facility-course-pricing';
import { facility } from './facility';
import { institution } from './institution';
import { lesson } from './lesson';
import { module } from './module';
import { notification } from './notification';
import { platformSetting } from './platform-setting';
import { profile } from './profile';
import { programOption } from './program-option';
import { program } from './program';
import { studentConfidential } from './student-confidential';
import { studentGuardian } from './student-guardian';
import { student } from './student';
import { userProgramAssignment } from './user-program-assignment';
import { user } from './user';

/** Every entity, parents before children. A new entity is one file and one line here. */
export const entities = {
  users: user,
  profiles: profile,
  institutions: institution,
  programs: program,
  user_program_assignments: userProgramAssignment,
  program_options: programOption,
  platform_settings: platformSetting,
  courses: course,
  curricula: curriculum,
  modules: module,
  lessons: lesson,
  facilities: facility,
  facility_course_pricing: facilityCoursePricing,
  students: student,
  student_confidential: studentConfidential,
  student_guardians: studentGuardian,
  course_enrollments: courseEnrollment,
  notifications: notification,
} as const;

export type EntityName = keyof typeof entities;
export const entityNames = Object.keys(entities) as EntityName[];

export const isEntityName = (name: string): name is EntityName => Object.hasOwn(entities, name);

/** The declaration, seen without its row type. */
export const entityOf = (name: EntityName): Entity => entities[name] as unknown as Entity;

export const allEntities: readonly Entity[] = entityNames.map(entityOf);
