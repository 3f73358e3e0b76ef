import type { Choice, Edit } from '../../../shared/contract/requests';
import type { EntityName } from '../../../shared/entities';
import { newId, type Field } from '../../../shared/model';
import { parseCell } from '../../../shared/rules/cell-text';
import { validateField } from '../../../shared/rules/validate';
import { isAsked } from '../../forms/locks';
import { contextOf } from '../../forms/lookups';
import { gridFields, textOf, whyCellLocked, type GridContext } from '../columns';
import { isSameValue, type GridRow } from '../grid-row';

/**
 * What an act on many cells would do, worked out before anything is written: every cell that is touched, what it would hold, and why it cannot.
 * Pure but for the ids of new rows; names are looked up beforehand (`resolve.ts`).
 */

/** What a cell is to hold: a text as somebody wrote it, or a value as it stands elsewhere. */
export type Entry = { text: string } | { value: unknown; title?: string | undefined };

export interface WantedRow {
  /** Place in the view, for people: row 1 is the first. */
  at: number;
  /** Null: the row is added. */
  data: GridRow | null;
  cells: { field: string; entry: Entry }[];
}

/** `changes` and `same` can stand; the others stay as they are. `left`: somebody said so. */
export type CellState = 'changes' | 'same' | 'locked' | 'bad' | 'choose' | 'left';

export interface PlannedCell {
  field: string;
  before: unknown;
  beforeText: string;
  value: unknown;
  text: string;
  state: CellState;
  why: string | null;
  /** For `choose`: the rows a name may mean. */
  choices: readonly Choice[];
}

export interface PlannedRow {
  at: number;
  id: string;
  data: GridRow | null;
  cells: PlannedCell[];
  /** What stands against the row as a whole. */
  why: string | null;
}

/** The rows that a text names, for a reference; undefined where nobody looked. */
export type Named = (field: Field, text: string, programId: unknown) => readonly Choice[] | undefined;

interface Given {
  context: GridContext;
  /** What every new row begins with. */
  given: Record<string, unknown>;
  named: Named;
}

export const planRows = (wanted: readonly WantedRow[], given: Given): PlannedRow[] =>
  wanted.map((row) => {
    const id = row.data?.id ?? newId();
    const cells = row.cells.map(({ field, entry }) => planCell(row.data, field, entry, given));
    return { at: row.at, id, data: row.data, cells, why: null };
  });

function planCell(row: GridRow | null, name: string, entry: Entry, { context, given, named }: Given): PlannedCell {
  const field = gridFields(context.entity)[name]!;
  const before: unknown = row?.row[name] ?? null;
  const beforeText = row ? textOf(name, field, row, context) : '';
  const cell = { field: name, before, beforeText, choices: [] };
  const typed = 'text' in entry ? entry.text : (entry.title ?? valueText(field, entry.value, row, name, context));
  const stays = (state: CellState, why: string, choices: readonly Choice[] = []): PlannedCell => {
    return { ...cell, value: before, text: typed, state, why, choices };
  };
  const takes = (value: unknown, text: string): PlannedCell => {
    if (isSameValue(value, before)) return { ...cell, value, text, state: 'same', why: null };
    const lock = lockOf(row, name, field, context);
    if (lock !== null) return stays('locked', lock);
    const trouble = validateField(field, value);
    return trouble === null ? { ...cell, value, text, state: 'changes', why: null } : stays('bad', trouble);
  };
  if ('value' in entry) return takes(entry.value ?? null, typed);
  if (row && entry.text.trim() === beforeText.trim()) return takes(before, beforeText);
  const lock = lockOf(row, name, field, context);
  if (lock !== null) return stays('locked', lock);
  const values = { ...given, ...row?.row };
  if (field.kind === 'reference' && entry.text.trim() !== '') {
    const found = named(field, entry.text, values['programId']);
    if (found) {
      const meant = theOne(found, entry.text);
      if (meant) return takes(meant.id, meant.title);
      const label = field.options.label.toLowerCase();
      if (found.length === 0) return stays('bad', `No ${label} is called “${entry.text.trim()}”.`);
      return stays('choose', `${found.length} rows are called “${entry.text.trim()}”: choose the ${label}.`, found);
    }
  }
  const read = parseCell(field, entry.text, contextOf(context.lookups, context.entity, field, values, row?.titles));
  if ('problem' in read) return stays('bad', read.problem);
  return takes(read.value, valueText(field, read.value, row, name, context, given));
}

/** Of several rows with a name, the one that is written exactly so. */
function theOne(found: readonly Choice[], text: string): Choice | null {
  if (found.length === 1) return found[0]!;
  const exact = found.filter(({ title }) => title === text.trim());
  return exact.length === 1 ? exact[0]! : null;
}

function lockOf(row: GridRow | null, name: string, field: Field, context: GridContext): string | null {
  if (field.kind === 'sensitive') return 'Confidential details are changed in the form, after revealing them.';
  if (row) return whyCellLocked(name, row, context);
  if (name in context.entity.fields && isAsked(field)) return null;
  return `${field.options.label} is kept by the system.`;
}

