import type { ColumnState, GridApi } from 'ag-grid-community';

/** Which columns stand where, how wide, and which are hidden: remembered for each entity on this computer. */
export interface Layout {
  colId: string;
  width?: number;
  hide?: boolean;
  /** Null for a column that was given a width by hand. */
  flex?: null;
}

const key = (entity: string): string => `provost.grid.${entity}`;
const isLayout = (value: unknown): value is Layout[] =>
  Array.isArray(value) && value.every((one) => typeof (one as Layout | null)?.colId === 'string');

export function readLayout(entity: string): Layout[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key(entity)) ?? 'null');
    return isLayout(value) ? value : null;
  } catch {
    return null;
  }
}

export function keepLayout(entity: string, api: GridApi): void {
  const kept = api.getColumnState().map(({ colId, width, hide, flex }: ColumnState): Layout => ({
    colId,
    hide: hide ?? false,
    ...(width && !flex ? { width, flex: null } : {}),
  }));
  try {
    localStorage.setItem(key(entity), JSON.stringify(kept));
  } catch {
    // Storage that is full or switched off costs the arrangement of columns, nothing else.
  }
}

export function forgetLayout(entity: string): void {
  localStorage.removeItem(key(entity));
}
