import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortTexts } from './sort-texts';

const bytes = (text: string): Buffer => Buffer.from(text);
const plainly = (texts: readonly string[]): number[] =>
  texts.map((_, i) => i).sort((a, b) => Buffer.compare(bytes(texts[a]!), bytes(texts[b]!)) || a - b);

const parts = fc.constantFrom(
  '',
  'a',
  'b',
  'last ',
  'common-beginning-',
  'é',
  '\u007e',
  '\u007f',
  '\uffee',
  '游泳',
  '🏊',
  '𝒜',
  '0',
  '9',
);
const text = fc.array(parts, { maxLength: 6 }).map((list) => list.join(''));

it('sorts as bytes do, and leaves equal texts in their order', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      expect([...sortTexts(texts)]).toEqual(plainly(texts));
    }),
    { numRuns: 300, seed: 1 },
  );
});

it('sorts many texts that begin alike', () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => `a beginning of all ${((i * 7919) % 20_011).toString(36)}`);
  expect([...sortTexts(texts)]).toEqual(plainly(texts));
});
