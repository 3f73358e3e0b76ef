import { describe, expect, it } from 'vitest';
import { concerns } from './changes';

const page = (entity: string) => ['rows.page', { view: { entity }, from: 0, count: 10 }];

describe('which answers a change of rows makes old', () => {
  it('the page of the entity that changed, and of those that refer to it', () => {
    expect(concerns(page('students'), { students: ['a'] })).toBe(true);
    expect(concerns(page('course_enrollments'), { students: ['a'] })).toBe(true);
    expect(concerns(page('facilities'), { students: ['a'] })).toBe(false);
  });

  it('rows read by id only where one of them changed', () => {
    const question = ['rows.read', { entity: 'students', ids: ['a', 'b'] }];
    expect(concerns(question, { students: ['b'] })).toBe(true);
    expect(concerns(question, { students: ['c'] })).toBe(false);
    expect(concerns(question, { students: 'many' })).toBe(true);
  });

  it('an outline for any of its levels, but not for prices', () => {
    expect(concerns(['mentoring.week', { mentorId: 'x' }], { bookings: ['a'] })).toBe(true);
    expect(concerns(['mentoring.week', { mentorId: 'x' }], { lessons: ['a'] })).toBe(false);
    expect(concerns(['curriculum.outline', { courseId: 'x' }], { lessons: ['a'] })).toBe(true);
    expect(concerns(['curriculum.outline', { courseId: 'x' }], { facility_course_pricing: ['a'] })).toBe(false);
    expect(concerns(['curriculum.source', { curriculumId: 'x' }], { curricula: ['a'] })).toBe(true);
  });

  it('never the settings or the session', () => {
    expect(concerns(['settings.read', {}], { students: 'many' })).toBe(false);
    expect(concerns(['session.read', {}], { users: 'many' })).toBe(false);
  });
});
