import type { Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { takenBy } from '../queries/occupancy';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

/** Enrolls a student: at the price in force on the day, or not at all, and then it says why. */
export function createEnrollment(context: CommandContext, input: Parsed<'enrollment.create'>): Saved {
  const { db } = context;
  const { studentId, courseId, facilityId, ageGroup, locationType, sessionType, date, notes } = input;
  const course = readRow(db, 'courses', courseId);
  if (!course) throw notFound('This course is no longer there. Choose another.');
  if (course['isActive'] === false)
    throw conflict(
      `“${String(course['name'])}” is not active, so nobody can be enrolled in it. Choose another course.`,
    );
  const student = readRow(db, 'students', studentId);
  if (!student) throw notFound('This student is no longer there. Choose another.');
  if (student['status'] !== 'active') {
    throw conflict(
      `${titleOf(db, 'students', studentId)} is ${String(student['status'])}. Make the student active first.`,
    );
  }
  refuseFull(context, input);
  const id = newId(context.now());
  const values = {
    programId: course['programId'],
    studentId,
    courseId,
    facilityId,
    ageGroup,
    locationType,
    sessionType,
    enrollmentDate: date,
    ...(notes ? { assignmentNotes: notes } : {}),
  };
  const ops = opsFor(context, [{ op: 'insert', entity: 'course_enrollments', id, values }]);
  const label = `Enroll ${titleOf(db, 'students', studentId)} in ${String(course['name'])}`.slice(0, 200);
  return commit(context, { label, via: 'enroll', ops });
}

function refuseFull(context: CommandContext, input: Parsed<'enrollment.create'>): void {
  const facility = readRow(context.db, 'facilities', input.facilityId);
  if (!facility) throw notFound('This facility is no longer there. Choose another.');
  const capacity = facility['capacity'] as number | null;
  const taken = takenBy(context.db, input);
  if (capacity !== null && taken >= capacity) {
    throw conflict(
      `${String(facility['name'])} is full in this configuration: ${taken} of ${capacity} places are taken. Choose another facility or session.`,
    );
  }
}
