import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askedDataDir, demonstration, option } from './start-options';

describe('how a console is started', () => {
  it('takes options in both spellings, and the last one counts', () => {
    expect(option(['--port', '80', '--port=90'], 'port')).toBe('90');
    expect(option(['--port', '--no-open'], 'port')).toBeUndefined();
    expect(option(['--port='], 'port')).toBeUndefined();
  });

  it('honours both names of the data folder', () => {
    expect(askedDataDir(['--user-data-dir=there'])).toBe(resolve('there'));
    expect(askedDataDir(['--data-dir', 'here', '--user-data-dir=there'])).toBe(resolve('here'));
    expect(askedDataDir([])).toBeUndefined();
  });

  it('believes in a demonstration only if it is whole', () => {
    const demo = {
      server: 'postgres://h/d',
      accounts: [{ email: 'a', password: 'b', name: 'c', role: 'd', note: 'e' }],
    };
    expect(demonstration({ PROVOST_DEMO: JSON.stringify(demo) })).toEqual(demo);
    expect(demonstration({ PROVOST_DEMO: '{"server": 7}' })).toBeNull();
    expect(demonstration({ PROVOST_DEMO: 'nonsense' })).toBeNull();
    expect(demonstration({})).toBeNull();
  });
});
