/**
 * Rule 10: a booking lies inside an available slot of its mentor, never over another of the same mentor, and takes the slot whole. One review per
 * completed booking, by its client.
 *
 * Pure, over the rows around it, and with the same codes and details as the central database: early help on the desk, judged again there.
 */
import type { RefusalDetail } from '../contract/wire';

export type BookingStatus = 'pending' | 'confirmed' | 'completed' | 'cancelled_client' | 'cancelled_mentor';
export const cancelledStatuses: readonly BookingStatus[] = ['cancelled_client', 'cancelled_mentor'];
/** What is over stays as it was. */
export const closedStatuses: readonly BookingStatus[] = ['completed', ...cancelledStatuses];

/** Where a booking may go from where it is. */
export const bookingMoves: Record<BookingStatus, readonly BookingStatus[]> = {
  pending: ['confirmed', ...cancelledStatuses],
  confirmed: ['pending', 'completed', ...cancelledStatuses],
  completed: [],
  cancelled_client: [],
  cancelled_mentor: [],
};

/** Start and end in milliseconds; the end is not part of it. */
export type Period = readonly [start: number, end: number];
export const overlaps = (a: Period, b: Period): boolean => a[0] < b[1] && b[0] < a[1];
const holds = (outer: Period, inner: Period): boolean => outer[0] <= inner[0] && inner[1] <= outer[1];

export interface SlotRow {
  id: string;
  period: Period;
  status: 'available' | 'held' | 'booked' | 'blocked';
}
export interface BookingRow {
  id: string;
  mentorId: string;
  clientId: string;
  serviceId: string | null;
  slotId: string | null;
  period: Period;
  status: BookingStatus;
}
/** Everything of the mentor that a booking is judged by. */
export interface MentorFacts {
  name: string;
  userId: string;
  isActive: boolean;
  accountStatus: string;
  timeZone: string;
  slots: readonly SlotRow[];
  bookings: readonly BookingRow[];
  serviceIds: readonly string[];
}

export const isLive = (booking: Pick<BookingRow, 'status'>): boolean => !cancelledStatuses.includes(booking.status);
const isOpen = (booking: BookingRow): boolean => !closedStatuses.includes(booking.status);

/** The slot a booking takes, its own included; null where none does. */
export function slotFor(mentor: MentorFacts, booking: BookingRow, before: BookingRow | null): SlotRow | null {
  return (
    mentor.slots.find(
      (slot) =>
        holds(slot.period, booking.period) &&
        (slot.status === 'available' || (before !== null && isLive(before) && slot.id === before.slotId)),
    ) ?? null
  );
}

