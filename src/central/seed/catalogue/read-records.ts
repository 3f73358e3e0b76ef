/**
 * Reads a CSV file record by record, so that no bad one spoils its neighbours.
 *
 * Papa Parse reads each record; what this adds is where records begin and end. A quote that is never closed would otherwise swallow the rest of the
 * file, and one wrong byte would make all of it undecodable.
 * Invariant: every line of the file is in exactly one record, or in exactly one problem, or blank.
 */
import Papa from 'papaparse';

export interface LineProblem {
  /** The first line concerned, from 1. */
  line: number;
  message: string;
}
export interface CsvRecord {
  line: number;
  /** Values by column. */
  values: Record<string, string>;
}
export type ReadItem = { record: CsvRecord; problem?: never } | { problem: LineProblem; record?: never };

/** A quoted field may span lines, but hardly more than these. */
const LONGEST_RECORD_IN_LINES = 200;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Throws an Error in words for people where the file as a whole cannot be read: no header, wrong encoding, a missing column. */
export function* readRecords(bytes: Uint8Array, required: readonly string[]): Generator<ReadItem, void, undefined> {
  refuseOtherEncodings(bytes);
  const lines = decodeLines(bytes);
  const head = lines.findIndex((line) => line !== '');
  const header = head < 0 ? null : headerOf(lines[head] ?? null, head + 1, required);
  if (!header) throw new Error('The file is empty: it has no header line.');
  let at = head + 1;
  while (at < lines.length) {
    const line = lines[at];
    const number = at + 1;
    if (line === '') {
      at++;
    } else if (line == null) {
      yield { problem: { line: number, message: 'The line is not valid UTF-8 text.' } };
      at++;
    } else {
      const read = recordAt(lines, at, header);
      yield 'message' in read
        ? { problem: { line: number, message: read.message } }
        : { record: { line: number, values: read.values } };
      at += read.lines;
    }
  }
}

type Read = { lines: number; values: Record<string, string> } | { lines: number; message: string };

function recordAt(lines: (string | null)[], at: number, header: string[]): Read {
  let text = lines[at] ?? '';
  let end = at + 1;
  // A record goes on while a quote is open.
  while (quotes(text) % 2 === 1 && end < lines.length && end - at < LONGEST_RECORD_IN_LINES) {
    const next = lines[end];
    if (next === null) break;
    text += '\n' + (next ?? '');
    end++;
  }
  const unclosed = 'A quotation mark is opened and never closed.';
  if (quotes(text) % 2 === 1) return { lines: 1, message: unclosed };
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',' });
  const fields = data[0] ?? [];
  const isWhole = errors.length === 0 && data.length === 1 && fields.length === header.length;
  if (isWhole) return { lines: end - at, values: Object.fromEntries(header.map((name, i) => [name, fields[i] ?? ''])) };
  // The quote was closed by the next one that happened to come: only the first line is at fault.
  if (end - at > 1) return { lines: 1, message: unclosed };
  if (errors.some((error) => error.type === 'Quotes'))
    return { lines: 1, message: 'A quotation mark stands in the middle of a value.' };
  return { lines: 1, message: `The line has ${fields.length} values; the header has ${header.length}.` };
}

const quotes = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
};

/** The lines as text; null where a line is not UTF-8. The byte order mark and the ends of lines are left out. */
function decodeLines(bytes: Uint8Array): (string | null)[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: (string | null)[] = [];
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let from = start; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const to = newline < 0 ? bytes.length : newline;
    const end = to > from && bytes[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    try {
      lines.push(decoder.decode(bytes.subarray(from, end)));
    } catch {
      lines.push(null);
    }
    from = to + 1;
  }
  return lines;
}

function refuseOtherEncodings(bytes: Uint8Array): void {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new Error('The file is written in UTF-16. Save it as “CSV UTF-8” and try again.');
}

function headerOf(line: string | null, number: number, required: readonly string[]): string[] {
  if (line === null)
    throw new Error(`The header on line ${number} is not valid UTF-8 text. Save the file as “CSV UTF-8”.`);
  const header = (Papa.parse<string[]>(line, { delimiter: ',' }).data[0] ?? []).map((name) => name.trim());
  const missing = required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `The header on line ${number} has no ${missing.map((name) => `“${name}”`).join(', ')}. Is it a course catalogue?`,
    );
  }
  return header;
}
