import { Refusal } from '../../../shared/contract/outcome';
import type { RestoreWhat, TrailEntry } from '../../../shared/contract/trail';
import { trail, type AskTrail } from '../queries/trail';
import type { TrailAnswer } from '../remote/answers';

/** Taken back in one go at most: what one act can hold. */
const mostEntries = 20_000;
const rowsAtATime = 2_000;

export interface ToTakeBack {
  what: RestoreWhat;
  /** Newest first. */
  entries: TrailEntry[];
  /** Who changed which field of these records after the newest of them. */
  since: TrailAnswer<'trail-since'>;
}

/** Reads from the trail what is to be taken back. */
export async function entriesToTakeBack(ask: AskTrail, what: RestoreWhat): Promise<ToTakeBack> {
  const filter = what.kind === 'batch' ? { mutationId: what.mutationId } : { entity: what.entity, rowId: what.id };
  const floor = what.kind === 'batch' ? 0 : what.from;
  const entries: TrailEntry[] = [];
  for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null && before > floor;) {
    const page: TrailAnswer<'trail-list'> = await trail(ask, 'trail-list', { filter, before, limit: 1000 });
    entries.push(...page.entries.filter((entry) => entry.id >= floor));
    before = page.next;
    if (entries.length > mostEntries)
      throw new Refusal({
        kind: 'conflict',
        message: `This is more than ${mostEntries.toLocaleString('en')} changes, which cannot be taken back in one go. Open its records and take them back one by one.`,
      });
  }
  if (entries.length === 0)
    throw new Refusal({ kind: 'not-found', message: 'Nothing of this is in the part of the audit trail you can see.' });
  return { what, entries, since: what.kind === 'batch' ? await changedSince(ask, entries) : [] };
}

async function changedSince(ask: AskTrail, entries: readonly TrailEntry[]): Promise<TrailAnswer<'trail-since'>> {
  const newest = new Map<string, { entity: string; row_id: string; after: number }>();
  for (const { entity, rowId, id } of entries) {
    const key = `${entity} ${rowId}`;
    if (!newest.has(key)) newest.set(key, { entity, row_id: rowId, after: id });
  }
  const rows = [...newest.values()];
  const found: TrailAnswer<'trail-since'> = [];
  for (let at = 0; at < rows.length; at += rowsAtATime)
    found.push(...(await trail(ask, 'trail-since', { rows: rows.slice(at, at + rowsAtATime) })));
  return found;
}
