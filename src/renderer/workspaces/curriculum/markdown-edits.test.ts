import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lined, linked, wrapped, type LineMark, type TextEdit } from './markdown-edits';
import { readMinutes, wordCount } from './minutes';

const apply = (text: string, { from, to, insert }: TextEdit) => text.slice(0, from) + insert + text.slice(to);
const chosen = (text: string, edit: TextEdit) => apply(text, edit).slice(edit.select.from, edit.select.to);

describe('the buttons above a text', () => {
  test('bold is put around words and taken away again', () => {
    const once = wrapped('hold the head', { from: 5, to: 8 }, '**');
    expect(apply('hold the head', once)).toBe('hold **the** head');
    const text = apply('hold the head', once);
    expect(apply(text, wrapped(text, once.select, '**'))).toBe('hold the head');
  });
  test('emphasis inside bold makes both', () => {
    expect(apply('**a**', wrapped('**a**', { from: 2, to: 3 }, '*'))).toBe('***a***');
  });
  test('lines become items, numbered ones count, and go back', () => {
    const text = 'Ears in\n\nHips high';
    const items = lined(text, { from: 0, to: text.length }, 'numbered');
    expect(apply(text, items)).toBe('1. Ears in\n\n2. Hips high');
    const numbered = apply(text, items);
    expect(apply(numbered, lined(numbered, items.select, 'numbered'))).toBe(text);
  });
  test('a heading replaces another mark', () => {
    expect(apply('- Aim', lined('- Aim', { from: 3, to: 3 }, 'h2'))).toBe('## Aim');
    expect(apply('## Aim', lined('## Aim', { from: 6, to: 6 }, 'h3'))).toBe('### Aim');
  });
  test('a link waits for its address, or for its words', () => {
    expect(chosen('see film', linked('see film', { from: 4, to: 8 }))).toBe('https://');
    expect(chosen('', linked('', { from: 0, to: 0 }))).toBe('words');
  });
  test('twice is never at all, wherever the cursor stands', () => {
    const line = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8})?$/);
    const marks = fc.constantFrom<LineMark>('h2', 'h3', 'list', 'numbered', 'quote');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), marks, (lines, mark) => {
        const text = lines.join('\n');
        const once = lined(text, { from: 0, to: text.length }, mark);
        const there = apply(text, once);
        expect(there).not.toBe(text);
        expect(apply(there, lined(there, once.select, mark))).toBe(text);
      }),
    );
  });
});

describe('minutes and words', () => {
  test('durations are read as people type them', () => {
    for (const [typed, value] of [
      ['45', 45],
      ['1 h 30', 90],
      ['1:05', 65],
      ['2h', 120],
      ['45 min', 45],
      ['', null],
    ] as const)
      expect(readMinutes(typed)).toEqual({ value });
    for (const typed of ['soon', '1:75', '-5', '1.5']) expect(readMinutes(typed)).toHaveProperty('problem');
  });
  test('words are counted in any script, and a megabyte is counted at once', () => {
    expect(wordCount('## Aim\n\nFloat on the *back*, don’t sink.')).toBe(7);
    const started = performance.now();
    expect(wordCount('word '.repeat(200_000))).toBe(200_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
