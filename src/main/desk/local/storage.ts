import type { Field, FieldKind } from '../../../shared/model';
import { canonicalJson } from '../../../shared/rules/canonical-json';

/** How a value stands in SQLite. */
export type Stored = 'text' | 'integer' | 'boolean' | 'json';

/** Booleans are 0 and 1; instants are milliseconds; what has parts is canonical JSON text. */
export const storedAs = {
  text: 'text',
  markdown: 'text',
  email: 'text',
  slug: 'text',
  url: 'text',
  integer: 'integer',
  money: 'integer',
  currency: 'text',
  percent: 'integer',
  boolean: 'boolean',
  choice: 'text',
  option: 'text',
  reference: 'text',
  list: 'json',
  json: 'json',
  date: 'text',
  timestamp: 'integer',
  time: 'text',
  timeRange: 'json',
  recurrence: 'text',
  order: 'integer',
  sensitive: 'json',
  generated: 'text',
} satisfies Record<FieldKind, Stored>;

export type SqlValue = string | number | null;

/** A canonical value as SQLite stores it. */
export function encode(field: Field | null, value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (field === null) return value as SqlValue;
  switch (storedAs[field.kind] as Stored) {
    case 'boolean':
      return value ? 1 : 0;
    case 'json':
      return canonicalJson(value);
    case 'text':
    case 'integer':
      return value as SqlValue;
  }
}

/** A stored value in its canonical form. */
export function decode(field: Field | null, value: unknown): unknown {
  if (value === null || field === null) return value;
  switch (storedAs[field.kind] as Stored) {
    case 'boolean':
      return value === 1;
    case 'json':
      return JSON.parse(value as string) as unknown;
    case 'text':
    case 'integer':
      return value;
  }
}
