/** What both rims do with a request: their own they answer themselves, the rest goes to the desk. */
import type { Outcome, Problem } from '../shared/contract/outcome';
import {
  requests,
  type AppInfo,
  type EventName,
  type KeychainState,
  type RequestName,
  type Settings,
} from '../shared/contract/requests';
import type { DeskHost } from './desk-host';
import type { ServerMemory } from './server-memory';
import type { SettingsStore } from './settings';

export interface Rim {
  /** Never throws. `name` and `input` come from a page and are believed in nothing. */
  answer(name: unknown, input: unknown): Promise<Outcome<unknown>>;
  /** Every event for the page: the desk's and the rim's own. Returns the way to stop. */
  listen(callback: (event: EventName, payload: unknown) => void): () => void;
  /** Sends an event of the rim itself. */
  emit(event: EventName, payload: unknown): void;
}

export interface RimParts {
  host: Pick<DeskHost, 'ask' | 'listenToAll'>;
  settings: SettingsStore;
  servers: ServerMemory;
  keychain(): Promise<KeychainState>;
  info: AppInfo;
  /** Makes a PDF of what the window has laid out for paper, where the person says. Without it the page prints itself. */
  print?: (name: string) => Promise<Outcome<{ printed: boolean }>>;
}

type OwnRequest = 'app.info' | 'settings.read' | 'settings.write' | 'keychain.read' | 'files.print';

export function createRim({ host, settings, servers, keychain, info, print }: RimParts): Rim {
  const listeners = new Set<(event: EventName, payload: unknown) => void>();
  const emit = (event: EventName, payload: unknown) => {
    for (const listener of listeners) listener(event, payload);
  };
  host.listenToAll(emit);

  const own: Record<OwnRequest, (input: unknown) => Outcome<unknown> | Promise<Outcome<unknown>>> = {
    'app.info': () => ({ ok: true, value: info }),
    'settings.read': () => ({ ok: true, value: settings.read() }),
    'keychain.read': async () => ({ ok: true, value: { state: await keychain() } }),
    'files.print': (input) => printed(print, input),
    async 'settings.write'(input) {
      const before = settings.read().staySignedIn;
      const outcome = writeSettings(settings, input, (now) => emit('settings.changed', now));
      // Before it is answered: who chose to be asked for the password can switch the computer off.
      if (settings.read().staySignedIn !== before) await host.ask('session.keep', {});
      return outcome;
    },
  };

  return {
    emit,
    listen(callback) {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
    async answer(name, input) {
      if (!isRequestName(name))
        return refused({ kind: 'not-found', message: 'This console does not know that request.' });
      if (Object.hasOwn(own, name)) return own[name as OwnRequest](input);
      return name === 'session.sign-in' ? signIn(host, servers, input) : host.ask(name, input);
    },
  };
}

function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

/** The desk gets the whole address of the server, also where the page knows only its name. */
async function signIn(host: RimParts['host'], servers: ServerMemory, input: unknown): Promise<Outcome<unknown>> {
  const typed = (input as { server?: unknown } | null | undefined)?.server;
  if (typeof typed !== 'string') return host.ask('session.sign-in', input);
  const server = await servers.complete(typed);
  const outcome = await host.ask('session.sign-in', { ...(input as object), server });
  if (outcome.ok) await servers.remember(server);
  return outcome;
}

function printed(print: RimParts['print'], input: unknown): Outcome<unknown> | Promise<Outcome<unknown>> {
  const read = requests['files.print'].safeParse(input);
  return read.success && print ? print(read.data.name) : { ok: true, value: { printed: false } };
}

const refused = (problem: Problem): Outcome<unknown> => ({ ok: false, problem });

function writeSettings(store: SettingsStore, input: unknown, changed: (now: Settings) => void): Outcome<unknown> {
  const read = requests['settings.write'].safeParse(input);
  if (!read.success) {
    const issues = read.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
    return refused({ kind: 'invalid', message: 'That setting cannot be kept.', issues });
  }
  try {
    const now = store.write(read.data);
    changed(now);
    return { ok: true, value: now };
  } catch {
    // Not worth an alarm: the console works on with it until it is closed.
    return refused({
      kind: 'storage',
      reason: 'read-only',
      message:
        'The setting could not be written to this computer’s disk. Check that it is not full or write-protected.',
    });
  }
}
