import { request } from '../../client/request';
import { fieldsShown, focusActive, isEditing, show, sizeOf, type Sheet } from '../sheet';
import { clamped, columnsOf, nextWithin, type Place } from './ranges';

type Move = (at: Place, sheet: Sheet) => Place;

const rowsOnPage = ({ api }: Sheet): number => {
  const { top, bottom } = api.getVerticalPixelRange();
  const height = api.getDisplayedRowAtIndex(Math.max(0, api.getFirstDisplayedRowIndex()))?.rowHeight ?? 32;
  return Math.max(1, Math.floor((bottom - top) / height) - 1);
};

const last = Number.MAX_SAFE_INTEGER;
const moves: Record<string, Move> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, sheet) => ({ row: row - rowsOnPage(sheet), column }),
  PageDown: ({ row, column }, sheet) => ({ row: row + rowsOnPage(sheet), column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }) => ({ row, column: last }),
  'mod+Home': () => ({ row: 0, column: 0 }),
  'mod+End': () => ({ row: last, column: last }),
  'mod+ArrowLeft': ({ row }) => ({ row, column: 0 }),
  'mod+ArrowRight': ({ row }) => ({ row, column: last }),
};

/** Where the run of filled (or empty) cells ends, as the desk knows it: most rows are not here. */
async function edge(sheet: Sheet, { row, column }: Place, step: 1 | -1): Promise<Place> {
  const field = fieldsShown(sheet)[column];
  if (!field) return { row, column };
  return { row: await request('sheet.edge', { view: sheet.view(), field, row, step }), column };
}

/**
 * Moving about and selecting as in a spreadsheet. Returns whether the key was one of these.
 */
export function moveByKey(sheet: Sheet, event: KeyboardEvent): boolean {
  const { selection } = sheet;
  const active = selection.active;
  if (isEditing(sheet) || !active || event.altKey) return false;
  const mod = event.ctrlKey || event.metaKey;
  const size = sizeOf(sheet);
  if (mod && !event.shiftKey && event.key.toLowerCase() === 'a') {
    selection.selectRect({ top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 }, active);
    return true;
  }
  if (event.key === ' ' && (mod || event.shiftKey)) {
    selectWhole(sheet, mod, event.shiftKey);
    return true;
  }
  if (event.key === 'Tab' && !mod && !selection.isPlain) {
    selection.activate(nextWithin(selection.rects, active, 'column', event.shiftKey));
    focusActive(sheet);
    return true;
  }
  if (event.key === 'Escape' && !selection.isPlain) {
    selection.select(active);
    return true;
  }
  const from = event.shiftKey ? (selection.selected?.ranges.at(-1)?.to ?? active) : active;
  const go = (to: Place) => {
    const place = clamped(to, sizeOf(sheet));
    if (event.shiftKey) {
      selection.extend(place);
      show(sheet, place);
    } else {
      selection.select(place);
      focusActive(sheet);
    }
  };
  if (mod && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    edge(sheet, from, event.key === 'ArrowDown' ? 1 : -1).then(
      (to) => selection.active === active && go(to),
      () => undefined,
    );
    return true;
  }
  const move = moves[`${mod ? 'mod+' : ''}${event.key}`];
  if (!move) return false;
  go(move(from, sheet));
  return true;
}

/** Whole rows with Shift, whole columns with Ctrl, everything with both. */
function selectWhole({ selection, ...sheet }: Sheet, columns: boolean, rows: boolean): void {
  const size = sizeOf({ selection, ...sheet });
  const rects = selection.rects;
  const across = columnsOf(rects);
  selection.selectRect(
    {
      top: columns ? 0 : Math.min(...rects.map(({ top }) => top)),
      bottom: columns ? size.rows - 1 : Math.max(...rects.map(({ bottom }) => bottom)),
      left: rows ? 0 : across[0]!,
      right: rows ? size.columns - 1 : across.at(-1)!,
    },
    selection.active ?? undefined,
  );
}
