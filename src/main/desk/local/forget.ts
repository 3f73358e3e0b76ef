import type { Readable, Writable } from './handles';
import { dropMeta, getMeta, setMeta } from './meta';
import { statement } from './statements';

/**
 * Mutations that quote rows this desk no longer holds: once finished they are not kept in the journal, as others are, but forgotten.
 */

const FORGET = 'forget';
/** Set where bytes of a purged scope may still stand in the files beside the store. */
export const SCRUB_DUE = 'scrub_due';

const noted = (db: Readable): string[] => JSON.parse(getMeta(db, FORGET) ?? '[]') as string[];

export function forgetLater(db: Writable, mutationId: string): void {
  const all = noted(db);
  if (!all.includes(mutationId)) setMeta(db, FORGET, JSON.stringify([...all, mutationId]));
}

/** Of a mutation that was just finished: deletes it where it is to be forgotten. */
export function forgetIfNoted(db: Writable, mutationId: string): void {
  const all = noted(db);
  if (!all.includes(mutationId)) return;
  statement(db, 'delete from outbox where mutation_id = ?').run(mutationId);
  const left = all.filter((id) => id !== mutationId);
  if (left.length === 0) dropMeta(db, FORGET);
  else setMeta(db, FORGET, JSON.stringify(left));
  setMeta(db, SCRUB_DUE, '1');
}
