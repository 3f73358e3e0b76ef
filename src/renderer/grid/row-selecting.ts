import type { GridApi } from 'ag-grid-community';
import type { GridRow } from './grid-row';

export interface Selecting {
  /** Tells what moves the focus next: a key, with or without Shift, or (null) the mouse, whose clicks the grid handles itself. */
  by: (key: { shift: boolean } | null) => void;
  focused: (api: GridApi<GridRow>, index: number) => void;
}

/**
 * Rows follow the keyboard as they follow the mouse: a plain move selects the row it lands on, a move with Shift selects from where the moves
 * with Shift began.
 */
export function selecting(): Selecting {
  let key: { shift: boolean } | null = null;
  let anchor: number | null = null;
  return {
    by: (next) => {
      key = next;
    },
    focused: (api, index) => {
      if (!key?.shift || anchor === null) anchor = index;
      if (!key) return;
      const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)];
      const nodes = [];
      for (let at = from; at <= to; at++) {
        const node = api.getDisplayedRowAtIndex(at);
        if (node?.data) nodes.push(node);
      }
      const wanted = new Set(nodes.map((node) => node.id));
      const others = api.getSelectedNodes().filter((node) => !wanted.has(node.id));
      api.setNodesSelected({ nodes: others, newValue: false });
      api.setNodesSelected({ nodes, newValue: true });
    },
  };
}
