import type { Parsed, Saved } from '../../../shared/contract/requests';
import { newId } from '../../../shared/model';
import { configurationOf, seatKey, type Plan, type Proposal } from '../../../shared/rules/assignment';
import { isReason } from '../../../shared/rules/capacity';
import { counted } from '../../../shared/rules/counted';
import type { CommandContext } from '../context';
import { mergeChanged, type Changed } from '../local/changed';
import { withRoom } from '../local/disk';
import { entryById } from '../local/outbox';
import { inTransaction } from '../local/statements';
import { letGo, writeEdits } from '../local/write';
import { planPeople } from '../queries/plan-ground';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { inverseOf } from './inverse';
import { conflict, notFound } from './refuse';
import { opsFor } from './save-rows';

type Agreed = Parsed<'assignment.enroll'>['agreed'][number];

/**
 * The proposals a person agreed to, as they stand now.
 * @throws Refusal where one of them is not what they saw: a seat was taken or a price changed meanwhile
 */
export function agreedOf(plan: Plan, agreed: readonly Agreed[], keyOf: (proposal: Proposal) => string): Proposal[] {
  const now = new Map(plan.proposals.map((proposal) => [keyOf(proposal), proposal]));
  const missing = new Map(plan.unplaced.map((one) => [one.enrollmentId ?? one.studentId, one]));
  return agreed.map((seen) => {
    const proposal = now.get(seen.id);
    if (proposal && proposal.price === seen.price && seatKey(proposal) === seatKey(seen)) return proposal;
    const gone = missing.get(seen.id);
    const why = gone ? `${gone.name}: ${gone.reason}` : `${proposal?.name ?? 'A student'} would go elsewhere now.`;
    throw conflict(`The plan changed meanwhile. ${why} Nothing was written; look at it again.`);
  });
}

/** What a person agreed to is what is planned: the very places, so that others' choices do not move them. */
export const chosenBy = (agreed: readonly Agreed[]): Parsed<'assignment.enroll'>['chosen'] =>
  agreed.map((one) => ({ id: one.id, ...configurationOf(one) }));

/** Enrolls many students as planned: one mutation, one step of undo. */
export function enrollMany(context: CommandContext, input: Parsed<'assignment.enroll'>): Saved {
  const { courseId, date, agreed, byParent, notes, overrideReason } = input;
  const students = agreed.map(({ id }) => id);
  const plan = planPeople({ read: context.db }, { ...input, students, chosen: chosenBy(agreed) });
  const proposals = agreedOf(plan, agreed, ({ studentId }) => studentId);
  const programId = courseProgram(context, courseId);
  const assignmentType = byParent ? 'parent_assigned' : proposals.length > 1 ? 'bulk_assigned' : 'direct';
  const edits = proposals.map((proposal) => ({
    ...{ op: 'insert' as const, entity: 'course_enrollments' as const, id: newId(context.now()) },
    values: {
      ...{ programId, studentId: proposal.studentId, courseId, ...configurationOf(proposal) },
      ...{ enrollmentDate: date, assignmentType },
      ...(notes ? { assignmentNotes: notes } : {}),
      ...(proposal.isOver && overrideReason ? { overrideReason } : {}),
    },
  }));
  const who = proposals.length === 1 ? (proposals[0]?.name ?? '') : counted(proposals.length, 'student');
  const label = `Enroll ${who} in ${titleOf(context.db, 'courses', courseId)}`.slice(0, 200);
  return commit(context, { label, via: 'enroll', ops: opsFor(context, edits) });
}

export function courseProgram(context: CommandContext, courseId: string): string {
  const found = context.db.prepare('select program_id from courses where id = ?').pluck().get(courseId);
  if (typeof found !== 'string') throw notFound('This course is no longer there. Choose another.');
  return found;
}

/** Sends what was refused for want of seats again, with the reason why capacity is gone over. */
export function goOver(context: CommandContext, { mutationId, overrideReason }: Parsed<'assignment.go-over'>): Saved {
  const { db } = context;
  const entry = entryById(db, mutationId);
  if (entry?.state !== 'rejected') throw notFound('This change was settled already.');
  if (entry.result?.refusal?.code !== 'facility-full' || !isReason(overrideReason))
    throw conflict('Only what was refused because a facility is full can be sent again with a reason.');
  const refused = entry.result.refusal.id;
  const ops = entry.ops.map((op) =>
    op.id === refused && op.patch ? { ...op, patch: { ...op.patch, overrideReason } } : op,
  );
  const id = newId(context.now());
  const settle = (): Changed => {
    const changed = letGo(db, mutationId, true);
    const undo = { kind: 'step' as const, inverse: inverseOf(db, ops) };
    const again = {
      mutationId: id,
      at: context.now(),
      label: entry.label,
      via: 'resolve',
      ops,
      undo,
      scopes: entry.scopes,
    };
    return mergeChanged(changed, writeEdits(db, again));
  };
  context.changed(withRoom(db, () => inTransaction(db, settle)));
  return { mutationId: id, ids: ops.map((op) => op.id) };
}
