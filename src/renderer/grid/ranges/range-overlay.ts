import type { Column } from 'ag-grid-community';
import { columnsShown, type Sheet } from '../sheet';
import { columnsOf, has, type Place, type Rect } from './ranges';

/**
 * Draws the selection over the rows: a few elements inside the grid's own containers, so that they scroll with the rows by themselves and no
 * row is ever drawn again for it.
 */

type Look = 'range' | 'filling' | 'copied' | 'found';

interface Box extends Rect {
  look: Look;
  /** A cell in it that is not tinted. */
  hole: Place | null;
  hasHandle: boolean;
}

/** Beyond this many rows outside the window nothing is drawn: an element as tall as a million rows would be refused by the browser. */
const beyond = 1500;

const rowContainer = '.ag-grid-scrolling-container';
/** The pinned columns stay where they are when the others scroll by beneath them. */
type Part = 'left' | 'center';

export interface RangeOverlay {
  draw: () => void;
  /** Draws before the next frame, once, however often it is asked for. */
  soon: () => void;
  /** A rectangle beside the selection; null takes it away. */
  mark: (look: Exclude<Look, 'range'>, rect: Rect | null) => void;
  end: () => void;
}

export function rangeOverlay(sheet: Sheet): RangeOverlay {
  const { root, api, selection } = sheet;
  const layers: Record<Part, HTMLElement> = { left: layer('left'), center: layer('center') };
  const marks = new Map<Look, Rect>();
  let frame = 0;

  const draw = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (api.isDestroyed()) return;
    const rects = selection.rects;
    const columns = columnsShown(sheet);
    const boxes: Box[] = rects.map((rect, i) => ({
      ...rect,
      look: 'range',
      hole: selection.active && has(rect, selection.active) ? selection.active : null,
      hasHandle: rects.length === 1 && i === 0,
    }));
    for (const [look, rect] of marks) boxes.push({ ...rect, look, hole: null, hasHandle: false });
    const rows = rowsOnScreen(sheet);
    const container = root.querySelector<HTMLElement>(rowContainer);
    for (const part of ['center', 'left'] as const) {
      if (!container) break;
      if (layers[part].parentElement !== container) container.append(layers[part]);
      layers[part].replaceChildren(...(rows ? boxes.flatMap((box) => drawn(box, part, columns, rows)) : []));
    }
    root.classList.toggle('has-ranges', !selection.isPlain);
    markHeaders(root, new Set(columnsOf(rects).map((at) => columns[at]?.getColId())));
  };
  return {
    draw,
    soon: () => {
      frame ||= requestAnimationFrame(draw);
    },
    mark: (look, rect) => {
      if (rect) marks.set(look, rect);
      else if (!marks.delete(look)) return;
      draw();
    },
    end: () => {
      cancelAnimationFrame(frame);
      for (const made of Object.values(layers)) made.remove();
    },
  };
}

function layer(part: Part): HTMLElement {
  const made = document.createElement('div');
  made.className = `range-layer ${part}`;
  made.setAttribute('aria-hidden', 'true');
  return made;
}

interface RowsOnScreen {
  first: number;
  last: number;
  height: number;
  /** Where row 0 would stand, in pixels of the container: the grid squeezes what is taller than a browser allows. */
  origin: number;
  /** Width of the pinned columns, and where the others come out from under them. */
  pinned: number;
  edge: number;
}

function rowsOnScreen({ root, api }: Sheet): RowsOnScreen | null {
  const first = api.getFirstDisplayedRowIndex();
  const last = api.getLastDisplayedRowIndex();
  const node = first < 0 ? undefined : api.getDisplayedRowAtIndex(first);
  const height = node?.rowHeight;
  const row = root.querySelector<HTMLElement>(`${rowContainer} > .ag-row[row-index]`);
  if (!row || !height) return null;
  const at = Number(row.getAttribute('row-index'));
  const y = /translateY\((-?[\d.]+)px\)/.exec(row.style.transform)?.[1] ?? row.style.top.replace('px', '');
  const pinned = api.getDisplayedLeftColumns().reduce((width, column) => width + column.getActualWidth(), 0);
  const edge = pinned + (root.querySelector('.ag-grid-viewport')?.scrollLeft ?? 0);
  return { first, last, height, origin: Number(y) - at * height, pinned, edge };
}

interface Span {
  y: number;
  height: number;
}

function vertical(rect: Rect, { first, last, height, origin }: RowsOnScreen): Span | null {
  const top = Math.max(rect.top, first - beyond);
  const bottom = Math.min(rect.bottom, last + beyond);
  if (bottom < top) return null;
  return { y: origin + top * height, height: (bottom - top + 1) * height };
}

/** The elements of one rectangle in one of the containers. */
function drawn(box: Box, part: Part, columns: Column[], rows: RowsOnScreen): HTMLElement[] {
  const own = columns.flatMap((column, at) =>
    at >= box.left && at <= box.right && (column.getPinned() === 'left') === (part === 'left') ? [at] : [],
  );
  const place = vertical(box, rows);
  if (own.length === 0 || !place) return [];
  const [from, to] = [columns[own[0]!]!, columns[own.at(-1)!]!];
  const shift = part === 'left' ? 0 : rows.pinned;
  const start = (from.getLeft() ?? 0) + shift;
  // What lies under the pinned columns is not seen.
  const x = part === 'left' ? start : Math.max(start, rows.edge);
  const width = (to.getLeft() ?? 0) + to.getActualWidth() + shift - x;
  if (width <= 0) return [];
  const outline = element(`range-outline ${box.look}`, x - 1, place.y - 1, width + 1, place.height + 1);
  outline.classList.toggle('open-left', own[0] !== box.left || x > start);
  outline.classList.toggle('open-right', own.at(-1) !== box.right);
  if (box.look !== 'range') return [outline];
  const tint = element('range-tint', x, place.y, width, place.height);
  const hole = box.hole && columns[box.hole.column];
  if (box.hole && hole && (hole.getPinned() === 'left') === (part === 'left')) {
    const left = (hole.getLeft() ?? 0) + shift - x;
    const top = rows.origin + box.hole.row * rows.height - place.y;
    const right = left + hole.getActualWidth();
    if (right > 0) tint.style.clipPath = aroundHole(width, place.height, Math.max(0, left), top, right, rows.height);
  }
  if (!box.hasHandle || own.at(-1) !== box.right) return [tint, outline];
  return [tint, outline, element('fill-handle', x + width - 5, place.y + place.height - 5, 8, 8)];
}

/** A rectangle with a rectangular hole. */
function aroundHole(width: number, height: number, left: number, top: number, right: number, h: number): string {
  const point = (x: number, y: number) => `${x}px ${y}px`;
  const outer = [point(0, 0), point(width, 0), point(width, height), point(0, height), point(0, 0)];
  const bottom = top + h;
  const inner = [point(left, top), point(left, bottom), point(right, bottom), point(right, top), point(left, top)];
  return `polygon(evenodd, ${[...outer, ...inner].join(', ')})`;
}

function element(name: string, x: number, y: number, width: number, height: number): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  made.style.transform = `translate(${x}px, ${y}px)`;
  made.style.width = `${width}px`;
  made.style.height = `${height}px`;
  return made;
}

function markHeaders(root: HTMLElement, names: ReadonlySet<string | undefined>): void {
  for (const header of root.querySelectorAll('.ag-header-cell[col-id]')) {
    header.classList.toggle('in-range', names.has(header.getAttribute('col-id') ?? ''));
  }
}
