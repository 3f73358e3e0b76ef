import { describe, expect, it } from 'vitest';
import { createCopyReader, type CopyRow } from './copy-text';

const read = (bytes: Buffer, columns: number, cut: number): CopyRow[] => {
  const rows: CopyRow[] = [];
  const reader = createCopyReader(columns, (row) => rows.push(row));
  for (let at = 0; at < bytes.length; at += cut) reader.push(bytes.subarray(at, at + cut));
  expect(reader.end()).toBe(rows.length);
  return rows;
};

describe('the text COPY reader', () => {
  const wire = Buffer.from('1\tplain\t\\N\n2\ttab\\tnew\\nline\\\\N \\\\ back\t\n3\tŞ 🏊 عربي\t\\\\N\n');
  const rows: CopyRow[] = [
    ['1', 'plain', null],
    ['2', 'tab\tnew\nline\\N \\ back', ''],
    ['3', 'Ş 🏊 عربي', '\\N'],
  ];

  it('reads escapes, nulls, empty texts and every script', () => {
    expect(read(wire, 3, wire.length)).toEqual(rows);
  });

  it('reads the same rows wherever the stream is cut, even inside a character', () => {
    for (let cut = 1; cut < 12; cut++) expect(read(wire, 3, cut)).toEqual(rows);
  });

  it('refuses a row with another number of cells, and an end inside a row', () => {
    expect(() => read(Buffer.from('1\t2\n'), 3, 10)).toThrow();
    expect(() => read(Buffer.from('1\t2\n3\t'), 2, 10)).toThrow();
  });
});
