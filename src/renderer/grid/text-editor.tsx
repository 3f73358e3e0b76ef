import type { CustomCellEditorProps } from 'ag-grid-react';
import { useGridCellEditor } from 'ag-grid-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Field } from '../../shared/model';
import { cellText, parseCell } from '../../shared/rules/cell-text';
import { amountText } from '../../shared/rules/number-text';
import { validateField } from '../../shared/rules/validate';
import { contextOf } from '../forms/lookups';
import { notify } from '../ui/notify';
import type { GridContext } from './columns';
import type { GridRow } from './grid-row';
import { CellNote } from './cell-note';

export interface EditorParams {
  name: string;
  field: Field;
}
export type EditorProps = CustomCellEditorProps<GridRow, unknown, GridContext> & EditorParams;

/** What a person edits: as shown, but money without its symbol. */
function editText({ field, data, context, initialValue }: EditorProps): string {
  const known = contextOf(context.lookups, context.entity, field, data.row, data.titles);
  if (field.kind === 'money' && typeof initialValue === 'number')
    return amountText(initialValue, known.currency, known.locale);
  return cellText(field, initialValue, known);
}

const isPrintable = (key: string | null): key is string => key !== null && [...key].length === 1;

/** Typing in a cell: the text is read as it is typed, and what cannot be kept is said at the cell before anything leaves it. */
export function TextEditor(props: EditorProps) {
  const { field, data, context, eventKey, cellStartedEdit, onValueChange } = props;
  const known = contextOf(context.lookups, context.entity, field, data.row, data.titles);
  const [first] = useState(() => {
    if (eventKey === 'Backspace' || eventKey === 'Delete') return '';
    return isPrintable(eventKey) ? eventKey : null;
  });
  const [text, setText] = useState(() => first ?? editText(props));
  const input = useRef<HTMLInputElement>(null);

  const read = useCallback(
    (typed: string): { value: unknown; trouble: string | null } => {
      const parsed = parseCell(field, typed, known);
      if ('problem' in parsed) return { value: undefined, trouble: parsed.problem };
      return { value: parsed.value, trouble: validateField(field, parsed.value) };
    },
    [field, known],
  );
  const isUntouched = first === null && text === editText(props);
  const problem = isUntouched ? null : read(text).trouble;
  const tell = (typed: string) => {
    const { value, trouble } = read(typed);
    context.setEditorProblem(trouble);
    if (trouble === null) onValueChange(value);
  };
  useGridCellEditor({
    // Enter and Tab stay in the editor; this is a click elsewhere.
    isCancelAfterEnd: () => {
      const trouble = context.editorProblem();
      if (trouble !== null) notify.info(`${field.options.label} was left as it was: ${trouble}`);
      return trouble !== null;
    },
  });

  useEffect(() => {
    context.setEditorProblem(null);
    // A key that opened the editor is the first of what is typed.
    if (first !== null) tell(first);
    if (cellStartedEdit) {
      input.current?.focus();
      if (first === null) input.current?.select();
    }
    return () => context.setEditorProblem(null);
    // Once, when the editor opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <>
      <input
        ref={input}
        className={problem ? 'cell-input bad' : 'cell-input'}
        value={text}
        aria-label={field.options.label}
        aria-invalid={problem !== null}
        spellCheck={field.kind === 'text'}
        onChange={(event) => {
          setText(event.target.value);
          tell(event.target.value);
        }}
      />
      {problem && <CellNote anchor={input} tone="danger" text={problem} />}
    </>
  );
}
