import type { Column, GridApi } from 'ag-grid-community';
import type { View } from '../../shared/contract/requests';
import type { Entity, Field } from '../../shared/model';
import { gridFields, gutter, type GridContext } from './columns';
import type { GridRow } from './grid-row';
import type { Place, Size } from './ranges/ranges';
import type { SelectedRanges } from './ranges/selected-ranges';

/** One grid as a spreadsheet: what its selection, clipboard, filling and finding have in common. */
export interface Sheet {
  api: GridApi<GridRow>;
  /** The element around the grid. */
  root: HTMLElement;
  entity: Entity;
  context: GridContext;
  selection: SelectedRanges;
  /** What is on show now. */
  view: () => View;
  /** Rows in the view. */
  total: () => number;
  /** Values every new row begins with, such as the one program on show. */
  given: () => Record<string, unknown>;
}

/** The columns on show from left to right, without the row numbers. A place counts in these. */
export const columnsShown = ({ api }: Pick<Sheet, 'api'>): Column[] =>
  api.getAllDisplayedColumns().filter((column) => column.getColId() !== gutter);

export const sizeOf = (sheet: Sheet): Size => ({ rows: sheet.total(), columns: columnsShown(sheet).length });

/** Names of the fields of the columns on show. */
export const fieldsShown = (sheet: Sheet): string[] => columnsShown(sheet).map((column) => column.getColId());

export function fieldOf({ entity }: Pick<Sheet, 'entity'>, name: string): Field {
  const field = gridFields(entity)[name];
  if (!field) throw new Error(`${entity.name} has no column ${name}`);
  return field;
}

export const rowOf = (element: Element): number | null => {
  const index = element.closest('.ag-row')?.getAttribute('row-index');
  return index == null || !/^\d+$/.test(index) ? null : Number(index);
};

/** The cell an element of the grid stands in; column -1 is the row's number. */
export function placeOf(sheet: Sheet, element: Element): Place | null {
  const cell = element.closest('.ag-cell');
  const row = cell && rowOf(cell);
  if (!cell || row === null) return null;
  const id = cell.getAttribute('col-id');
  return { row, column: id === gutter ? -1 : fieldsShown(sheet).indexOf(id ?? '') };
}

/** Brings a cell into sight. */
export function show(sheet: Sheet, { row, column }: Place): void {
  sheet.api.ensureIndexVisible(row);
  const shown = columnsShown(sheet)[column];
  if (shown && !shown.isPinned()) sheet.api.ensureColumnVisible(shown);
}

/** Puts the focus of the grid where the selection says it is. */
export function focusActive(sheet: Sheet): void {
  const { active } = sheet.selection;
  const column = active && columnsShown(sheet)[active.column];
  if (!column) return;
  show(sheet, active);
  sheet.api.setFocusedCell(active.row, column);
}

export const isEditing = ({ api }: Pick<Sheet, 'api'>): boolean => api.getEditingCells().length > 0;
