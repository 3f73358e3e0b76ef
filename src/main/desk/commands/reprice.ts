import type { Parsed, Saved } from '../../../shared/contract/requests';
import { counted } from '../../../shared/rules/counted';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { planReprice } from '../queries/plan-reprice';
import { commit } from './commit';
import { conflict, forbidden } from './refuse';

/** Agrees on the prices in force on a day with those enrolled already: an act of its own, with a reason, in one batch. */
export function reprice(context: CommandContext, { enrollments, date, reason }: Parsed<'assignment.reprice'>): Saved {
  const plan = planReprice(context, { enrollments, date });
  if (plan.whyNot !== null) throw forbidden(plan.whyNot);
  if (plan.lines.length === 0) throw conflict('No price agreed would change. Choose another day or other enrollments.');
  const ops = plan.lines.flatMap(({ id, before, after }): LocalOp[] => {
    const row = readRow(context.db, 'course_enrollments', id);
    if (!row) return [];
    const head = { entity: 'course_enrollments', op: 'update' as const, id, version: row.rowVersion, reason };
    return [{ ...head, base: { priceAgreed: before }, patch: { priceAgreed: after } }];
  });
  const label = `Re-price ${counted(ops.length, 'enrollment')}: ${reason}`.slice(0, 200);
  return commit(context, { label, via: 'prices', ops });
}
