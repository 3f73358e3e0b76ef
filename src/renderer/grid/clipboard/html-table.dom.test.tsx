import { expect, it } from 'vitest';
import { blockHtml } from '../../../shared/rules/clipboard-text';
import { readHtmlTable } from './html-table';

it('a table reads as the block it shows', () => {
  const html =
    '<html><body><table><tr><th colspan="2">Prices</th></tr><tr><td>a&amp;b</td><td> 15&nbsp;000 </td></tr></table>';
  expect(readHtmlTable(html)).toEqual([
    ['Prices', ''],
    ['a&b', '15 000'],
  ]);
});

it('what this console copies as HTML reads back', () => {
  const block = [
    ['<b>', 'two\nlines'],
    ['"quoted"', ''],
  ];
  expect(readHtmlTable(blockHtml(block))).toEqual(block);
});

it('a text without a table is none', () => {
  expect(readHtmlTable('<p>words</p>')).toBeNull();
});
