import type Database from 'better-sqlite3';

/** A text without case and accents: `Zoë ÖZIL` -> `zoe ozil`. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function addFunctions(db: Database.Database): void {
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? fold(text) : text));
}

/** SQL for the folded form of a text. A call into JavaScript costs a microsecond a row: plain ASCII does without. */
export const folded = (sql: string): string =>
  `case when ${sql} glob '*[^ -~]*' then fold(${sql}) else lower(${sql}) end`;
