import { IconX } from '@tabler/icons-react';
import { Button } from '../../ui/button';
import { countText } from '../../ui/moment';
import css from './outline.module.css';
import type { OutlineState } from './use-outline';

/** Narrows the outline to what holds the words, with what that lies in. Escape shows everything again. */
export function FilterBar({ outline }: { outline: OutlineState }) {
  const { filter, setFilter, found, nodes } = outline;
  if (filter === null) return null;
  const leave = () => {
    setFilter(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus());
  };
  return (
    <div className={css.filter} role="search">
      <input
        type="search"
        className={css.filterInput}
        autoFocus
        aria-label="Filter the outline"
        placeholder="Part of a name"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
          else if (event.key === 'ArrowDown' || event.key === 'Enter')
            document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span className="small muted" role="status">
        {filter.trim() === ''
          ? `${countText(nodes.length)} in all`
          : `${countText(found)} of ${countText(nodes.length)}`}
      </span>
      <Button small look="ghost" icon={<IconX />} aria-label="Clear the filter" title="Clear (Esc)" onClick={leave} />
    </div>
  );
}
