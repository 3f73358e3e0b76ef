import { has, rectOf, type Place, type Rect } from '../ranges/ranges';
import { follow } from '../ranges/range-mouse';
import type { RangeOverlay } from '../ranges/range-overlay';
import type { Sheet } from '../sheet';
import { fillCells } from './fill-cells';

/** Where dragging the handle to a cell leads: along the way that is longer, in one direction. */
export function stretched(source: Rect, { row, column }: Place): Rect {
  if (has(source, { row, column })) return source;
  const below = Math.max(row - source.bottom, source.top - row, 0);
  const beside = Math.max(column - source.right, source.left - column, 0);
  if (below >= beside) return { ...source, top: Math.min(source.top, row), bottom: Math.max(source.bottom, row) };
  return { ...source, left: Math.min(source.left, column), right: Math.max(source.right, column) };
}

/** Dragging the small square at the corner of the selection. */
export function dragFill(sheet: Sheet, overlay: RangeOverlay, start: MouseEvent): void {
  const { selection } = sheet;
  const range = selection.selected?.ranges.at(-1);
  if (!range) return;
  const source = rectOf(range);
  let whole = source;
  follow(
    sheet,
    start,
    (place) => {
      whole = stretched(source, place);
      overlay.mark('filling', whole);
    },
    () => {
      overlay.mark('filling', null);
      if (whole === source) return;
      selection.selectRect(whole, selection.active ?? undefined);
      void fillCells(sheet, source, whole, false);
    },
  );
}
