import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSettingsFile } from './browser/settings';
import { defaultSettings, settingsFrom, withoutPassword } from './settings';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const newFolder = () => mkdtempSync(join(tmpdir(), 'provost-settings-'));

describe('settings', () => {
  it('keep what fits of a file and take the default for what does not', () => {
    const found = { theme: 'dark', density: 'enormous', programs: ['not an id'], panels: { rail: 180 }, unknown: 1 };
    expect(settingsFrom(found)).toEqual({ ...defaultSettings, theme: 'dark', panels: { rail: 180 } });
    for (const nonsense of [null, 'text', 7, []]) expect(settingsFrom(nonsense)).toEqual(defaultSettings);
  });

  it('never keep the password of a server', () => {
    expect(withoutPassword('postgres://provost_client:s3cret@db.example:5432/provost')).toBe(
      'postgres://provost_client@db.example:5432/provost',
    );
    expect(withoutPassword('postgres://db.example/provost?user=a&password=s3cret')).toBe(
      'postgres://db.example/provost?user=a',
    );
    expect(withoutPassword('db.example:5432')).toBe('db.example:5432');
  });

  it('survive a restart', () => {
    const folder = newFolder();
    openSettingsFile(folder, quiet).write({ theme: 'light', server: 'postgres://u:p@h/d' });
    expect(openSettingsFile(folder, quiet).read()).toEqual({
      ...defaultSettings,
      theme: 'light',
      server: 'postgres://u@h/d',
    });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('set a broken file aside instead of overwriting it', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'settings.json'), '{"theme": "da');
    const store = openSettingsFile(folder, quiet);
    expect(store.read()).toEqual(defaultSettings);
    store.write({ theme: 'dark' });
    const aside = readdirSync(folder).find((name) => name.includes('unreadable')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).toBe('{"theme": "da');
    expect(openSettingsFile(folder, quiet).read().theme).toBe('dark');
  });
});
