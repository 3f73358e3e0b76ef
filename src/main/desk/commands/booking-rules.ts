import type { RefusalDetail } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import {
  bookingProblem,
  cancelledStatuses,
  isLive,
  reviewProblem,
  slotFor,
  slotProblem,
  type BookingRow,
  type MentorFacts,
  type SlotRow,
} from '../../../shared/rules/booking';
import { wordsFor } from '../../../shared/rules/refusals';
import type { LocalOp } from '../local/replay';
import { statement } from '../local/statements';
import { commissionOf } from '../queries/mentoring';
import { titleOf } from '../queries/titles';
import type { Draft, DraftRow } from './draft';

/**
 * Rule 10 on the desk, however the booking came: by the dialog, a grid, a paste or an import. What the server does as a consequence (the slot
 * becomes booked or free again, the session follows) is shown at once and sent by nobody.
 */
export function checkMentoring(draft: Draft): void {
  const rows = Map.groupBy(draft.rows.values(), ({ entity }) => entity);
  const of = (name: EntityName): DraftRow[] => (rows.get(name) ?? []).filter((row) => row.after !== null);
  // What is brought back was right once; whether its place is still free the server says.
  const restored = new Set(draft.ops.filter((op) => op.op === 'restore').map((op) => op.id));
  for (const row of of('mentors')) checkZone(draft, row);
  for (const row of of('availability_slots')) if (!restored.has(row.after!.id)) checkSlot(draft, row);
  for (const row of of('bookings')) if (!restored.has(row.after!.id)) checkBooking(draft, row);
  for (const row of of('booking_reviews')) checkReview(draft, row);
  for (const row of of('payments')) showCommission(draft, row);
}

function say(draft: Draft, path: string, refusal: RefusalDetail | null): boolean {
  if (!refusal) return false;
  const { message, next } = wordsFor(refusal, {
    titleOf: (name, id) => titleOf(draft.context.db, name as EntityName, id),
  });
  draft.issue(path, refusal.fields?.[0] ?? 'id', `${message} ${next}`);
  return true;
}

function checkZone(draft: Draft, { before, after, path }: DraftRow): void {
  const zone = after?.['timeZone'];
  if (typeof zone !== 'string' || zone === before?.['timeZone']) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    draft.issue(path, 'timeZone', `No time zone is called “${zone}”. Write it like Africa/Lagos or Europe/London.`);
  }
}

const isPeriod = (value: unknown): boolean => Array.isArray(value) && value.length === 2;

function checkSlot(draft: Draft, { before, after, path }: DraftRow): void {
  if (!after || !isPeriod(after['period'])) return;
  const slot = slotRow(after);
  const facts = draft.memo(`facts ${String(after['mentorId'])}`, () => mentorFacts(draft, String(after['mentorId'])));
  if (facts) say(draft, path, slotProblem(facts, slot, before && slotRow(before)));
}

function checkBooking(draft: Draft, { before, after, path }: DraftRow): void {
  if (!after || !isPeriod(after['period'])) return;
  const [booking, was] = [bookingRow(after), before && bookingRow(before)];
  // Anew for each: what the one before took is no longer free.
  const facts = mentorFacts(draft, booking.mentorId);
  if (!facts || say(draft, path, bookingProblem(facts, booking, was, draft.context.now()))) return;
  const isMoved = !was || was.period[0] !== booking.period[0] || was.period[1] !== booking.period[1];
  const slot = isLive(booking) && isMoved ? slotFor(facts, booking, was) : null;
  const imply = (entity: EntityName, id: string, patch: Record<string, unknown>): void =>
    implied(draft, entity, id, patch);
  if (was?.slotId && isLive(was) && (!isLive(booking) || (slot && slot.id !== was.slotId)))
    imply('availability_slots', was.slotId, { status: 'available' });
  if (slot) {
    imply('availability_slots', slot.id, { status: 'booked' });
    imply('bookings', booking.id, { slotId: slot.id });
  }
  if (was && was.status !== booking.status) followStatus(draft, booking, imply);
}

