/**
 * Sends what this desk has to say, in order, until the queue is empty.
 *
 * Invariant: a mutation's number is durable before it is sent, and a mutation leaves the queue only by a result of the server (I2, I3).
 * Whatever breaks in between leaves it in flight; sent again under the same number, the server answers with what it decided the first time.
 * Invariant: a refusal or a conflict leaves the queue at once and never holds up another mutation.
 */
import { newId } from '../../../shared/model';
import type { Mutation, MutationResult, PushResult } from '../../../shared/contract/wire';
import { mergeChanged, type Changed } from '../local/changed';
import { getMeta, setMeta } from '../local/meta';
import type { Writable } from '../local/handles';
import { markInFlight, nextBatch, renumber } from '../local/outbox';
import { inTransaction } from '../local/statements';
import { settle } from '../local/write';
import type { Remote } from '../remote/connect';
import { pushChanges } from '../remote/push-changes';
import { RemoteError } from '../remote/remote-error';

export interface PushContext {
  db: Writable;
  remote: Remote;
  token: string;
  /** Called after each settled batch, so that marks on screen follow at once. */
  onChanged(changed: Changed): void;
}

export type PushOutcome = { end: 'empty'; sent: number } | { end: 'signed-out' | 'protocol-too-old' };

const BATCH = 500;
const BATCH_BYTES = 4_000_000;
/** A new device or a new numbering settles the quarrel at once; more than a few in a row is a fault. */
const MOST_QUARRELS = 3;

export async function pushAll(context: PushContext): Promise<PushOutcome> {
  const { db, remote, token } = context;
  let most = BATCH;
  let quarrels = 0;
  for (let sent = 0; ;) {
    const batch = take(db, most);
    if (batch.length === 0) return { end: 'empty', sent };
    const result = await pushChanges(remote, token, deviceOf(db), batch);
    const quarrel = 'err' in result ? result.err : null;
    if (quarrel === 'signed-out' || quarrel === 'protocol-too-old') return { end: quarrel };
    if (quarrel === 'too-large') {
      if (batch.length === 1) context.onChanged(refuseTooLarge(db, batch[0] as Mutation));
      most = Math.max(1, Math.floor(batch.length / 2));
      continue;
    }
    if (quarrel === null && settled(result) === 0)
      throw new RemoteError('nonsense', 'The server answered a push without a word about it.');
    if (quarrel !== null && ++quarrels > MOST_QUARRELS) {
      throw new RemoteError(
        'alarm',
        'The server and this desk do not agree on what was sent already. Nothing is lost.',
        quarrel,
      );
    }
    context.onChanged(takeIn(db, result));
    sent += settled(result);
    if (quarrel === null) quarrels = 0;
  }
}

const settled = (result: PushResult): number => ('results' in result ? result.results.length : 0);

/** This desk's name for itself towards the server. A store without one gets it before anything is sent. */
export function deviceOf(db: Writable): string {
  const known = getMeta(db, 'device_id');
  if (known !== null) return known;
  const made = newId();
  setMeta(db, 'device_id', made);
  return made;
}

/** What is next, with its numbers, which are durable from here on. */
export function take(db: Writable, most: number, mostBytes = BATCH_BYTES): Mutation[] {
  const batch = nextBatch(db, most, mostBytes);
  if (batch.length === 0) return [];
  const seqs = markInFlight(
    db,
    batch.map((one) => one.position),
  );
  return batch.map(({ id, via, ops }, at) => ({
    seq: seqs[at] as number,
    id,
    ...(via === undefined ? {} : { via }),
    ops,
  }));
}

/** Files every result and settles a quarrel about numbers, all in one transaction. */
function takeIn(db: Writable, result: PushResult): Changed {
  return inTransaction(db, () => {
    const changed: Changed = new Map();
    const results: MutationResult[] = 'results' in result ? result.results : [];
    for (const one of results) mergeChanged(changed, settle(db, one.id, one));
    if ('err' in result) {
      // A restored backup or a copied disk: the numbers were used by another life of this desk. It goes on under a new name.
      if (result.err === 'fork' || result.err === 'device-owner') {
        setMeta(db, 'device_id', newId());
        renumber(db, 0);
      }
      if (result.err === 'gap') renumber(db, result.lastSeq);
    }
    return changed;
  });
}

/** One action too large for any server to take cannot be helped by trying again: it waits, explained, for its person. */
function refuseTooLarge(db: Writable, mutation: Mutation): Changed {
  const { seq, id } = mutation;
  return inTransaction(db, () => {
    const changed = settle(db, id, { seq, id, status: 'rejected', refusal: { code: 'too-large' } });
    // The server has not heard this number: the next mutation takes it.
    renumber(db, seq - 1);
    return changed;
  });
}
