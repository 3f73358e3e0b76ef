/**
 * What is selected in a grid, as positions in the view: rows that were never loaded can be selected as well. Pure.
 */

/** A cell: the row's place in the view, and the column's among those on show. Both from 0. */
export interface Place {
  row: number;
  column: number;
}

/** From where the selecting began to where it has come; either may be the upper or the left one. */
export interface Range {
  from: Place;
  to: Place;
}

/** All four sides belong to it. */
export interface Rect {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** How many rows and columns there are. */
export interface Size {
  rows: number;
  columns: number;
}

export const samePlace = (a: Place, b: Place): boolean => a.row === b.row && a.column === b.column;

export const rectOf = ({ from, to }: Range): Rect => ({
  top: Math.min(from.row, to.row),
  left: Math.min(from.column, to.column),
  bottom: Math.max(from.row, to.row),
  right: Math.max(from.column, to.column),
});

export const rangeOf = ({ top, left, bottom, right }: Rect): Range => ({
  from: { row: top, column: left },
  to: { row: bottom, column: right },
});

export const has = ({ top, left, bottom, right }: Rect, { row, column }: Place): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

export const heightOf = ({ top, bottom }: Rect): number => bottom - top + 1;
export const widthOf = ({ left, right }: Rect): number => right - left + 1;
export const cellsIn = (rect: Rect): number => heightOf(rect) * widthOf(rect);

/** What of `rect` lies outside `hole`: at most four parts that do not overlap. */
function without(rect: Rect, hole: Rect): Rect[] {
  if (hole.top > rect.bottom || hole.bottom < rect.top || hole.left > rect.right || hole.right < rect.left) {
    return [rect];
  }
  const [top, bottom] = [Math.max(rect.top, hole.top), Math.min(rect.bottom, hole.bottom)];
  const parts: Rect[] = [];
  if (rect.top < top) parts.push({ ...rect, bottom: top - 1 });
  if (rect.left < hole.left) parts.push({ top, bottom, left: rect.left, right: hole.left - 1 });
  if (rect.right > hole.right) parts.push({ top, bottom, left: hole.right + 1, right: rect.right });
  if (rect.bottom > bottom) parts.push({ ...rect, top: bottom + 1 });
  return parts;
}

/** The same cells, every one once: what overlaps is counted and written one time. */
export function disjoint(rects: readonly Rect[]): Rect[] {
  return rects.reduce<Rect[]>(
    (made, rect) => [
      ...made,
      ...made.reduce<Rect[]>((rest, done) => rest.flatMap((part) => without(part, done)), [rect]),
    ],
    [],
  );
}

export const countCells = (rects: readonly Rect[]): number =>
  disjoint(rects).reduce((count, rect) => count + cellsIn(rect), 0);

/** The rows that are touched, as runs in order that neither meet nor overlap. */
export function rowRuns(rects: readonly Rect[]): { top: number; bottom: number }[] {
  const sorted = rects.map(({ top, bottom }) => ({ top, bottom })).sort((a, b) => a.top - b.top);
  const runs: { top: number; bottom: number }[] = [];
  for (const run of sorted) {
    const last = runs.at(-1);
    if (last && run.top <= last.bottom + 1) last.bottom = Math.max(last.bottom, run.bottom);
    else runs.push({ ...run });
  }
  return runs;
}

export const countRows = (rects: readonly Rect[]): number =>
  rowRuns(rects).reduce((count, { top, bottom }) => count + bottom - top + 1, 0);

/** The columns that are touched, in order. */
export const columnsOf = (rects: readonly Rect[]): number[] =>
  [...new Set(rects.flatMap(({ left, right }) => Array.from({ length: right - left + 1 }, (_, i) => left + i)))].sort(
    (a, b) => a - b,
  );

export const clamped = ({ row, column }: Place, { rows, columns }: Size): Place => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  column: Math.max(0, Math.min(columns - 1, column)),
});

/** The cell after this one in reading order within several ranges, as Tab and Enter go round in a selection. */
export function nextWithin(rects: readonly Rect[], at: Place, by: 'row' | 'column', back: boolean): Place {
  const inside = rects.findIndex((rect) => has(rect, at));
  const rect = rects[inside];
  if (!rect) return at;
  const [height, width] = [heightOf(rect), widthOf(rect)];
  const [row, column] = [at.row - rect.top, at.column - rect.left];
  const index = (by === 'column' ? row * width + column : column * height + row) + (back ? -1 : 1);
  if (index >= 0 && index < height * width) return placeAt(rect, index, by);
  const other = rects[(inside + (back ? -1 : 1) + rects.length) % rects.length]!;
  return placeAt(other, back ? cellsIn(other) - 1 : 0, by);
}

function placeAt(rect: Rect, index: number, by: 'row' | 'column'): Place {
  const along = by === 'column' ? widthOf(rect) : heightOf(rect);
  const [line, step] = [Math.floor(index / along), index % along];
  return by === 'column'
    ? { row: rect.top + line, column: rect.left + step }
    : { row: rect.top + step, column: rect.left + line };
}

/** `8 × 2` cells in one range; otherwise their number. */
export const isOneCell = (rects: readonly Rect[]): boolean => rects.length === 1 && cellsIn(rects[0]!) === 1;
