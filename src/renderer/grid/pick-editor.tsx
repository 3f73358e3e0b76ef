import { Popover } from '@mantine/core';
import { useGridCellEditor } from 'ag-grid-react';
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { itemsOf, type Item } from '../forms/choices';
import { notify } from '../ui/notify';
import { optionId, PickList } from '../forms/pick-list';
import { useItems } from '../forms/use-items';
import type { EditorProps } from './text-editor';

/** Picking in a cell: type to narrow, arrows to move, Enter or Tab to take, Escape to leave it as it was. */
export function PickEditor({ field, data, context, eventKey, initialValue, onValueChange, stopEditing }: EditorProps) {
  const [search, setSearch] = useState(() => (eventKey !== null && [...eventKey].length === 1 ? eventKey.trim() : ''));
  const [moved, setMoved] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { lookups } = context;
  const programId = data.row['programId'];
  const load = useCallback(
    async (words: string): Promise<Item[]> => {
      const items = await itemsOf(field, words, lookups, programId);
      return field.required || words !== '' ? items : [{ value: null, text: 'None' }, ...items];
    },
    [field, lookups, programId],
  );
  const found = useItems(load, search, true);
  const isBusy = found.search !== search;
  const held = found.items.findIndex(({ value }) => value === initialValue);
  const at = moved ?? (search === '' && held >= 0 ? held : 0);
  const chosen = isBusy ? undefined : found.items[at];
  const isTouched = moved !== null || search !== '';

  const take = (item: Item) => {
    if (field.kind === 'reference' && typeof item.value === 'string') context.learn(item.value, item.text);
    onValueChange(item.value);
  };
  useGridCellEditor({
    // Enter and Tab stay in the editor; this is a click elsewhere.
    isCancelAfterEnd: () => {
      const trouble = context.editorProblem();
      if (trouble !== null) notify.info(`${field.options.label} was left as it was: ${trouble}`);
      return trouble !== null;
    },
  });
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    // Until the list answers what was typed there is nothing to take, and Enter waits.
    context.setEditorProblem(isTouched && !chosen ? 'Nothing is chosen.' : null);
    if (isTouched && chosen) take(chosen);
    return () => {
      context.setEditorProblem(null);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen, isTouched]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step === undefined || found.items.length === 0) return;
    event.preventDefault();
    setMoved(Math.max(0, Math.min(found.items.length - 1, at + step)));
  };
  return (
    <Popover
      opened
      position="bottom-start"
      offset={2}
      withinPortal
      trapFocus={false}
      withRoles={false}
      width="max-content"
    >
      <Popover.Target>
        <input
          ref={input}
          className="cell-input"
          role="combobox"
          aria-label={field.options.label}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? optionId(listId, at) : undefined}
          placeholder={found.items[held]?.text ?? data.titles[String(initialValue)] ?? ''}
          value={search}
          onChange={(event) => {
            setMoved(null);
            setSearch(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      </Popover.Target>
      <Popover.Dropdown
        role="region"
        aria-label={`Choices for ${field.options.label}`}
        p={4}
        miw={200}
        maw={400}
        className="ag-custom-component-popup"
      >
        <PickList
          id={listId}
          label={field.options.label}
          items={found.items}
          at={at}
          busy={isBusy}
          search={search}
          onPick={(item) => {
            take(item);
            context.setEditorProblem(null);
            // The grid reads the value after React has told it.
            setTimeout(() => stopEditing());
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
