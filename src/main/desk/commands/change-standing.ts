import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { isWaiting } from '../../../shared/rules/capacity';
import { counted } from '../../../shared/rules/counted';
import type { CommandContext } from '../context';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

type Standing = Parsed<'assignment.change'>['to'];

const verbs: Record<Standing, string> = {
  active: 'Resume',
  paused: 'Pause',
  withdrawn: 'Withdraw',
  completed: 'Complete',
};
/** From where one may come to a standing. */
const before: Record<Standing, readonly string[]> = {
  active: ['paused'],
  paused: ['active'],
  withdrawn: ['active', 'paused', 'waitlisted'],
  completed: ['active', 'paused'],
};

/** Pauses, resumes, withdraws or completes enrollments: one mutation, one step of undo. */
export function changeStanding(context: CommandContext, input: Parsed<'assignment.change'>): Saved {
  const { to, date } = input;
  const rows = input.enrollments.map((id) => {
    const row = readRow(context.db, 'course_enrollments', id);
    if (!row) throw notFound('One of these enrollments is no longer there. Look at the board again.');
    return row;
  });
  const unfit = rows.find((row) => !before[to].includes(String(row['status'])));
  if (unfit) {
    const who = titleOf(context.db, 'students', String(unfit['studentId']));
    throw conflict(
      `${who} is ${isWaiting(unfit['status']) ? 'on the waitlist here' : `${String(unfit['status'])} here already`}. Leave this enrollment out, and try again.`,
    );
  }
  const ends = to === 'withdrawn' || to === 'completed';
  const edits = rows.map((row): Edit => ({
    ...{ op: 'update', entity: 'course_enrollments', id: row.id },
    values: {
      status: to,
      // It cannot have ended before it began.
      ...(ends && date ? { completionDate: date < String(row['enrollmentDate']) ? row['enrollmentDate'] : date } : {}),
    },
  }));
  const [first] = rows;
  const who =
    rows.length === 1 && first
      ? titleOf(context.db, 'students', String(first['studentId']))
      : counted(rows.length, 'enrollment');
  return commit(context, { label: `${verbs[to]} ${who}`.slice(0, 200), via: 'board', ops: opsFor(context, edits) });
}
