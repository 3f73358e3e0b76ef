import { describe, expect, it } from 'vitest';
import { placeOn } from './placement';
import { isWebAddress } from './web-address';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const wall = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('where the window opens', () => {
  it('is where it was, if its title bar is in sight', () => {
    const saved = { x: 1600, y: 100, width: 1200, height: 800 };
    expect(placeOn([laptop, wall], saved)).toEqual(saved);
  });

  it('is up to the system when that screen is gone, and the window fits the one that is left', () => {
    expect(placeOn([laptop], { x: 1600, y: 100, width: 2400, height: 1300 })).toEqual({ width: 1440, height: 875 });
    expect(placeOn([laptop], { x: 100, y: -300, width: 1000, height: 700 })).toEqual({ width: 1000, height: 700 });
  });

  it('is the usual one for nonsense', () => {
    for (const saved of [
      undefined,
      null,
      'x',
      { x: 1 },
      { x: 0, y: 0, width: Number.NaN, height: 1 },
      { x: 0, y: 0, width: -5, height: 5 },
    ]) {
      expect(placeOn([wall], saved)).toEqual({ width: 1440, height: 900 });
    }
  });
});

describe('a link that may be opened outside', () => {
  it('leads to the web and says plainly where', () => {
    expect(isWebAddress('https://example.org/help')).toBe(true);
    for (const url of [
      'http://example.org',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://bank.example@evil.example/',
      'mailto:a@b',
      'smb://x',
      '',
    ]) {
      expect([url, isWebAddress(url)]).toEqual([url, false]);
    }
  });
});
