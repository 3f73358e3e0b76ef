import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { configurationOf, type Proposal } from '../../../shared/rules/assignment';
import { isWaiting } from '../../../shared/rules/capacity';
import { counted } from '../../../shared/rules/counted';
import { dateText } from '../../../shared/rules/date-text';
import { dayBefore } from '../../../shared/rules/pricing';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow, readRows } from '../local/rows';
import { planTransfer } from '../queries/plan-ground';
import { commit } from './commit';
import { agreedOf, chosenBy } from './enroll-many';
import { notFound } from './refuse';
import { opsFor } from './save-rows';

/**
 * Moves learners to other places from a day on: the old enrollment ends the day before, the new one begins at the price in force there, and
 * progress goes along. One that has not begun by then is moved as it is, and so is one that waits: it gets a seat. One mutation, one step of
 * undo.
 *
 * Invariant: everybody leaves before anybody arrives, so that two may swap the last seats.
 */
export function transfer(context: CommandContext, input: Parsed<'assignment.transfer'>): Saved {
  const { agreed, date, overrideReason, notes } = input;
  const enrollments = agreed.map(({ id }) => id);
  const plan = planTransfer({ read: context.db }, { ...input, enrollments, chosen: chosenBy(agreed) });
  const proposals = agreedOf(plan, agreed, ({ enrollmentId }) => enrollmentId ?? '');
  const leaving: Edit[] = [];
  const moving: Edit[] = [];
  const coming: Edit[] = [];
  const learnt: Edit[] = [];
  const prices: LocalOp[] = [];
  let seated = 0;
  for (const proposal of proposals) {
    const row = readRow(context.db, 'course_enrollments', proposal.enrollmentId ?? '');
    if (!row) throw notFound(`${proposal.name} is no longer enrolled there. Look at the plan again.`);
    const over = proposal.isOver && overrideReason ? { overrideReason } : {};
    const waits = isWaiting(row['status']);
    if (waits || String(row['enrollmentDate']) >= date) {
      const standing = waits ? { status: 'active' } : {};
      moving.push(edit(row.id, { ...configurationOf(proposal), enrollmentDate: date, ...standing, ...over }));
      if (waits) seated++;
      prices.push(priceShown(row, proposal));
      continue;
    }
    const id = newId(context.now());
    leaving.push(edit(row.id, { status: 'withdrawn', completionDate: dayBefore(date) }));
    coming.push({ op: 'insert', entity: 'course_enrollments', id, values: valuesOf(row, proposal, input) });
    learnt.push(...progressOf(context, row.id, id));
  }
  if (notes) for (const { values } of moving.filter(isUpdate)) values['assignmentNotes'] = notes;
  const who = proposals.length === 1 ? (proposals[0]?.name ?? '') : counted(proposals.length, 'student');
  const label =
    `${seated === proposals.length ? 'Give a seat to' : 'Transfer'} ${who} from ${dateText(date, 'en')}`.slice(0, 200);
  const ops = [...opsFor(context, [...leaving, ...moving, ...coming, ...learnt]), ...prices];
  return { ...commit(context, { label, via: 'transfer', ops }), ids: [...coming, ...moving].map(({ id }) => id) };
}

const edit = (id: string, values: Record<string, unknown>): Edit => ({
  ...{ op: 'update', entity: 'course_enrollments', id, values },
});
const isUpdate = (one: Edit): one is Extract<Edit, { op: 'update' }> => one.op === 'update';

/** The server agrees the new price by itself; until it has, it is shown. */
const priceShown = (row: AnyRow, { price, currency }: Proposal): LocalOp => ({
  ...{ entity: 'course_enrollments', op: 'update', id: row.id, version: row.rowVersion, implied: true },
  base: { priceAgreed: row['priceAgreed'], currency: row['currency'] },
  patch: { priceAgreed: price, currency },
});

const valuesOf = (
  row: AnyRow,
  proposal: Proposal,
  { date, notes, overrideReason, agreed }: Parsed<'assignment.transfer'>,
): Record<string, unknown> => ({
  ...{ programId: row['programId'], studentId: row['studentId'], courseId: row['courseId'] },
  ...configurationOf(proposal),
  ...{ enrollmentDate: date, status: row['status'], progressPercentage: row['progressPercentage'] },
  assignmentType: agreed.length > 1 ? 'bulk_assigned' : 'direct',
  ...(notes ? { assignmentNotes: notes } : {}),
  ...(proposal.isOver && overrideReason ? { overrideReason } : {}),
});

const carried = ['lessonId', 'completed', 'completedAt', 'timeSpentSeconds', 'programId'] as const;

/** What was learnt belongs to the enrollment: the old one keeps it, the new one begins with it. */
const progressOf = (context: CommandContext, from: string, to: string): Edit[] =>
  readRows(context.db, 'lesson_progress', 'where t.enrollment_id = ? order by t.id', from).map((row) => ({
    ...{ op: 'insert' as const, entity: 'lesson_progress' as const, id: newId(context.now()) },
    values: { enrollmentId: to, ...Object.fromEntries(carried.map((field) => [field, row[field] ?? null])) },
  }));
