import { gridFields, textOf } from '../columns';
import { isSameKind } from '../clipboard/copied';
import { fieldOf, focusActive, type Sheet } from '../sheet';
import { setCells } from './set-cells';

/** Ctrl+Enter in an editor: what is typed goes to every cell of the selection, as one step of undo. */
export function spreadEdit(sheet: Sheet): void {
  const { api, context, entity, selection } = sheet;
  const { active } = selection;
  if (!active || context.editorProblem() !== null) return;
  const rects = [...selection.rects];
  context.takeEdit = (name, value) => {
    context.takeEdit = undefined;
    const field = gridFields(entity)[name]!;
    const row = api.getDisplayedRowAtIndex(active.row)?.data;
    const text = row ? textOf(name, field, { ...row, row: { ...row.row, [name]: value } }, context) : '';
    const act = { verb: 'Set', done: 'Set', via: 'fill' };
    void setCells(
      sheet,
      (other) => (other === name || isSameKind(field, fieldOf(sheet, other)) ? { value, title: text } : { text }),
      act,
      rects,
    );
    return true;
  };
  const cell = api.getFocusedCell();
  const stopped = () => {
    api.removeEventListener('cellEditingStopped', stopped);
    // What was typed is told before this turn ends. If nothing was, what stands there goes to the others.
    setTimeout(() => {
      const name = cell?.column.getColId();
      const row = cell && api.getDisplayedRowAtIndex(cell.rowIndex)?.data;
      if (name && row) context.takeEdit?.(name, row.row[name] ?? null);
      context.takeEdit = undefined;
      focusActive(sheet);
    });
  };
  api.addEventListener('cellEditingStopped', stopped);
  api.stopEditing();
}
