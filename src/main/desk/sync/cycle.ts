/**
 * One turn of the sync: greet where the connection is new, push until the queue is empty, then pull (and load what is new) until this desk
 * stands where the server stands.
 */
import type { LoadProgress } from '../../../shared/contract/requests';
import type { Hello, ScopeKey, SessionFacts } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import { mergeChanged, type Changed } from '../local/changed';
import { readCursors } from '../local/cursors';
import type { Store } from '../local/handles';
import { getMeta, setMeta } from '../local/meta';
import { counts } from '../local/outbox';
import { purgeScope, scrubIfDue } from '../local/purge';
import { inTransaction } from '../local/statements';
import type { Remote } from '../remote/connect';
import { greet } from '../remote/hello';
import { RemoteError } from '../remote/remote-error';
import { readSession } from '../remote/sign-in';
import { beginNewEpoch } from './epoch';
import { beginLoad, loadAll, loadingScopes } from './load';
import { refreshModel } from './model-change';
import { pullAll } from './pull';
import { pushAll } from './push';

export interface CycleContext {
  store: Store;
  remote: Remote;
  token: string;
  now(): number;
  pageSize?: number;
  onChanged(changed: Changed): void;
  onRows(entity: EntityName): void;
  onProgress(progress: LoadProgress | null): void;
  onSession(session: SessionFacts): void;
  isStopped(): boolean;
  /** Nothing is to be sent just now; others' changes are heard all the same. */
  isHeld(): boolean;
}

export type CycleEnd =
  /** Everything said and heard. `alarm` where a push could not be made though the server answers: its mutations still wait. */
  { end: 'done'; alarm: RemoteError | null } | { end: 'signed-out' } | { end: 'protocol-too-old' };

/** Quarrels that a second look settles; more than this in one turn and the next turn goes on. */
const MOST_LOOKS = 20;

/** Greets and takes note of the server's life. @returns what it said, and how far this computer's clock is ahead, in milliseconds */
export async function meet(context: CycleContext): Promise<{ hello: Hello; clockSkew: number }> {
  const { store, remote, now } = context;
  const before = now();
  const hello = await greet(remote);
  const clockSkew = Math.round((before + now()) / 2 - hello.now);
  if (!hello.isPrimary) {
    throw new RemoteError(
      'connection',
      'The server is a copy that cannot be synced with. Use the address of the main one.',
      'standby',
    );
  }
  noteEpoch(context, hello.epoch);
  refreshModel(store.writer);
  return { hello, clockSkew };
}

function noteEpoch(context: CycleContext, epoch: string): void {
  const db = context.store.writer;
  const known = getMeta(db, 'epoch');
  if (known === epoch) return;
  if (known === null) return setMeta(db, 'epoch', epoch);
  context.onChanged(beginNewEpoch(db, epoch));
}

export async function runCycle(context: CycleContext): Promise<CycleEnd> {
  const { remote, token } = context;
  const db = context.store.writer;
  let alarm: RemoteError | null = null;

  /** A push that fails on the server's side must not keep this desk from hearing what others did. */
  async function push(): Promise<CycleEnd | null> {
    if (context.isHeld()) return null;
    try {
      const pushed = await pushAll({ db, remote, token, onChanged: context.onChanged });
      return pushed.end === 'empty' ? null : { end: pushed.end };
    } catch (error) {
      if (!(error instanceof RemoteError) || error.class_ === 'connection' || error.class_ === 'nonsense') throw error;
      alarm = error;
      return null;
    }
  }

  const stopped = await push();
  if (stopped) return stopped;
  for (let look = 0; look < MOST_LOOKS && !context.isStopped(); look++) {
    if (loadingScopes(db).length > 0) {
      const ended = await load(context, push);
      if (ended === 'again') continue;
      if (ended) return ended;
    }
    const pulled = await pullAll(
      context.pageSize === undefined ? pullOf(context) : { ...pullOf(context), pageSize: context.pageSize },
    );
    switch (pulled.end) {
      case 'done':
        context.onChanged(pulled.changed);
        context.onSession(pulled.session);
        return { end: 'done', alarm };
      case 'load': {
        noteEpoch(context, pulled.epoch);
        context.onSession(pulled.session);
        dropLost(context, pulled.session.scopes);
        beginLoad(db, pulled.scopes, pulled.snapshot);
        break;
      }
      case 'epoch-changed': {
        noteEpoch(context, pulled.epoch);
        const ended = await push();
        if (ended) return ended;
        break;
      }
      case 'signed-out':
      case 'protocol-too-old':
        return { end: pulled.end };
    }
  }
  return { end: 'done', alarm };
}

const pullOf = ({ store, remote, token, now }: CycleContext) => ({ db: store.writer, remote, token, now });

/** Loads what is noted as loading. `again` where a scope was lost meanwhile. */
async function load(context: CycleContext, push: () => Promise<CycleEnd | null>): Promise<CycleEnd | 'again' | null> {
  const { remote, token } = context;
  const db = context.store.writer;
  let ended: CycleEnd | null = null;
  try {
    await loadAll({
      db,
      remote,
      token,
      onRows: context.onRows,
      onProgress: context.onProgress,
      isStopped: () => context.isStopped() || ended !== null,
      async breathe() {
        if (counts(db).waiting > 0) ended = await push();
      },
    });
    return ended;
  } catch (error) {
    if (!(error instanceof RemoteError) || error.class_ !== 'alarm') throw error;
    // The server refuses rows of a scope that the session no longer holds: find out which, and go on with the rest.
    const session = await readSession(remote, token);
    if (session === null) return { end: 'signed-out' };
    if (!dropLost(context, session.scopes)) throw error;
    return 'again';
  } finally {
    context.onProgress(null);
  }
}

/** Security: what the user may no longer see leaves this desk before anything else is waited for. @returns whether there was any */
function dropLost(context: CycleContext, held: readonly ScopeKey[]): boolean {
  const db = context.store.writer;
  const keep = new Set(held);
  const lost = readCursors(db).filter((cursor) => !keep.has(cursor.scope));
  if (lost.length === 0) return false;
  const changed: Changed = new Map();
  inTransaction(db, () => {
    for (const { scope } of lost) mergeChanged(changed, purgeScope(db, scope));
  });
  scrubIfDue(db);
  context.onChanged(changed);
  return true;
}
