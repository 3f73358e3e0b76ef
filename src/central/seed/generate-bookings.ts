/** Slots find clients: bookings past and to come, the sessions they became, and what clients thought of them. */
import type { Mentor } from './generate-mentoring';
import { mentorReviews, sessionNotes } from './plan-mentoring';
import type { Random } from './random';
import type { SeedRow } from './rows';
import { coordinatorId, type Block } from './world';

type Booking = SeedRow<'bookings'>;
type Session = SeedRow<'mentoring_sessions'>;
type Slot = SeedRow<'availability_slots'>;

export interface Bookings {
  bookings: Booking[];
  sessions: Session[];
  reviews: SeedRow<'booking_reviews'>[];
  services: Map<string, SeedRow<'services'>>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAST_SHARE = 0.45;
const COMING_SHARE = 0.35;

/** Who has an hour taken already, so that nobody sits in two sessions at once. */
type Diary = Set<string>;

export function bookSlots(block: Block, mentors: Mentor[], clients: SeedRow<'users'>[]): Bookings {
  const made: Bookings = {
    bookings: [],
    sessions: [],
    reviews: [],
    services: new Map(mentors.flatMap(({ services }) => services.map((service) => [service.id, service]))),
  };
  const able = clients.filter(({ status, createdAt }) => status === 'active' && createdAt < block.world.now - 2 * DAY);
  if (able.length === 0) return made;
  const diary: Diary = new Set();
  for (const mentor of mentors) {
    for (const slot of mentor.slots) {
      const random = block.random('booking', slot.id);
      const isPast = slot.period[1] <= block.world.now;
      if (slot.status !== 'available' || !random.chance(isPast ? PAST_SHARE : COMING_SHARE)) continue;
      const client = clientFor(able, slot, diary, random);
      if (client) bookSlot(block, made, mentor, slot, client, isPast, random);
      const last = made.bookings.at(-1);
      // What was given back is taken by somebody else now and then.
      if (!last || last.slotId !== slot.id || !last.status.startsWith('cancelled') || !random.chance(0.4)) continue;
      const other = clientFor(able, slot, diary, random);
      const from = (last.cancelledAt ?? 0) + HOUR;
      if (other && from + HOUR < Math.min(slot.period[0], block.world.now))
        bookSlot(block, made, mentor, slot, other, isPast, random, from);
    }
  }
  return made;
}

function clientFor(clients: SeedRow<'users'>[], slot: Slot, diary: Diary, random: Random): SeedRow<'users'> | null {
  const client = random.pick(clients);
  const key = `${client.id} ${Math.floor(slot.period[0] / (2 * HOUR))}`;
  if (client.createdAt > slot.period[0] - 2 * DAY || diary.has(key)) return null;
  diary.add(key);
  return client;
}

/** @param from not booked before; a slot that was given back is taken for good */
function bookSlot(
  block: Block,
  made: Bookings,
  mentor: Mentor,
  slot: Slot,
  client: SeedRow<'users'>,
  isPast: boolean,
  random: Random,
  from = 0,
): void {
  const { now } = block.world;
  const [start, end] = slot.period;
  const minutes = (end - start) / 60_000;
  const fitting = mentor.services.filter(({ durationMinutes }) => durationMinutes <= minutes);
  const service = fitting.length > 0 && random.chance(0.92) ? random.pick(fitting) : null;
  const earliest = Math.max(slot.createdAt + HOUR, client.createdAt + HOUR, from);
  const createdAt = within(earliest, Math.min(start, now), 0.2 + random.next() * 0.5);
  const status = statusFor(start, isPast, from > 0, now, random);
  const kind = random.pick(['video', 'video', 'phone', 'in_person'] as const);
  const coordinator = coordinatorId(block.world, block.plan.code);
  const row: Booking = {
    id: block.id('bookings', slot.id, from > 0 ? 1 : 0),
    programId: block.programId,
    mentorId: mentor.row.id,
    clientId: client.id,
    serviceId: service?.id ?? null,
    slotId: slot.id,
    period: [start, service ? start + service.durationMinutes * 60_000 : end],
    status,
    sessionType: kind,
    ...meeting(kind, status, random),
    cancelledAt: null,
    createdAt,
    createdBy: random.chance(0.7) ? client.id : coordinator,
  };
  rememberBooking(block, row, coordinator, random);
  made.bookings.push(row);
  settleSlot(slot, row);
  made.sessions.push(sessionFor(block, row, random));
  const review = reviewFor(block, row, random);
  if (review) made.reviews.push(review);
}

const within = (from: number, to: number, share: number): number => Math.floor(from + Math.max(0, to - from) * share);

function statusFor(start: number, isPast: boolean, isSecond: boolean, now: number, random: Random): Booking['status'] {
  const draw = random.next();
  if (!isPast) {
    if (isSecond) return 'confirmed';
    return draw < 0.6 ? 'confirmed' : draw < 0.88 ? 'pending' : draw < 0.95 ? 'cancelled_client' : 'cancelled_mentor';
  }
  // Yesterday's: some have not been closed yet.
  if (start > now - 2 * DAY && draw < 0.5) return 'confirmed';
  if (isSecond) return 'completed';
  return draw < 0.78 ? 'completed' : draw < 0.92 ? 'cancelled_client' : 'cancelled_mentor';
}

function meeting(kind: Booking['sessionType'], status: Booking['status'], random: Random) {
  const letters = (count: number) =>
    Array.from({ length: count }, () => String.fromCharCode(random.int(97, 122))).join('');
  const meetingId = `${letters(3)}-${letters(4)}-${letters(3)}`;
  return kind === 'video' && status !== 'pending'
    ? { meetingId, meetingUrl: `https://meet.provost.example/${meetingId}` }
    : { meetingId: null, meetingUrl: null };
}

/** Asked for, confirmed, and then what became of it. */
function rememberBooking(block: Block, row: Booking, coordinator: string, random: Random): void {
  if (row.status === 'pending') return;
  const until = Math.min(row.period[0], block.world.now);
  const confirmed = within(row.createdAt, until, 0.1 + random.next() * 0.2) + 1;
  const pending = { status: 'pending', meetingId: null, meetingUrl: null } as const;
  if (row.status.startsWith('cancelled')) {
    const at = within(confirmed, until, 0.2 + random.next() * 0.4) + 1;
    row.cancelledAt = at;
    const by = row.status === 'cancelled_client' ? row.clientId : coordinator;
    row.earlier = [
      { at: confirmed, by: coordinator, from: changed(row, pending) },
      { at, by, from: { status: 'confirmed', cancelledAt: null } },
    ];
    return;
  }
  row.earlier = [{ at: confirmed, by: coordinator, from: changed(row, pending) }];
  if (row.status === 'completed')
    row.earlier.push({
      at: Math.max(confirmed + 1, Math.min(row.period[1] + random.int(2, 90) * 60_000, block.world.now)),
      by: coordinator,
      from: { status: 'confirmed' },
    });
}

/** Only what really was different. */
const changed = <T extends Partial<Booking>>(row: Booking, before: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(before).filter(([name, value]) => row[name as keyof Booking] !== value),
  ) as Partial<T>;

function settleSlot(slot: Slot, booking: Booking): void {
  if (booking.status.startsWith('cancelled')) return;
  slot.status = 'booked';
  slot.earlier = [{ at: booking.createdAt, by: booking.createdBy, from: { status: 'available' } }];
}

/** Every booking has one from the moment it is made. */
function sessionFor(block: Block, booking: Booking, random: Random): Session {
  const { createdAt } = booking;
  const [start, end] = booking.period;
  const isCancelled = booking.status.startsWith('cancelled');
  const isHeld = booking.status === 'completed';
  const isRunning = booking.status === 'confirmed' && start < block.world.now;
  const startedAt = isHeld || isRunning ? start + random.int(0, 6) * 60_000 : null;
  const endedAt = isHeld ? Math.min(end + random.int(-4, 12) * 60_000, block.world.now) : null;
  const open = { status: 'upcoming', startedAt: null, endedAt: null, notes: null, cancelledAt: null } as const;
  const session: Session = {
    id: block.id('mentoring_sessions', booking.id),
    programId: block.programId,
    bookingId: booking.id,
    status: isCancelled ? 'cancelled' : isHeld ? 'completed' : isRunning ? 'active' : 'upcoming',
    startedAt,
    endedAt,
    cancelledAt: isCancelled ? booking.cancelledAt : null,
    notes: isHeld && random.chance(0.5) ? random.pick(sessionNotes) : null,
    createdAt,
    createdBy: coordinatorId(block.world, block.plan.code),
  };
  const at = booking.cancelledAt ?? endedAt ?? startedAt;
  if (at !== null && at > createdAt) {
    const from = Object.fromEntries(
      Object.entries(open).filter(([name, value]) => session[name as keyof Session] !== value),
    ) as Partial<Session>;
    session.earlier = [{ at: Math.min(at, block.world.now), by: session.createdBy, from }];
  }
  return session;
}

function reviewFor(block: Block, booking: Booking, random: Random): SeedRow<'booking_reviews'> | null {
  if (booking.status !== 'completed' || !random.chance(0.6)) return null;
  const rating = random.pick([5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1]);
  const closed = booking.earlier?.at(-1)?.at ?? booking.period[1];
  return {
    id: block.id('booking_reviews', booking.id),
    programId: block.programId,
    bookingId: booking.id,
    reviewerId: booking.clientId,
    mentorId: booking.mentorId,
    rating,
    comment: random.chance(0.75) ? random.pick(mentorReviews[rating] ?? []) : null,
    createdAt: Math.min(closed + random.int(1, 60) * HOUR, block.world.now),
    createdBy: booking.clientId,
  };
}
