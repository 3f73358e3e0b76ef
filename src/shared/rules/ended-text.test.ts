import { describe, expect, it } from 'vitest';
import { endedText } from './ended-text';

const ended = (...desks: string[]) => endedText({ changes: { signedInAt: [desks, null] } }, 'Ada Obi');

describe('the entry of ended sessions', () => {
  it('tells whose and on which desks', () => {
    expect(ended('Front desk')).toBe('Ended the session of Ada Obi on Front desk');
    expect(ended('Front desk', 'Laptop')).toBe('Ended the sessions of Ada Obi on Front desk and Laptop');
    expect(ended('Front desk', 'Laptop', 'Pool')).toBe('Ended the sessions of Ada Obi on Front desk, Laptop and Pool');
  });

  it('names a desk once, however often its person was signed in there', () => {
    expect(ended('Laptop', 'Laptop')).toBe('Ended the sessions of Ada Obi on Laptop');
  });

  it('says whose where the desks are not told', () => {
    expect(endedText({ changes: {} }, 'Ada Obi')).toBe('Ended the sessions of Ada Obi');
  });
});
