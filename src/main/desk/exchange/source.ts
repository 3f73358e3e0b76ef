import { statSync } from 'node:fs';
import type { ImportSource } from '../../../shared/contract/exchange';
import { cellWords, type SourceCell } from '../../../shared/rules/source-cell';
import { CsvRecords, guessDelimiter } from './csv-records';
import type { DiskFile } from './disk-file';
import { decoded, detectEncoding, firstBytes, isKnown } from './encoding';
import type { Work } from './jobs';
import { limits, unreadable } from './refusals';
import type { Scratch, SourceLine } from './scratch';
import { openWorkbook, sheetRows, type Workbook } from './xlsx-read';

export interface ReadOptions {
  sheet?: string | undefined;
  encoding?: string | undefined;
  delimiter?: string | undefined;
}

const headLines = 20;

/** Reads a file of any kind into the scratch, line by line. @throws Refusal in words where it cannot be read */
export async function readSource(
  file: DiskFile,
  options: ReadOptions,
  scratch: Scratch,
  work: Work,
): Promise<ImportSource> {
  const { size } = statSync(file.path);
  if (size === 0) throw unreadable('The file is empty. Choose another one.');
  scratch.clearSource();
  work.begin('Reading the file', size);
  const start = await firstBytes(file, 8);
  const isZip = start.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]));
  refuseOthers(start);
  const read = isZip ? await readWorkbook(file, options, scratch, work) : await readText(file, options, scratch, work);
  if (read.rows === 0) throw unreadable('There are no lines with anything in them. Choose another file or sheet.');
  const head = scratch.lines(0, headLines).map(({ n, cells }) => ({ n, cells: cells.map(cellWords) }));
  return {
    ...read,
    head: head.map(({ n, cells }) => ({ n, cells: cells.map((cell) => cell.slice(0, 200)) })),
    header: headerOf(scratch),
  };
}

type Read = Omit<ImportSource, 'head' | 'header'>;

function refuseOthers(start: Buffer): void {
  if (start.equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))) {
    throw unreadable(
      'This is an old Excel file (.xls), or one locked with a password. Save it as .xlsx without a password and choose it again.',
    );
  }
  if (start.subarray(0, 4).toString('latin1') === '%PDF') {
    throw unreadable(
      'A PDF is made for paper: its tables cannot be read back. Choose the CSV or XLSX file it was made from.',
    );
  }
}

class Lines {
  rows = 0;
  columns = 0;
  readonly #writer;

  constructor(scratch: Scratch) {
    this.#writer = scratch.sourceWriter();
  }

  add({ n, cells }: SourceLine): void {
    let width = cells.length;
    while (width > 0 && (cells[width - 1] === null || cells[width - 1] === '')) width--;
    if (width === 0) return;
    this.rows++;
    this.columns = Math.max(this.columns, width);
    if (this.rows > limits.rows + 1) {
      throw unreadable(
        `The file has more than ${limits.rows.toLocaleString('en')} lines. Split it and import one part after the other.`,
      );
    }
    this.#writer.add({ n, cells: width === cells.length ? cells : cells.slice(0, width) });
  }

  end(): void {
    this.#writer.end();
  }
}

async function readText(
  file: DiskFile,
  { encoding, delimiter }: ReadOptions,
  scratch: Scratch,
  work: Work,
): Promise<Read> {
  const found = await detectEncoding(file, work);
  const chosen = encoding && isKnown(encoding) && encoding !== found.label ? { label: encoding, mark: 0 } : found;
  const sample = new TextDecoder(chosen.label).decode(await firstBytes(file, 64 * 1024));
  const separator = delimiter ?? guessDelimiter(sample);
  const records = new CsvRecords(separator);
  const lines = new Lines(scratch);
  for await (const text of decoded(file, chosen, (count) => (work.done += count))) {
    // Security: a zero character would be refused by the central database for ever.
    if (text.includes('\0'))
      throw unreadable(
        'This is not a table of text, or it is written in another encoding. Choose the encoding and look again.',
      );
    for (const { line, cells } of records.push(text)) lines.add({ n: line, cells: cells.map(unguarded) });
    await work.breathe();
  }
  for (const { line, cells } of records.end()) lines.add({ n: line, cells: cells.map(unguarded) });
  lines.end();
  const isMangled = scratch.lines(0, 200).some(({ cells }) => cells.some((cell) => cellWords(cell).includes('\ufffd')));
  return {
    kind: 'csv',
    sheets: [],
    sheet: null,
    encoding: chosen.label,
    delimiter: separator,
    rows: lines.rows,
    columns: lines.columns,
    notes: isMangled
      ? ['Some letters cannot be read (�). Choose another encoding, or save the file as “CSV UTF-8”.']
      : [],
  };
}

/** The apostrophe that our own export puts before what a spreadsheet would run as a formula. */
const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

async function readWorkbook(file: DiskFile, { sheet }: ReadOptions, scratch: Scratch, work: Work): Promise<Read> {
  const book = await openWorkbook(file, work);
  const order = [...book.sheets].sort((a, b) => Number(b.name === sheet) - Number(a.name === sheet));
  for (const one of order) {
    const lines = await readSheet(book, one.part, scratch, work);
    if (lines.rows === 0 && sheet === undefined) continue;
    return {
      kind: 'xlsx',
      sheets: book.sheets.map(({ name }) => name),
      sheet: one.name,
      encoding: null,
      delimiter: null,
      rows: lines.rows,
      columns: lines.columns,
      notes: [],
    };
  }
  throw unreadable('Every sheet of this workbook is empty. Choose another file.');
}

async function readSheet(book: Workbook, part: string, scratch: Scratch, work: Work): Promise<Lines> {
  const lines = new Lines(scratch);
  for await (const row of sheetRows(book, part, (bytes) => (work.done += bytes))) {
    lines.add(row);
    await work.breathe();
  }
  lines.end();
  return lines;
}

/** The first line that names columns: words only, as many as the table is wide; 0 where the first lines look like any other. */
function headerOf(scratch: Scratch): number {
  const lines = scratch.lines(0, headLines);
  const filled = (cells: SourceCell[]): number => cells.filter((cell) => cellWords(cell).trim() !== '').length;
  const widest = Math.max(...lines.map(({ cells }) => filled(cells)));
  const first = lines.find(({ cells }) => filled(cells) >= Math.max(1, widest * 0.5));
  if (!first) return 0;
  const isName = (cell: SourceCell): boolean => {
    const words = cellWords(cell).trim();
    return (
      words === '' ||
      (typeof cell === 'string' && !/^[\d\s.,:/+-]+$/.test(words) && !/@.+\./.test(words) && words.length <= 100)
    );
  };
  return first.cells.every(isName) ? first.n : 0;
}

/** A name for every column: its header, made different where two are the same. */
export function columnNames(scratch: Scratch, header: number, columns: number): string[] {
  const cells = header > 0 ? scratch.line(header) : [];
  const used = new Map<string, number>();
  return Array.from({ length: columns }, (_, i) => {
    const written = cellWords(cells[i]).replace(/\s+/g, ' ').trim().slice(0, 900);
    const name = written === '' ? `Column ${letters(i)}` : written;
    const times = (used.get(name) ?? 0) + 1;
    used.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

const letters = (index: number): string =>
  (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
