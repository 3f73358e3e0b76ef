import { appendFileSync, mkdtempSync, rmSync, writeFileSync, readFileSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import writeExcel from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CsvRecords, guessDelimiter } from './csv-records';
import { Work } from './jobs';
import { Scratch } from './scratch';
import { readSource, type ReadOptions } from './source';
import { XlsxWriter } from './xlsx-write';
import { ZipWriter } from './zip-write';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'provost-read-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const plain = (at: string) => ({ path: at, key: null });
const path = (ending: string) => join(folder, `${++files}.${ending}`);

async function read(file: string, options: ReadOptions = {}) {
  const scratch = new Scratch(`${file}.db`);
  try {
    const source = await readSource(plain(file), options, scratch, new Work());
    return { source, lines: scratch.lines(0, 1_000_000) };
  } finally {
    scratch.close();
  }
}
function text(content: string | Uint8Array) {
  const file = path('csv');
  writeFileSync(file, content);
  return file;
}
const cells = async (content: string | Uint8Array, options: ReadOptions = {}) =>
  (await read(text(content), options)).lines.map((line) => line.cells);

describe('delimited text', () => {
  it('reads what Papa Parse writes, whatever stands in the cells and however the pieces are cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\n', '\r\n', "'", '😀'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 7 }),
        (rows, delimiter, newline, size) => {
          const written = Papa.unparse(rows, { delimiter, newline, quotes: true });
          const reader = new CsvRecords(delimiter);
          const got: string[][] = [];
          for (let i = 0; i < written.length; i += size)
            got.push(...reader.push(written.slice(i, i + size)).map((r) => r.cells));
          got.push(...reader.end().map((r) => r.cells));
          expect(got).toEqual(rows);
        },
      ),
    );
  });

  it('knows on which line each record begins, also after values of several lines', () => {
    const reader = new CsvRecords(',');
    const records = [...reader.push('a,b\r\n"one\r\ntwo",2\r\n\r\nx,y'), ...reader.end()];
    expect(records.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('finds the separator', () => {
    expect(guessDelimiter('a;b;c\n1,5;2,5;3\n')).toBe(';');
    expect(guessDelimiter('a\tb\n"x,y"\tz\n')).toBe('\t');
    expect(guessDelimiter('name,city\n"Obi, Ada",Lagos\n')).toBe(',');
    expect(guessDelimiter('one\ntwo\n')).toBe(',');
  });

  const words = 'Name;Città\nZoë Adéyẹmí;Kraków\n';
  it.each([
    ['UTF-8', Buffer.from(words)],
    ['UTF-8 with its mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(words)])],
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(words, 'utf16le')])],
    ['UTF-16 without one', Buffer.from(words, 'utf16le')],
    ['UTF-16 the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(words, 'utf16le').swap16()])],
  ])('reads %s', async (_, bytes) => {
    expect(await cells(bytes)).toEqual([
      ['Name', 'Città'],
      ['Zoë Adéyẹmí', 'Kraków'],
    ]);
  });

  it('reads Windows-1252, and another encoding where somebody says so', async () => {
    const bytes = Buffer.from(
      'Prénom,Prix\nRenée,“15 €”\n'.replace('“', '\x93').replace('”', '\x94').replace('€', '\x80'),
      'latin1',
    );
    expect((await cells(bytes))[1]).toEqual(['Renée', '“15 €”']);
    const polish = Buffer.from([
      ...Buffer.from('Miasto,Kod\nKrak'),
      0xf3,
      ...Buffer.from('w'),
      0xb3,
      ...Buffer.from(',1\n'),
    ]);
    expect((await cells(polish, { encoding: 'windows-1250' }))[1]).toEqual(['Krakówł', '1']);
  });

  it('takes back the apostrophe that guards against formulas', async () => {
    expect(await cells("a,b\n'+234 80,'=1+1\n")).toEqual([
      ['a', 'b'],
      ['+234 80', '=1+1'],
    ]);
  });
});

