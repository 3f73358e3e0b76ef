import { disjoint, heightOf, widthOf, type Rect, type Size } from '../ranges/ranges';

/** Where a block of so many rows and columns goes; pure. */
export interface Target {
  rects: Rect[];
  /** Columns of the block for which the grid has none. */
  lost: number;
}

/**
 * As in Excel: one value fills everything that is selected; a block repeats over a range that is a whole multiple of it; otherwise it goes down
 * and right from the upper left corner of the last range, beyond the last row where it is longer.
 */
export function targetOf(block: { rows: number; columns: number }, selected: readonly Rect[], size: Size): Target {
  const { rows, columns } = block;
  if (rows === 1 && columns === 1) return { rects: disjoint(selected), lost: 0 };
  const last = selected.at(-1)!;
  const isMultiple = heightOf(last) % rows === 0 && widthOf(last) % columns === 0;
  if (isMultiple) return { rects: [last], lost: 0 };
  const room = size.columns - last.left;
  const right = last.left + Math.min(columns, room) - 1;
  return { rects: [{ ...last, bottom: last.top + rows - 1, right }], lost: Math.max(0, columns - room) };
}

/** Which cell of the block goes to a cell of the target. */
export const sourceOf = (
  block: { rows: number; columns: number },
  target: Rect,
  row: number,
  column: number,
): { row: number; column: number } => ({
  row: (row - target.top) % block.rows,
  column: (column - target.left) % block.columns,
});
