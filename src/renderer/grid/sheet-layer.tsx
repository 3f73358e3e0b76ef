import { useEffect, useRef, useState } from 'react';
import type { Sheet } from './sheet';
import { columnsShown, sizeOf } from './sheet';
import { moveByKey } from './ranges/range-keys';
import { selectByMouse } from './ranges/range-mouse';
import { rangeOverlay } from './ranges/range-overlay';
import { SelectedRanges } from './ranges/selected-ranges';
import { keepOnRows } from './ranges/keep-on-rows';
import { countRows, has } from './ranges/ranges';
import { rowsOf } from './sheet-rows';
import { tellSelection } from './selection-numbers';
import type { GridRow } from './grid-row';

/** The rows the selection touches; they are asked for when something is done with them. */
export interface SelectedRows {
  count: number;
  rows: () => Promise<GridRow[]>;
}

interface SheetLayerProps extends Omit<Sheet, 'selection' | 'root'> {
  root: HTMLElement;
  onSelected: (rows: SelectedRows) => void;
}

/** Makes a spreadsheet of a grid: listens to its keys and its mouse, and draws what is selected. */
export function SheetLayer({ onSelected, ...given }: SheetLayerProps) {
  const [selection] = useState(() => new SelectedRanges());
  const latest = useRef({ onSelected });
  useEffect(() => {
    latest.current = { onSelected };
  });
  const { api, root, entity, context, view, total } = given;
  const newRow = useRef(given.given);
  useEffect(() => {
    newRow.current = given.given;
  });
  const [sheet] = useState((): Sheet => {
    return { api, root, entity, context, view, total, selection, given: () => newRow.current() };
  });

  useEffect(() => {
    const overlay = rangeOverlay(sheet);
    const markRows = () => {
      const { rects } = selection;
      const [on, off] = [[], []] as [typeof nodes, typeof nodes];
      const nodes = api.getRenderedNodes();
      for (const node of nodes) {
        const isIn = rects.some(
          (rect) => node.rowIndex !== null && has(rect, { row: node.rowIndex, column: rect.left }),
        );
        if (isIn !== (node.isSelected() ?? false)) (isIn ? on : off).push(node);
      }
      if (off.length > 0) api.setNodesSelected({ nodes: off, newValue: false });
      if (on.length > 0) api.setNodesSelected({ nodes: on, newValue: true });
    };
    let shown = view();
    const redraw = () => {
      // A selection is made of places: in another view other rows would be there.
      if (view() !== shown) selection.clear();
      shown = view();
      selection.fit(sizeOf(sheet));
      overlay.soon();
      markRows();
    };
    const onFocus = () => {
      const cell = api.getFocusedCell();
      const column = cell ? columnsShown(sheet).indexOf(cell.column as never) : -1;
      if (!cell || column < 0) return;
      const { active } = selection;
      if (active?.row !== cell.rowIndex || active.column !== column) selection.select({ row: cell.rowIndex, column });
    };
    const stops = [
      selection.listen(() => {
        overlay.draw();
        markRows();
        const { rects } = selection;
        latest.current.onSelected({
          count: countRows(rects),
          rows: async () => (await rowsOf(sheet, rects)).map(({ data }) => data),
        });
      }),
      tellSelection(sheet),
      keepOnRows(sheet),
      selectByMouse(sheet, () => undefined),
    ];
    const onKey = (event: KeyboardEvent) => {
      if (!(event.target as Element).closest('.ag-cell') || event.defaultPrevented) return;
      if (!moveByKey(sheet, event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    root.addEventListener('keydown', onKey, true);
    const soon = () => overlay.soon();
    const drawn = ['bodyScroll', 'columnResized', 'virtualColumnsChanged', 'gridSizeChanged'] as const;
    for (const event of drawn) api.addEventListener(event, soon);
    const changed = ['modelUpdated', 'displayedColumnsChanged', 'viewportChanged'] as const;
    for (const event of changed) api.addEventListener(event, redraw);
    api.addEventListener('cellFocused', onFocus);
    return () => {
      root.removeEventListener('keydown', onKey, true);
      stops.forEach((stop) => stop());
      overlay.end();
      if (api.isDestroyed()) return;
      for (const event of drawn) api.removeEventListener(event, soon);
      for (const event of changed) api.removeEventListener(event, redraw);
      api.removeEventListener('cellFocused', onFocus);
    };
  }, [sheet, selection, api, root]);

  return null;
}
