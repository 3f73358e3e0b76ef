import { isReason, isSeated } from '../../../shared/rules/capacity';
import { seatKey } from '../../../shared/rules/assignment';
import type { AnyRow } from '../../../shared/model';
import { priceInForce, type PriceKey, type PriceRow } from '../../../shared/rules/pricing';
import { fullFor, missingText } from '../queries/quote';
import { pricesOf } from '../queries/prices';
import { heldBy } from '../queries/occupancy';
import type { Draft } from './draft';

/**
 * Rules 2 to 4 for a new enrollment: writes the price in force into it as the price agreed, or says what stands against it.
 */
export function lockPrice(draft: Draft, values: Record<string, unknown>, path: string): void {
  const { context } = draft;
  const date = values['enrollmentDate'];
  const key = values as unknown as PriceKey;
  const parts = [
    key.courseId,
    key.facilityId,
    key.ageGroup,
    key.locationType,
    key.sessionType,
    date,
    values['studentId'],
  ];
  // What is missing is told by the checks of each field.
  if (parts.some((part) => typeof part !== 'string')) return;
  const facility = draft.now('facilities', key.facilityId);
  if (facility && facility['status'] !== 'active') {
    const why = facility['status'] === 'maintenance' ? 'is in maintenance' : 'is not active';
    draft.issue(
      path,
      'facilityId',
      `${String(facility['name'])} ${why} and takes no new enrollments. Choose another facility.`,
    );
  }
  const takesSeat = isSeated(values['status'] ?? 'active');
  const full = takesSeat && !isReason(values['overrideReason']) ? fullIn(draft, key) : null;
  if (full)
    draft.issue(path, 'overrideReason', `${full} Say why it may go over, or choose another facility or session.`);
  const isHeld = heldBy(context.db, String(values['studentId']), key.courseId, key.facilityId).some((id) =>
    // The same action may end it.
    isSeated(draft.now('course_enrollments', id)?.['status']),
  );
  if (takesSeat && isHeld) {
    draft.issue(
      path,
      'courseId',
      'The student takes this course at this facility already. End that enrollment first, or choose another.',
    );
  }
  const found = priceFor(draft, values, path);
  if (found) Object.assign(values, { priceAgreed: found.price, currency: found.currency });
}

/** How full it is, as the same action leaves it: some of it leave, others have come. */
function fullIn(draft: Draft, key: PriceKey): string | null {
  const sits = (row: AnyRow | null): boolean =>
    row !== null && isSeated(row['status']) && seatKey(row as unknown as PriceKey) === seatKey(key);
  let more = 0;
  for (const { entity, before, after } of draft.rows.values())
    if (entity === 'course_enrollments') more += Number(sits(after)) - Number(sits(before));
  return fullFor(draft.context.db, key, more);
}

const configuration = ['facilityId', 'courseId', 'ageGroup', 'locationType', 'sessionType', 'enrollmentDate'];

/** An enrollment that moves to another configuration needs a price there, which becomes the one agreed. */
export function checkMove(
  draft: Draft,
  patch: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
): void {
  if (Object.keys(patch).some((field) => configuration.includes(field))) priceFor(draft, after, path);
}

function priceFor(draft: Draft, values: Record<string, unknown>, path: string): PriceRow | null {
  const key = values as unknown as PriceKey;
  const date = String(values['enrollmentDate']);
  const prices = draft.memo(`all prices ${key.courseId} ${key.facilityId}`, () =>
    pricesOf(draft.context.db, key.courseId, key.facilityId),
  );
  const found = priceInForce(prices, key, date);
  if (!found) {
    const what = missingText(draft.context.db, key, String(values['programId'] ?? ''));
    draft.issue(path, 'facilityId', `No price is in force on ${date} for ${what}. A program admin can add one.`);
  }
  return found;
}
