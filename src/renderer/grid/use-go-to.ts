import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef } from 'react';
import type { View } from '../../shared/contract/requests';
import { request } from '../client/request';
import { gutter } from './columns';
import type { GridRow } from './grid-row';

/** Goes to the row a link names, once its place in the view is known. The row the focus is in already is left alone. */
export function useGoTo(
  api: GridApi<GridRow> | null,
  id: string | null,
  view: { readonly current: View },
  onHidden: () => void,
): void {
  const hidden = useRef(onHidden);
  useEffect(() => {
    hidden.current = onHidden;
  });
  useEffect(() => {
    if (!api || !id || focusedRow(api)?.id === id) return;
    let isWanted = true;
    let stop = () => {};
    const go = (index: number) => {
      api.ensureIndexVisible(index, 'middle');
      const column = api.getAllDisplayedColumns().find((one) => one.getColId() !== gutter);
      if (column) api.setFocusedCell(index, column);
      api.getDisplayedRowAtIndex(index)?.setSelected(true, true);
    };
    request('rows.position', { view: view.current, id }).then(
      (index) => {
        if (!isWanted || api.isDestroyed()) return;
        if (index < 0) return hidden.current();
        const isThere = () => api.getDisplayedRowAtIndex(index)?.data?.id === id;
        if (isThere()) return go(index);
        // The rows around it are on their way: first to the place, then onto the row.
        const once = () => {
          if (api.getDisplayedRowCount() > index) api.ensureIndexVisible(index, 'middle');
          if (!isThere()) return;
          stop();
          go(index);
        };
        api.addEventListener('modelUpdated', once);
        stop = () => {
          if (!api.isDestroyed()) api.removeEventListener('modelUpdated', once);
        };
        once();
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
      stop();
    };
  }, [api, id, view]);
}

function focusedRow(api: GridApi<GridRow>): GridRow | undefined {
  const cell = api.getFocusedCell();
  return cell ? api.getDisplayedRowAtIndex(cell.rowIndex)?.data : undefined;
}
