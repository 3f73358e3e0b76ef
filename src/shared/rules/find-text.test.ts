import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldText, isFound, replaced } from './find-text';

const loose = (text: string) => ({ text, matchCase: false, whole: false });

it.each([
  ['Rowe Park Pool', 'park', 'Hall', 'Rowe Hall Pool'],
  ['Zoë and ZOE', 'zoe', 'Ada', 'Ada and Ada'],
  ['École', 'e', 'x', 'xcolx'],
  ['Aduke\u0301', 'e', 'o', 'Aduko'],
  ['aaa', 'aa', 'b', 'ba'],
  ['1/2 ½', '½', 'half', '1/2 half'],
])('in “%s” every “%s” becomes “%s”', (shown, text, by, made) => {
  expect(replaced(shown, loose(text), by)).toBe(made);
});

it('minds case and whole cells where asked to', () => {
  expect(replaced('Pool pool', { text: 'pool', matchCase: true, whole: false }, 'x')).toBe('Pool x');
  expect(isFound('Pool ', { text: 'pool', matchCase: false, whole: true })).toBe(true);
  expect(isFound('Pool 2', { text: 'pool', matchCase: false, whole: true })).toBe(false);
});

it('takes what is put in as it is', () => {
  expect(replaced('a', { text: 'a', matchCase: true, whole: false }, '$&$1')).toBe('$&$1');
});

it('leaves nothing behind that it was to replace, and changes nothing else', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'á', 'B', 'b', ' ', 'ß', '\u0301'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (shown, wanted) => {
      fc.pre(foldText(wanted) !== '');
      const made = replaced(shown, loose(wanted), '#');
      expect(made === shown).toBe(!isFound(shown, loose(wanted)));
      const rest = made.split('#').join('').length;
      expect(rest).toBeLessThanOrEqual(shown.length);
    }),
  );
});
