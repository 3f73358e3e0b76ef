import type { Readable } from '../local/handles';
import { fold } from '../local/fold';
import type { FastKey } from './sort-key';
import { sortTexts } from './sort-texts';

/**
 * Columns of values as whole numbers in the same order, from 0. Nothing ranks before everything, and after it where the order descends: as
 * SQLite has it.
 */
export interface Ranks {
  ranks: Int32Array | Float64Array;
  /** No rank is above this one. */
  most: number;
}

/** Takes a column in as SQLite joins it, part by part. */
export interface Gatherer {
  /** SQL for one part. */
  sql: string;
  /** @returns false where the part does not hold as many values */
  add(part: string | Buffer, count: number): boolean;
  ranks(db: Readable, descending: boolean): Ranks;
}

/** Between two texts, and in place of one that is not there. Neither can be typed. */
const separator = '\u001f';
const missing = '\u001e';

export function gathererOf(key: FastKey): Gatherer {
  if (key.how === 'number') return numbers(key.column);
  const texts: string[] = [];
  return {
    sql: `group_concat(coalesce(${key.column}, char(30)), char(31))`,
    add(part, count) {
      const list = String(part).split(separator);
      for (const one of list) texts.push(one);
      return list.length === count;
    },
    ranks(db, descending) {
      if (key.how === 'text') return rankTexts(key.isFolded ? texts.map(foldedText) : texts, descending);
      const { codes, places } = distinctCodes(texts);
      const read = key.texts(db, codes);
      const { ranks, most } = rankTexts(
        codes.map((code) => read.get(code) ?? missing),
        descending,
      );
      return { ranks: places.map((place) => ranks[place]!), most };
    },
  };
}

function numbers(column: string): Gatherer {
  const parts: Float64Array[] = [];
  return {
    sql: joinedNumbers(column),
    add(text, count) {
      const part = readNumbers(text as Buffer, count);
      if (part) parts.push(part);
      return part !== null;
    },
    ranks: (_, descending) => rankNumbers(joined(parts), descending),
  };
}

/** As bytes: they are read without making a text of them. */
export const joinedNumbers = (column: string): string => `cast(group_concat(coalesce(${column}, 'x')) as blob)`;

/** Whole numbers parted by commas; an `x` is none and becomes NaN. @returns null where there are not as many */
export function readNumbers(bytes: Buffer, count: number): Float64Array | null {
  const numbers = new Float64Array(count);
  let at = 0;
  let number = 0;
  let sign = 1;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte >= 48 && byte <= 57) number = number * 10 + (byte - 48);
    else if (byte === 44) {
      numbers[at++] = sign * number;
      number = 0;
      sign = 1;
    } else if (byte === 45) sign = -1;
    else sign = NaN;
  }
  numbers[at] = sign * number;
  return at + 1 === count ? numbers : null;
}

export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The numbers themselves serve as ranks, counted from the least. They are the function's own. */
function rankNumbers(values: Float64Array, descending: boolean): Ranks {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const most = greatest < least ? 0 : greatest - least + 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const rank = value === value ? value - least + 1 : 0;
    values[i] = descending ? most - rank : rank;
  }
  return { ranks: values, most };
}

function rankTexts(texts: readonly string[], descending: boolean): Ranks {
  const order = sortTexts(texts);
  const ranks = new Int32Array(texts.length);
  // What is missing sorts before everything but texts that begin with a control character: it is given its place by hand.
  let rank = 0;
  let last: string | null = null;
  for (const place of order) {
    const text = texts[place]!;
    if (text === missing) continue;
    if (text !== last) rank++;
    last = text;
    ranks[place] = rank;
  }
  if (descending) for (let i = 0; i < ranks.length; i++) ranks[i] = rank - ranks[i]!;
  return { ranks, most: rank };
}

/** The different texts, and for each text which of them it is. What is missing is one of them. */
function distinctCodes(texts: readonly string[]): { codes: string[]; places: Int32Array } {
  const known = new Map<string, number>();
  const places = new Int32Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    let place = known.get(text);
    if (place === undefined) known.set(text, (place = known.size));
    places[i] = place;
  }
  return { codes: [...known.keys()], places };
}

/** The same as `folded` in SQL. */
function foldedText(text: string): string {
  if (text === missing) return text;
  let isLower = true;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 32 || unit > 126) return fold(text);
    if (unit >= 65 && unit <= 90) isLower = false;
  }
  return isLower ? text : text.toLowerCase();
}