const sentence = async (file: string) => {
  const problem = await read(file).then(
    () => null,
    (error: unknown) => error as Error,
  );
  expect(problem?.name).toBe('Refusal');
  return problem!.message;
};

describe('a file that cannot be read says so in words', () => {
  it.each([
    ['an empty one', '', /empty/],
    ['one of blank lines', '\n\n\n', /no lines/],
    ['one cut off inside a value', 'a,b\n1,"two', /line 2 is never closed/],
    ['a thousand and one columns', Array(1001).fill('x').join(','), /more than 1,000 columns/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 0, 0, 3]), /not a text file/],
    ['a PDF', '%PDF-1.7 and so on', /PDF/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /\.xls/],
  ])('%s', async (_, content, message) => {
    expect(await sentence(text(content))).toMatch(message);
  });

  it('takes a thousand columns', async () => {
    const { source } = await read(text(`${Array.from({ length: 1000 }, (_, i) => `c${i}`).join(',')}\n`));
    expect(source.columns).toBe(1000);
  });

  it('more lines than can be imported at once', async () => {
    expect(await sentence(text('x,y\n'.repeat(200_002)))).toMatch(/more than 200,000 lines/);
  });

  it('a hundred megabytes on one line, before memory fills with it', async () => {
    const file = path('csv');
    const piece = `${'x'.repeat(1024)},`.repeat(1024);
    for (let i = 0; i < 100; i++) appendFileSync(file, i === 0 ? `a,b\n${piece}` : piece);
    const before = process.memoryUsage().rss;
    expect(await sentence(file)).toMatch(/Line 2 has more than 1,000 columns/);
    // Held whole it would be twice its size, as bytes and as text; what else a process takes in passing varies.
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('a workbook cut off at any place', async () => {
    const whole = readFileSync(
      await workbook([
        ['a', 'b'],
        ['1', '2'],
      ]),
    );
    for (const part of [0.02, 0.3, 0.6, 0.95]) {
      const file = path('xlsx');
      writeFileSync(file, whole.subarray(0, Math.max(8, Math.floor(whole.length * part))));
      expect(await sentence(file)).toMatch(/damaged|cut off/);
    }
  });

  it('any bytes at all end in lines or in words, never in a bug', async () => {
    const whole = readFileSync(
      await workbook([
        ['a', 'b'],
        ['1', '2'],
      ]),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        async (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          const file = path('xlsx');
          writeFileSync(file, bytes);
          await read(file).catch((error: unknown) => expect((error as Error).name).toBe('Refusal'));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a bomb of kilobytes that unpacks to gigabytes, without unpacking it', async () => {
    const file = path('xlsx');
    const zip = await ZipWriter.create(plain(file));
    await zip.part('xl/workbook.xml', '<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>');
    await zip.part(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    );
    await zip.begin('xl/worksheets/sheet1.xml');
    const zeros = '0'.repeat(1024 * 1024);
    await zip.write('<sheetData><row r="1"><c><v>');
    for (let i = 0; i < 32; i++) await zip.write(zeros);
    await zip.end();
    await zip.close();
    expect(statSync(file).size).toBeLessThan(1_000_000);
    expect(await sentence(file)).toMatch(/far too large/);
  }, 60_000);

  it('texts of a workbook that unpack to more than memory should hold', async () => {
    const file = path('xlsx');
    const zip = await ZipWriter.create(plain(file));
    await zip.part('xl/workbook.xml', '<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>');
    await zip.part(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
    );
    await zip.part('xl/worksheets/sheet1.xml', '<sheetData/>');
    await zip.begin('xl/sharedStrings.xml');
    const item = `<si><t>${'x'.repeat(1024 * 1024)}</t></si>`;
    for (let i = 0; i < 129; i++) await zip.write(item);
    await zip.end();
    await zip.close();
    expect(await sentence(file)).toMatch(/too large once unpacked/);
  }, 60_000);
});

async function workbook(rows: string[][]) {
  const file = path('xlsx');
  await (
    writeExcel(rows.map((row) => row.map((value) => ({ value, type: String })))) as {
      toFile(to: string): Promise<void>;
    }
  ).toFile(file);
  return file;
}

it('reads a hundred megabytes line by line', async () => {
  const file = path('csv');
  const line = `${'word '.repeat(200)},two\n`;
  const size = Math.ceil((100 * 1024 * 1024) / line.length / 100);
  for (let i = 0; i < 100; i++) appendFileSync(file, line.repeat(size));
  const scratch = new Scratch(`${file}.db`);
  const before = process.memoryUsage().rss;
  const source = await readSource(plain(file), {}, scratch, new Work());
  const grown = process.memoryUsage().rss - before;
  scratch.close();
  rmSync(file);
  expect(source.rows).toBe(size * 100);
  expect(grown).toBeLessThan(150 * 1024 * 1024);
}, 60_000);

describe('workbooks', () => {
  it('reads what another library writes: texts, numbers, days, truths', async () => {
    const file = path('xlsx');
    const sheet = [
      [{ value: 'Name' }, { value: 'Price' }, { value: 'From' }, { value: 'Active' }, { value: 'Share' }],
      [
        { value: 'Zoë & <Ada> "x"\nline two' },
        { value: 15000.5, format: '#,##0.00' },
        { value: new Date(Date.UTC(2026, 8, 4)), type: Date, format: 'dd/mm/yyyy' },
        { value: true, type: Boolean },
        { value: 0.35, format: '0%' },
      ],
    ];
    await (writeExcel(sheet as never) as unknown as { toFile(to: string): Promise<void> }).toFile(file);
    const { lines, source } = await read(file);
    expect(source.header).toBe(1);
    expect(lines[1]?.cells).toEqual(['Zoë & <Ada> "x"\nline two', 15000.5, { date: '2026-09-04' }, true, '35%']);
  });

  it('what it writes, another library reads', async () => {
    const file = path('xlsx');
    const writer = await XlsxWriter.create(
      plain(file),
      [
        { label: 'Näme & co', width: 20 },
        { label: 'n', width: 8 },
        { label: 'hidden', width: 5, isHidden: true },
      ],
      'A/B: very long title of a sheet, longer than allowed',
    );
    await writer.row(['=cmd|x', { number: '1234.56', format: '"₦"#,##0.00' }, 'id']);
    await writer.row(['_x0041_ stays', { number: '46269', format: 'day' }, null]);
    await writer.row([null, true, 'tail\u0001\ud800']);
    await writer.close();
    const rows = await readSheet(file);
    expect(rows[0]).toEqual(['Näme & co', 'n', 'hidden']);
    expect(rows[1]).toEqual(['=cmd|x', 1234.56, 'id']);
    expect((rows[2]?.[1] as unknown as Date).toISOString().slice(0, 10)).toBe('2026-09-04');
    expect(rows[3]).toEqual([null, true, 'tail']);
    const ours = await read(file);
    expect(ours.lines[2]?.cells).toEqual(['_x0041_ stays', { date: '2026-09-04' }]);
    expect(ours.source.sheets).toEqual(['A B  very long title of a sheet']);
  });

  it('reads back any texts it wrote', async () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const file = path('xlsx');
          const writer = await XlsxWriter.create(
            plain(file),
            ['a', 'b', 'c'].map((label) => ({ label, width: 10 })),
            'T',
          );
          for (const row of rows) await writer.row(row);
          await writer.close();
          expect((await read(file)).lines.slice(1).map((line) => line.cells)).toEqual(rows);
        },
      ),
      { numRuns: 30 },
    );
  }, 30_000);
});

it('a file that was made shorter while it was read is refused, not half taken', async () => {
  const file = await workbook([['a'], ['b']]);
  truncateSync(file, statSync(file).size - 10);
  expect(await sentence(file)).toMatch(/damaged|cut off/);
});
