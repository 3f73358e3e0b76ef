import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refusal } from '../../../shared/contract/outcome';
import { newId } from '../../../shared/model';
import { readRow } from '../local/rows';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { saveRows } from './save-rows';
import { undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
let small: string;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  const { program: programId, course: courseId } = desk.ids;
  small = desk.put('facilities', { programId, name: 'Small', facilityType: 'pool', capacity: 1, status: 'active' });
  desk.put('facility_course_pricing', {
    ...{ programId, courseId, facilityId: small, ageGroup: 'adults', locationType: 'our-facility' },
    ...{ sessionType: 'group', price: 2, currency: 'NGN', effectiveDate: '2026-01-01', endDate: null, isActive: true },
  });
});
afterEach(() => place.remove());

function learner(facilityId: string, more: Record<string, unknown> = {}): string {
  const { program: programId, course: courseId } = desk.ids;
  const studentId = desk.put('students', { programId, firstName: 'A', lastName: 'B', status: 'active' });
  return desk.put('course_enrollments', {
    ...{ programId, courseId, studentId, facilityId, ageGroup: 'adults', locationType: 'our-facility' },
    ...{ sessionType: 'group', status: 'active', enrollmentDate: '2026-02-01', progressPercentage: 0, ...more },
  });
}
/** @returns what is told about it, by field */
function change(id: string, values: Record<string, unknown>): Record<string, string> {
  try {
    const edits = [{ op: 'update' as const, entity: 'course_enrollments' as const, id, values }];
    saveRows(desk.context, { edits, label: 'Change', via: 'typed' });
    return {};
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.kind !== 'invalid') throw error;
    return Object.fromEntries(error.problem.issues.map(({ path, message }) => [path, message]));
  }
}
const row = (id: string) => readRow(desk.store.reader, 'course_enrollments', id);
const full = { overrideReason: expect.stringContaining('Small is full') as string };

it('a move to a full facility asks why, and takes a reason', () => {
  learner(small);
  const id = learner(desk.ids.facility);
  expect(change(id, { facilityId: small })).toEqual(full);
  expect(change(id, { facilityId: small, overrideReason: 'Sister of a pupil' })).toEqual({});
});

it('a reason given for one seat is none for the next', () => {
  learner(small);
  const id = learner(desk.ids.facility, { overrideReason: 'Sister of a pupil' });
  expect(change(id, { facilityId: small })).toEqual(full);
});

it('whoever had ended needs a seat to begin again; whoever paused kept theirs', () => {
  learner(small);
  expect(change(learner(small, { status: 'withdrawn' }), { status: 'active' })).toEqual(full);
  expect(change(learner(small, { status: 'paused' }), { status: 'active' })).toEqual({});
});

it('a move to a facility out of service is told', () => {
  const { program: programId } = desk.ids;
  const shut = desk.put('facilities', { programId, name: 'Shut', facilityType: 'pool', status: 'maintenance' });
  const issues = change(learner(desk.ids.facility), { facilityId: shut });
  expect(issues['facilityId']).toContain('Shut is in maintenance');
});

it('the last lesson completes the enrollment at once, as part of the same step of undo', () => {
  const id = learner(desk.ids.facility);
  const { program: programId, lessons } = desk.ids;
  const tick = (lessonId: string | undefined) =>
    saveRows(desk.context, {
      ...{ label: 'Tick', via: 'typed' },
      edits: [
        {
          ...{ op: 'insert', entity: 'lesson_progress', id: newId() },
          values: { programId, enrollmentId: id, lessonId, completed: true },
        },
      ],
    });
  tick(lessons[0]);
  expect(row(id)).toMatchObject({ progressPercentage: 33, status: 'active' });
  tick(lessons[1]);
  tick(lessons[2]);
  expect(row(id)).toMatchObject({ progressPercentage: 100, status: 'completed', completionDate: '2027-01-15' });
  undo(desk.context, {});
  expect(row(id)).toMatchObject({ progressPercentage: 66, status: 'active' });
});

it('what a certificate rests on stays completed', () => {
  const id = learner(desk.ids.facility, { status: 'completed', progressPercentage: 100, completionDate: '2026-05-01' });
  desk.put('certificates', {
    ...{ programId: desk.ids.program, enrollmentId: id, certificateNumber: 'CERT-2026-000001', issuedAt: 1 },
  });
  expect(change(id, { status: 'active' })['status']).toContain('CERT-2026-000001');
});
