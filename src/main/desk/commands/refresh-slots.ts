import { createHash } from 'node:crypto';
import type { Output, Parsed } from '../../../shared/contract/requests';
import type { AnyRow } from '../../../shared/model';
import { overlaps, type SlotRow } from '../../../shared/rules/booking';
import {
  atWallClock,
  dayAfter,
  occurrencesOf,
  slotsIn,
  wallClock,
  type Hours,
} from '../../../shared/rules/expand-recurrence';
import type { CommandContext } from '../context';
import { readRow, readRows } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { deleteOps } from './delete-ops';
import { Draft } from './draft';
import { notFound, refuseIssues } from './refuse';
import { draftInsert } from './save-rows';

/**
 * Offers the time a mentor's rules say, for some weeks ahead: adds the slots that are missing and takes back those no rule wants any more.
 *
 * Invariant: only slots that came from a rule, are still free and still to come are taken back; what is held, blocked, booked or made by hand
 * stays, and nothing is offered over it. Running it again, here or on another desk, changes nothing: a slot's id follows from its rule and time.
 */
export function refreshSlots(
  context: CommandContext,
  { mentorId, weeks }: Parsed<'mentoring.refresh-slots'>,
): Output<'mentoring.refresh-slots'> {
  const { db } = context;
  const mentor = readRow(db, 'mentors', mentorId);
  if (!mentor) throw notFound('This mentor is no longer here. Choose another.');
  const timeZone = String(mentor['timeZone']);
  const now = context.now();
  const from = wallClock(now, timeZone).day;
  const until = dayAfter(from, weeks * 7);
  const wanted = wantedSlots(
    readRows(db, 'availability_rules', 'where t.mentor_id = ?', mentorId),
    timeZone,
    from,
    until,
  );
  const there = readRows(db, 'availability_slots', 'where t.mentor_id = ?', mentorId) as unknown as (SlotRow & {
    ruleId: string | null;
  })[];
  const last = atWallClock(dayAfter(until), '00:00', timeZone);
  // By rule and time, not by id: a slot that was brought in with an id of its own serves as well.
  const stays = new Set([...wanted.values()].map(({ ruleId, period }) => placeOf(ruleId, period)));
  const isGone = (slot: (typeof there)[number]): boolean =>
    slot.ruleId !== null &&
    slot.status === 'available' &&
    slot.period[0] > now &&
    slot.period[0] < last &&
    !stays.has(placeOf(slot.ruleId, slot.period));
  const removed = there.filter(isGone);
  const kept = there.filter((slot) => !isGone(slot)).sort((a, b) => a.period[0] - b.period[0]);
  const taken: SlotRow[] = [...kept];
  const draft = new Draft(context);
  for (const [id, { ruleId, period }] of wanted) {
    if (period[0] <= now || taken.some((slot) => overlaps(slot.period, period))) continue;
    taken.push({ id, period, status: 'available' });
    const values = { programId: mentor['programId'], mentorId, ruleId, period: [...period], status: 'available' };
    draftInsert(draft, { op: 'insert', entity: 'availability_slots', id, values }, '');
  }
  const name = titleOf(db, 'users', String(mentor['userId']));
  const label = `Offer time of ${name}`.slice(0, 200);
  refuseIssues(draft.issues);
  // First what goes, then what comes in its place: the server offers nothing over what stands.
  const ids = removed.map(({ id }) => id);
  const ops = [...(ids.length > 0 ? deleteOps(context, 'availability_slots', ids) : []), ...draft.ops];
  const { mutationId } = commit(context, { label, via: 'availability', ops });
  return { mutationId, added: draft.ops.length, removed: ids.length, kept: kept.length };
}

const placeOf = (ruleId: string, [start, end]: readonly [number, number]): string => `${ruleId} ${start} ${end}`;

function wantedSlots(
  rules: readonly AnyRow[],
  timeZone: string,
  from: string,
  until: string,
): Map<string, { ruleId: string; period: [number, number] }> {
  const wanted = new Map<string, { ruleId: string; period: [number, number] }>();
  const inOrder = [...rules].filter((rule) => rule['isActive'] !== false).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const rule of inOrder) {
    const minutes = rule['slotMinutes'] as number | null;
    for (const stretch of occurrencesOf(rule as unknown as Hours, timeZone, { from, until })) {
      for (const period of slotsIn(stretch, minutes)) wanted.set(slotId(rule.id, period), { ruleId: rule.id, period });
    }
  }
  return wanted;
}

/** A UUID that follows from the rule and the time (RFC 9562, version 8), so that two desks name the same slot the same. */
export function slotId(ruleId: string, period: readonly [number, number]): string {
  const bytes = createHash('sha256').update(placeOf(ruleId, period)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
