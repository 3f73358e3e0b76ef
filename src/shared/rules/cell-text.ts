import { isId, type Field, type FieldKind, type FieldOf, type FieldValues } from '../model';
import { dateText, momentText, parseDate, parseMoment, parseRange, parseTime, rangeText } from './date-text';
import {
  moneyText,
  numberText,
  parseInteger,
  parseMoney,
  parsePercent,
  percentText,
  type Reading,
} from './number-text';

import { recurrenceProblem } from './recurrence';
import { recurrenceText } from './recurrence-text';

/** What a value's text depends on beside the value: the reader's language, and what the row and its neighbours say. */
export interface CellContext {
  /** BCP 47, such as `en-NG` or `fr-SN`. */
  locale: string;
  /** ISO 4217 of the row the money stands in. */
  currency?: string;
  /** Texts of referred rows by id. */
  titles?: Readonly<Record<string, string>>;
  /** Labels of the program's options by code, for the option kind of the field. */
  options?: Readonly<Record<string, string>>;
  /** IANA name of the program's zone; the reader's own without it. */
  timeZone?: string;
}

interface Cell<K extends FieldKind> {
  text(value: FieldValues[K], options: FieldOf<K>['options'], context: CellContext): string;
  parse(text: string, options: FieldOf<K>['options'], context: CellContext): Reading<FieldValues[K]>;
}

