import { limits, unreadable } from './refusals';

/** One record of a delimited file: the line it begins on, from 1, and its values. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** A quoted value may span lines, but no more than this: a forgotten quotation mark would swallow the rest of the file. */
const longestInLines = 5_000;

/**
 * Reads delimited text as it comes, in pieces of any size (RFC 4180, and what programs really write: lone quotation marks inside a value,
 * text after a closing one, line ends of every system).
 */
export class CsvRecords {
  #cells: string[] = [];
  #cell = '';
  #state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
  #line = 1;
  #began = 1;
  #quoteLine = 1;
  #afterReturn = false;
  #hasAny = false;

  constructor(private readonly delimiter: string) {}

  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = [];
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const char = text[i]!;
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (char === '\n') {
          if (this.#state === 'quoted') this.#line--;
          else {
            from = i + 1;
            continue;
          }
        }
      }
      if (this.#state === 'quoted') {
        if (char === '"') {
          this.#take(text.slice(from, i));
          from = i + 1;
          this.#state = 'closed';
        } else if (char === '\n' || char === '\r') {
          this.#line++;
          this.#afterReturn = char === '\r';
          if (this.#line - this.#quoteLine > longestInLines) throw this.#unclosed();
        }
        continue;
      }
      if (char === '"') {
        if (this.#state === 'start' && (this.#cell + text.slice(from, i)).trim() === '') {
          this.#cell = '';
          this.#state = 'quoted';
          this.#quoteLine = this.#line;
          this.#hasAny = true;
          from = i + 1;
        } else if (this.#state === 'closed') {
          // Doubled: one of it, and the value goes on. The mark itself stands at `from`.
          this.#state = 'quoted';
          from = i;
        } else this.#state = 'bare';
        continue;
      }
      if (char === this.delimiter || char === '\n' || char === '\r') {
        this.#take(text.slice(from, i));
        from = i + 1;
        this.#endCell();
        if (char !== this.delimiter) {
          this.#endRecord(records);
          this.#line++;
          this.#began = this.#line;
          this.#afterReturn = char === '\r';
        }
        continue;
      }
      if (this.#state === 'start' && char !== ' ') this.#state = 'bare';
      else if (this.#state === 'closed') this.#state = 'bare';
    }
    this.#take(text.slice(from));
    return records;
  }

  end(): CsvRecord[] {
    if (this.#state === 'quoted') throw this.#unclosed();
    const records: CsvRecord[] = [];
    if (this.#cell !== '' || this.#cells.length > 0 || this.#hasAny) {
      this.#endCell();
      this.#endRecord(records);
    }
    return records;
  }

  #take(piece: string): void {
    if (piece === '') return;
    this.#cell += piece;
    if (this.#cell.length > limits.cell) {
      throw unreadable(
        `A value on line ${this.#began} has more than ${limits.cell.toLocaleString('en')} characters. Is a quotation mark missing there?`,
      );
    }
  }

  #endCell(): void {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#state = 'start';
    if (this.#cells.length > limits.columns) {
      throw unreadable(
        `Line ${this.#began} has more than ${limits.columns.toLocaleString('en')} columns. Leave out those that are not needed, or choose another separator.`,
      );
    }
  }

  #endRecord(records: CsvRecord[]): void {
    const isBlank = this.#cells.length === 1 && this.#cells[0] === '' && !this.#hasAny;
    if (!isBlank) records.push({ line: this.#began, cells: this.#cells });
    this.#cells = [];
    this.#hasAny = false;
  }

  #unclosed = () =>
    unreadable(
      `A quotation mark opened on line ${this.#quoteLine} is never closed. The file may have been cut off there; correct that line, or export the file anew.`,
    );
}

const candidates = [',', ';', '\t', '|'];

/** The separator that gives the most columns on most lines of a sample. */
export function guessDelimiter(sample: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const records = sampleRecords(sample, delimiter);
    const counts = new Map<number, number>();
    for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
    const [width, often] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [1, 0];
    const score = width < 2 ? 0 : (often / records.length) * (1 + Math.log2(width));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** What is cut off at the end of a sample is no record, unless it is the only one. */
function sampleRecords(sample: string, delimiter: string): CsvRecord[] {
  try {
    const records = new CsvRecords(delimiter).push(sample).slice(0, 100);
    return records.length > 0 ? records : new CsvRecords(delimiter).push(`${sample}\n`);
  } catch {
    return [];
  }
}
