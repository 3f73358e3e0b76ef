import type { CellKey } from '../../../shared/contract/pricing';
import { clamped, rectOf, type Place, type Range, type Rect, type Size } from '../../grid/ranges/ranges';
import type { Line, Pivot } from './matrix';

/** What is selected in the matrix: one range, and the cell the keyboard stands on. Rows are lines of the pivot, heads of groups among them. */
export interface MatrixSelection {
  active: Place;
  range: Range;
}

export const selectCell = (place: Place): MatrixSelection => ({ active: place, range: { from: place, to: place } });
export const extendTo = ({ active, range }: MatrixSelection, to: Place): MatrixSelection => ({
  active,
  range: { from: range.from, to },
});
export const selectedRect = ({ range }: MatrixSelection): Rect => rectOf(range);

/** Where a key leads, or null where it leads nowhere. */
export function stepOf(
  key: string,
  hasControl: boolean,
  at: Place,
  { rows, columns }: Size,
  page: number,
): Place | null {
  const { row, column } = at;
  switch (key) {
    case 'ArrowUp':
      return { row: hasControl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: hasControl ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: hasControl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: hasControl ? columns - 1 : column + 1 };
    case 'Home':
      return { row: hasControl ? 0 : row, column: 0 };
    case 'End':
      return { row: hasControl ? rows - 1 : row, column: columns - 1 };
    case 'PageUp':
      return { row: row - page, column };
    case 'PageDown':
      return { row: row + page, column };
    default:
      return null;
  }
}

/** The nearest line with cells, going on in the direction of the step. */
export function onRow(isRow: (row: number) => boolean, wanted: Place, from: Place, size: Size): Place {
  const place = clamped(wanted, size);
  const step = place.row < from.row ? -1 : 1;
  for (const direction of [step, -step]) {
    for (let row = place.row; row >= 0 && row < size.rows; row += direction) if (isRow(row)) return { ...place, row };
  }
  return from;
}

/** The cells of a selection; heads of groups have none. */
export function cellsIn(pivot: Pivot, selection: MatrixSelection): { line: Line; column: number }[] {
  const rect = selectedRect(selection);
  return pivot.lines
    .slice(rect.top, rect.bottom + 1)
    .flatMap((line) =>
      line.kind === 'row'
        ? Array.from({ length: rect.right - rect.left + 1 }, (_, i) => ({ line, column: rect.left + i }))
        : [],
    );
}

export const selectedKeys = (pivot: Pivot, selection: MatrixSelection): CellKey[] =>
  cellsIn(pivot, selection).flatMap(({ line, column }) => pivot.keyAt(line, column) ?? []);

/** The cells on show that have a price. */
export const keysOnShow = (pivot: Pivot): CellKey[] =>
  pivot.lines.flatMap((line) =>
    Array.from({ length: pivot.width }, (_, column) => column).flatMap((column) =>
      pivot.cellAt(line, column)?.[5] != null ? (pivot.keyAt(line, column) ?? []) : [],
    ),
  );
