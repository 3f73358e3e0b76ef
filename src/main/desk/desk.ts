import { newId } from '../../shared/model';
import { open as opened, Refusal, type Outcome } from '../../shared/contract/outcome';
import {
  requests,
  type Desk,
  type EventName,
  type Events,
  type Output,
  type Parsed,
  type RequestName,
  type SessionState,
  type StoreTrouble,
} from '../../shared/contract/requests';
import type { DeskSetup, Log, Vault } from '../desk-messages';
import { handlers, type DataRequest } from './handlers';
import { getMeta } from './local/meta';
import { isCorruption, suspect } from './local/open';
import { countUnsent } from './local/rescue';
import { parsed, problemOf, signedOut } from './problems';
import { createRemote, type Remote } from './remote/connect';
import { greet } from './remote/hello';
import { RemoteError } from './remote/remote-error';
import { signIn, signOut, type SignedIn } from './remote/sign-in';
import { openSession, signedOutState, storeFile, type Session } from './session';
import { readRemembered, remember, type Remembered } from './session-file';
import { followPolicy, protectionOf } from './store-key';
import { systemClock, type Clock } from './sync/clock';

/**
 * The desk: everything a console knows and does, behind the contract. Plain Node: it runs in a worker, in a browser's server, in a test.
 *
 * Invariant: every request gets one outcome, and nothing that was not foreseen crosses but a reference.
 * Security: before somebody signed in, every question about data is answered `signed-out`.
 */

export interface DeskOptions extends DeskSetup {
  vault: Vault;
  log: Log;
  clock?: Clock;
}

export interface RunningDesk extends Desk {
  /** Never throws; `name` and `input` are believed in nothing. */
  ask(name: string, input: unknown): Promise<Outcome<unknown>>;
  setFocused(isFocused: boolean): void;
  close(): Promise<void>;
}

type OwnRequest =
  'session.read' | 'session.keep' | 'session.retry' | 'session.sign-in' | 'session.sign-out' | 'sync.read';

/** How long signing out waits for the server to hear of it. */
const signOutWithinMs = 4_000;

