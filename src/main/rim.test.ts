import { describe, expect, it } from 'vitest';
import { createRim } from './rim';
import type { ServerMemory } from './server-memory';
import { changedSettings, defaultSettings, type SettingsStore } from './settings';

function memoryStore(): SettingsStore {
  let now = defaultSettings;
  return { read: () => now, write: (change) => (now = changedSettings(now, change)) };
}

const info = { version: '1', shell: 'browser', protocol: 1, demo: null, dataDir: '/d' } as const;

const servers: ServerMemory = {
  complete: (typed) => Promise.resolve(typed === 'db' ? 'postgres://provost_client:known@db/provost' : typed),
  remember: () => Promise.resolve(),
};

function startRim() {
  const asked: string[] = [];
  const inputs: unknown[] = [];
  const rim = createRim({
    host: {
      ask: (name, input) => {
        asked.push(name);
        inputs.push(input);
        return Promise.resolve({ ok: true, value: null });
      },
      listenToAll: () => () => undefined,
    },
    settings: memoryStore(),
    servers,
    keychain: () => Promise.resolve('open'),
    info,
  });
  return { rim, asked, inputs };
}

describe('a rim', () => {
  it('answers what it knows itself and passes the rest to the desk', async () => {
    const { rim, asked } = startRim();
    expect(await rim.answer('app.info', {})).toEqual({ ok: true, value: info });
    await rim.answer('sync.read', {});
    expect(asked).toEqual(['sync.read']);
  });

  it('signs in with the whole address of a server it knows', async () => {
    const { rim, inputs } = startRim();
    await rim.answer('session.sign-in', { server: 'db', email: 'a', password: 'b' });
    await rim.answer('session.sign-in', null);
    expect(inputs).toEqual([{ server: 'postgres://provost_client:known@db/provost', email: 'a', password: 'b' }, null]);
  });

  it('refuses names that are not requests, also those every object has', async () => {
    const { rim, asked } = startRim();
    for (const name of ['nonsense', 'constructor', '__proto__', 'toString', 7, null, undefined, {}]) {
      expect(await rim.answer(name, {})).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    }
    expect(asked).toEqual([]);
  });

  it('keeps a changed setting and tells everybody', async () => {
    const { rim } = startRim();
    const heard: unknown[] = [];
    rim.listen((event, payload) => heard.push([event, payload]));
    await rim.answer('settings.write', { theme: 'dark', panels: { rail: 200 } });
    await rim.answer('settings.write', { panels: { inspector: 300 } });
    const expected = { ...defaultSettings, theme: 'dark', panels: { rail: 200, inspector: 300 } };
    expect(await rim.answer('settings.read', {})).toEqual({ ok: true, value: expected });
    expect(heard.at(-1)).toEqual(['settings.changed', expected]);
  });

  it('has the session kept or forgotten as soon as the person says so, and only then', async () => {
    const { rim, asked } = startRim();
    expect(await rim.answer('keychain.read', {})).toEqual({ ok: true, value: { state: 'open' } });
    await rim.answer('settings.write', { theme: 'dark' });
    expect(asked).toEqual([]);
    await rim.answer('settings.write', { staySignedIn: true });
    await rim.answer('settings.write', { staySignedIn: true });
    await rim.answer('settings.write', { staySignedIn: false });
    expect(asked).toEqual(['session.keep', 'session.keep']);
  });

  it('refuses a setting that does not fit, and keeps the old one', async () => {
    const { rim } = startRim();
    expect(await rim.answer('settings.write', { theme: 'mauve' })).toMatchObject({
      problem: { kind: 'invalid', issues: [{ path: 'theme' }] },
    });
    expect(await rim.answer('settings.write', null)).toMatchObject({ problem: { kind: 'invalid' } });
    expect(await rim.answer('settings.read', {})).toEqual({ ok: true, value: defaultSettings });
  });
});
