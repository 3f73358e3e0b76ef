import type Database from 'better-sqlite3';
import { foldText } from '../../../shared/rules/find-text';

export const fold = foldText;

export function addFunctions(db: Database.Database): void {
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? fold(text) : text));
}

/** SQL for the folded form of a text. A call into JavaScript costs a microsecond a row: plain ASCII does without. */
export const folded = (sql: string): string =>
  `case when ${sql} glob '*[^ -~]*' then fold(${sql}) else lower(${sql}) end`;
