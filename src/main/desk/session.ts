import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { EventName, Events, SyncState, View } from '../../shared/contract/requests';
import type { AuditEntry, SessionFacts } from '../../shared/contract/wire';
import type { Log } from '../desk-messages';
import type { CommandContext } from './context';
import { Exchange } from './exchange/exchange';
import { whenFree } from './local/alone';
import { changedPayload } from './local/changed';
import { readCursors } from './local/cursors';
import { isNoSpace } from './local/disk';
import type { Recovered, Store } from './local/handles';
import { getMeta, setMeta } from './local/meta';
import { openReader, openStore } from './local/open';
import { asideDays } from './local/recover';
import { counts, oldestWaiting } from './local/outbox';
import { buildNextSearch } from './local/search-index';
import { problemOf, signedOut } from './problems';
import { Views } from './queries/views';
import type { Remote } from './remote/connect';
import type { AskTrail } from './queries/trail';
import { askTrail, readHistory } from './remote/history';
import { dropKey, type Protection } from './store-key';
import { createSync, type Sync } from './sync/engine';
import { patient } from './sync/patient-remote';
import type { Clock } from './sync/clock';

export type Emit = <E extends EventName>(event: E, payload: Events[E]) => void;

export interface SessionOptions {
  dataDir: string;
  migrationsDir: string;
  remote: Remote;
  userId: string;
  /** Null where the token could not be read: what is here is shown, and syncing waits for a new sign-in. */
  token: string | null;
  deviceId: string | null;
  /** As the server said at sign-in; otherwise what the store remembers. */
  facts: SessionFacts | null;
  /** Whether the store is to be encrypted, and its key. */
  protection: Protection;
  /** Begin the store anew where its key was lost. */
  anew: boolean;
  emit: Emit;
  log: Log;
  clock: Clock;
  onFacts(facts: SessionFacts): void;
  onExpired(): void;
  onLockLost(): void;
}

/** Somebody signed in: their store, its sync, and what questions and orders are answered with. */
export interface Session {
  readonly store: Store;
  readonly sync: Sync | null;
  /** The server and what it is asked with. @throws Refusal `signed-out` where there is no token */
  online(): { remote: Remote; token: string };
  readonly exchange: Exchange;
  facts(): SessionFacts;
  context(): CommandContext;
  /** Big views are built between other questions. */
  viewReady(view: View, asker: string): Promise<void>;
  syncState(): SyncState;
  readHistory(entity: string, id: string, before: number | null, limit: number): Promise<AuditEntry[] | null>;
  readonly askTrail: AskTrail;
  close(): Promise<void>;
}

/** One store for each server and person. The name says neither. */
export const storeFile = (dataDir: string, serverName: string, userId: string): string =>
  join(
    dataDir,
    'stores',
    createHash('sha256').update(`${serverName}|${userId}`).digest('hex').slice(0, 32),
    'cache.db',
  );

export function openSession(options: SessionOptions): Session {
  const { userId, token, emit, clock, log } = options;
  const file = storeFile(options.dataDir, options.remote.name, userId);
  const { migrationsDir, onLockLost, protection, anew } = options;
  const store = openStore({ file, migrationsDir, onLockLost, anew, ...protection });
  try {
    prepare(store, options);
  } catch (error) {
    store.close();
    throw error;
  }
  if (store.unconverted) log.error('The store could not be converted', store.unconverted.message);
  else if (!protection.encrypt) dropKey(file);
  const remote = patient(options.remote, store.writer);
  const views = new Views({ now: () => clock.now(), connect: () => openReader(file, store.key) });
  const exchange = new Exchange(
    join(dirname(file), 'exchange'),
    store.key !== null,
    (error) => problemOf(error, 'A job', log).message,
  );
  let isClosed = false;
  const rowsChanged = (payload: Events['rows.changed']): void => {
    views.changed(store.reader, payload.changes);
    emit('rows.changed', payload);
  };
  const sync = token
    ? createSync({
        store,
        remote,
        token,
        clock,
        onRowsChanged: rowsChanged,
        onState: (state) => {
          emit('sync.changed', withNotice(store, state));
          if (!state.loading) searchLater();
        },
        onSession: options.onFacts,
        onSignedOut: options.onExpired,
        onLog: (event, detail) => log.info(`sync: ${event}`, detail),
      })
    : null;

  let cancelSearch: (() => void) | null = null;
  /** Full-text search is built when the first load is over, bit by bit between other work. */
  function searchLater(): void {
    if (cancelSearch || isClosed || !isLoaded(store)) return;
    cancelSearch = clock.after(20, () => {
      cancelSearch = null;
      if (isClosed || !isLoaded(store)) return;
      if (whenFree(store.writer) || buildNextSearch(store.writer)) searchLater();
    });
  }

  return {
    store,
    sync,
    exchange,
    online() {
      if (token === null) throw signedOut();
      return { remote, token };
    },
    facts: () => JSON.parse(getMeta(store.writer, 'session')!) as SessionFacts,
    context() {
      return {
        db: store.writer,
        read: store.reader,
        session: this.facts(),
        views,
        now: () => clock.now(),
        changed(changes) {
          rowsChanged(changedPayload(changes, 'edit'));
          sync?.nudge();
        },
      };
    },
    viewReady: (view, asker) => views.ready(store.reader, view, asker),
    syncState: () => withNotice(store, sync?.state() ?? unsynced(store)),
    askTrail: async (question, args) => (token ? askTrail(remote, token, question, args) : null),
    readHistory: async (...asked) => (token ? readHistory(remote, token, ...asked) : null),
    async close() {
      isClosed = true;
      cancelSearch?.();
      views.clear();
      await exchange.close();
      if (sync) await sync.stop();
      else await remote.close();
      store.close();
    },
  };
}

