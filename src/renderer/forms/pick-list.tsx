import { useEffect, useRef } from 'react';
import type { Item } from './choices';
import css from './pick-list.module.css';

interface PickListProps {
  id: string;
  label: string;
  items: readonly Item[];
  at: number;
  /** Still asking: says so instead of "nothing found". */
  busy: boolean;
  search: string;
  onPick: (item: Item) => void;
}

export const optionId = (listId: string, at: number): string => `${listId}-${at}`;

/** The list under a picker's input. The focus stays in the input: the list is moved through with `aria-activedescendant`. */
export function PickList({ id, label, items, at, busy, search, onPick }: PickListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at, items]);
  return (
    <>
      <div ref={list} id={id} role="listbox" aria-label={label} className={css.list}>
        {items.map((item, index) => (
          <div
            key={String(item.value)}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === at}
            className={css.option}
            // Not a click: the input must not lose the focus first.
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(item);
            }}
          >
            <span className={item.value === null ? css.none : css.text}>{item.text}</span>
            {item.hint && <span className={css.hint}>{item.hint}</span>}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <div className={css.nothing} role="status">
          {busy ? 'Looking…' : search ? `Nothing is called “${search}”.` : 'There is nothing to choose from yet.'}
        </div>
      )}
    </>
  );
}
