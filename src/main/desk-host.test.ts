import { afterEach, describe, expect, it } from 'vitest';
import { DeskHost } from './desk-host';
import type { Vault } from './desk-messages';

const echo = new URL('./testing/echo-worker.ts', import.meta.url);
const setup = {
  dataDir: '/nowhere',
  migrationsDir: '/nowhere',
  shell: 'browser',
  version: '1.2.3',
  demo: null,
  deskName: 'a test',
} as const;
const backwards: Vault = {
  seal: (text) => Promise.resolve([...text].reverse().join('')),
  open: () => Promise.reject(new Error('There is no keychain.')),
};

const hosts: DeskHost[] = [];
const written: string[] = [];
const log = {
  info: () => undefined,
  warn: (message: string) => void written.push(message),
  error: (message: string) => void written.push(message),
};

function startHost(vault: Vault = backwards): DeskHost {
  const host = new DeskHost({ entry: echo, setup: { ...setup }, vault, log });
  hosts.push(host);
  return host;
}

const order = (host: DeskHost, search: string) => host.ask('rows.choices', { entity: 'courses', search });

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  written.length = 0;
});

describe('the host of the desk', () => {
  it('gives each of many requests its own answer', async () => {
    const host = startHost();
    const answers = await Promise.all([1, 2, 3].map((limit) => host.ask('sync.waiting', { limit })));
    expect(answers).toEqual(
      [1, 2, 3].map((limit) => ({ ok: true, value: { name: 'sync.waiting', input: { limit } } })),
    );
  });

  it('throws what the desk refuses, where the caller speaks the contract', async () => {
    const host = startHost();
    await expect(host.request('rows.choices', { entity: 'courses', search: 'refuse' })).rejects.toMatchObject({
      name: 'Refusal',
      problem: { kind: 'offline' },
    });
  });

  it('hands the worker what it was set up with', async () => {
    expect(await order(startHost(), 'setup')).toEqual({ ok: true, value: setup });
  });

  it('passes events on to those who listen, until they stop', async () => {
    const host = startHost();
    const heard: unknown[] = [];
    const stop = host.listen('sync.changed', (payload) => heard.push(payload));
    host.listenToAll((event) => heard.push(event));
    await order(host, 'event');
    stop();
    await order(host, 'event');
    expect(heard).toEqual([{ waiting: 3 }, 'sync.changed', 'sync.changed']);
  });

  it('seals a secret for the worker, and says why it cannot open one', async () => {
    expect(await order(startHost(), 'seal')).toMatchObject({ value: { text: 'nekot a' } });
    const locked = startHost({ ...backwards, seal: () => Promise.reject(new Error('There is no keychain.')) });
    expect(await order(locked, 'seal')).toMatchObject({ value: { error: 'There is no keychain.' } });
  });

  it('answers what waited as busy when the worker dies, starts another one, and has the window read afresh', async () => {
    const host = startHost();
    const events: string[] = [];
    host.listenToAll((event) => events.push(event));
    host.setFocused(false);
    const waiting = order(host, 'silence');
    const fatal = order(host, 'crash');
    expect([await waiting, await fatal]).toMatchObject([{ problem: { kind: 'busy' } }, { problem: { kind: 'busy' } }]);
    expect(await order(host, 'focus')).toEqual({ ok: true, value: false });
    expect(await host.ask('sync.read', {})).toMatchObject({ ok: true });
    expect(events).toEqual(['session.changed', 'sync.changed', 'rows.changed']);
  });

  it('gives up on a worker that keeps dying, and says so with a reference that is in the log', async () => {
    const host = startHost();
    for (let death = 1; death < 4; death++) await order(host, 'crash');
    const last = await order(host, 'crash');
    expect(last).toMatchObject({ ok: false, problem: { kind: 'bug' } });
    expect(await order(host, 'focus')).toEqual(last);
    const reference = last.ok || last.problem.kind !== 'bug' ? '' : last.problem.reference;
    expect(written.join('\n')).toContain(reference);
  });

  it('writes what the worker reports into the log of the rim', async () => {
    await order(startHost(), 'grumble');
    await expect.poll(() => written).toContain('desk: The echo is not well');
  });

  it('answers a request whose input cannot be sent', async () => {
    expect(await startHost().ask('sync.read', { callback: () => undefined })).toMatchObject({
      problem: { kind: 'bug' },
    });
  });

  it('answers requests that come while it closes', async () => {
    const host = startHost();
    const closing = host.close();
    expect(await host.ask('sync.read', {})).toMatchObject({ problem: { kind: 'busy' } });
    await closing;
  });
});
