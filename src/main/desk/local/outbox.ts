import type { Mutation, MutationResult, ScopeKey } from '../../../shared/contract/wire';
import type { Readable, Writable } from './handles';
import { getNumber, setMeta } from './meta';
import { wireOps, type LocalOp } from './replay';
import { rescueOf } from './rescue';
import { inTransaction, statement } from './statements';

/**
 * The queue of what this desk has to say, in the order in which it was done.
 *
 * Invariant: a number is given before the mutation is sent, durably, and never twice: after a lost answer the same number goes again.
 */

export type OutboxState = 'pending' | 'in-flight' | 'acknowledged' | 'done' | 'conflict' | 'rejected' | 'discarded';

/** The states whose ops still count in what a person sees. */
export const activeStates = "('pending', 'in-flight', 'acknowledged')";

export interface Entry {
  position: number;
  mutationId: string;
  seq: number | null;
  at: number;
  label: string;
  via: string;
  ops: LocalOp[];
  state: OutboxState;
  result: MutationResult | null;
  /** See the table. */
  scopes: ScopeKey[];
}

interface EntryRow extends Omit<Entry, 'ops' | 'result' | 'scopes'> {
  ops: string;
  scopes: string;
  result: string | null;
}

const columns = 'position, mutation_id as mutationId, seq, at, label, via, ops, state, result, scopes';

const entryOf = (row: EntryRow): Entry => ({
  ...row,
  ops: JSON.parse(row.ops) as LocalOp[],
  result: row.result === null ? null : (JSON.parse(row.result) as MutationResult),
  scopes: JSON.parse(row.scopes) as ScopeKey[],
});

const entries = (db: Readable, tail: string, ...values: unknown[]): Entry[] =>
  (statement(db, `select ${columns} from outbox ${tail}`).all(...values) as EntryRow[]).map(entryOf);

export const entryById = (db: Readable, mutationId: string): Entry | null =>
  entries(db, 'where mutation_id = ?', mutationId)[0] ?? null;

/** What is sent next, oldest first: unanswered mutations go again under their own number. */
export interface Outgoing extends Omit<Mutation, 'seq'> {
  position: number;
  seq: number | null;
}

/** @param maxBytes the batch ends before the mutation that would pass it, but holds one at least */
export function nextBatch(db: Readable, max = 500, maxBytes = 4_000_000): Outgoing[] {
  const batch: Outgoing[] = [];
  let bytes = 0;
  const rows = statement(
    db,
    `select ${columns} from outbox where state in ('pending', 'in-flight') order by position limit ?`,
  ).iterate(max) as IterableIterator<EntryRow>;
  for (const row of rows) {
    bytes += row.ops.length;
    if (batch.length > 0 && bytes > maxBytes) break;
    const { position, mutationId, seq, via, ops } = entryOf(row);
    batch.push({ position, id: mutationId, seq, via, ops: wireOps(ops) });
  }
  return batch;
}

/** Gives each its number. @returns the numbers, in the order of `positions` */
export function markInFlight(db: Writable, positions: readonly number[]): number[] {
  return inTransaction(db, () => {
    let last = getNumber(db, 'last_seq');
    const given: [string, number][] = [];
    const seqs = positions.map((position) => {
      const entry = statement(db, 'select mutation_id as id, seq from outbox where position = ?').get(position) as
        { id: string; seq: number | null } | undefined;
      if (!entry) throw new Error(`No mutation stands at position ${position}`);
      const seq = entry.seq ?? ++last;
      if (entry.seq === null) given.push([entry.id, seq]);
      statement(db, "update outbox set seq = ?, state = 'in-flight' where position = ?").run(seq, position);
      return seq;
    });
    if (given.length > 0) {
      rescueOf(db)?.append({ t: 'sent', seqs: given }, 'now');
      setMeta(db, 'last_seq', String(last));
    }
    return seqs;
  });
}

/** After a fork: what has no answer is numbered anew, from the last number the server knows of this (new) device. */
export function renumber(db: Writable, lastSeq: number): void {
  inTransaction(db, () => {
    const ids = statement(db, "select mutation_id as id from outbox where state in ('pending', 'in-flight')").all() as {
      id: string;
    }[];
    rescueOf(db)?.append({ t: 'unsent', ids: ids.map((row) => row.id) }, 'now');
    statement(db, "update outbox set seq = null, state = 'pending' where state in ('pending', 'in-flight')").run();
    setMeta(db, 'last_seq', String(lastSeq));
  });
}

export interface Counts {
  /** Pending and in flight: not known to have arrived. */
  waiting: number;
  acknowledged: number;
  conflicts: number;
  refused: number;
}

export function counts(db: Readable): Counts {
  const rows = statement(
    db,
    "select state, count(*) as n from outbox where state not in ('done', 'discarded') group by state",
  ).all() as { state: OutboxState; n: number }[];
  const of = (state: OutboxState): number => rows.find((row) => row.state === state)?.n ?? 0;
  return {
    waiting: of('pending') + of('in-flight'),
    acknowledged: of('acknowledged'),
    conflicts: of('conflict'),
    refused: of('rejected'),
  };
}

export function oldestWaiting(db: Readable): number | null {
  const row = statement(db, "select min(at) as at from outbox where state in ('pending', 'in-flight')").get() as {
    at: number | null;
  };
  return row.at;
}

/** Oldest first, acknowledged ones included until a pull has confirmed them. */
export const waitingList = (db: Readable, limit: number): Entry[] =>
  entries(db, `where state in ${activeStates} order by position limit ?`, limit);

export const needsYouList = (db: Readable): Entry[] =>
  entries(db, "where state in ('conflict', 'rejected') order by position desc limit 500");

/** Ids of acknowledged mutations: hand them to `finish` after a complete pull begun later. */
export const acknowledgedIds = (db: Readable): string[] =>
  (statement(db, "select mutation_id as id from outbox where state = 'acknowledged'").all() as { id: string }[]).map(
    (r) => r.id,
  );

const journalMs = 7 * 24 * 3600 * 1000;

/** Forgets what was finished more than 7 days ago. */
export function pruneJournal(db: Writable, now: number): void {
  statement(db, "delete from outbox where state in ('done', 'discarded') and settled_at < ?").run(now - journalMs);
}
