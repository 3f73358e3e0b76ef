import { useEffect } from 'react';
import { copyCells } from './clipboard/copy-cells';
import { memory } from './clipboard/copied';
import { dragFill } from './fill/fill-handle';
import type { GridRow } from './grid-row';
import { keepOnRows } from './ranges/keep-on-rows';
import { selectByMouse } from './ranges/range-mouse';
import { rangeOverlay, type RangeOverlay } from './ranges/range-overlay';
import { countRows, has } from './ranges/ranges';
import { tellSelection } from './selection-numbers';
import { columnsShown, isEditing, sizeOf, type Sheet } from './sheet';
import { sheetKey, type SheetActs } from './sheet-keys';
import { rowsOf } from './sheet-rows';

/** The rows the selection touches; they are asked for when something is done with them. */
export interface SelectedRows {
  count: number;
  rows: () => Promise<GridRow[]>;
  /** Asks for one value for each of its columns. */
  setValues: () => void;
}

export interface SheetEvents {
  acts: (overlay: RangeOverlay) => SheetActs;
  onSelected: (rows: SelectedRows) => void;
  onPaste: (event: ClipboardEvent) => void;
}

/** Everything the sheet listens to, bound once for the life of the grid; `events` reads the newest callbacks. */
export function useSheet(sheet: Sheet, events: { readonly current: SheetEvents }): void {
  useEffect(() => {
    const { root, selection } = sheet;
    const overlay = rangeOverlay(sheet);
    const acts = (): SheetActs => events.current.acts(overlay);
    const stops = [
      selection.listen(() => {
        overlay.draw();
        markRows(sheet);
        const { rects } = selection;
        events.current.onSelected({
          count: countRows(rects),
          rows: async () => (await rowsOf(sheet, rects)).map(({ data }) => data),
          setValues: () => acts().set(),
        });
      }),
      tellSelection(sheet),
      keepOnRows(sheet),
      selectByMouse(sheet, (event) => dragFill(sheet, overlay, event)),
      followGrid(sheet, overlay),
      listen(root, 'keydown', (event) => {
        if (event.defaultPrevented || !(event.target as Element).closest('.ag-cell')) return;
        if (!sheetKey(sheet, event, acts())) return;
        event.preventDefault();
        event.stopPropagation();
      }),
      listen(root, 'contextmenu', (event) => {
        const cell = (event.target as Element).closest('.ag-cell');
        if (!cell || isEditing(sheet) || !selection.active) return;
        event.preventDefault();
        // By key it opens at the cell; Chromium tells such an event by its missing button.
        const box = cell.getBoundingClientRect();
        acts().menu(event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom });
      }),
      ...(['copy', 'cut'] as const).map((name) =>
        listen(document, name, (event) => {
          if (!isForCells(sheet)) return;
          copyCells(sheet, event, name === 'cut', () => overlay.mark('copied', selection.rects.at(-1) ?? null));
        }),
      ),
      listen(document, 'paste', (event) => {
        if (!isForCells(sheet)) return;
        event.preventDefault();
        overlay.mark('copied', null);
        events.current.onPaste(event);
      }),
    ];
    return () => {
      stops.forEach((stop) => stop());
      overlay.end();
      if (memory.copied?.cut?.sheet === sheet) memory.copied.cut = null;
    };
  }, [sheet, events]);
}

/** The clipboard is the grid's while one of its cells has the focus and none is being edited. */
function isForCells(sheet: Sheet): boolean {
  const focused = document.activeElement;
  return !isEditing(sheet) && sheet.root.contains(focused) && focused?.closest('.ag-cell') != null;
}

function listen<K extends keyof HTMLElementEventMap>(
  target: HTMLElement | Document,
  name: K,
  act: (event: HTMLElementEventMap[K]) => void,
): () => void {
  target.addEventListener(name, act as EventListener, true);
  return () => target.removeEventListener(name, act as EventListener, true);
}

/** Rows on screen are marked as selected, for those who hear the grid, and for their numbers. */
function markRows({ api, selection }: Sheet): void {
  const { rects } = selection;
  // A row that is still on its way cannot be marked.
  const nodes = api.getRenderedNodes().filter((node) => node.data);
  const isIn = (row: number | null): boolean =>
    row !== null && rects.some((rect) => has(rect, { row, column: rect.left }));
  for (const newValue of [false, true]) {
    const changed = nodes.filter(
      (node) => isIn(node.rowIndex) === newValue && (node.isSelected() ?? false) !== newValue,
    );
    if (changed.length > 0) api.setNodesSelected({ nodes: changed, newValue });
  }
}

/** What happens in the grid by itself: it scrolls, its columns and rows change, the focus moves. */
function followGrid(sheet: Sheet, overlay: RangeOverlay): () => void {
  const { api, selection } = sheet;
  let shown = sheet.view();
  const redraw = () => {
    // A selection is made of places: in another view other rows would be there.
    if (sheet.view() !== shown) selection.clear();
    shown = sheet.view();
    selection.fit(sizeOf(sheet));
    overlay.soon();
    markRows(sheet);
  };
  const onFocus = () => {
    const cell = api.getFocusedCell();
    const column = cell ? columnsShown(sheet).indexOf(cell.column as never) : -1;
    if (!cell || column < 0) return;
    const { active } = selection;
    if (active?.row !== cell.rowIndex || active.column !== column) selection.select({ row: cell.rowIndex, column });
  };
  const soon = () => overlay.soon();
  const drawn = ['bodyScroll', 'columnResized', 'virtualColumnsChanged', 'gridSizeChanged'] as const;
  const changed = ['modelUpdated', 'displayedColumnsChanged', 'viewportChanged'] as const;
  for (const event of drawn) api.addEventListener(event, soon);
  for (const event of changed) api.addEventListener(event, redraw);
  api.addEventListener('cellFocused', onFocus);
  return () => {
    if (api.isDestroyed()) return;
    for (const event of drawn) api.removeEventListener(event, soon);
    for (const event of changed) api.removeEventListener(event, redraw);
    api.removeEventListener('cellFocused', onFocus);
  };
}
