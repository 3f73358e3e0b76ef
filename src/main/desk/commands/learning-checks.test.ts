import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refusal, type Problem } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import type { EntityName } from '../../../shared/entities';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { saveRows } from './save-rows';

let place: TempStore;
let desk: SampleDesk;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterEach(() => place.remove());

function add(entity: EntityName, values: Record<string, unknown>): Problem | null {
  const programId = desk.ids.program;
  try {
    const edits = [{ op: 'insert' as const, entity, id: newId(), values: { programId, ...values } }];
    saveRows(desk.context, { edits, label: 'Add', via: 'form' });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}
const issue = (path: string): unknown => ({ kind: 'invalid', issues: [expect.objectContaining({ path })] });
const enrollment = (courseId: string, status: string): string =>
  desk.put('course_enrollments', {
    ...{ programId: desk.ids.program, studentId: desk.ids.student, courseId, facilityId: desk.ids.facility, status },
    ...{ ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group', enrollmentDate: '2026-02-01' },
    progressPercentage: 40,
  });

it('a certificate is for a completed enrollment only', () => {
  const issuedAt = Date.UTC(2026, 5, 1);
  expect(add('certificates', { enrollmentId: enrollment(desk.ids.course, 'active'), issuedAt })).toMatchObject(
    issue('enrollmentId') as object,
  );
  expect(add('certificates', { enrollmentId: enrollment(desk.ids.course, 'completed'), issuedAt })).toBeNull();
});

it('a lesson of another course is told', () => {
  const other = desk.put('courses', { programId: desk.ids.program, code: 'X', name: 'X', slug: 'x', currency: 'NGN' });
  const lessonId = desk.ids.lessons[0];
  expect(add('lesson_progress', { enrollmentId: enrollment(other, 'active'), lessonId })).toMatchObject(
    issue('lessonId') as object,
  );
  expect(add('lesson_progress', { enrollmentId: enrollment(desk.ids.course, 'active'), lessonId })).toBeNull();
});

it('a score above the highest is told', () => {
  const assignmentId = desk.put('assignments', {
    ...{ programId: desk.ids.program, courseId: desk.ids.course, title: 'Lap', description: 'Swim', maxScore: 20 },
  });
  const values = { assignmentId, studentId: desk.ids.student, content: 'x', submittedAt: 1 };
  expect(add('submissions', { ...values, score: 21 })).toMatchObject(issue('score') as object);
  expect(add('submissions', { ...values, score: 20 })).toBeNull();
});

it('an amount in another currency than the program’s is told', () => {
  expect(add('courses', { code: 'Y', name: 'Y', slug: 'y', listPrice: 5, currency: 'EUR' })).toMatchObject(
    issue('currency') as object,
  );
});
