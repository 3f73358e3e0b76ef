import type { SourceCell } from '../../../shared/rules/source-cell';
import type { DiskFile } from './disk-file';
import type { Work } from './jobs';
import { limits, unreadable } from './refusals';
import { ZipFile } from './zip-read';

/**
 * Reads the sheets of a workbook (ECMA-376, part 1, 18) row by row, so that a sheet of a million rows costs no more memory than one of ten.
 * Only values are read: a formula counts by the result that was saved with it.
 */

export interface Sheet {
  name: string;
  part: string;
}

type Shape = 'plain' | 'day' | 'moment' | 'time' | 'percent';

export interface Workbook {
  zip: ZipFile;
  sheets: Sheet[];
  texts: string[];
  shapes: Shape[];
  from1904: boolean;
}

export async function openWorkbook(file: DiskFile, work: Work): Promise<Workbook> {
  const zip = await ZipFile.open(file);
  const book = await zip.text('xl/workbook.xml', limits.part);
  if (book === '') {
    throw unreadable('This is not a workbook that can be read. Save it as .xlsx or as CSV and choose it again.');
  }
  const targets = new Map<string, string>();
  for (const tag of tagsOf(await zip.text('xl/_rels/workbook.xml.rels', limits.part), 'Relationship')) {
    const to = attribute(tag, 'Target');
    targets.set(attribute(tag, 'Id'), to.startsWith('/') ? to.slice(1) : `xl/${to}`);
  }
  const sheets = tagsOf(book, 'sheet').flatMap((tag): Sheet[] => {
    const part = targets.get(attribute(tag, 'id')) ?? '';
    return zip.has(part) ? [{ name: unescaped(attribute(tag, 'name')), part }] : [];
  });
  if (sheets.length === 0) throw unreadable('This workbook has no sheet. Choose another file.');
  return {
    zip,
    sheets,
    texts: await sharedTexts(zip, work),
    shapes: shapesOf(await zip.text('xl/styles.xml', limits.part)),
    from1904: /<(?:\w+:)?workbookPr\b[^>]*date1904="(1|true)"/.test(book),
  };
}

const tagsOf = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>`, 'g')) ?? [];

const attribute = (tag: string, name: string): string =>
  new RegExp(`(?:^|[\\s:])${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** XML's own escapes, then the one Excel adds for characters that XML cannot hold. */
export function unescaped(text: string): string {
  let plain = text;
  if (plain.includes('&')) {
    plain = plain.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
      if (name !== undefined) return entities[name as string] ?? whole;
      const code = hex !== undefined ? parseInt(hex as string, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
  }
  return plain.includes('_x')
    ? plain.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(parseInt(hex as string, 16)))
    : plain;
}

/** The runs of a text joined; how to pronounce it is left out. */
function textOf(xml: string): string {
  const plain = xml.includes('rPh') ? xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, '') : xml;
  let text = '';
  for (const [, run] of plain.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?t>/g)) text += run ?? '';
  return unescaped(text);
}

/** Longest end of an element's tag that two pieces may share. */
const overlap = 256;

/** The elements of one name, whole, as they come. What is not ended yet is joined only once, when its end is there. */
async function* elements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const end = new RegExp(`</(?:\\w+:)?${name}>|<(?:\\w+:)?${name}(?:\\s[^<>]{0,200})?/>`, 'g');
  let held: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const before = held.slice(-2).join('').slice(-overlap);
    held.push(piece);
    length += piece.length;
    end.lastIndex = 0;
    if (end.test(before + piece)) {
      const text = held.join('');
      let from = 0;
      end.lastIndex = Math.max(0, length - piece.length - overlap);
      for (let match = end.exec(text); match; match = end.exec(text)) {
        yield text.slice(from, end.lastIndex);
        from = end.lastIndex;
      }
      held = [text.slice(from)];
      length = text.length - from;
    }
    if (length > limits.row) {
      throw unreadable(
        'A row of this workbook is far too large to be one. Save the sheet as CSV and choose that instead.',
      );
    }
  }
}

async function sharedTexts(zip: ZipFile, work: Work): Promise<string[]> {
  const texts: string[] = [];
  if (!zip.has('xl/sharedStrings.xml')) return texts;
  for await (const item of elements(zip.pieces('xl/sharedStrings.xml', limits.texts), 'si')) {
    texts.push(textOf(item));
    await work.breathe();
  }
  return texts;
}

const builtIn: Record<number, Shape> = Object.fromEntries([
  ...[14, 15, 16, 17].map((id) => [id, 'day'] as const),
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, 'time'] as const),
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'day'] as const),
  [22, 'moment'],
  [9, 'percent'],
  [10, 'percent'],
]);

