import { entityOf } from '../../../shared/entities';
import type { EnrollmentChoice, Quote } from '../../../shared/contract/requests';
import { whoCan, whyNot } from '../../../shared/rules/permit';
import { seatKey } from '../../../shared/rules/assignment';
import { fullText, isFull } from '../../../shared/rules/capacity';
import { counted } from '../../../shared/rules/counted';
import { nextPrice, priceInForce, inForceOn, type PriceKey } from '../../../shared/rules/pricing';
import type { Query, QueryContext } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { isEnrolled, takenBy } from './occupancy';
import { usesWaitlist, waitingIn } from './plan-ground';
import { configurationText, pricesOf } from './prices';
import { titleOf } from './titles';

const pricing = entityOf('facility_course_pricing');

/** The price in force for a configuration on a day, or the name of what is missing and who can add it. */
export const quote: Query<'enrollment.quote'> = (context, input) => quoteFor(context, input, input.date);

export function quoteFor(
  { read, session }: Pick<QueryContext, 'read' | 'session'>,
  key: PriceKey,
  date: string,
): Quote {
  const prices = pricesOf(read, key.courseId, key.facilityId);
  const found = priceInForce(prices, key, date);
  const next = nextPrice(prices, key, date);
  const programId = readRow(read, 'courses', key.courseId)?.['programId'] as string | undefined;
  if (!found) {
    return {
      found: false,
      missing: missingText(read, key, programId ?? ''),
      canAdd: whyNot(session, pricing, 'create', { programId }) === null,
      whoCan: whoCan(pricing.access.create),
    };
  }
  const ahead = waitingIn(read, programId).get(seatKey(key))?.length ?? 0;
  return {
    found: true,
    full: fullFor(read, key) ?? waitedForText(read, key, ahead),
    waiting: usesWaitlist(read, programId) ? ahead : null,
    priceId: found.id,
    price: found.price,
    currency: found.currency,
    from: found.effectiveDate,
    until: found.endDate,
    next: next && { price: next.price, from: next.effectiveDate },
  };
}

/** `Learn to swim 1 at Lekki Pool for Adults, Our facility, Group` */
export const missingText = (db: Readable, key: PriceKey, programId: string): string =>
  `${titleOf(db, 'courses', key.courseId) || 'this course'} at ${titleOf(db, 'facilities', key.facilityId) || 'this facility'} for ${configurationText(db, programId, key)}`;

/** Every configuration of a course with a price on the day: what it costs, how full it is, and why it cannot be chosen. */
export const enrollmentOptions: Query<'enrollment.options'> = ({ read }, { studentId, courseId, date }) =>
  pricesOf(read, courseId)
    .filter((price) => inForceOn(price, date))
    .map((price): EnrollmentChoice => {
      const { facilityId, ageGroup, locationType, sessionType } = price;
      const facility = readRow(read, 'facilities', facilityId);
      const capacity = (facility?.['capacity'] as number | null | undefined) ?? null;
      const taken = takenBy(read, price);
      return {
        facilityId,
        facility: String(facility?.['name'] ?? ''),
        ageGroup,
        locationType,
        sessionType,
        price: price.price,
        currency: price.currency,
        taken,
        capacity,
        blocked: blockedText(read, { studentId, courseId, facilityId, status: facility?.['status'] }),
      };
    })
    .sort((a, b) => a.facility.localeCompare(b.facility) || a.price - b.price);

interface Place {
  studentId: string | undefined;
  courseId: string;
  facilityId: string;
  status: unknown;
}

/** Why a reason is needed to enroll one more; null where there is room. `more`: who comes and goes by the same action. */
export function fullFor(db: Readable, key: Omit<PriceKey, 'courseId'>, more = 0): string | null {
  const facility = readRow(db, 'facilities', key.facilityId);
  const capacity = (facility?.['capacity'] as number | null | undefined) ?? null;
  const taken = takenBy(db, key) + more;
  if (!facility || capacity === null || !isFull(capacity, taken)) return null;
  return fullText({ facility: String(facility['name']), configuration: [], taken, capacity });
}

/** A free seat is for whoever has waited longest: nobody walks past them without a reason. */
function waitedForText(db: Readable, key: PriceKey, ahead: number): string | null {
  const facility = readRow(db, 'facilities', key.facilityId);
  const capacity = (facility?.['capacity'] as number | null | undefined) ?? null;
  if (ahead === 0 || capacity === null || takenBy(db, key) + ahead < capacity) return null;
  return `The free seats of ${String(facility?.['name'])} are waited for by ${counted(ahead, 'student')}.`;
}

/** Why nobody, or not this student, can be enrolled here; null where they can. */
export function blockedText(db: Readable, { studentId, courseId, facilityId, status }: Place): string | null {
  if (status === undefined) return 'This facility is not in the data on this computer.';
  if (status === 'maintenance') return 'The facility is in maintenance and takes no new enrollments.';
  if (status === 'inactive') return 'The facility is not active and takes no new enrollments.';
  if (studentId && isEnrolled(db, studentId, courseId, facilityId))
    return 'The student takes this course at this facility already, or waits for it.';
  return null;
}
