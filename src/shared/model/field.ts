/**
 * The field kinds an entity is declared with.
 *
 * A field is plain data: no SQL, no React. Every consumer (SQLite column, PostgreSQL column, grid column, form input, validator, cell text)
 * is a total map over `FieldKind`, so that a new kind fails to compile in exactly the places that must learn it.
 *
 * The canonical value of a field is what is stored locally, compared, merged and sent: see `FieldValues`.
 */

/** Canonical value by kind. Times are integers (milliseconds since 1970, UTC), money is an integer in minor units. */
export interface FieldValues {
  text: string;
  markdown: string;
  email: string;
  slug: string;
  url: string;
  integer: number;
  /** Minor units (kobo, pence) of the currency named by the field's `currency` option. */
  money: number;
  /** ISO 4217, three capital letters. */
  currency: string;
  /** Whole percent, 0 to 100. */
  percent: number;
  boolean: boolean;
  choice: string;
  /** The code of a `program_options` row of the field's option kind. */
  option: string;
  /** UUID of the row referred to. */
  reference: string;
  list: string[];
  json: Json;
  /** `YYYY-MM-DD`, no time zone. */
  date: string;
  timestamp: number;
  /** `HH:MM` of a wall clock, no time zone. */
  time: string;
  /** `[start, end)` in milliseconds. */
  timeRange: [start: number, end: number];
  /** iCalendar RRULE text without the `RRULE:` prefix. */
  recurrence: string;
  /** Position among siblings, from 1, gap-free after any reorder. */
  order: number;
  /** Named parts of confidential text; masked until revealed with a reason. */
  sensitive: Record<string, string>;
  /** A number the central database assigns; null until then. */
  generated: string;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type FieldKind = keyof FieldValues;

/** What happens when two desks change the same field: refuse and ask (default), the later one wins, or both amounts count. */
export type ConflictPolicy = 'refuse' | 'last' | 'add';

interface CommonOptions {
  label: string;
  /** One sentence shown beside the input. */
  help?: string;
  required?: boolean;
  /** Included in full-text and quick search. */
  search?: boolean;
  /** Not shown in the grid until asked for. */
  hidden?: boolean;
  /** Kept by the console itself: no form asks for it and no grid shows it. */
  internal?: boolean;
  /** Set by the system; no person edits it. */
  readOnly?: boolean;
  /** Set when the row is made and never changed afterwards. */
  fixed?: boolean;
  onConflict?: ConflictPolicy;
  /** Shown instead of the label where room is short. */
  short?: string;
}

/** The options of each kind, beyond the common ones. */
export interface KindOptions {
  /** `timeZone`: the name of an IANA time zone. */
  text: { max: number; min?: number; timeZone?: true };
  markdown: { max?: number };
  email: object;
  slug: { from?: string };
  url: object;
  integer: { min?: number; max?: number; unit?: string };
  money: { currency: string; min?: number };
  currency: object;
  percent: object;
  boolean: object;
  choice: { values: readonly string[]; names?: Record<string, string> };
  option: { optionKind: string };
  reference: {
    to: string;
    /** The row is a part of the row referred to: it is deleted and restored with it. */
    contained?: boolean;
    /** Deleting the row referred to is refused while this row has one of these values; without it, always. */
    refuseWhile?: Record<string, readonly string[]>;
    /** Only rows with these values may be chosen. */
    where?: Record<string, readonly string[]>;
  };
  list: { of: 'text' };
  json: object;
  date: { min?: string };
  timestamp: object;
  time: object;
  timeRange: object;
  recurrence: object;
  order: { within: string };
  sensitive: { parts: Record<string, string> };
  generated: { format: string };
}

export interface FieldOf<K extends FieldKind = FieldKind, V = unknown, R extends boolean = boolean> {
  readonly kind: K;
  readonly options: CommonOptions & KindOptions[K] & { default?: unknown };
  readonly required: R;
  /** Type only. */
  readonly _value?: V;
}
export type Field = { [K in FieldKind]: FieldOf<K> }[FieldKind];

type Options<K extends FieldKind> = CommonOptions & KindOptions[K] & { default?: FieldValues[K] };
type RequiredOf<O> = O extends { required: true } ? true : false;

/** A constructor for the fields of one kind. */
const kind =
  <K extends FieldKind>(name: K) =>
  <const O extends Options<K>>(options: O): FieldOf<K, FieldValues[K], RequiredOf<O>> => ({
    kind: name,
    options,
    required: (options.required ?? false) as RequiredOf<O>,
  });

export const text = kind('text');
export const markdown = kind('markdown');
export const email = kind('email');
export const slug = kind('slug');
export const url = kind('url');
export const integer = kind('integer');
export const money = kind('money');
export const currency = kind('currency');
export const percent = kind('percent');
export const boolean = kind('boolean');
export const option = kind('option');
export const reference = kind('reference');
export const list = kind('list');
export const json = kind('json');
export const date = kind('date');
export const timestamp = kind('timestamp');
export const time = kind('time');
export const timeRange = kind('timeRange');
export const recurrence = kind('recurrence');
export const order = kind('order');
export const sensitive = kind('sensitive');
export const generated = kind('generated');

/** A fixed list of values; its row type is the union of them. */
export const choice = <
  const V extends string,
  const O extends Options<'choice'> & { values: readonly V[]; default?: V },
>(
  options: O & { values: readonly V[] },
): FieldOf<'choice', V, RequiredOf<O>> => ({
  kind: 'choice',
  options,
  required: (options.required ?? false) as RequiredOf<O>,
});