/** What the number formats of a workbook make of a number. */
function shapesOf(styles: string): Shape[] {
  const own = new Map<number, Shape>();
  for (const tag of tagsOf(styles, 'numFmt')) {
    own.set(Number(attribute(tag, 'numFmtId')), shapeOf(unescaped(attribute(tag, 'formatCode'))));
  }
  const cellFormats = /<(?:\w+:)?cellXfs\b[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(styles)?.[0] ?? '';
  return tagsOf(cellFormats, 'xf').map((tag) => {
    const id = Number(attribute(tag, 'numFmtId'));
    return own.get(id) ?? builtIn[id] ?? 'plain';
  });
}

function shapeOf(code: string): Shape {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]/gi, '').toLowerCase();
  const hasDay = /[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare));
  if (hasDay) return /h/.test(bare) ? 'moment' : 'day';
  if (/[hs]/.test(bare)) return 'time';
  return bare.includes('%') ? 'percent' : 'plain';
}

export interface SheetRow {
  n: number;
  cells: SourceCell[];
}

/** Rows with anything in them, with the number they have in the sheet. */
export async function* sheetRows(
  book: Workbook,
  part: string,
  onPacked: (bytes: number) => void,
): AsyncGenerator<SheetRow> {
  let next = 1;
  for await (const xml of elements(book.zip.pieces(part, limits.sheet, onPacked), 'row')) {
    const start = xml.search(/<(?:\w+:)?row\b/);
    if (start < 0) continue;
    const row = xml.slice(start);
    const n = Number(attribute(row.slice(0, row.indexOf('>') + 1), 'r')) || next;
    next = n + 1;
    const cells = cellsOf(row, book, n);
    if (cells.some((cell) => cell !== null && cell !== '')) yield { n, cells };
  }
}

function cellsOf(row: string, book: Workbook, n: number): SourceCell[] {
  const cells: SourceCell[] = [];
  const pattern = /<(?:\w+:)?c(?=[\s>/])((?:\s[^<>]*?)?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
  for (const [, tag = '', content = ''] of row.matchAll(pattern)) {
    const named = columnIndex(attribute(tag, 'r'));
    const at = named >= 0 ? named : cells.length;
    if (at >= limits.columns) {
      if (content === '') continue;
      throw unreadable(
        `Row ${n} has more than ${limits.columns.toLocaleString('en')} columns. Leave out those that are not needed and save the workbook again.`,
      );
    }
    while (cells.length < at) cells.push(null);
    cells[at] = valueOf(tag, content, book);
  }
  return cells;
}

/** `AB12` -> 27; -1 without a name. */
function columnIndex(reference: string): number {
  let index = 0;
  for (const char of reference) {
    const code = char.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    index = index * 26 + code;
  }
  return index - 1;
}

function valueOf(tag: string, content: string, book: Workbook): SourceCell {
  const type = attribute(tag, 't');
  if (type === 'inlineStr') return textOf(content);
  const raw = /<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(content)?.[1];
  if (raw === undefined) return null;
  switch (type) {
    case 's':
      return book.texts[Number(raw)] ?? null;
    case 'b':
      return raw === '1';
    case 'd':
      return {
        date: raw
          .replace(/Z$/, '')
          .slice(0, 16)
          .replace(/T00:00$/, ''),
      };
    case 'str':
    case 'e':
      return unescaped(raw);
    default:
      return numberOf(Number(raw), book.shapes[Number(attribute(tag, 's') || 0)] ?? 'plain', book.from1904);
  }
}

const minutesADay = 1440;

/** Days are counted from the end of 1899 (the day that never was in 1900 included), or from 1904. */
function numberOf(value: number, shape: Shape, from1904: boolean): SourceCell {
  if (!Number.isFinite(value)) return null;
  if (shape === 'plain') return value;
  if (shape === 'percent') return `${Number((value * 100).toPrecision(12))}%`;
  const minutes = Math.round(value * minutesADay);
  const clock = `${two(Math.floor((minutes % minutesADay) / 60))}:${two(minutes % 60)}`;
  if (shape === 'time' && value < 1) return clock;
  const at = new Date(
    Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30) +
      Math.floor(minutes / minutesADay) * 86_400_000,
  );
  if (Number.isNaN(at.getTime()) || value < 0 || at.getUTCFullYear() > 9999) return value;
  const day = at.toISOString().slice(0, 10);
  return { date: clock === '00:00' ? day : `${day}T${clock}` };
}

const two = (n: number): string => String(n).padStart(2, '0');
