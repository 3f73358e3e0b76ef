import type { Output, Parsed } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { mayRead } from '../../../shared/rules/permit';
import type { CommandContext } from '../context';
import { readRows } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { forbidden, notFound } from './refuse';

/**
 * Shows a student's confidential record.
 * Security: the reveal is in the outbox, durably, before anything is shown, so that it reaches the audit trail from an offline desk as well.
 */
export function revealConfidential(
  context: CommandContext,
  { studentId, reason }: Parsed<'confidential.reveal'>,
): Output<'confidential.reveal'> {
  const entity = entityOf('student_confidential');
  if (!mayRead(context.session, entity))
    throw forbidden('Only program coordinators and program admins can see confidential records.');
  const [row] = readRows(context.db, 'student_confidential', 'where t.student_id = ?', studentId);
  if (!row) throw notFound('Nothing confidential has been recorded for this student yet.');
  const label = `Reveal confidential record of ${titleOf(context.db, 'students', studentId)}`.slice(0, 200);
  const op = { entity: entity.name, op: 'reveal' as const, id: row.id, version: row.rowVersion, reason };
  commit(context, { label, via: 'reveal', ops: [op], undo: null });
  return row;
}
