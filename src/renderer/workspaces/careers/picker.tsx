import type { ReactNode } from 'react';
import { EmptyState, FilteredState } from '../../ui/states';
import css from './careers.module.css';

export interface Picked {
  id: string;
  title: string;
  below: ReactNode;
  after?: ReactNode;
}

interface PickerProps {
  label: string;
  items: readonly Picked[];
  chosen: string | null;
  search: string;
  onSearch: (search: string) => void;
  onChoose: (id: string) => void;
  empty: { title: string; body: string };
}

/** The list at the left, searched as one types. */
export function Picker({ label, items, chosen, search, onSearch, onChoose, empty }: PickerProps) {
  return (
    <div className={css.picker}>
      <input
        type="search"
        className={css.search}
        placeholder={`Search ${label.toLowerCase()}`}
        aria-label={`Search ${label.toLowerCase()}`}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
      />
      {items.length === 0 &&
        (search.trim() ? (
          <FilteredState title="Nothing matches" onClear={() => onSearch('')}>
            Filtered by “{search.trim()}”.
          </FilteredState>
        ) : (
          <EmptyState title={empty.title}>{empty.body}</EmptyState>
        ))}
      <ul className={css.list} aria-label={label}>
        {items.map(({ id, title, below, after }) => (
          <li key={id}>
            <button type="button" className={css.item} aria-current={id === chosen} onClick={() => onChoose(id)}>
              <span className="row">
                <span className="medium ellipsis grow">{title}</span>
                {after}
              </span>
              <span className="small muted ellipsis row">{below}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