function prepare(store: Store, { userId, deviceId, facts, remote }: SessionOptions): void {
  const db = store.writer;
  setMeta(db, 'user', userId);
  setMeta(db, 'server', remote.name);
  if (deviceId && getMeta(db, 'device_id') === null) setMeta(db, 'device_id', deviceId);
  if (facts) setMeta(db, 'session', JSON.stringify(facts));
  if (getMeta(db, 'session') === null) {
    const unknown: SessionFacts = { userId, fullName: '', email: '', role: 'tutor', programs: [], scopes: [] };
    setMeta(db, 'session', JSON.stringify(unknown));
  }
}

const isLoaded = (store: Store): boolean => {
  const cursors = readCursors(store.writer);
  return cursors.length > 0 && cursors.every((cursor) => cursor.state === 'live');
};

/** The state where nothing syncs: signed in with a token that cannot be used. */
function unsynced(store: Store): SyncState {
  const lastSync = Number(getMeta(store.writer, 'last_sync_at') ?? 0);
  return { ...signedOutState, ...counted(store), lastSyncAt: lastSync || null };
}

export const signedOutState: SyncState = {
  connection: 'signed-out',
  trouble: null,
  waiting: 0,
  oldestWaitingAt: null,
  conflicts: 0,
  refused: 0,
  lastSyncAt: null,
  held: null,
  live: 'poll',
  loading: null,
  clockSkew: null,
  notice: null,
  readOnly: false,
};

function counted(store: Store): Pick<SyncState, 'waiting' | 'conflicts' | 'refused' | 'oldestWaitingAt'> {
  const { waiting, conflicts, refused } = counts(store.writer);
  return { waiting, conflicts, refused, oldestWaitingAt: waiting > 0 ? oldestWaiting(store.writer) : null };
}

/** What became of the store at its opening is said until the console is closed. */
function withNotice(store: Store, state: SyncState): SyncState {
  const notice = state.notice ?? (store.recovered ? recoveredWords(store.recovered) : unconvertedWords(store));
  return { ...state, notice };
}

function recoveredWords({ mutations, unreadable, from }: Recovered): string {
  const kept =
    mutations > 0
      ? `${mutations} unsent ${mutations === 1 ? 'change was' : 'changes were'} brought over.`
      : unreadable === 0
        ? 'No change was waiting.'
        : '';
  const lost =
    unreadable === 0
      ? ''
      : `${unreadable} unsent ${unreadable === 1 ? 'change' : 'changes'} could not be read without the lost key.`;
  const what = unreadable > 0 ? 'could not be read' : 'was damaged';
  const where = from ? `The ${unreadable > 0 ? 'old' : 'damaged'} file is kept for ${asideDays} days: ${from}` : '';
  return [`The data on this computer ${what} and is loaded again from the server.`, kept, lost, where]
    .filter(Boolean)
    .join(' ');
}

function unconvertedWords({ unconverted, key }: Store): string | null {
  if (!unconverted) return null;
  const why = isNoSpace(unconverted) ? ': the disk has no room for a second copy of it' : '';
  return key
    ? `The encryption of the data on this computer could not be taken off${why}. It is tried again at the next start.`
    : `The data on this computer could not be encrypted, as this server asks${why}. It is tried again at the next start.`;
}
