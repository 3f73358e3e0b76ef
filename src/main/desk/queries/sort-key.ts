import type { EntityName } from '../../../shared/entities';
import type { FieldKind } from '../../../shared/model';
import { choiceText } from '../../../shared/rules/cell-text';
import { fold, folded } from '../local/fold';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';
import { optionLabel, quoted, referredTitle, type FieldFacts } from './field-sql';
import { titlesOf } from './titles';

/**
 * What the rows of a view are ordered by: what a person reads, without case and accents. Said twice: as SQL, which decides, and as what
 * `order-rows` reads out of the table to come to the same order many times as fast; null where that does not pay.
 */
export interface SortKey {
  sql: string;
  fast: FastKey | null;
  descending: boolean;
  depends: EntityName[];
}

export type FastKey =
  /** `column` holds integers. */
  | { how: 'number'; column: string }
  /** `column` holds texts, mostly different ones. */
  | { how: 'text'; column: string; isFolded: boolean }
  /** `column` holds codes, many rows alike; `texts` says what each reads as, folded (a code that is not in it reads as nothing). */
  | { how: 'code'; column: string; texts: (db: Readable, codes: readonly string[]) => ReadonlyMap<string, string> };

export function sortKey(facts: FieldFacts, descending: boolean): SortKey {
  const column = `t.${facts.column}`;
  return { descending, depends: [], ...makers[facts.kind](facts, column) };
}

type Made = Pick<SortKey, 'sql' | 'fast'> & { depends?: EntityName[] };
type Maker = (facts: FieldFacts, column: string) => Made;

const number: Maker = (_, column) => ({ sql: column, fast: { how: 'number', column } });
const exact: Maker = (_, column) => ({ sql: column, fast: { how: 'text', column, isFolded: false } });
const words: Maker = (facts, column) =>
  facts.name === 'id' ? exact(facts, column) : { sql: folded(column), fast: { how: 'text', column, isFolded: true } };
/** Long texts are left to SQLite. */
const long: Maker = (_, column) => ({ sql: folded(column), fast: null });
const asTheyAre = (_: Readable, codes: readonly string[]) => new Map(codes.map((code) => [code, code]));
const codes: Maker = (_, column) => ({ sql: column, fast: { how: 'code', column, texts: asTheyAre } });

const makers = {
  text: words,
  email: words,
  url: words,
  markdown: long,
  list: long,
  json: long,
  integer: number,
  money: number,
  percent: number,
  boolean: number,
  timestamp: number,
  order: number,
  slug: exact,
  generated: exact,
  timeRange: exact,
  recurrence: exact,
  date: codes,
  time: codes,
  currency: codes,
  choice: (facts, column) => {
    if (facts.field?.kind !== 'choice') return codes(facts, column);
    const { options } = facts.field;
    const read = (value: string): string => fold(choiceText(value, options));
    const inOrder = [...options.values].sort((a, b) => (read(a) < read(b) ? -1 : 1));
    const sql = `case ${column} ${inOrder.map((value, at) => `when ${quoted(value)} then ${at}`).join(' ')} end`;
    return { sql, fast: { how: 'number', column: sql } };
  },
  option: (facts, column) => {
    if (facts.field?.kind !== 'option') return codes(facts, column);
    const { optionKind } = facts.field.options;
    const pair = `t.program_id || ' ' || ${column}`;
    return {
      sql: folded(optionLabel(optionKind, column, 't')),
      fast: { how: 'code', column: pair, texts: (db, found) => optionTexts(db, optionKind, found) },
      depends: ['program_options'],
    };
  },
  reference: (facts, column) => {
    const { to } = facts;
    if (!to) return codes(facts, column);
    return {
      sql: folded(referredTitle(to, column, 't')),
      fast: {
        how: 'code',
        column,
        texts: (db, ids) => new Map([...titlesOf(db, to, ids)].map(([id, title]) => [id, fold(title)])),
      },
      depends: [to],
    };
  },
  sensitive: (_, column) => {
    // Security: the order of rows must not tell what is masked.
    const isFilled = `(${column} is not null)`;
    return { sql: isFilled, fast: { how: 'number', column: isFilled } };
  },
} satisfies Record<FieldKind, Maker>;

/** By `<program> <code>`. */
function optionTexts(db: Readable, optionKind: string, pairs: readonly string[]): Map<string, string> {
  const rows = statement(db, `select program_id || ' ' || code, label from program_options where option_kind = ?`)
    .raw()
    .all(optionKind) as [string, string][];
  const labels = new Map(rows);
  return new Map(pairs.map((pair) => [pair, fold(labels.get(pair) ?? pair.slice(pair.indexOf(' ') + 1))]));
}