export function createDesk(options: DeskOptions): RunningDesk {
  const { dataDir, vault, log } = options;
  const clock = options.clock ?? systemClock;
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let remembered = readRemembered(dataDir);
  let session: Session | null = null;
  let token: string | null = null;
  let address = '';
  let remote: Remote | null = null;
  let isExpired = false;
  let isFocused = true;
  let notice: string | null = null;
  let trouble: Refusal | null = null;

  function emit<E extends EventName>(event: E, payload: Events[E]): void {
    for (const callback of listeners.get(event) ?? []) callback(payload as never);
  }

  const state = (): SessionState =>
    session
      ? {
          state: 'signed-in',
          user: session.facts(),
          server: remembered.serverName ?? '',
          expired: isExpired,
          encrypted: session.store.key !== null,
        }
      : { state: 'signed-out', lastEmail: remembered.email, notice, trouble: troubleOf() };

  function troubleOf(): StoreTrouble | null {
    const problem = trouble?.problem;
    const { serverName, userId } = remembered;
    if (problem?.kind !== 'storage' || !serverName || !userId) return null;
    return { problem, unsent: countUnsent(storeFile(dataDir, serverName, userId)) };
  }

  const tellSession = (): void => emit('session.changed', state());

  function keep(change: Partial<Remembered>): void {
    remembered = { ...remembered, ...change };
    remember(dataDir, remembered);
  }

  interface Entering {
    userId: string;
    facts: SignedIn['session'] | null;
    deviceId: string | null;
    anew: boolean;
  }

  async function enter(to: Remote, { userId, facts, deviceId, anew }: Entering): Promise<Session> {
    const file = storeFile(dataDir, to.name, userId);
    const protection = await protectionOf(file, vault, facts?.encryptStores, anew);
    const entered = openSession({
      dataDir,
      migrationsDir: options.migrationsDir,
      remote: to,
      userId,
      token,
      deviceId,
      facts,
      protection,
      anew,
      emit,
      log,
      clock,
      onFacts(now) {
        tellSessionIfNew();
        followPolicy(file, vault, now.encryptStores).catch((error: unknown) =>
          log.warn('The store cannot follow the server’s wish', error instanceof Error ? error.message : ''),
        );
      },
      onExpired: () => {
        isExpired = true;
        tellSession();
      },
      onLockLost: () => void lose(),
    });
    session = entered;
    remote = to;
    trouble = null;
    told = JSON.stringify(state());
    entered.sync?.setFocused(isFocused);
    entered.sync?.start();
    return entered;
  }

  let told = '';
  function tellSessionIfNew(): void {
    const now = JSON.stringify(state());
    if (now === told) return;
    told = now;
    tellSession();
  }

  async function leave(): Promise<void> {
    const left = session;
    session = null;
    remote = null;
    isExpired = false;
    await left?.close();
  }

  /** Another process took the store over: two must not write. */
  async function lose(): Promise<void> {
    notice = 'Another Provost console took over this data folder, so this one was closed. Everything saved is there.';
    log.warn('The lease of the store was lost');
    await leave();
    tellSession();
  }

  /** Opens what the last person left, without asking the server: a restart offline goes on where it was. */
  async function resume(): Promise<void> {
    const { server, userId, token: sealed } = remembered;
    if (!server || !userId || !sealed) return;
    try {
      address = await vault.open(server);
      token = await vault.open(sealed).catch(() => null);
      isExpired = token === null;
      await enter(createRemote(address), { userId, facts: null, deviceId: null, anew: false });
    } catch (error) {
      if (error instanceof Refusal && error.problem.kind === 'storage') {
        trouble = error;
        log.error(
          `The store could not be opened: ${error.problem.reason}`,
          error.cause instanceof Error ? error.cause.message : '',
        );
      } else if (error instanceof Refusal) notice = error.problem.message;
      else {
        notice = 'You were signed out because this computer could not unlock what it kept. Sign in again.';
        log.error('The last session could not be opened again', error instanceof Error ? error.message : '');
      }
    }
  }

  async function beginSession({ server, email, password, anew }: Parsed<'session.sign-in'>): Promise<SessionState> {
    const to = createRemote(server);
    try {
      const key = `${to.name} ${email.trim().toLowerCase()}`;
      const deviceId = remembered.devices[key] ?? newId(clock.now());
      await greet(to);
      const said = await signIn(to, {
        email,
        password,
        deviceId,
        deviceName: options.deskName,
        client: options.version,
      });
      await leave();
      token = said.token;
      address = server;
      notice = null;
      const { userId } = said.session;
      remembered = { ...remembered, serverName: to.name, email: email.trim(), userId, token: null, server: null };
      const entered = await enter(to, { userId, facts: said.session, deviceId, anew });
      keep({ devices: { ...remembered.devices, [key]: getMeta(entered.store.writer, 'device_id') ?? deviceId } });
      await keepSecrets();
    } catch (error) {
      if (remote !== to) await to.close();
      throw error instanceof RemoteError ? unreachable(error) : error;
    }
    tellSession();
    return state();
  }

  /** Where the vault keeps nothing, because it cannot or the person does not want it, what was kept before goes too. */
  async function keepSecrets(): Promise<void> {
    const secret = token;
    if (!session || secret === null) return;
    try {
      const [server, sealed] = [await vault.seal(address), await vault.seal(secret)];
      if (token === secret) keep({ server, token: sealed });
    } catch (error) {
      log.warn('The session is kept for this run only', error instanceof Error ? error.message : '');
      keep({ server: null, token: null });
    }
  }

  async function endSession(everywhere: boolean): Promise<SessionState> {
    if (session && remote && token && !isExpired) {
      const told = signOut(remote, token, everywhere).catch(() => undefined);
      await Promise.race([told, new Promise<void>((resolve) => clock.after(signOutWithinMs, resolve))]);
    }
    keep({ token: null });
    token = null;
    notice = null;
    await leave();
    tellSession();
    emit('sync.changed', signedOutState);
    return state();
  }

  const ready = resume();

  async function retry(): Promise<SessionState> {
    if (!session) {
      trouble = null;
      notice = null;
      await resume();
      tellSession();
    }
    return state();
  }

  /** What begins and ends a session, and what can be asked without one. */
  const ownHandlers: { [N in OwnRequest]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> } = {
    'session.read': () => state(),
    async 'session.keep'() {
      await keepSecrets();
      return state();
    },
    'session.retry': retry,
    'session.sign-in': beginSession,
    'session.sign-out': ({ everywhere }) => endSession(everywhere),
    'sync.read': () => session?.syncState() ?? signedOutState,
  };

  async function handle(name: RequestName, input: unknown): Promise<unknown> {
    await ready;
    const given = parsed(name, input) as never;
    if (Object.hasOwn(ownHandlers, name)) return ownHandlers[name as OwnRequest](given);
    if (!session) throw trouble ?? signedOut();
    return (handlers[name as DataRequest] as (session: Session, input: never) => unknown)(session, given);
  }

  async function ask(name: string, input: unknown): Promise<Outcome<unknown>> {
    try {
      if (!isAnswered(name))
        throw new Refusal({ kind: 'not-found', message: 'The console does not know this request.' });
      return { ok: true, value: await handle(name, input) };
    } catch (error) {
      if (session && isCorruption(error)) suspect(session.store.file);
      return { ok: false, problem: problemOf(error, name, log) };
    }
  }

  return {
    ask,
    async request(name, input) {
      return opened(await ask(name, input)) as Output<typeof name>;
    },
    listen(event, callback) {
      const callbacks = listeners.get(event) ?? new Set();
      listeners.set(event, callbacks.add(callback));
      return () => callbacks.delete(callback);
    },
    setFocused(focused) {
      isFocused = focused;
      session?.sync?.setFocused(focused);
    },
    async close() {
      await ready;
      await leave();
    },
  };
}

const atTheRim = ['app.info', 'settings.read', 'settings.write', 'files.print'];
const isAnswered = (name: string): name is RequestName => Object.hasOwn(requests, name) && !atTheRim.includes(name);

const unreachable = (error: RemoteError): Refusal =>
  new Refusal({ kind: 'sign-in-refused', reason: 'unreachable', message: error.message });
