import type { GridApi } from 'ag-grid-community';
import type { Events, View } from '../../shared/contract/requests';
import { entityOf, isEntityName, type EntityName } from '../../shared/entities';
import { gridRows, isSameRow, type GridRow } from './grid-row';
import { blockSize, type Ask } from './row-source';

type Changes = Events['rows.changed']['changes'];

/** Ids of this entity's rows that changed, `many` where they are not listed; null where the grid is not concerned. */
export function changedIn(entity: EntityName, changes: Changes): readonly string[] | 'many' | null {
  const own = changes[entity];
  const refers = Object.values(entityOf(entity).fields).some(
    (field) => field.kind === 'reference' && isEntityName(field.options.to) && field.options.to in changes,
  );
  // A row referred to may have another name now: any row on show may say so.
  if (refers) return 'many';
  return own ?? null;
}

/** The blocks the grid holds that a change may have touched: those with a changed row, and those on screen (a row may have come in). */
function touchedBlocks(api: GridApi<GridRow>, ids: readonly string[] | 'many'): number[] {
  const blocks = new Set<number>();
  const add = (index: number | null | undefined) => {
    if (index != null && index >= 0) blocks.add(Math.floor(index / blockSize));
  };
  add(api.getFirstDisplayedRowIndex());
  add(api.getLastDisplayedRowIndex());
  if (ids === 'many') api.forEachNode((node) => add(node.data ? node.rowIndex : null));
  else for (const id of ids) add(api.getRowNode(id)?.rowIndex);
  return [...blocks].sort((a, b) => a - b);
}

/**
 * Brings changed rows up to date in place. Only where rows came, went or moved are the blocks asked for again as a whole; scroll position,
 * focus and selection stay either way.
 * @returns the total after the change
 */
export async function refreshRows(
  api: GridApi<GridRow>,
  view: View,
  total: number,
  ids: readonly string[] | 'many',
  ask: Ask,
): Promise<number> {
  let now = total;
  let isMoved = false;
  for (const block of touchedBlocks(api, ids)) {
    const from = block * blockSize;
    const page = await ask(view, from, blockSize);
    if (api.isDestroyed()) return page.total;
    now = page.total;
    const rows = gridRows(page);
    isMoved ||= now !== total;
    rows.forEach((row, at) => {
      const node = api.getDisplayedRowAtIndex(from + at);
      if (!node?.data) return;
      if (node.data.id !== row.id) isMoved = true;
      else if (!isSameRow(node.data, row)) node.updateData(row);
    });
    if (isMoved) break;
  }
  if (isMoved) api.refreshInfiniteCache();
  return now;
}
