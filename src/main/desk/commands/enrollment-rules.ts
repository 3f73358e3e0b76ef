import { priceInForce, type PriceKey } from '../../../shared/rules/pricing';
import { missingText } from '../queries/quote';
import { pricesOf } from '../queries/prices';
import { isEnrolled } from '../queries/occupancy';
import type { Draft } from './draft';

/**
 * Rules 2 to 4 for a new enrollment: writes the price in force into it as the price agreed, or says what stands against it.
 * @returns what the server fills in by itself, to show it at once
 */
export function lockedPrice(draft: Draft, values: Record<string, unknown>, path: string): Record<string, unknown> {
  const { context } = draft;
  const shown = { assignedBy: context.session.userId };
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
  if (parts.some((part) => typeof part !== 'string')) return shown;
  const facility = draft.now('facilities', key.facilityId);
  if (facility && facility['status'] !== 'active') {
    const why = facility['status'] === 'maintenance' ? 'is in maintenance' : 'is not active';
    draft.issue(
      path,
      'facilityId',
      `${String(facility['name'])} ${why} and takes no new enrollments. Choose another facility.`,
    );
  }
  const isActive = (values['status'] ?? 'active') === 'active';
  if (isActive && isEnrolled(context.db, String(values['studentId']), key.courseId, key.facilityId)) {
    draft.issue(
      path,
      'courseId',
      'The student takes this course at this facility already. End that enrollment first, or choose another.',
    );
  }
  const found = priceInForce(
    draft.memo(`all prices ${key.courseId} ${key.facilityId}`, () =>
      pricesOf(context.db, key.courseId, key.facilityId),
    ),
    key,
    date as string,
  );
  if (found) Object.assign(values, { priceAgreed: found.price, currency: found.currency });
  else {
    const what = missingText(context.db, key, String(values['programId'] ?? ''));
    draft.issue(
      path,
      'facilityId',
      `No price is in force on ${String(date)} for ${what}. A program admin can add one.`,
    );
  }
  return shown;
}
