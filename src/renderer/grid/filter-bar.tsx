import { Menu } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { isCondition, type Filter, type View } from '../../shared/contract/requests';
import type { Entity } from '../../shared/model';
import { type Lookups } from '../forms/lookups';
import { Button } from '../ui/button';
import { Chip } from '../ui/marks';
import { gridFields } from './columns';
import css from './filter-panel.module.css';
import { useConditionTitles } from './filter-panel';
import { FilterBuilder } from './filter-builder';
import { conditionText, filterText } from './filter-text';
import type { GridView } from './grid-view';

interface FilterChipsProps {
  entity: Entity;
  view: GridView;
  asked: View;
  lookups: Lookups;
  openFilter: (field: string, at: HTMLElement) => void;
}

/** Words to look for, every condition as a chip, and the way to more. A chip is switched off without losing it. */
export function FilterChips({ entity, view, asked, lookups, openFilter }: FilterChipsProps) {
  const fields = gridFields(entity);
  const titles = useConditionTitles(
    entity,
    view.filters.map(({ filter }) => filter),
    asked,
  );
  const adder = useRef<HTMLButtonElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const [building, setBuilding] = useState<{ at: number; anchor: HTMLElement } | null>(null);
  const chipAt = (at: number) => bar.current?.querySelector<HTMLElement>(`[data-chip="${at}"]`) ?? adder.current;
  const open = (filter: Filter, at: number) => {
    const anchor = chipAt(at);
    if (!anchor || 'fact' in filter) return;
    if (isCondition(filter)) openFilter(filter.field, anchor);
    else setBuilding({ at, anchor });
  };
  const built = building && view.filters[building.at]?.filter;
  return (
    <div ref={bar} className={css.bar}>
      <QuickSearch entity={entity} view={view} />
      {view.filters.map(({ filter, isOff }, at) => {
        const field = isCondition(filter) ? fields[filter.field] : undefined;
        const whole = filterText(entity, fields, filter, lookups, titles);
        return (
          <span key={at} data-chip={at}>
            <Chip
              label={field?.options.label ?? ('fact' in filter ? 'Only' : 'any' in filter ? 'Any of' : 'All of')}
              value={
                field && isCondition(filter)
                  ? conditionText(entity, field, filter, lookups, titles)
                  : whole.length > 60
                    ? `${whole.slice(0, 60)}…`
                    : whole
              }
              isOff={isOff}
              onToggle={() => view.toggle(at)}
              {...('fact' in filter ? {} : { onOpen: () => open(filter, at) })}
              onRemove={() => view.setFilter(at, null)}
              removeLabel={`Remove the condition ${field ? `on ${field.options.label}` : whole}`}
            />
          </span>
        );
      })}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button ref={adder} small look="ghost" icon={<IconPlus />}>
            Filter
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Item
            onClick={() =>
              setTimeout(
                () => adder.current && setBuilding({ at: view.filters.length, anchor: adder.current }),
                afterMenu,
              )
            }
          >
            Several conditions, any or all…
          </Menu.Item>
          <Menu.Divider />
          {Object.entries(fields)
            .filter(([name]) => !view.filters.some(({ filter }) => isCondition(filter) && filter.field === name))
            .map(([name, field]) => (
              <Menu.Item
                key={name}
                onClick={() => setTimeout(() => adder.current && openFilter(name, adder.current), afterMenu)}
              >
                {field.options.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      {(view.filters.length > 0 || view.isNarrowed) && (
        <Button small look="link" onClick={view.clear}>
          Clear all
        </Button>
      )}
      {building && (
        <FilterBuilder
          {...{ entity, lookups }}
          view={asked}
          anchor={building.anchor}
          group={built && !isCondition(built) && !('fact' in built) ? built : { any: [] }}
          onChange={(group) => view.setFilter(building.at, group)}
          onClose={() => {
            building.anchor.focus();
            setBuilding(null);
          }}
        />
      )}
    </div>
  );
}

/** Milliseconds until the menu has given the focus back. */
const afterMenu = 120;

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
        title="Ctrl+Shift+F"
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
