import type { ColDef, SuppressKeyboardEventParams } from 'ag-grid-community';
import type { SessionFacts } from '../../shared/contract/wire';
import { timestamp, type Entity, type Field, type FieldKind } from '../../shared/model';
import { cellText } from '../../shared/rules/cell-text';
import { isPicked } from '../forms/choices';
import { whyLocked } from '../forms/locks';
import { contextOf, type Lookups } from '../forms/lookups';
import type { FilterKind } from './filter-text';
import { GridHeader } from './grid-header';
import { GutterCell } from './gutter-cell';
import { isSameValue, type GridRow } from './grid-row';
import { NumberedCell } from './numbered-cell';
import { PickEditor } from './pick-editor';
import { TextEditor } from './text-editor';
import { toneRules } from './tones';

/** What the cells of a grid may ask for beyond their own row. The grid hands it to every cell, editor and header. */
export interface GridContext {
  entity: Entity;
  lookups: Lookups;
  user: SessionFacts | null;
  /** Why nothing can be written on this desk now. */
  readOnly: string | null;
  /** Texts of rows that were picked here and that no page has brought yet. */
  learned: Readonly<Record<string, string>>;
  learn: (id: string, title: string) => void;
  /** Why the editor that is open cannot be left with what it holds; null where it can, or none is open. */
  editorProblem: () => string | null;
  setEditorProblem: (problem: string | null) => void;
  openFilter: (field: string, at: HTMLElement) => void;
  isFiltered: (field: string) => boolean;
  /** Takes what was typed in an editor, where it is meant for more than its cell. */
  takeEdit?: ((field: string, value: unknown) => boolean) | undefined;
}

export interface Look {
  width: number;
  isNumeric?: boolean;
  /** Takes a share of the room that is left. */
  isFlexible?: boolean;
  edit: 'text' | 'pick' | 'form' | 'none';
  filter: FilterKind;
}

/** How the column of each kind looks, is edited and is filtered. */
export const looks = {
  text: { width: 136, isFlexible: true, edit: 'text', filter: 'words' },
  markdown: { width: 200, isFlexible: true, edit: 'form', filter: 'words' },
  email: { width: 188, isFlexible: true, edit: 'text', filter: 'words' },
  slug: { width: 128, isFlexible: true, edit: 'text', filter: 'words' },
  url: { width: 168, isFlexible: true, edit: 'text', filter: 'words' },
  integer: { width: 84, isNumeric: true, edit: 'text', filter: 'number' },
  money: { width: 96, isNumeric: true, edit: 'text', filter: 'number' },
  currency: { width: 72, edit: 'text', filter: 'set' },
  percent: { width: 84, isNumeric: true, edit: 'text', filter: 'number' },
  boolean: { width: 84, edit: 'pick', filter: 'set' },
  choice: { width: 112, edit: 'pick', filter: 'set' },
  option: { width: 104, edit: 'pick', filter: 'set' },
  reference: { width: 148, isFlexible: true, edit: 'pick', filter: 'set' },
  list: { width: 160, isFlexible: true, edit: 'text', filter: 'words' },
  json: { width: 160, isFlexible: true, edit: 'form', filter: 'presence' },
  date: { width: 104, edit: 'text', filter: 'day' },
  timestamp: { width: 144, edit: 'text', filter: 'moment' },
  time: { width: 80, edit: 'text', filter: 'words' },
  timeRange: { width: 200, edit: 'text', filter: 'presence' },
  recurrence: { width: 160, edit: 'text', filter: 'words' },
  order: { width: 80, isNumeric: true, edit: 'text', filter: 'number' },
  sensitive: { width: 120, edit: 'form', filter: 'presence' },
  generated: { width: 124, edit: 'none', filter: 'words' },
} satisfies Record<FieldKind, Look>;

export const lookOf = (field: Field): Look => looks[field.kind];

/** When a row was made and last changed: columns of every entity, hidden until asked for. */
const stamps: Record<string, Field> = {
  createdAt: timestamp({ label: 'Added', readOnly: true, hidden: true }),
  updatedAt: timestamp({ label: 'Last changed', readOnly: true, hidden: true }),
};

export const gridFields = (entity: Entity): Record<string, Field> => ({
  ...Object.fromEntries(Object.entries(entity.fields).filter(([, field]) => !field.options.internal)),
  ...stamps,
});

export const gutter = 'gutter';

/** The text of a cell as it is shown. */
export function textOf(name: string, field: Field, { row, titles }: GridRow, context: GridContext): string {
  const value = row[name];
  if (field.kind === 'reference' && typeof value === 'string') {
    return (
      titles[value] ?? context.learned[value] ?? cellText(field, value, { locale: context.lookups.locale, titles })
    );
  }
  return cellText(field, value, contextOf(context.lookups, context.entity, field, row, titles));
}

/** Why a cell cannot be edited where it stands; null where it can. */
export function whyCellLocked(name: string, { row }: GridRow, context: GridContext): string | null {
  const field = gridFields(context.entity)[name];
  if (!field) return 'This column is kept by the system.';
  return whyLocked(context.user, context.entity, field, row, context.readOnly);
}

