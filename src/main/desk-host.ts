/**
 * Starts the desk's worker and speaks with it.
 *
 * Invariant: every request gets exactly one answer. What waits when the worker dies is answered `busy`; what was saved before is on disk,
 * and the worker that replaces it reads it from there.
 */
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { open, type Outcome, type Problem } from '../shared/contract/outcome';
import type { Desk, EventName, Events, Input, Output, RequestName } from '../shared/contract/requests';
import { entityNames } from '../shared/entities';
import type { DeskSetup, FromDesk, Log, ToDesk, Vault } from './desk-messages';

export interface DeskHostOptions {
  /** The built worker: a JavaScript file. */
  entry: string | URL;
  setup: DeskSetup;
  vault: Vault;
  log: Log;
}

type Callback = (payload: never) => void;
type AnyCallback = (event: EventName, payload: unknown) => void;

/** A worker that dies this often within the time is not started again: something is wrong that a start does not mend. */
const MOST_DEATHS = 4;
const DEATHS_WITHIN_MS = 60_000;
const CLOSES_WITHIN_MS = 5_000;

const restarting: Problem = {
  kind: 'busy',
  message: 'The console’s engine stopped and was started again. What was saved is safe; please do that once more.',
};

export class DeskHost implements Desk {
  #worker: Worker | null = null;
  #lastId = 0;
  #waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  #listeners = new Map<EventName, Set<Callback>>();
  #everything = new Set<AnyCallback>();
  #deaths: number[] = [];
  #givenUp: Problem | null = null;
  #isClosing = false;
  #isFocused = true;

  constructor(private readonly options: DeskHostOptions) {
    this.#start();
  }

  /** Asks the worker. Never throws: what goes wrong is in the outcome. */
  ask(name: RequestName, input: unknown): Promise<Outcome<unknown>> {
    if (this.#givenUp) return Promise.resolve({ ok: false, problem: this.#givenUp });
    if (!this.#worker || this.#isClosing) return Promise.resolve({ ok: false, problem: restarting });
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      try {
        this.#tell({ type: 'request', id, name, input });
      } catch (error) {
        // Only what cannot be cloned (a function, say) gets here.
        this.#waiting.delete(id);
        resolve({ ok: false, problem: this.#bug(`The input of ${name} cannot be sent`, error) });
      }
    });
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    return open(await this.ask(name, input)) as Output<N>;
  }

  listen<E extends EventName>(event: E, callback: (payload: Events[E]) => void): () => void {
    const callbacks = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, callbacks.add(callback));
    return () => callbacks.delete(callback);
  }

  /** Every event, for a rim that passes them on. */
  listenToAll(callback: AnyCallback): () => void {
    this.#everything.add(callback);
    return () => this.#everything.delete(callback);
  }

  setFocused(focused: boolean): void {
    this.#isFocused = focused;
    this.#tell({ type: 'focus', focused });
  }

  /** Lets the worker write down what is open, and ends it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#tell({ type: 'close' });
    const impatience = setTimeout(() => void worker.terminate(), CLOSES_WITHIN_MS);
    await ended;
    clearTimeout(impatience);
  }

  #start(): void {
    const worker = new Worker(this.options.entry, { workerData: this.options.setup, stderr: true });
    this.#worker = worker;
    // The worker has no log of its own: what it writes goes through the rim's, which hides secrets and keeps a file.
    createInterface({ input: worker.stderr }).on('line', (line) => logLine(this.options.log, line));
    worker.on('message', (message: FromDesk) => this.#hear(message));
    worker.on('messageerror', (error) => this.options.log.error('A message of the desk could not be read', error));
    worker.on('error', (error) => this.options.log.error('The desk stopped', error));
    worker.on('exit', () => this.#died());
    this.#tell({ type: 'focus', focused: this.#isFocused });
  }

  #tell(message: ToDesk): void {
    this.#worker?.postMessage(message);
  }

  #hear(message: FromDesk): void {
    switch (message.type) {
      case 'reply': {
        const answer = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        answer?.(message.outcome);
        return;
      }
      case 'event':
        this.#emit(message.event, message.payload);
        return;
      case 'vault':
        void this.#useVault(message);
    }
  }

  /** Security: neither the text nor what becomes of it is logged. */
  async #useVault({ id, op, text }: Extract<FromDesk, { type: 'vault' }>): Promise<void> {
    try {
      this.#tell({ type: 'vault-reply', id, text: await this.options.vault[op](text) });
    } catch (error) {
      this.#tell({ type: 'vault-reply', id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #emit(event: EventName, payload: unknown): void {
    for (const callback of this.#listeners.get(event) ?? []) callback(payload as never);
    for (const callback of this.#everything) callback(event, payload);
  }

  #died(): void {
    this.#worker = null;
    // First: the worker that replaces it is asked at once, and those requests are not among the lost ones.
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    if (!this.#isClosing) this.#replace();
    const problem = this.#givenUp ?? restarting;
    for (const answer of waiting) answer({ ok: false, problem });
  }

  #replace(): void {
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now];
    if (this.#deaths.length >= MOST_DEATHS) {
      this.#givenUp = this.#bug(`The desk stopped ${MOST_DEATHS} times within a minute and is not started again`);
      return;
    }
    this.options.log.warn('The desk is started again');
    this.#start();
    void this.#tellAfresh();
  }

  /** A window that watched the old worker may have missed events: it reads everything again. */
  async #tellAfresh(): Promise<void> {
    for (const [name, event] of [
      ['session.read', 'session.changed'],
      ['sync.read', 'sync.changed'],
    ] as const) {
      const outcome = await this.ask(name, {});
      if (outcome.ok) this.#emit(event, outcome.value);
    }
    this.#emit('rows.changed', {
      changes: Object.fromEntries(entityNames.map((entity) => [entity, 'many'])),
      cause: 'sync',
    });
  }

  #bug(what: string, error?: unknown): Problem {
    const reference = Math.random().toString(36).slice(2, 8).toUpperCase();
    this.options.log.error(`${what} (reference ${reference})`, error ?? '');
    return {
      kind: 'bug',
      reference,
      message: `Something went wrong inside the console. What was saved is safe. Close it and open it again; if that does not help, pass on the reference ${reference}.`,
    };
  }
}

/** `warn What happened`: a level the worker gave, or anything else that ended up on its standard error. */
function logLine(log: Log, line: string): void {
  const [, level, text] = /^(info|warn|error) (.*)$/.exec(line) ?? [];
  if (level === undefined) log.warn(`desk: ${line}`);
  else log[level as keyof Log](`desk: ${text}`);
}
