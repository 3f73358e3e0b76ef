import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createRim, type Rim } from '../rim';
import { openServerMemory } from '../server-memory';
import { startConsoleServer, type ConsoleServer } from './server';
import { openSettingsFile } from './settings';
import { openVault } from './vault';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let rim: Rim;
let server: ConsoleServer;
let cookie = '';

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'provost-window-'));
  writeFileSync(join(root, 'index.html'), '<title>Provost</title>');
  const host = {
    ask: (name: string, input: unknown) => Promise.resolve({ ok: true, value: { name, input } } as const),
    listenToAll: () => () => undefined,
  };
  const info = { version: '1', shell: 'browser', protocol: 1, demo: null, dataDir: root } as const;
  const servers = openServerMemory({ dataDir: root, vault: openVault(root), log: quiet, given: [] });
  rim = createRim({
    host,
    settings: openSettingsFile(root, quiet),
    servers,
    keychain: () => Promise.resolve('open'),
    info,
  });
  server = await startConsoleServer({ root, rim, port: 0, log: quiet });
});
afterAll(() => server.close());
beforeEach(async () => {
  cookie = (await get(pathOf(server.newLink()))).cookie;
});

const pathOf = (link: string) => link.slice(link.indexOf('/', 'http://'.length));
const origin = () => `http://127.0.0.1:${server.port}`;

/** `fetch` does not let a Host header through: this does. */
function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; cookie: string; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          body,
        }),
      );
    });
    sent.once('error', reject).end();
  });
}

function connect(headers: Record<string, string>, path = '/door'): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.once('open', () => resolve(socket)).once('error', reject);
  });
}

const nextMessage = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse((data as Buffer).toString('utf8')))));

describe('the console on loopback', () => {
  it('opens with a ticket exactly once', async () => {
    const path = pathOf(server.newLink());
    expect(await get(path)).toMatchObject({ status: 303 });
    const second = await get(path);
    expect(second).toMatchObject({ status: 403, cookie: '' });
    expect(second.body).toContain('has been used');
    expect(await get(path, { cookie })).toMatchObject({ status: 303, cookie: '' });
  });

  it('serves the page to the holder of the cookie and to nobody else', async () => {
    expect(await get('/', { cookie })).toMatchObject({ status: 200, body: '<title>Provost</title>' });
    for (const wrong of ['', 'other=1', `${cookie}x`, cookie.slice(0, -1)])
      expect(await get('/', { cookie: wrong })).toMatchObject({ status: 403 });
    expect(await get('/?ticket=guess')).toMatchObject({ status: 403 });
  });

  it('refuses another host name, even with the cookie', async () => {
    for (const host of ['evil.example', `localhost:${server.port}`, '127.0.0.1']) {
      expect(await get('/', { host, cookie })).toMatchObject({ status: 421 });
    }
  });

  it('refuses to be written to', async () => {
    expect(await get('/', { cookie }, 'POST')).toMatchObject({ status: 405 });
  });

  it('opens its door only to its own page', async () => {
    await expect(connect({ cookie, origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(connect({ cookie })).rejects.toThrow('403');
    await expect(connect({ origin: origin() })).rejects.toThrow('403');
    await expect(connect({ cookie, origin: origin(), host: 'evil.example' })).rejects.toThrow('421');
    await expect(connect({ cookie, origin: origin() }, '/elsewhere')).rejects.toThrow('404');
  });

  it('answers requests and passes events on', async () => {
    const socket = await connect({ cookie, origin: origin() });
    socket.send(JSON.stringify({ id: 5, name: 'sync.waiting', input: { limit: 2 } }));
    expect(await nextMessage(socket)).toEqual({
      id: 5,
      outcome: { ok: true, value: { name: 'sync.waiting', input: { limit: 2 } } },
    });
    socket.send(JSON.stringify({ id: 6, name: 'toString' }));
    expect(await nextMessage(socket)).toMatchObject({ id: 6, outcome: { ok: false, problem: { kind: 'not-found' } } });
    rim.emit('menu.chosen', { command: 'search' });
    expect(await nextMessage(socket)).toEqual({ event: 'menu.chosen', payload: { command: 'search' } });
    socket.terminate();
  });

  it('says plainly what is too large, and goes on', async () => {
    const socket = await connect({ cookie, origin: origin() });
    socket.send(JSON.stringify({ id: 8, name: 'rows.save', input: 'x'.repeat(65 * 1024 * 1024) }));
    expect(await nextMessage(socket)).toMatchObject({ id: 8, outcome: { problem: { kind: 'invalid' } } });
    socket.send(JSON.stringify({ id: 9, name: 'app.info', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ id: 9, outcome: { ok: true } });
    socket.terminate();
  });

  it('hangs up on nonsense', async () => {
    for (const nonsense of ['{', '[]', '{"name":"app.info"}', Buffer.from([1, 2, 3])]) {
      const socket = await connect({ cookie, origin: origin() });
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.send(nonsense);
      expect(await closed).toBe(1007);
    }
  });

  it('says which port is taken', async () => {
    const second = startConsoleServer({ root: '.', rim, port: server.port, log: quiet });
    await expect(second).rejects.toThrow(`Port ${server.port} is in use`);
  });
});

describe('the vault of the browser rim', () => {
  it('opens what it sealed, after a restart too, and nothing that was changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'provost-vault-'));
    const sealed = await openVault(folder).seal('a token ✓');
    expect(sealed).not.toContain('token');
    expect(await openVault(folder).open(sealed)).toBe('a token ✓');
    expect(await openVault(folder).seal('a token ✓')).not.toBe(sealed);
    const changed = Buffer.from(sealed, 'base64');
    changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
    await expect(openVault(folder).open(changed.toString('base64'))).rejects.toThrow('Sign in again');
    await expect(openVault(folder).open('')).rejects.toThrow('Sign in again');
    expect(statSync(join(folder, 'vault.key')).mode & 0o777).toBe(0o600);
  });
});