const editors = { text: TextEditor, pick: PickEditor };

/** Keys the editor keeps for itself: what cannot be kept stays in the editor, with the reason beside it. */
function keptByEditor({
  editing,
  event,
  context,
}: SuppressKeyboardEventParams<GridRow, unknown, GridContext>): boolean {
  // Deleting rows is the page's affair; alone, these keys empty the cell.
  if (!editing) return (event.ctrlKey || event.metaKey) && (event.key === 'Delete' || event.key === 'Backspace');
  if (event.key === 'Enter' || event.key === 'Tab') return context.editorProblem() !== null;
  return event.key === 'ArrowUp' || event.key === 'ArrowDown';
}

interface ColumnOptions {
  /** Show the program: more than one is on show. */
  hasPrograms: boolean;
}

export function columnsOf(entity: Entity, { hasPrograms }: ColumnOptions): ColDef<GridRow>[] {
  const fields = Object.entries(gridFields(entity));
  const columns = fields.map(([name, field]) => columnOf(entity, name, field, { hasPrograms }, isNaming(entity, name)));
  return [gutterColumn, ...columns];
}

/** What names a row stays in sight: its own words, or else the first of the rows it is made of. */
function isNaming(entity: Entity, name: string): boolean {
  const shown = entity.title.filter((one) => entity.fields[one] && !entity.fields[one].options.hidden);
  const words = shown.filter((one) => entity.fields[one]?.kind === 'text');
  return (words.length > 0 ? words : shown.slice(0, 1)).includes(name);
}

const gutterColumn: ColDef<GridRow> = {
  colId: gutter,
  headerName: '#',
  headerTooltip: 'Row number and state',
  pinned: 'left',
  lockPosition: 'left',
  width: 56,
  resizable: false,
  sortable: false,
  suppressMovable: true,
  cellClass: 'gutter',
  headerClass: 'gutter',
  cellRenderer: GutterCell,
  valueGetter: ({ node, data }) => `${(node?.rowIndex ?? 0) + 1}${data?.mark ?? ''}`,
};

function columnOf(
  entity: Entity,
  name: string,
  field: Field,
  { hasPrograms }: ColumnOptions,
  isPinned: boolean,
): ColDef<GridRow> {
  const { options, kind } = field;
  const look = lookOf(field);
  const sort = entity.sort?.findIndex((one) => one.replace(/^-/, '') === name) ?? -1;
  const isProgram = name === 'programId';
  const isShort = kind === 'text' && options.max <= 100;
  const width = isProgram ? 132 : isShort ? (isPinned ? 116 : 136) : isPinned && kind === 'text' ? 176 : look.width;
  return {
    colId: name,
    headerName: options.short ?? options.label,
    headerTooltip: options.help ? `${options.label}: ${options.help}` : options.label,
    headerComponent: GridHeader,
    // Initial only: the definitions are made anew when the programs are known, and must not undo an arrangement of one's own.
    initialWidth: width,
    minWidth: Math.round(width * (look.isFlexible ? 0.75 : 0.6)),
    // Words share the room that is left, so that the sheet ends at the edge of the window.
    ...(look.isFlexible && !isPinned && !isProgram ? { initialFlex: width } : {}),
    ...(isProgram ? { hide: !hasPrograms } : { initialHide: options.hidden ?? false }),
    ...(isPinned ? { initialPinned: 'left' as const } : {}),
    headerClass: look.isNumeric ? 'numeric' : '',
    cellClass: look.isNumeric ? 'numeric' : kind === 'option' ? 'proportional' : '',
    cellClassRules: isStatus(name, field) ? toneRules : {},
    ...(sort >= 0
      ? { initialSort: entity.sort?.[sort]?.startsWith('-') ? 'desc' : 'asc', initialSortIndex: sort }
      : {}),
    sortable: kind !== 'sensitive' && kind !== 'json',
    valueGetter: ({ data }) => data?.row[name] ?? null,
    valueFormatter: ({ data, context }) => (data ? textOf(name, field, data, context as GridContext) : ''),
    // The text of a reference may change while its id does not.
    equals: (a, b) => field.kind !== 'reference' && isSameValue(a, b),
    editable: ({ data, context }) =>
      data != null && look.edit in editors && whyCellLocked(name, data, context as GridContext) === null,
    ...(look.edit === 'text' || look.edit === 'pick'
      ? { cellEditor: editors[isPicked(field) ? 'pick' : 'text'], cellEditorParams: { name, field } }
      : {}),
    suppressKeyboardEvent: (params) =>
      keptByEditor(params) || (kind === 'boolean' && params.event.key === ' ' && !params.editing),
    ...(kind === 'generated' ? { cellRenderer: NumberedCell } : {}),
  };
}

/** Choices that tell how a row stands are shown with a mark of their own shape and colour. */
const isStatus = (name: string, field: Field): boolean =>
  field.kind === 'choice' && (name === 'status' || name === 'state');