/** What stands against a booking as it would be; null where nothing does. */
export function bookingProblem(
  mentor: MentorFacts,
  booking: BookingRow,
  before: BookingRow | null,
  now: number,
): RefusalDetail | null {
  const refuse = (code: string, field: string, detail: Record<string, unknown> = {}): RefusalDetail => ({
    code,
    entity: 'bookings',
    id: booking.id,
    fields: [field],
    detail,
  });
  const at = (period: Period) => ({ start: period[0], end: period[1], timeZone: mentor.timeZone });
  const isMoved = !before || before.period[0] !== booking.period[0] || before.period[1] !== booking.period[1];
  const { status, period } = booking;
  if (!before && !isOpen(booking)) return refuse('booking-status', 'status', { to: status, why: 'new' });
  if (before) {
    const from = before.status;
    const isAllowed = status === from || bookingMoves[from].includes(status);
    if (!isAllowed || (isMoved && closedStatuses.includes(from)))
      return refuse('booking-status', isMoved ? 'period' : 'status', { from, to: status, why: 'closed' });
    if (status !== from && status === 'completed' && period[0] > now)
      return refuse('booking-status', 'status', { from, to: status, why: 'early', ...at(period) });
  }
  if (!isLive(booking)) return null;
  if (booking.serviceId && booking.serviceId !== before?.serviceId && !mentor.serviceIds.includes(booking.serviceId))
    return refuse('wrong-mentor', 'serviceId', { mentor: mentor.name });
  if (!before && booking.clientId === mentor.userId) return refuse('own-booking', 'clientId', { mentor: mentor.name });
  if (!isMoved) return null;
  if (!mentor.isActive || mentor.accountStatus === 'suspended') {
    const why = mentor.isActive ? 'suspended' : 'inactive';
    return refuse('mentor-unavailable', 'mentorId', { mentor: mentor.name, why });
  }
  if (period[0] <= now) return refuse('booking-past', 'period', at(period));
  return slotFor(mentor, booking, before) ? null : noSlot();

  function noSlot(): RefusalDetail {
    const next = mentor.slots
      .filter((slot) => slot.status === 'available' && slot.period[0] > now)
      .filter((slot) => slot.period[1] - slot.period[0] >= period[1] - period[0])
      .sort((a, b) => a.period[0] - b.period[0])[0];
    const free = next ? { nextStart: next.period[0], nextEnd: next.period[1] } : {};
    const taken = mentor.slots.find((slot) => holds(slot.period, period));
    if (taken)
      return refuse('slot-taken', 'period', { ...free, slotId: taken.id, status: taken.status, ...at(taken.period) });
    const other = mentor.bookings.find((one) => one.id !== booking.id && isLive(one) && overlaps(one.period, period));
    if (other) return refuse('booking-overlap', 'period', { ...free, otherId: other.id, ...at(other.period) });
    return refuse('no-slot', 'period', { ...free, ...at(period) });
  }
}

/** What stands against a slot as it would be: another slot of the mentor, or the booking that holds it. */
export function slotProblem(
  mentor: Pick<MentorFacts, 'slots' | 'bookings' | 'timeZone'>,
  slot: SlotRow,
  before: SlotRow | null,
): RefusalDetail | null {
  const refuse = (code: string, field: string, detail: Record<string, unknown> = {}): RefusalDetail => ({
    code,
    entity: 'availability_slots',
    id: slot.id,
    fields: [field],
    detail,
  });
  const at = (period: Period) => ({ start: period[0], end: period[1], timeZone: mentor.timeZone });
  const isMoved = !before || before.period[0] !== slot.period[0] || before.period[1] !== slot.period[1];
  const holder = mentor.bookings.find((booking) => booking.slotId === slot.id && isLive(booking));
  if (holder && before && (isMoved || slot.status !== before.status))
    return refuse('slot-in-use', isMoved ? 'period' : 'status', { bookingId: holder.id, ...at(before.period) });
  if (!holder && slot.status === 'booked' && before?.status !== 'booked') return refuse('slot-status', 'status');
  const other = isMoved
    ? mentor.slots.find((one) => one.id !== slot.id && overlaps(one.period, slot.period))
    : undefined;
  return other
    ? refuse('slot-overlap', 'period', { otherId: other.id, status: other.status, ...at(other.period) })
    : null;
}

/** What stands against a review. */
export function reviewProblem(
  review: { id: string; reviewerId: string; mentorId: string },
  booking: Pick<BookingRow, 'status' | 'clientId' | 'mentorId'>,
): RefusalDetail | null {
  const refuse = (why: string, field: string): RefusalDetail => ({
    code: 'review-refused',
    entity: 'booking_reviews',
    id: review.id,
    fields: [field],
    detail: { why },
  });
  if (booking.status !== 'completed') return refuse('early', 'bookingId');
  if (review.reviewerId !== booking.clientId) return refuse('client', 'reviewerId');
  if (review.mentorId !== booking.mentorId) return refuse('mentor', 'mentorId');
  return null;
}

/** The average of ratings to two decimals, halves up, as PostgreSQL rounds; null where there is none. */
export const reputationOf = (sum: number, count: number): number | null =>
  count === 0 ? null : Math.round((sum * 100) / count) / 100;
