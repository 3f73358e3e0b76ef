import type { Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

/** Enrolls a student: at the price in force on the day, or not at all, and then it says why. */
export function createEnrollment(context: CommandContext, input: Parsed<'enrollment.create'>): Saved {
  const { db } = context;
  const { studentId, courseId, facilityId, ageGroup, locationType, sessionType, date, notes, overrideReason } = input;
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
    ...(overrideReason ? { overrideReason } : {}),
  };
  const ops = opsFor(context, [{ op: 'insert', entity: 'course_enrollments', id, values }]);
  const label = `Enroll ${titleOf(db, 'students', studentId)} in ${String(course['name'])}`.slice(0, 200);
  return commit(context, { label, via: 'enroll', ops });
}
