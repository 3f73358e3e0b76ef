import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockHtml, blockText, readBlock } from './clipboard-text';

const cell = fc
  .array(fc.constantFrom('a', 'ß', '"', '\t', '\n', ' ', '₦15,000', "'", ',', '""'), { maxLength: 6 })
  .map((parts) => parts.join(''));
const block = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('a block on the clipboard', () => {
  it('reads back as what was written, whatever stands in its cells', () => {
    fc.assert(
      fc.property(block, (written) => {
        expect(readBlock(blockText(written))).toEqual(written);
      }),
      { numRuns: 500 },
    );
  });

  it('reads back the same with the line ends of Windows', () => {
    fc.assert(
      fc.property(block, (written) => {
        expect(readBlock(blockText(written).replaceAll('\n', '\r\n'))).toEqual(written);
      }),
    );
  });

  it('never fails and is always a rectangle', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r') }), (text) => {
        const rows = readBlock(text);
        expect(rows.length).toBeGreaterThan(0);
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      }),
    );
  });

  it.each([
    [
      'Excel',
      'Adults\t₦15,000\r\nChildren\t"15 000"\r\n',
      [
        ['Adults', '₦15,000'],
        ['Children', '15 000'],
      ],
    ],
    [
      'LibreOffice',
      'a\tb\nc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a cell of two lines', 'one\t"first\nsecond"\r\n', [['one', 'first\nsecond']]],
    ['quotation marks within', 'say "hi"\t"say ""hi""\nagain"', [['say "hi"', 'say "hi"\nagain']]],
    [
      'a mark that is never closed',
      '"open\tb\nc',
      [
        ['"open', 'b'],
        ['c', ''],
      ],
    ],
    ['an inch', '12" pipe\t"12"" pipe"', [['12" pipe', '12" pipe']]],
    [
      'rows of different length',
      'a\nb\tc',
      [
        ['a', ''],
        ['b', 'c'],
      ],
    ],
    ['empty rows in between', 'a\n\nb\n', [['a'], [''], ['b']]],
  ])('reads what comes from %s', (_, text, rows) => {
    expect(readBlock(text)).toEqual(rows);
  });

  it('says in HTML what would otherwise be a tag', () => {
    expect(blockHtml([['<b>&', 'two\nlines']])).toContain('<td>&lt;b&gt;&amp;</td><td>two<br>lines</td>');
  });
});
