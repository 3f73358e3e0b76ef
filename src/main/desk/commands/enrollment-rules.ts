import { isPlaced, isReason, isSeated, isWaiting } from '../../../shared/rules/capacity';
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
  checkPlace(draft, key, path);
  const status = values['status'] ?? 'active';
  if (isWaiting(status)) checkWaitlist(draft, values['programId'], path);
  if (isSeated(status)) checkSeat(draft, key, values['overrideReason'], path);
  if (isPlaced(status)) checkTwice(draft, key, String(values['studentId']), null, path);
  const found = priceFor(draft, values, path);
  if (found) Object.assign(values, { priceAgreed: found.price, currency: found.currency });
}

/** A facility out of service takes nobody. */
function checkPlace(draft: Draft, { facilityId }: PriceKey, path: string): void {
  const facility = draft.now('facilities', facilityId);
  if (!facility || facility['status'] === 'active') return;
  const why = facility['status'] === 'maintenance' ? 'is in maintenance' : 'is not active';
  draft.issue(
    path,
    'facilityId',
    `${String(facility['name'])} ${why} and takes no new enrollments. Choose another facility.`,
  );
}

/** @param reason the one given for this seat; a reason counts once */
function checkSeat(draft: Draft, key: PriceKey, reason: unknown, path: string): void {
  const full = isReason(reason) ? null : fullIn(draft, key);
  if (full)
    draft.issue(path, 'overrideReason', `${full} Say why it may go over, or choose another facility or session.`);
}

/** A waitlist is a program's choice. */
function checkWaitlist(draft: Draft, programId: unknown, path: string): void {
  const program = typeof programId === 'string' ? draft.now('programs', programId) : null;
  if (!program || program['usesWaitlist'] === true) return;
  draft.issue(
    path,
    'status',
    `${String(program['name'])} uses no waitlist. A program admin can switch it on in the program.`,
  );
}

function checkTwice(draft: Draft, key: PriceKey, studentId: string, own: string | null, path: string): void {
  const held = heldBy(draft.context.db, studentId, key.courseId, key.facilityId)
    .filter((id) => id !== own)
    // The same action may end it.
    .map((id) => draft.now('course_enrollments', id)?.['status'])
    .find(isPlaced);
  if (held === undefined) return;
  draft.issue(
    path,
    'courseId',
    isWaiting(held)
      ? 'The student waits for this course at this facility already. Give them a seat from the waitlist, or take them off it first.'
      : 'The student takes this course at this facility already. End that enrollment first, or choose another.',
  );
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

const placed = ['facilityId', 'ageGroup', 'locationType', 'sessionType'];
const agreedOn = [...placed, 'courseId', 'enrollmentDate'];

/**
 * Rules 2 to 4 for an enrollment that changes: one that moves needs a price there, which becomes the one agreed; one that moves, or begins
 * again, needs a seat.
 */
export function checkMove(
  draft: Draft,
  before: AnyRow,
  patch: Record<string, unknown>,
  after: Record<string, unknown>,
  path: string,
): void {
  const changes = (fields: readonly string[]): boolean => fields.some((field) => Object.hasOwn(patch, field));
  const key = after as unknown as PriceKey;
  const isGivenSeat = isWaiting(before['status']) && isSeated(after['status']);
  if (changes(agreedOn) || isGivenSeat) priceFor(draft, after, path);
  const isElsewhere = changes(placed);
  if (isElsewhere) checkPlace(draft, key, path);
  if (isWaiting(after['status']) && !isWaiting(before['status'])) checkWaitlist(draft, after['programId'], path);
  if (isSeated(after['status']) && (!isSeated(before['status']) || isElsewhere))
    checkSeat(draft, key, patch['overrideReason'], path);
  if (isPlaced(after['status']) && (!isPlaced(before['status']) || isElsewhere))
    checkTwice(draft, key, String(after['studentId']), before.id, path);
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
