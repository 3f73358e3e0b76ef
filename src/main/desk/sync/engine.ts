/**
 * The one loop of a desk: greet, push, pull, sleep; woken by an edit, by the person, by word of another desk's push, or by the clock.
 *
 * Invariant: whatever fails, the loop goes on (I9): after a failure it waits with full jitter, and a watchdog breaks what hangs.
 * Nothing here decides about rows; see `push` and `pull`.
 */
import type { Events, LoadProgress, SyncState } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import { Refusal } from '../../../shared/contract/outcome';
import { whenFree } from '../local/alone';
import { changedPayload, type Changed } from '../local/changed';
import { attachBallast, isDiskFull } from '../local/disk';
import type { Store } from '../local/handles';
import { dropMeta, getMeta, setMeta } from '../local/meta';
import { isCorruption, suspect } from '../local/open';
import { counts, oldestWaiting, pruneJournal } from '../local/outbox';
import type { Remote } from '../remote/connect';
import { classify, RemoteError } from '../remote/remote-error';
import { backoff } from './backoff';
import { systemClock, type Clock } from './clock';
import { meet, runCycle, type CycleContext } from './cycle';
import { verifyIfDue } from './verify';

export interface SyncOptions {
  store: Store;
  remote: Remote;
  token: string;
  onRowsChanged(payload: Events['rows.changed']): void;
  onState(state: SyncState): void;
  /** Who the user is and what they may, as the server says now. */
  onSession?(session: SessionFacts): void;
  /** The session ended on the server. The loop has stopped; everything unsent is kept. */
  onSignedOut?(): void;
  /** What a log may know: no address, no row. */
  onLog?(event: string, detail: Record<string, unknown>): void;
  clock?: Clock;
  pageSize?: number;
}

export interface Sync {
  start(): void;
  stop(): Promise<void>;
  /** There is something to push. */
  nudge(): void;
  /** Tries at once, whatever went wrong before, and answers when that is done. */
  syncNow(): Promise<SyncState>;
  setFocused(isFocused: boolean): void;
  /** Stops sending, or goes on. */
  hold(held: boolean): void;
  state(): SyncState;
}

const POLL_FOCUSED_MS = 5_000;
const POLL_BACKGROUND_MS = 60_000;
/** While an edit waits, a server that came back is found within half a minute. */
const LONGEST_WAIT_WITH_EDITS_MS = 30_000;
const WATCH_MS = 30_000;
const HANGS_AFTER_MS = 90_000;
/** What waited longer than this is looked at by its person before it is sent. */
const REVIEW_AFTER_MS = 24 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

const DISK_FULL = 'The disk is full. Syncing pauses until there is room; free some space.';
const DAMAGED =
  'The data on this computer is damaged. Close Provost and start it again: it repairs what it can, keeps every change not sent yet, and loads the rest.';
const TOO_OLD =
  'This console is older than the server allows. Install the latest Provost: what is waiting here is kept and sent then.';

