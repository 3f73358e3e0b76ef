import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { configurationOf } from '../../../shared/rules/assignment';
import { counted } from '../../../shared/rules/counted';
import { dateText } from '../../../shared/rules/date-text';
import type { CommandContext } from '../context';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { courseProgram } from './enroll-many';
import { opsFor } from './save-rows';

/**
 * Students who found no seat wait for one, in the order they were named: one mutation, one step of undo.
 *
 * Invariant: ids follow the order, for by their ids seats are offered.
 */
export function putOnWaitlist(context: CommandContext, input: Parsed<'assignment.wait'>): Saved {
  const { courseId, date, waiting, notes } = input;
  const programId = courseProgram(context, courseId);
  const now = context.now();
  const edits = waiting.map((one, i): Edit => ({
    ...{ op: 'insert', entity: 'course_enrollments', id: newId(now + i) },
    values: {
      ...{ programId, studentId: one.id, courseId, ...configurationOf(one), status: 'waitlisted' },
      ...{ enrollmentDate: date, assignmentType: waiting.length > 1 ? 'bulk_assigned' : 'direct' },
      ...(notes ? { assignmentNotes: notes } : {}),
    },
  }));
  const [first] = waiting;
  const who =
    waiting.length === 1 && first ? titleOf(context.db, 'students', first.id) : counted(waiting.length, 'student');
  const course = titleOf(context.db, 'courses', courseId);
  const label = `Put ${who} on the waitlist of ${course} from ${dateText(date, 'en')}`.slice(0, 200);
  return commit(context, { label, via: 'enroll', ops: opsFor(context, edits) });
}
