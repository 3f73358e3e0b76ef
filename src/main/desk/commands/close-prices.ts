import { closedBy, dayBefore, type PriceRow } from '../../../shared/rules/pricing';
import { entityOf } from '../../../shared/entities';
import { whyNot } from '../../../shared/rules/permit';
import { pricesOf } from '../queries/prices';
import type { Draft } from './draft';

const pricing = 'facility_course_pricing';

/** Rule 1: a new price closes the one before it, the day before, in the same mutation: undoing one undoes both. */
export function closePrices(draft: Draft): void {
  for (const { entity, before, after } of [...draft.rows.values()]) {
    if (entity !== pricing || before || !after) continue;
    const wanted = after as unknown as PriceRow;
    if (!wanted.effectiveDate || !wanted.courseId || !wanted.facilityId) continue;
    const stored = pricesOf(draft.context.db, wanted.courseId, wanted.facilityId).filter(
      (price) => !draft.rows.has(`${pricing} ${price.id}`),
    );
    const old = closedBy(stored, { ...wanted, endDate: wanted.endDate ?? null, isActive: wanted.isActive !== false });
    const row = old && draft.now(pricing, old.id);
    if (!old || !row || whyNot(draft.context.session, entityOf(pricing), 'update', row)) continue;
    const endDate = dayBefore(wanted.effectiveDate);
    const base = { endDate: old.endDate };
    draft.add({ entity: pricing, op: 'update', id: old.id, version: row.rowVersion, base, patch: { endDate } }, '');
  }
}