function followStatus(
  draft: Draft,
  booking: BookingRow,
  imply: (entity: EntityName, id: string, patch: Record<string, unknown>) => void,
): void {
  const isCancelled = cancelledStatuses.includes(booking.status);
  const at = draft.context.now();
  if (isCancelled) imply('bookings', booking.id, { cancelledAt: at });
  if (!isCancelled && booking.status !== 'completed') return;
  const session = statement(draft.context.db, 'select id from mentoring_sessions where booking_id = ?')
    .pluck()
    .get(booking.id) as string | undefined;
  if (session)
    imply(
      'mentoring_sessions',
      session,
      isCancelled ? { status: 'cancelled', cancelledAt: at } : { status: 'completed' },
    );
}

function implied(draft: Draft, entity: EntityName, id: string, patch: Record<string, unknown>): void {
  const row = draft.now(entity, id);
  if (!row) return;
  const base = Object.fromEntries(Object.keys(patch).map((field) => [field, row[field] ?? null]));
  draft.add({ entity, op: 'update', id, version: 0, base, patch, implied: true }, '');
}

/** A booking that is deleted frees its slot. */
export function freedSlots(
  read: (name: EntityName, id: string) => AnyRow | null,
  bookingIds: readonly string[],
): LocalOp[] {
  return bookingIds.flatMap((id): LocalOp[] => {
    const row = read('bookings', id);
    const slotId = row?.['slotId'];
    if (!row || typeof slotId !== 'string' || !isLive(bookingRow(row))) return [];
    if (read('availability_slots', slotId)?.['status'] !== 'booked') return [];
    return [
      {
        entity: 'availability_slots',
        op: 'update',
        id: slotId,
        version: 0,
        base: { status: 'booked' },
        patch: { status: 'available' },
        implied: true,
      },
    ];
  });
}

function checkReview(draft: Draft, { after, path }: DraftRow): void {
  const booking = typeof after?.['bookingId'] === 'string' ? draft.now('bookings', after['bookingId']) : null;
  if (!after || !booking) return;
  const { id, reviewerId, mentorId } = after as unknown as { id: string; reviewerId: string; mentorId: string };
  say(draft, path, reviewProblem({ id, reviewerId, mentorId }, bookingRow(booking)));
}

/** What the server will take of it, to show it at once. */
function showCommission(draft: Draft, { before, after }: DraftRow): void {
  if (!after?.['bookingId'] || after['status'] !== 'succeeded' || typeof after['amount'] !== 'number') return;
  if (before && (before['status'] === 'succeeded' || before['status'] === 'refunded')) return;
  implied(draft, 'payments', after.id, { commission: commissionOf(draft.context.db, after['amount']) });
}

const slotRow = (row: AnyRow): SlotRow => row as unknown as SlotRow;
const bookingRow = (row: AnyRow): BookingRow => row as unknown as BookingRow;

/** Everything of a mentor that counts, with the drafted rows as they will be. Null where the mentor is not on this desk. */
function mentorFacts(draft: Draft, mentorId: string): MentorFacts | null {
  const mentor = draft.now('mentors', mentorId);
  if (!mentor) return null;
  const account = draft.now('users', String(mentor['userId']));
  const of = (name: EntityName): AnyRow[] => {
    const stored = statement(draft.context.db, `select id from ${name} where mentor_id = ?`)
      .pluck()
      .all(mentorId) as string[];
    const drafted = [...draft.rows.values()].filter(
      (row) => row.entity === name && row.after?.['mentorId'] === mentorId,
    );
    const ids = new Set([...stored, ...drafted.map((row) => row.after!.id)]);
    return [...ids].flatMap((id) => draft.now(name, id) ?? []);
  };
  return {
    name: account ? String(account['fullName']) : 'This mentor',
    userId: String(mentor['userId']),
    isActive: mentor['isActive'] !== false,
    accountStatus: String(account?.['status'] ?? 'active'),
    timeZone: String(mentor['timeZone']),
    slots: of('availability_slots').map(slotRow),
    bookings: of('bookings').map(bookingRow),
    serviceIds: of('services').map((service) => service.id),
  };
}
