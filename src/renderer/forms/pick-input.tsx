import { Popover } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useCallback, useId, useRef, useState, type KeyboardEvent } from 'react';
import { itemsOf, type Item } from './choices';
import css from './form.module.css';
import type { InputProps } from './inputs';
import { optionId, PickList } from './pick-list';
import { useItems } from './use-items';

/** Picking in a form: shows what is chosen, opens on typing or arrow down, Enter takes, Escape closes the list only. */
export function PickInput({
  id,
  field,
  value,
  text,
  lookups,
  programId,
  describedBy,
  isBad,
  autoFocus,
  onChange,
  onLeave,
}: InputProps) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [moved, setMoved] = useState<number | null>(null);
  const [picked, setPicked] = useState<Item | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const load = useCallback(
    async (words: string): Promise<Item[]> => {
      const items = await itemsOf(field, words, lookups, programId);
      return field.required || words !== '' ? items : [{ value: null, text: 'None' }, ...items];
    },
    [field, lookups, programId],
  );
  const found = useItems(load, search, isOpen);
  const isBusy = found.search !== search;
  const held = found.items.findIndex((item) => item.value === value);
  const at = moved ?? (search === '' && held >= 0 ? held : 0);
  const shown = picked && picked.value === value ? picked.text : text;

  const close = () => {
    setOpen(false);
    setSearch('');
    setMoved(null);
  };
  const take = (item: Item) => {
    setPicked(item.value === null ? null : item);
    onChange(item.value, item.text);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const isTaking = event.key === 'Enter' && !event.ctrlKey && !event.metaKey;
    if (step !== undefined || (isTaking && !isOpen)) {
      event.preventDefault();
      if (!isOpen) return setOpen(true);
      setMoved(Math.max(0, Math.min(found.items.length - 1, at + (step ?? 0))));
    } else if (isOpen && (isTaking || event.key === 'Tab')) {
      const item = isBusy ? undefined : found.items[at];
      if (isTaking) event.preventDefault();
      // Tab leaves; it takes only what somebody looked for or moved to.
      if (item && (isTaking || search !== '' || moved !== null)) take(item);
      else close();
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <Popover
      opened={isOpen}
      position="bottom-start"
      offset={2}
      withinPortal
      trapFocus={false}
      withRoles={false}
      width="target"
    >
      <Popover.Target>
        <span className={css.picker}>
          <input
            ref={input}
            id={id}
            className={css.input}
            role="combobox"
            autoComplete="off"
            aria-expanded={isOpen}
            aria-controls={isOpen ? listId : undefined}
            aria-activedescendant={isOpen && found.items[at] ? optionId(listId, at) : undefined}
            aria-invalid={isBad}
            aria-describedby={describedBy}
            aria-required={field.required}
            autoFocus={autoFocus}
            data-autofocus={autoFocus || undefined}
            value={isOpen ? search : shown}
            placeholder={isOpen ? shown || 'Type to search' : field.required ? '' : 'None'}
            onChange={(event) => {
              setOpen(true);
              setMoved(null);
              setSearch(event.target.value);
            }}
            onMouseDown={() => setOpen((now) => !now)}
            onKeyDown={onKeyDown}
            onBlur={() => {
              close();
              onLeave();
            }}
          />
          <IconSelector size={14} aria-hidden className={css.pickIcon} />
        </span>
      </Popover.Target>
      <Popover.Dropdown p={4} miw={200} role="region" aria-label={`Choices for ${field.options.label}`}>
        <PickList
          id={listId}
          label={field.options.label}
          items={found.items}
          at={at}
          busy={isBusy}
          search={search}
          onPick={take}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
