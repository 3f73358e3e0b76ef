import type { ColumnState, GridApi } from 'ag-grid-community';
import type { View } from '../../shared/contract/requests';
import type { ViewColumn } from '../../shared/rules/view-definition';
import { gutter } from './columns';

/**
 * Which columns stand where, how wide, and which are hidden. The view of everything remembers it for each entity on this computer; a view with
 * a name keeps its own.
 */

const key = (entity: string): string => `provost.grid.${entity}`;
const isLayout = (value: unknown): value is ViewColumn[] =>
  Array.isArray(value) && value.every((one) => typeof (one as ViewColumn | null)?.field === 'string');

export function readLayout(entity: string): ViewColumn[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key(entity)) ?? 'null');
    return isLayout(value) ? value : null;
  } catch {
    return null;
  }
}

export function keepLayout(entity: string, columns: readonly ViewColumn[]): void {
  try {
    localStorage.setItem(key(entity), JSON.stringify(columns));
  } catch {
    // Storage that is full or switched off costs the arrangement of columns, nothing else.
  }
}

export function forgetLayout(entity: string): void {
  localStorage.removeItem(key(entity));
}

/** The columns as they stand. A width is kept where it was given by hand. */
export const columnsNow = (api: GridApi): ViewColumn[] =>
  api
    .getColumnState()
    .filter(({ colId }) => colId !== gutter)
    .map(({ colId, width, hide, flex }: ColumnState) => ({
      field: colId,
      isHidden: hide ?? false,
      ...(width && !flex ? { width } : {}),
    }));

export const sortNow = (api: GridApi): View['sort'] =>
  api
    .getColumnState()
    .filter((column) => column.sort)
    .sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0))
    .slice(0, 5)
    .map((column) => ({ field: column.colId, descending: column.sort === 'desc' }));

/** Arranges the columns; null: as at first. */
export function arrange(api: GridApi, columns: readonly ViewColumn[] | null): void {
  // As at first, and then what differs: columns that came since these were kept stand where they are declared.
  const sort = sortNow(api);
  api.resetColumnState();
  if (columns) {
    const state = columns.map(({ field, width, isHidden }): ColumnState =>
      // Whether programs are told apart follows from the programs on show.
      field === 'programId'
        ? { colId: field }
        : { colId: field, hide: isHidden, ...(width ? { width, flex: null } : {}) },
    );
    api.applyColumnState({ state: [{ colId: gutter }, ...state], applyOrder: true });
  }
  order(api, sort);
}

export function order(api: GridApi, sort: View['sort']): void {
  if (JSON.stringify(sortNow(api)) === JSON.stringify(sort)) return;
  api.applyColumnState({
    state: sort.map(({ field, descending }, sortIndex) => ({
      ...{ colId: field, sort: descending ? ('desc' as const) : ('asc' as const), sortIndex },
    })),
    defaultState: { sort: null },
  });
}