export function createSync(options: SyncOptions): Sync {
  const { store, remote } = options;
  const clock = options.clock ?? systemClock;
  let isStopped = false;
  let isFocused = true;
  let isRunning = false;
  let isAwake = false;
  let wakeUp: (() => void) | null = null;
  let greeted = 0;
  let failures = 0;
  let lastStepAt = clock.now();
  let prunedAt = 0;
  let isReviewed = false;
  let finished: Promise<void> = Promise.resolve();
  const waiters: (() => void)[] = [];
  let cancelWatch: (() => void) | null = null;
  const lastSync = Number(getMeta(store.writer, 'last_sync_at') ?? 0);
  const seen: Pick<
    SyncState,
    'connection' | 'trouble' | 'live' | 'loading' | 'clockSkew' | 'notice' | 'readOnly' | 'lastSyncAt'
  > = {
    connection: 'connecting',
    trouble: null,
    live: 'poll',
    loading: null,
    clockSkew: null,
    notice: null,
    readOnly: false,
    lastSyncAt: lastSync > 0 ? lastSync : null,
  };

  const log = (event: string, detail: Record<string, unknown>): void => options.onLog?.(event, detail);

  function state(): SyncState {
    const { waiting, conflicts, refused } = counts(store.writer);
    const oldestWaitingAt = waiting > 0 ? oldestWaiting(store.writer) : null;
    return { ...seen, waiting, conflicts, refused, oldestWaitingAt, held: heldFor() };
  }

  const heldFor = (): SyncState['held'] => getMeta(store.writer, 'held') as SyncState['held'];

  function hold(why: SyncState['held']): void {
    if (why === null) dropMeta(store.writer, 'held');
    else setMeta(store.writer, 'held', why);
    tell();
  }

  /** After a long time offline much may have changed: the person sees first what sending will do. */
  function holdWhatWaitedLong(): void {
    if (counts(store.writer).waiting === 0) isReviewed = false;
    else if (isReviewed || heldFor() !== null) return;
    if (clock.now() - (oldestWaiting(store.writer) ?? clock.now()) > REVIEW_AFTER_MS) hold('review');
  }

  let told = '';
  function tell(change: Partial<typeof seen> = {}): void {
    Object.assign(seen, change);
    if (!store.writer.open) return;
    const now = state();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    options.onState(now);
  }

  const context: CycleContext = {
    store,
    remote,
    token: options.token,
    now: () => clock.now(),
    ...(options.pageSize === undefined ? {} : { pageSize: options.pageSize }),
    isStopped: () => isStopped,
    isHeld: () => heldFor() !== null,
    onChanged(changed: Changed) {
      lastStepAt = clock.now();
      if (changed.size > 0) options.onRowsChanged(changedPayload(changed, 'sync'));
      tell();
    },
    onRows(entity) {
      lastStepAt = clock.now();
      options.onRowsChanged({ changes: { [entity]: 'many' }, cause: 'sync' });
    },
    onProgress(progress: LoadProgress | null) {
      lastStepAt = clock.now();
      tell({ loading: progress });
    },
    onSession: (session) => options.onSession?.(session),
  };

  async function greetIfNew(): Promise<void> {
    await remote.open();
    if (remote.generation === greeted) return;
    const { clockSkew } = await meet(context);
    holdWhatWaitedLong();
    const isListening = await remote
      .listen(() => wake())
      .catch((error: unknown) => {
        if (classify(error).class_ === 'connection') throw error;
        return false;
      });
    greeted = remote.generation;
    tell({ clockSkew, live: isListening ? 'listen' : 'poll' });
  }

  /** @returns false where the loop must end */
  async function turn(): Promise<boolean> {
    await whenFree(store.writer);
    lastStepAt = clock.now();
    if (isDiskFull(store.writer)) attachBallast(store.writer, `${store.file}.ballast`);
    if (isDiskFull(store.writer)) {
      failures += 1;
      tell({ notice: DISK_FULL });
      return true;
    }
    try {
      if (!remote.isConnected) tell(failures === 0 ? { connection: 'connecting' } : {});
      await greetIfNew();
      const result = await runCycle(context);
      if (result.end === 'signed-out') {
        tell({ connection: 'signed-out', trouble: null, loading: null });
        options.onSignedOut?.();
        return false;
      }
      if (result.end === 'protocol-too-old') {
        failures += 1;
        tell({ connection: 'online', trouble: null, notice: TOO_OLD, readOnly: true });
        return true;
      }
      failures = result.alarm ? failures + 1 : 0;
      if (result.alarm) log('push.alarm', { code: result.alarm.code });
      tell({
        connection: 'online',
        trouble: result.alarm?.message ?? null,
        notice: null,
        readOnly: false,
        lastSyncAt: clock.now(),
      });
      prune();
      const wrong = result.alarm ? [] : await verifyIfDue(context);
      if (wrong.length > 0) log('digest.differed', { scopes: wrong.length });
    } catch (error) {
      if (isStopped) return false;
      failures += 1;
      fail(error);
    }
    return true;
  }

  function fail(error: unknown): void {
    if (error instanceof Refusal) {
      const { problem } = error;
      const isTooNew = problem.kind === 'sign-in-refused' && problem.reason === 'server-too-new';
      log('greet.refused', { kind: problem.kind });
      if (problem.kind === 'storage') tell({ notice: problem.message });
      else
        tell({
          connection: 'offline',
          trouble: problem.message,
          notice: isTooNew ? TOO_OLD : seen.notice,
          readOnly: isTooNew,
        });
      return;
    }
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string' && /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code))
      return tell({ notice: DISK_FULL, loading: null });
    if (isCorruption(error)) {
      suspect(store.file);
      log('store.damaged', {});
      return tell({ notice: DAMAGED, loading: null });
    }
    if (!(error instanceof RemoteError)) {
      log('sync.bug', {
        message: error instanceof Error ? error.message : String(error),
        stack: error instanceof Error ? error.stack : null,
      });
      return tell({
        trouble: 'Syncing stumbled over something unexpected. Nothing is lost; it is tried again.',
        loading: null,
      });
    }
    log('sync.failed', { class: error.class_, code: error.code });
    const isReached = error.class_ === 'retry' || error.class_ === 'alarm';
    tell({ connection: isReached ? 'online' : 'offline', trouble: error.message, loading: null });
  }

  function prune(): void {
    if (Math.abs(clock.now() - prunedAt) < PRUNE_EVERY_MS) return;
    prunedAt = clock.now();
    pruneJournal(store.writer, prunedAt);
  }

  function pause(): number {
    if (failures === 0) return isFocused ? POLL_FOCUSED_MS : POLL_BACKGROUND_MS;
    const wait = backoff(failures, () => clock.random());
    return counts(store.writer).waiting > 0 || isFocused ? Math.min(wait, LONGEST_WAIT_WITH_EDITS_MS) : wait;
  }

  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(milliseconds, done);
      function done(): void {
        cancel();
        wakeUp = null;
        resolve();
      }
      wakeUp = done;
    });

  async function loop(): Promise<void> {
    while (!isStopped) {
      isAwake = false;
      isRunning = true;
      const goesOn = await turn();
      isRunning = false;
      for (const waiter of waiters.splice(0)) waiter();
      if (!goesOn || isStopped) return;
      if (!isAwake) await sleep(pause());
    }
  }

  const isLooping = (): boolean => !isStopped && seen.connection !== 'signed-out';

  /** Ends the sleep, or lets the next one not begin. */
  function wake(): void {
    isAwake = true;
    wakeUp?.();
  }

  function watch(): void {
    cancelWatch = clock.after(WATCH_MS, () => {
      if (isStopped) return;
      if (isRunning && clock.now() - lastStepAt > HANGS_AFTER_MS) {
        log('watchdog', { hangsFor: clock.now() - lastStepAt });
        remote.drop();
      }
      watch();
    });
  }

  return {
    start() {
      watch();
      finished = loop();
    },
    async stop() {
      isStopped = true;
      cancelWatch?.();
      wake();
      await remote.close();
      await finished;
      for (const waiter of waiters.splice(0)) waiter();
    },
    nudge() {
      tell();
      // While the server is out of reach, an edit is no reason to try sooner.
      if (failures === 0) wake();
    },
    async syncNow() {
      // A turn already under way may have passed the edit that was just made: it counts only as the first.
      for (let turns = isRunning ? 2 : 1; turns > 0 && isLooping(); turns--) {
        const done = new Promise<void>((resolve) => waiters.push(resolve));
        if (!isRunning) wake();
        await done;
      }
      return state();
    },
    hold(held) {
      if (!held && heldFor() === 'review') isReviewed = true;
      hold(held ? 'person' : null);
      if (!held) wake();
    },
    setFocused(focused) {
      const isBack = focused && !isFocused;
      isFocused = focused;
      if (isBack) wake();
    },
    state,
  };
}