/** How a value reads in the row it goes to. */
function valueText(
  field: Field,
  value: unknown,
  row: GridRow | null,
  name: string,
  context: GridContext,
  given: Record<string, unknown> = {},
): string {
  const holder: GridRow = row ?? { id: '', row: given as GridRow['row'], mark: null, titles: {} };
  return textOf(name, field, { ...holder, row: { ...holder.row, [name]: value } }, context);
}

/** A new row with a cell that cannot stand is not added; of other rows only that cell stays as it was. */
export const isWritten = (row: PlannedRow): boolean =>
  row.why === null &&
  (row.data !== null || row.cells.every(({ state }) => state !== 'bad' && state !== 'choose')) &&
  row.cells.some(({ state }) => state === 'changes');

/** The edits of a plan, one for each row that is written; `rows` are those rows, in the same order. */
export function editsOf(
  plan: readonly PlannedRow[],
  entity: EntityName,
  given: Record<string, unknown>,
): { edits: Edit[]; rows: PlannedRow[] } {
  const rows = plan.filter(isWritten);
  const edits = rows.map(({ id, data, cells }): Edit => {
    const changed = cells.filter(({ state }) => state === 'changes');
    const values = Object.fromEntries(changed.map(({ field, value }) => [field, value]));
    if (!data) return { op: 'insert', entity, id, values: { ...given, ...values } };
    return {
      op: 'update',
      entity,
      id,
      values,
      base: Object.fromEntries(changed.map(({ field, before }) => [field, before])),
    };
  });
  return { edits, rows };
}

/** Puts what the desk has against the edits where it belongs: on the cell, or on the row where that cell is not among those touched. */
export function withIssues(
  plan: readonly PlannedRow[],
  asked: readonly PlannedRow[],
  issues: readonly { path: string; message: string }[],
): PlannedRow[] {
  const byRow = new Map<string, { field: string; message: string }[]>();
  for (const { path, message } of issues) {
    const [, index, field = ''] = /^ops\.(\d+)\.(.*)$/.exec(path) ?? [];
    const row = index === undefined ? undefined : asked[Number(index)];
    if (row) byRow.set(row.id, [...(byRow.get(row.id) ?? []), { field, message }]);
  }
  return plan.map((row) => {
    const own = byRow.get(row.id);
    if (!own) return row;
    const cells = row.cells.map((cell): PlannedCell => {
      const issue = own.find(({ field }) => field === cell.field);
      return issue && cell.state === 'changes' ? { ...cell, state: 'bad', why: issue.message } : cell;
    });
    const others = own.filter(
      ({ field }) => !row.cells.some((cell) => cell.field === field && cell.state === 'changes'),
    );
    return { ...row, cells, why: others.length > 0 ? others.map(({ message }) => message).join(' ') : row.why };
  });
}

/** A cell of the plan as it is after somebody corrected it. */
export const withCell = (plan: readonly PlannedRow[], id: string, cell: PlannedCell): PlannedRow[] =>
  plan.map((row) =>
    row.id === id ? { ...row, cells: row.cells.map((one) => (one.field === cell.field ? cell : one)) } : row,
  );

/** The cell stays as it was. */
export const leftOut = (cell: PlannedCell): PlannedCell => ({
  ...cell,
  value: cell.before,
  text: cell.beforeText,
  state: 'left',
  why: null,
});

/** Before the desk is asked again: what it had against cells and rows is forgotten. What could not be read keeps the value that stood there. */
export const unchecked = (plan: readonly PlannedRow[]): PlannedRow[] =>
  plan.map((row) => ({
    ...row,
    why: null,
    cells: row.cells.map((cell) =>
      cell.state === 'bad' && !isSameValue(cell.value, cell.before) ? { ...cell, state: 'changes', why: null } : cell,
    ),
  }));

/** One of the rows a name may mean is chosen. */
export const chosen = (cell: PlannedCell, choice: Choice): PlannedCell => ({
  ...cell,
  value: choice.id,
  text: choice.title,
  why: null,
  state: isSameValue(choice.id, cell.before) ? 'same' : 'changes',
});

export interface Counts {
  changes: number;
  same: number;
  locked: number;
  bad: number;
  /** Left out by hand. */
  left: number;
  /** Rows that would be added. */
  added: number;
  /** Rows that cannot be, or whose changes cannot stand. */
  refused: number;
}

export function countsOf(plan: readonly PlannedRow[]): Counts {
  const counts: Counts = { changes: 0, same: 0, locked: 0, bad: 0, left: 0, added: 0, refused: 0 };
  for (const row of plan) {
    const stands = isWritten(row);
    if (row.data === null && stands) counts.added++;
    if (!stands && row.cells.some(({ state }) => state === 'changes')) counts.refused++;
    for (const { state } of row.cells) {
      if (state === 'changes') counts.changes += stands ? 1 : 0;
      else counts[state === 'choose' ? 'bad' : state]++;
    }
  }
  return counts;
}
