import type { Field } from '../model';
import { parseCell, type CellContext } from './cell-text';
import { minorDigits, type Reading } from './number-text';

/**
 * A cell of a file. A text file has only texts; a workbook knows numbers and days, which must never go through a text of some language: 1.234
 * is one and a bit, wherever it is read.
 */
export type SourceCell = string | number | boolean | null | { date: string };

/** The cell as a person would read it there. */
export function cellWords(cell: SourceCell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return cell.date.replace('T', ' ');
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  return String(cell);
}

const isEmpty = (cell: SourceCell | undefined): boolean => cellWords(cell).trim() === '';

/** What a cell says, as the canonical value of a field; null for nothing. */
export function readSource(field: Field, cell: SourceCell | undefined, context: CellContext): Reading<unknown> {
  if (isEmpty(cell)) return { value: null };
  if (typeof cell === 'number') return readNumber(field, cell, context);
  if (typeof cell === 'object' && cell !== null) return readMoment(field, cell.date, context);
  const words = cellWords(cell).replace(/\r\n?/g, '\n');
  const read = parseCell(field, words, context);
  return 'value' in read && typeof read.value === 'string' ? { value: read.value.trim() || null } : read;
}

const whole = (value: number): Reading<number> =>
  Number.isSafeInteger(Math.round(value)) && Math.abs(value - Math.round(value)) < 1e-9
    ? { value: Math.round(value) }
    : { problem: 'This is a whole number: leave out the decimals.' };

function readNumber(field: Field, value: number, context: CellContext): Reading<unknown> {
  switch (field.kind) {
    case 'integer':
    case 'order':
    case 'percent':
      return whole(value);
    case 'money': {
      const digits = minorDigits(context.currency ?? 'NGN');
      const minor = value * 10 ** digits;
      // Half a millionth of a minor unit is what binary numbers do to decimals; more is a decimal too many.
      if (Math.abs(minor - Math.round(minor)) > 1e-4 || !Number.isSafeInteger(Math.round(minor)))
        return { problem: digits === 0 ? 'This currency has no decimals.' : `Write at most ${digits} decimals.` };
      return { value: Math.round(minor) };
    }
    case 'date':
    case 'timestamp':
      return { problem: `“${value}” is a number, not a date. Give the column a date format in the file.` };
    case 'boolean':
      return value === 1 || value === 0 ? { value: value === 1 } : { problem: 'Write Yes or No.' };
    default:
      return parseCell(field, String(value), context);
  }
}

function readMoment(field: Field, date: string, context: CellContext): Reading<unknown> {
  const [day = '', time] = date.split('T');
  if (field.kind === 'date') return { value: day };
  return parseCell(field, time ? `${day} ${time}` : day, context);
}
