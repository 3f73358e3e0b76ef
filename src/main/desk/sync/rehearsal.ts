/**
 * What sending would do, asked of the server before anything is sent, in words.
 *
 * Invariant: nothing here or there is changed by it, numbers included; what is found may have changed by the time of sending, where the server
 * judges again.
 */
import type { Rehearsal, RehearsedChange, RehearsedOutcome } from '../../../shared/contract/sync';
import { protocol, type RehearsedResult } from '../../../shared/contract/wire';
import { entityOf, isEntityName } from '../../../shared/entities';
import type { Readable } from '../local/handles';
import { counts, entryById, nextBatch, type Entry, type Outgoing } from '../local/outbox';
import { rehearsalResult, understand } from '../remote/answers';
import type { Remote } from '../remote/connect';
import { nonsense, RemoteError } from '../remote/remote-error';
import { signedOut } from '../problems';
import type { Session } from '../session';
import { explain, nameOf } from './conflicts';

const MOST = 500;
const MOST_BYTES = 16_000_000;

const outcomes: Record<RehearsedResult['status'], RehearsedOutcome> = {
  applied: 'apply',
  merged: 'merge',
  noop: 'same',
  conflict: 'conflict',
  rejected: 'refuse',
};

export async function rehearse(session: Session): Promise<Rehearsal> {
  const { remote, token } = session.online();
  const db = session.store.reader;
  const batch = nextBatch(db, MOST, MOST_BYTES);
  const at = session.context().now();
  const results = batch.length === 0 ? [] : await ask(remote, token, batch);
  const changes = results.flatMap((result) => {
    const entry = entryById(db, result.id);
    return entry === null ? [] : [rehearsed(db, entry, result)];
  });
  const all: Rehearsal['counts'] = { apply: 0, same: 0, merge: 0, conflict: 0, refuse: 0, sent: 0 };
  for (const { outcome } of changes) all[outcome] += 1;
  return { at, changes, counts: all, more: Math.max(0, counts(db).waiting - batch.length) };
}

/** A change too large for the server to look at is too large to be sent: it alone is refused, as sending would. */
async function ask(remote: Remote, token: string, batch: readonly Outgoing[]): Promise<RehearsedResult[]> {
  const mutations = batch.map(({ id, via, ops }) => ({ id, via, ops }));
  const answer = understand(
    rehearsalResult,
    await remote.call('rehearse', [token, protocol, JSON.stringify(mutations)]),
  );
  if (!('err' in answer) || answer.err === undefined) {
    const { results } = answer as { results: RehearsedResult[] };
    if (results.length !== batch.length || results.some(({ id }, n) => id !== batch[n]?.id)) throw nonsense();
    return results;
  }
  if (answer.err === 'signed-out') throw signedOut();
  if (answer.err === 'protocol-too-old')
    throw new RemoteError('alarm', 'This console is older than the server allows. Install the latest Provost first.');
  const [only] = batch;
  if (batch.length === 1 && only) return [{ id: only.id, status: 'rejected', refusal: { code: 'too-large' } }];
  throw new RemoteError('alarm', 'More waits than can be rehearsed at once. Send some of it first.');
}

function rehearsed(db: Readable, entry: Entry, result: RehearsedResult): RehearsedChange {
  const { mutationId, at, label, ops } = entry;
  const outcome = result.repeated ? 'sent' : outcomes[result.status];
  const isCard = outcome === 'conflict' || outcome === 'refuse';
  return {
    mutationId,
    at,
    label,
    outcome,
    rows: new Set(ops.map((op) => op.id)).size,
    merges: (result.with ?? []).flatMap((other) => {
      const { entity, id } = other;
      if (!isEntityName(entity)) return [];
      const { fields } = entityOf(entity);
      return [
        {
          entity,
          id,
          title: nameOf(db, entity, id, []),
          by: other.userName,
          at: other.at,
          fields: other.fields.map((field) => fields[field]?.options.label ?? field),
        },
      ];
    }),
    card: isCard
      ? explain(db, {
          ...entry,
          state: outcome === 'conflict' ? 'conflict' : 'rejected',
          result: { seq: 0, ...result },
        })
      : null,
  };
}
