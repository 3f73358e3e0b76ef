import type { Field, FieldKind, FieldOf, FieldValues } from '../../../shared/model';
import { cellText, choiceText, type CellContext } from '../../../shared/rules/cell-text';
import { isoMoment } from '../../../shared/rules/date-text';
import { currencySymbol, minorDigits, moneyText } from '../../../shared/rules/number-text';
import { cellWords, type SourceCell } from '../../../shared/rules/source-cell';
import { nativeFormats, type OutCell } from './xlsx-write';

/** A value on its way into a file: the cell a reader of that file gets back, and the format a spreadsheet shows it in. */
export interface Exported {
  cell: SourceCell;
  format: string | null;
}

type Make<K extends FieldKind> = (value: FieldValues[K], field: FieldOf<K>, context: CellContext) => Exported;

const words = (cell: string): Exported => ({ cell, format: null });
const whole = (value: number): Exported => ({ cell: value, format: nativeFormats.whole });

/** How a value of each kind is written: numbers and days as what they are, names as people know them. */
const makers: { [K in FieldKind]: Make<K> } = {
  text: words,
  markdown: words,
  email: words,
  slug: words,
  url: words,
  integer: whole,
  money: (value, _, { currency, locale }) => ({
    cell: value / 10 ** minorDigits(currency ?? 'NGN'),
    format: moneyFormat(currency, locale),
  }),
  currency: words,
  percent: (value) => ({ cell: `${value}%`, format: nativeFormats.percent }),
  boolean: (cell) => ({ cell, format: null }),
  choice: (value, { options }) => words(choiceText(value, options)),
  option: (value, field, context) => words(cellText(field as Field, value, context)),
  reference: (value, field, context) => words(cellText(field as Field, value, context)),
  list: (value, field, context) => words(cellText(field as Field, value, context)),
  json: (value) => words(JSON.stringify(value)),
  date: (date) => ({ cell: { date }, format: nativeFormats.day }),
  time: words,
  timestamp: (value, _, { timeZone }) => ({ cell: { date: isoMoment(value, timeZone) }, format: nativeFormats.moment }),
  timeRange: (value, field, context) => words(cellText(field as Field, value, context)),
  recurrence: words,
  order: whole,
  // Security: never its content, in no file.
  sensitive: () => words('••••••'),
  generated: words,
};

export function exported(field: Field, value: unknown, context: CellContext): Exported {
  if (value === null || value === undefined) return { cell: null, format: null };
  return (makers[field.kind] as Make<FieldKind>)(value as FieldValues[FieldKind], field as FieldOf<FieldKind>, context);
}

const moneyFormats = new Map<string, string>();

/** `"₦"#,##0.00`, with the symbol where the language puts it. */
function moneyFormat(currency: string | undefined, locale: string): string {
  const key = `${currency ?? ''} ${locale}`;
  let format = moneyFormats.get(key);
  if (format === undefined) {
    const digits = minorDigits(currency ?? 'NGN');
    const number = `#,##0${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
    const symbol = currency ? currencySymbol(currency, locale) : '';
    const isBehind = currency !== undefined && !moneyText(1, currency, locale).startsWith(symbol);
    format = symbol === '' ? number : isBehind ? `${number} "${symbol}"` : `"${symbol}"${number}`;
    moneyFormats.set(key, format);
  }
  return format;
}

/** As a typed cell of a workbook. */
export function workbookCell({ cell, format }: Exported): OutCell {
  if (cell === null || typeof cell === 'boolean') return cell;
  if (typeof cell === 'number') return { number: String(cell), format: format ?? 'General' };
  if (typeof cell === 'object') return { number: String(serial(cell.date)), format: format ?? nativeFormats.day };
  if (format === nativeFormats.percent) return { number: String(parseInt(cell, 10) / 100), format };
  return cell;
}

/** Days since the end of 1899, as spreadsheets count them. */
function serial(date: string): number {
  const at = Date.parse(date.includes('T') ? `${date}:00Z` : `${date}T00:00:00Z`);
  return Number((at / 86_400_000 + 25_569).toFixed(6));
}

/** One line of delimited text, guarded against being run as formulas. */
export const csvLine = (cells: readonly string[], separator: string): string =>
  `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;

function csvCell(text: string, separator: string): string {
  // A negative number is no formula.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+([.,]\d+)?%?$/.test(text) ? `'${text}` : text;
  return safe.includes('"') ||
    safe.includes('\n') ||
    safe.includes('\r') ||
    safe.includes(separator) ||
    /^\s|\s$/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** A cell as plain text: days as 2026-09-04, numbers without grouping, with the decimal sign of the place. */
export const plainText = ({ cell }: Exported, decimal: string): string =>
  typeof cell === 'number' ? String(cell).replace('.', decimal) : cellWords(cell);
