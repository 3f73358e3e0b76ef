import { gutter } from '../columns';
import { columnsShown, fieldsShown, focusActive, isEditing, placeOf, show, sizeOf, type Sheet } from '../sheet';
import { clamped, has, samePlace, type Place } from './ranges';

/** While the mouse is held outside the rows, the selection goes on growing at this pace (milliseconds). */
const pace = 40;

/** Selecting with the mouse: drag, Shift for a range, Ctrl for another one, row numbers, headings with Ctrl. Returns how to stop. */
export function selectByMouse(sheet: Sheet, fill: (event: MouseEvent) => void): () => void {
  const { root, selection } = sheet;

  const onHeader = (event: MouseEvent, header: Element): boolean => {
    const id = header.getAttribute('col-id') ?? '';
    const { rows, columns } = sizeOf(sheet);
    if (rows === 0) return false;
    if (id === gutter) {
      selection.selectRect({ top: 0, left: 0, bottom: rows - 1, right: columns - 1 }, selection.active ?? undefined);
    } else if (event.ctrlKey || event.metaKey) {
      selectColumn(sheet, fieldsShown(sheet).indexOf(id), event.shiftKey);
    } else return false;
    focusActive(sheet);
    return true;
  };

  const onDown = (event: MouseEvent) => {
    const target = event.target as Element;
    if (target.closest('.fill-handle')) {
      keep(event);
      return fill(event);
    }
    const header = target.closest('.ag-header-cell');
    if (header && event.button === 0) return onHeader(event, header) ? keep(event) : undefined;
    const place = placeOf(sheet, target);
    if (!place || isEditing(sheet)) return;
    if (event.button === 2) {
      if (!selection.rects.some((rect) => has(rect, place))) select(place);
      return;
    }
    if (event.button !== 0) return;
    const isRow = place.column < 0;
    const from = isRow ? { row: place.row, column: 0 } : place;
    const to = isRow ? { row: place.row, column: sizeOf(sheet).columns - 1 } : place;
    if (event.shiftKey) {
      const last = selection.selected?.ranges.at(-1);
      if (isRow && last) selection.select({ row: last.from.row, column: 0 }, to);
      else selection.extend(to);
    } else if (event.ctrlKey || event.metaKey) selection.add(from, to);
    else if (isRow) selection.select(from, to);
    else {
      // The grid itself puts the focus there.
      selection.select(place);
      return drag(event, false);
    }
    keep(event);
    focusActive(sheet);
    drag(event, isRow);
  };

  const select = (place: Place) => {
    selection.select(place.column < 0 ? { row: place.row, column: 0 } : place);
    focusActive(sheet);
  };

  const drag = (start: MouseEvent, isRow: boolean) =>
    follow(sheet, start, (place) => {
      const to = isRow ? { row: place.row, column: sizeOf(sheet).columns - 1 } : place;
      selection.extend(to);
    });

  // A heading that was clicked to select its column is not clicked to sort by it.
  const onClick = (event: MouseEvent) => {
    const header = (event.target as Element).closest('.ag-header-cell');
    if (header && (event.ctrlKey || event.metaKey || header.getAttribute('col-id') === gutter)) keep(event);
  };
  const onPointer = (event: PointerEvent) => {
    // The grid would begin to move the column.
    if ((event.ctrlKey || event.metaKey) && (event.target as Element).closest('.ag-header-cell'))
      event.stopPropagation();
  };
  root.addEventListener('mousedown', onDown, true);
  root.addEventListener('click', onClick, true);
  root.addEventListener('pointerdown', onPointer, true);
  return () => {
    root.removeEventListener('mousedown', onDown, true);
    root.removeEventListener('click', onClick, true);
    root.removeEventListener('pointerdown', onPointer, true);
  };
}

function keep(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** A whole column; `more`: from the last one that was selected up to this one. */
export function selectColumn(sheet: Sheet, column: number, more: boolean): void {
  const { selection } = sheet;
  const bottom = sheet.total() - 1;
  if (column < 0 || bottom < 0) return;
  const from = more ? (selection.selected?.ranges.at(-1)?.from.column ?? column) : column;
  const isWhole = selection.rects.some((rect) => rect.top === 0 && rect.bottom === bottom && rect.left !== rect.right);
  if (more || (!isWhole && !selection.rects.every((rect) => rect.top === 0 && rect.bottom === bottom))) {
    selection.select({ row: 0, column: from }, { row: bottom, column });
  } else selection.add({ row: 0, column }, { row: bottom, column });
}

/** Calls back with every cell the mouse comes over until it is let go; beyond the edges the grid scrolls along. */
export function follow(sheet: Sheet, start: MouseEvent, over: (place: Place) => void, end?: () => void): void {
  let last: Place | null = null;
  let pull: { rows: number; columns: number } | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const reach = (place: Place) => {
    if (last && samePlace(last, place)) return;
    last = place;
    over(place);
  };
  const onMove = (event: MouseEvent) => {
    if (!last && Math.abs(event.clientX - start.clientX) + Math.abs(event.clientY - start.clientY) < 4) return;
    pull = pullOf(sheet, event);
    const place = placeUnder(sheet, event.clientX, event.clientY);
    if (place) reach(place);
    if (pull && !timer) timer = setInterval(step, pace);
    if (!pull) timer = void clearInterval(timer);
  };
  const step = () => {
    if (!pull || !last) return;
    const next = clamped({ row: last.row + pull.rows, column: last.column + pull.columns }, sizeOf(sheet));
    show(sheet, next);
    reach(next);
  };
  const onUp = () => {
    clearInterval(timer);
    window.removeEventListener('mousemove', onMove, true);
    window.removeEventListener('mouseup', onUp, true);
    end?.();
  };
  window.addEventListener('mousemove', onMove, true);
  window.addEventListener('mouseup', onUp, true);
}

/** Where the rows are on screen, without the heading. */
function bodyOf({ root }: Sheet) {
  const view = root.querySelector('.ag-grid-viewport')?.getBoundingClientRect();
  const head = root.querySelector('.ag-header')?.getBoundingClientRect();
  return view && head && { left: view.left, right: view.right, top: head.bottom, bottom: view.bottom };
}

/** How far beyond the edges the mouse is, as cells a step; null within. */
function pullOf(sheet: Sheet, { clientX, clientY }: MouseEvent): { rows: number; columns: number } | null {
  const body = bodyOf(sheet);
  if (!body) return null;
  const far = (at: number, low: number, high: number) => (at < low ? low - at : at > high ? at - high : 0);
  const rows = Math.ceil(far(clientY, body.top, body.bottom) / 12) * (clientY < body.top ? -1 : 1);
  const columns = far(clientX, body.left, body.right) > 0 ? (clientX < body.left ? -1 : 1) : 0;
  return rows === 0 && columns === 0 ? null : { rows, columns };
}

function placeUnder(sheet: Sheet, x: number, y: number): Place | null {
  const body = bodyOf(sheet);
  if (!body || y < body.top || y > body.bottom || x < body.left || x > body.right) return null;
  const cell = document.elementsFromPoint(x, y).find((one) => one.closest('.ag-cell'));
  const place = cell && sheet.root.contains(cell) ? placeOf(sheet, cell) : null;
  if (place) return { row: place.row, column: Math.max(0, place.column) };
  const row = document.elementsFromPoint(x, y).find((one) => one.closest('.ag-row'));
  const index = row?.closest('.ag-row')?.getAttribute('row-index');
  return index ? { row: Number(index), column: columnsShown(sheet).length - 1 } : null;
}
