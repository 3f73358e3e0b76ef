import { Refusal } from '../../../shared/contract/outcome';

/** A file that cannot be read as it is: what is wrong with it, and what to do. */
export const unreadable = (message: string): Refusal => new Refusal({ kind: 'invalid', message, issues: [] });
export const tooMuch = unreadable;
export const notFound = (message: string): Refusal => new Refusal({ kind: 'not-found', message });

/** What a file may hold at most. Beyond these a person is better served by several files. */
export const limits = {
  columns: 1000,
  rows: 200_000,
  /** Characters. */
  cell: 2_000_000,
  /** Characters of one row of a workbook. */
  row: 16_000_000,
  /** Bytes of one sheet, and of the texts all sheets share, once inflated. */
  sheet: 1024 * 1024 * 1024,
  texts: 128 * 1024 * 1024,
  /** Bytes of any other part of a workbook. */
  part: 16 * 1024 * 1024,
} as const;
