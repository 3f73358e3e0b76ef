/** Ops in few words, and a small program to try them on. */
import type { Op } from '../../shared/contract/wire';
import { newId } from '../../shared/model';
import type { TestDesk } from './central';

type Values = Record<string, unknown>;

export const insert = (entity: string, id: string, patch: Values): Op => ({
  entity,
  op: 'insert',
  id,
  version: 0,
  patch,
});
export const update = (entity: string, id: string, version: number, base: Values, patch: Values): Op => ({
  entity,
  op: 'update',
  id,
  version,
  base,
  patch,
});
export const remove = (entity: string, id: string, version = 1): Op => ({ entity, op: 'delete', id, version });
export const restore = (entity: string, id: string, version = 2): Op => ({ entity, op: 'restore', id, version });

export const student = (program: string, id: string, more: Values = {}): Op =>
  insert('students', id, { programId: program, firstName: 'Ada', lastName: 'Obi', ...more });

export interface World {
  course: string;
  facility: string;
  price: string;
  curriculum: string;
  modules: string[];
  lessons: string[];
}

export const configuration = { ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group' };

/** A course with a curriculum of two modules of two lessons each, a facility, and a price of 1,500,000 from 2026-01-01. */
export async function buildWorld(desk: TestDesk, program: string): Promise<World> {
  const [course, facility, price, curriculum] = [newId(), newId(), newId(), newId()];
  const modules = [newId(), newId()];
  const lessons = [newId(), newId(), newId(), newId()];
  const tag = course.slice(-6);
  const result = await desk.change(
    insert('courses', course, { programId: program, code: `C-${tag}`, name: 'Swimming', slug: `c-${tag}` }),
    insert('facilities', facility, { programId: program, name: `Pool ${tag}`, facilityType: 'pool', capacity: 10 }),
    insert('facility_course_pricing', price, {
      programId: program,
      facilityId: facility,
      courseId: course,
      ...configuration,
      price: 1_500_000,
      effectiveDate: '2026-01-01',
    }),
    insert('curricula', curriculum, { programId: program, courseId: course, name: 'Basics', sequenceOrder: 1 }),
    ...modules.map((id, at) =>
      insert('modules', id, {
        programId: program,
        curriculumId: curriculum,
        name: `M${at + 1}`,
        sequenceOrder: at + 1,
      }),
    ),
    ...lessons.map((id, at) =>
      insert('lessons', id, {
        programId: program,
        moduleId: modules[Math.floor(at / 2)],
        name: `L${at + 1}`,
        sequenceOrder: (at % 2) + 1,
        durationMinutes: 30,
      }),
    ),
  );
  if (result.status !== 'applied') throw new Error(JSON.stringify(result));
  return { course, facility, price, curriculum, modules, lessons };
}

export const enrollment = (program: string, world: World, id: string, studentId: string, more: Values = {}): Op =>
  insert('course_enrollments', id, {
    programId: program,
    studentId,
    courseId: world.course,
    facilityId: world.facility,
    ...configuration,
    enrollmentDate: '2026-03-01',
    ...more,
  });
