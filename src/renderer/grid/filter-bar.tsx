import { Menu } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { View } from '../../shared/contract/requests';
import type { Entity } from '../../shared/model';
import { type Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { Chip } from '../ui/marks';
import { gridFields } from './columns';
import css from './filter-panel.module.css';
import { useConditionTitles } from './filter-panel';
import { conditionText } from './filter-text';
import type { GridView } from './grid-view';

interface FilterChipsProps {
  entity: Entity;
  view: GridView;
  asked: View;
  lookups: Lookups;
  openFilter: (field: string, at: HTMLElement) => void;
}

/** Words to look for, every condition as a chip, and the way to more. */
export function FilterChips({ entity, view, asked, lookups, openFilter }: FilterChipsProps) {
  const fields = gridFields(entity);
  const titles = useConditionTitles(entity, view.where, asked);
  const adder = useRef<HTMLButtonElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const conditions = view.where.flatMap((condition) => {
    const field = fields[condition.field];
    return field ? [{ condition, field }] : [];
  });
  return (
    <div ref={bar} className={css.bar}>
      <QuickSearch entity={entity} view={view} />
      {conditions.map(({ condition, field }) => (
        <span key={condition.field} data-chip={condition.field}>
          <Chip
            label={field.options.label}
            value={conditionText(entity, field, condition, lookups, titles)}
            onOpen={() => {
              const at = bar.current?.querySelector<HTMLElement>(`[data-chip="${condition.field}"] button`);
              if (at) openFilter(condition.field, at);
            }}
            onRemove={() => view.setField(condition.field, [])}
            removeLabel={`Remove the condition on ${field.options.label}`}
          />
        </span>
      ))}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button ref={adder} small look="ghost" icon={<IconPlus />}>
            Filter
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          {Object.entries(fields)
            .filter(([name]) => !view.where.some((one) => one.field === name))
            .map(([name, field]) => (
              <Menu.Item
                key={name}
                // After the menu has given the focus back.
                onClick={() => setTimeout(() => adder.current && openFilter(name, adder.current), 120)}
              >
                {field.options.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {view.isNarrowed && (
        <Button small look="link" onClick={view.clear}>
          Clear all
        </Button>
      )}
    </div>
  );
}

function QuickSearch({ entity, view }: { entity: Entity; view: GridView }) {
  const [words, setWords] = useState(view.search);
  const [known, setKnown] = useState(view.search);
  if (known !== view.search) {
    setKnown(view.search);
    if (words.trim() !== view.search.trim()) setWords(view.search);
  }
  const { setSearch } = view;
  useEffect(() => {
    const timer = setTimeout(() => setSearch(words), 120);
    return () => clearTimeout(timer);
  }, [words, setSearch]);
  const many = entity.labels.many.toLowerCase();
  return (
    <span className={css.search}>
      <IconSearch size={14} aria-hidden />
      <input
        type="search"
        className={css.input}
        aria-label={`Search ${many}`}
        aria-keyshortcuts="Control+F"
        data-quick-search
        title="Ctrl+F"
        placeholder={many.length > 16 ? 'Search' : `Search ${many}`}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          event.preventDefault();
          setWords('');
        }}
      />
    </span>
  );
}