/** `pending_verification` -> `Pending verification`; `6-8` stays. */
export function sentenceCase(code: string): string {
  if (/^\d/.test(code)) return code;
  const words = code.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const choiceText = (value: string, options: { names?: Record<string, string> }): string =>
  options.names?.[value] ?? sentenceCase(value);

const same = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/** The key whose text, or which itself, is what was typed. */
function match(typed: string, texts: Iterable<readonly [key: string, text: string]>): string[] {
  const found: string[] = [];
  for (const [key, text] of texts) {
    if (key === typed.trim()) return [key];
    if (same(text, typed) || same(key, typed)) found.push(key);
  }
  return found;
}

const words = (text: string): Reading<string> => ({ value: text.trim() });
const plain = { text: (value: string) => value, parse: words };

const listed = (items: string[]): string =>
  items.length > 8 ? `${items.slice(0, 8).join(', ')} and ${items.length - 8} more` : items.join(', ');

/** The words of a Markdown text in one line, without its marks. */
const wordsOf = (markdown: string): string =>
  markdown
    .slice(0, longestLine)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[ \t]*(#{1,6}|>|[-*+]|\d+\.)[ \t]+/gm, '')
    .replace(/(\*\*|__|~~|`+|(?<!\w)[*_]|[*_](?!\w))/g, '')
    .replace(/\s+/g, ' ')
    .trim();
/** A lesson may be a megabyte long; a cell shows its beginning. */
const longestLine = 1000;

/** An item with a comma is quoted, so that the text reads back as the same list. */
const item = (text: string): string => (/[",;\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function items(text: string): string[] {
  const found = text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,;\n]*))\s*(?:[,;\n]|$)/g);
  const read = Array.from(found, ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? (bare ?? '').trim());
  return [...new Set(read.filter((one) => one !== ''))];
}

const yes = ['yes', 'y', 'true', '1', 'on', 'x', '✓', '✔', 'oui', 'vrai'];
const no = ['no', 'n', 'false', '0', 'off', '-', '–', '✗', '✘', 'non', 'faux'];

/** How a value of each kind is written for people, and read back from what they type or paste. */
export const cells = {
  text: plain,
  markdown: { text: (value) => wordsOf(value), parse: (text) => ({ value: text }) },
  email: plain,
  slug: plain,
  url: plain,
  integer: {
    text: (value, _, { locale }) => numberText(value, locale),
    parse: (text, _, { locale }) => parseInteger(text, locale),
  },
  money: {
    text: (value, _, { currency, locale }) => moneyText(value, currency, locale),
    parse: (text, _, { currency, locale }) => parseMoney(text, currency, locale),
  },
  currency: { text: (value) => value, parse: (text) => ({ value: text.trim().toUpperCase() }) },
  percent: {
    text: (value, _, { locale }) => percentText(value, locale),
    parse: (text, _, { locale }) => parsePercent(text, locale),
  },
  boolean: {
    text: (value) => (value ? 'Yes' : 'No'),
    parse: (text) => {
      const word = text.trim().toLowerCase();
      if (yes.includes(word)) return { value: true };
      return no.includes(word) ? { value: false } : { problem: 'Write Yes or No.' };
    },
  },
  choice: {
    text: (value, options) => choiceText(value, options),
    parse: (text, options) => {
      const [found] = match(
        text,
        options.values.map((value) => [value, choiceText(value, options)] as const),
      );
      if (found !== undefined) return { value: found };
      return { problem: `Choose one of: ${listed(options.values.map((value) => choiceText(value, options)))}.` };
    },
  },
  option: {
    text: (value, _, { options }) => options?.[value] ?? sentenceCase(value),
    parse: (text, { label }, { options }) => {
      if (!options) return words(text);
      const [found] = match(text, Object.entries(options));
      if (found !== undefined) return { value: found };
      const known = listed(Object.values(options));
      return {
        problem: `“${text.trim()}” is not a known ${label.toLowerCase()}.${known ? ` Choose one of: ${known}.` : ''}`,
      };
    },
  },
  reference: {
    text: (value, _, { titles }) => titles?.[value] ?? 'Not on this desk',
    parse: (text, { label }, { titles }) => {
      const typed = text.trim();
      if (isId(typed)) return { value: typed };
      const found = match(typed, Object.entries(titles ?? {}));
      if (found.length === 1) return { value: found[0]! };
      const name = label.toLowerCase();
      if (found.length > 1)
        return { problem: `There is more than one ${name} called “${typed}”. Pick it from the list.` };
      return { problem: `No ${name} is called “${typed}”. Pick one from the list.` };
    },
  },
  list: { text: (value) => value.map(item).join(', '), parse: (text) => ({ value: items(text) }) },
  json: {
    text: (value) => JSON.stringify(value),
    parse: (text) => {
      try {
        return { value: JSON.parse(text) as FieldValues['json'] };
      } catch {
        return { problem: 'This is not well-formed JSON. Check brackets, commas and quotation marks.' };
      }
    },
  },
  date: {
    text: (value, _, { locale }) => dateText(value, locale),
    parse: (text, _, { locale }) => parseDate(text, locale),
  },
  timestamp: {
    text: (value, _, { locale, timeZone }) => momentText(value, locale, timeZone),
    parse: (text, _, { locale, timeZone }) => parseMoment(text, locale, timeZone),
  },
  time: {
    text: (value) => value,
    parse: (text) => parseTime(text),
  },
  timeRange: {
    text: (value, _, { locale, timeZone }) => rangeText(value, locale, timeZone),
    parse: (text, _, { locale, timeZone }) => parseRange(text, locale, timeZone),
  },
  recurrence: {
    text: (value, _, { locale }) => recurrenceText(value, locale),
    parse: (text) => {
      const rule = text.trim().replace(/^RRULE:/i, '');
      const problem = recurrenceProblem(rule);
      return problem === null ? { value: rule } : { problem };
    },
  },
  order: {
    text: (value, _, { locale }) => numberText(value, locale),
    parse: (text, _, { locale }) => parseInteger(text, locale),
  },
  sensitive: {
    // Security: the text of a sensitive value is never its content, so that no grid, export or clipboard can carry it.
    text: () => '••••••',
    parse: () => ({ problem: 'Confidential details are changed in the form, after revealing them.' }),
  },
  generated: { text: (value) => value, parse: () => ({ problem: 'The central database gives this number.' }) },
} satisfies { [K in FieldKind]: Cell<K> };

/** A value as people read it; nothing for nothing. */
export function cellText(field: Field, value: unknown, context: CellContext): string {
  if (value === null || value === undefined) return '';
  const cell = cells[field.kind] as Cell<FieldKind>;
  return cell.text(value as FieldValues[FieldKind], field.options, context);
}

/** What a person typed or pasted, as the canonical value; an empty text is no value (`null`). Limits are `validate`'s affair. */
export function parseCell(field: Field, text: string, context: CellContext): Reading<unknown> {
  const cell = cells[field.kind] as Cell<FieldKind>;
  if (text.trim() === '') return { value: null };
  const read = cell.parse(text, field.options, context);
  if ('value' in read && Array.isArray(read.value) && read.value.length === 0) return { value: null };
  return read;
}
