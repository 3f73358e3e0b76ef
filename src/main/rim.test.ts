import { describe, expect, it } from 'vitest';
import { createRim } from './rim';
import { changedSettings, defaultSettings, type SettingsStore } from './settings';

function memoryStore(): SettingsStore {
  let now = defaultSettings;
  return { read: () => now, write: (change) => (now = changedSettings(now, change)) };
}

const info = { version: '1', shell: 'browser', protocol: 1, demo: null, dataDir: '/d' } as const;

function startRim() {
  const asked: string[] = [];
  const rim = createRim({
    host: {
      ask: (name) => {
        asked.push(name);
        return Promise.resolve({ ok: true, value: null });
      },
      listenToAll: () => () => undefined,
    },
    settings: memoryStore(),
    info,
  });
  return { rim, asked };
}

describe('a rim', () => {
  it('answers what it knows itself and passes the rest to the desk', async () => {
    const { rim, asked } = startRim();
    expect(await rim.answer('app.info', {})).toEqual({ ok: true, value: info });
    await rim.answer('sync.read', {});
    expect(asked).toEqual(['sync.read']);
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

  it('refuses a setting that does not fit, and keeps the old one', async () => {
    const { rim } = startRim();
    expect(await rim.answer('settings.write', { theme: 'mauve' })).toMatchObject({
      problem: { kind: 'invalid', issues: [{ path: 'theme' }] },
    });
    expect(await rim.answer('settings.write', null)).toMatchObject({ problem: { kind: 'invalid' } });
    expect(await rim.answer('settings.read', {})).toEqual({ ok: true, value: defaultSettings });
  });
});
