import { clearCells } from './changes/set-cells';
import { fillCells } from './fill/fill-cells';
import { moveByKey } from './ranges/range-keys';
import { heightOf, widthOf } from './ranges/ranges';
import { isEditing, type Sheet } from './sheet';

export interface SheetActs {
  find: (withReplace: boolean) => void;
  explain: () => void;
  /** One value for each column of the selection. */
  set: () => void;
  /** What can be done with the selection, at a place of the window. */
  menu: (at: { x: number; y: number }) => void;
  copy: (isCut: boolean) => void;
  /** What is typed in the editor goes to every cell of the selection. */
  spread: () => void;
  /** @returns whether there was anything to let go of */
  letGo: () => boolean;
}

/** The keys of a spreadsheet. @returns whether the key was one of them */
export function sheetKey(sheet: Sheet, event: KeyboardEvent, acts: SheetActs): boolean {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (isEditing(sheet)) {
    if (key !== 'enter' || !mod) return false;
    acts.spread();
    return true;
  }
  const act = (does: () => void): true => {
    does();
    return true;
  };
  if (mod && !event.shiftKey && !event.altKey) {
    if (key === 'd') return act(() => fillFromEdge(sheet, 'down'));
    if (key === 'r') return act(() => fillFromEdge(sheet, 'right'));
    if (key === 'f') return act(() => acts.find(false));
    if (key === 'h') return act(() => acts.find(true));
  }
  if (key === 'enter' && event.altKey && !mod) return act(acts.explain);
  if (key === 'enter' && mod && event.shiftKey) return act(acts.set);
  if ((key === 'delete' || key === 'backspace') && !mod && !event.altKey) return act(() => void clearCells(sheet));
  if (key === 'escape' && acts.letGo()) return true;
  return moveByKey(sheet, event);
}

/** Ctrl+D repeats the first row over the others, Ctrl+R the first column; one row alone takes what stands above it. */
export function fillFromEdge(sheet: Sheet, way: 'down' | 'right'): void {
  const rect = sheet.selection.rects.at(-1);
  if (!rect) return;
  if (way === 'down') {
    const top = heightOf(rect) > 1 ? rect.top : rect.top - 1;
    if (top >= 0) void fillCells(sheet, { ...rect, top, bottom: top }, { ...rect, top }, true);
  } else {
    const left = widthOf(rect) > 1 ? rect.left : rect.left - 1;
    if (left >= 0) void fillCells(sheet, { ...rect, left, right: left }, { ...rect, left }, true);
  }
}
