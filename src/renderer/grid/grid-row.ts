import type { RowMark, RowPage } from '../../shared/contract/requests';
import { objectsOf } from '../forms/lookups';
import type { AnyRow } from '../../shared/model';

/** One row of a grid: its values, how it stands, and the texts of what it refers to (shared by the rows of a page). */
export interface GridRow {
  id: string;
  row: AnyRow;
  mark: RowMark | null;
  titles: Record<string, string>;
}

export const gridRows = (page: RowPage): GridRow[] =>
  objectsOf(page).map((row) => ({ id: row.id, row, mark: page.marks[row.id] ?? null, titles: page.titles }));

/** Values are plain data, so their JSON tells whether they are the same. */
export const isSameValue = (a: unknown, b: unknown): boolean =>
  a === b || (a ?? null) === (b ?? null) || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** Whether a row shows the same as before: values, mark and the texts of its references. */
export function isSameRow(a: GridRow, b: GridRow): boolean {
  if (a.mark !== b.mark) return false;
  return Object.keys(b.row).every((name) => {
    const value = b.row[name];
    if (!isSameValue(a.row[name], value)) return false;
    return typeof value !== 'string' || a.titles[value] === b.titles[value];
  });
}
