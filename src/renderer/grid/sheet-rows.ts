import { request } from '../client/request';
import { gridRows, type GridRow } from './grid-row';
import { rowRuns, type Rect } from './ranges/ranges';
import type { Sheet } from './sheet';

/** A row and its place in the view. */
export interface PlacedRow {
  at: number;
  data: GridRow;
}

/** What one act may touch: the desk takes so many changes at once. */
export const mostRows = 20_000;
const windowSize = 1000;

/** The rows of a selection, in order: from the grid where it has them, else asked of the desk in windows. */
export async function rowsOf(sheet: Sheet, rects: readonly Rect[], most = mostRows): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (const { top, bottom } of rowRuns(rects)) {
    const last = Math.min(bottom, top + most - rows.length - 1, sheet.total() - 1);
    rows.push(...(heldRows(sheet, top, last) ?? (await askedRows(sheet, top, last))));
  }
  return rows;
}

/** The rows of a selection if every one is in the grid; null otherwise. For what cannot wait, such as the clipboard. */
export function rowsHere(sheet: Sheet, rects: readonly Rect[]): PlacedRow[] | null {
  const rows: PlacedRow[] = [];
  for (const { top, bottom } of rowRuns(rects)) {
    const held = heldRows(sheet, top, Math.min(bottom, sheet.total() - 1));
    if (!held) return null;
    rows.push(...held);
  }
  return rows;
}

function heldRows({ api }: Sheet, top: number, bottom: number): PlacedRow[] | null {
  const rows: PlacedRow[] = [];
  for (let at = top; at <= bottom; at++) {
    const data = api.getDisplayedRowAtIndex(at)?.data;
    if (!data) return null;
    rows.push({ at, data });
  }
  return rows;
}

async function askedRows(sheet: Sheet, top: number, bottom: number): Promise<PlacedRow[]> {
  const rows: PlacedRow[] = [];
  for (let from = top; from <= bottom; from += windowSize) {
    const count = Math.min(windowSize, bottom - from + 1);
    const page = await request('rows.page', { view: sheet.view(), from, count });
    rows.push(...gridRows(page).map((data, i) => ({ at: from + i, data })));
  }
  return rows;
}

/** Rows that lie scattered over the view, in order: those that are not in the grid are asked for window by window. */
export async function rowsAt(sheet: Sheet, places: readonly number[]): Promise<PlacedRow[]> {
  const wanted = [...places].sort((a, b) => a - b);
  const rows: PlacedRow[] = [];
  for (let i = 0; i < wanted.length;) {
    const from = wanted[i]!;
    const held = sheet.api.getDisplayedRowAtIndex(from)?.data;
    if (held) {
      rows.push({ at: from, data: held });
      i++;
      continue;
    }
    const found = new Map((await askedRows(sheet, from, from + windowSize - 1)).map((row) => [row.at, row]));
    for (; i < wanted.length && wanted[i]! < from + windowSize; i++) {
      const row = found.get(wanted[i]!);
      if (row) rows.push(row);
    }
  }
  return rows;
}
