import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBolt, IconFileText, IconLayoutSidebar, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { entityOf } from '../../shared/entities';
import { useQuestion } from '../client/hooks';
import { pathOf } from '../client/paths';
import { Kbd } from '../ui/marks';
import type { ConsoleCommand } from './commands';
import css from './palette.module.css';
import { keysText } from './shortcuts';

const [paletteStore, palette] = createSpotlight();

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  commands: readonly ConsoleCommand[];
}

/** Ctrl+K: records, screens and actions by a few letters of their name. */
export function Palette({ open, onClose, commands }: PaletteProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 120);
  const [, goTo] = useLocation();
  const search = useQuestion(
    'search.records',
    { text: asked, limit: 12 },
    { enabled: open && asked.length >= 2, keep: true },
  );
  const records = text.trim().length >= 2 ? (search.data ?? []) : [];

  useEffect(() => (open ? palette.open() : palette.close()), [open]);

  const matching = commands.filter(({ label }) => wordsIn(text).every((word) => label.toLowerCase().includes(word)));
  const groups = (['Screens', 'Actions'] as const).map((group) => ({
    group,
    items: matching.filter((command) => command.group === group).slice(0, text ? 8 : 9),
  }));
  const nothing = records.length === 0 && matching.length === 0 && !search.isFetching;

  return (
    <Spotlight.Root
      store={paletteStore}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={440}
      size={600}
      yOffset={64}
      onSpotlightClose={onClose}
      aria-label="Search everything"
      classNames={{
        content: css.content ?? '',
        search: css.search ?? '',
        action: css.action ?? '',
        actionLabel: css.label ?? '',
        actionsGroup: css.group ?? '',
      }}
    >
      <Spotlight.Search
        placeholder="Search records, actions, screens"
        aria-label="Search records, actions, screens"
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {records.length > 0 && (
          <Spotlight.ActionsGroup label="Records">
            {records.map(({ entity, id, title, hint }) => (
              <Spotlight.Action key={id} onClick={() => goTo(pathOf(entity, id))}>
                <IconFileText size={16} aria-hidden />
                <span className="ellipsis">{title}</span>
                <span className="quiet small ellipsis grow">{hint}</span>
                <span className="quiet small">{entityOf(entity).labels.one}</span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {groups.map(
          ({ group, items }) =>
            items.length > 0 && (
              <Spotlight.ActionsGroup key={group} label={group}>
                {items.map(({ id, label, keys, act }) => (
                  // The palette closes first, so that what opens next keeps the focus.
                  <Spotlight.Action key={id} onClick={() => setTimeout(act)}>
                    {group === 'Screens' ? (
                      <IconLayoutSidebar size={16} aria-hidden />
                    ) : (
                      <IconBolt size={16} aria-hidden />
                    )}
                    <span className="grow ellipsis">{label}</span>
                    {keys && <Kbd>{keysText(keys)}</Kbd>}
                  </Spotlight.Action>
                ))}
              </Spotlight.ActionsGroup>
            ),
        )}
        {search.error && <Spotlight.Empty>Records cannot be searched now: {search.error.message}</Spotlight.Empty>}
        {nothing && !search.error && (
          <Spotlight.Empty>Nothing is called “{text.trim()}”. Try fewer letters, or a number or email.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const wordsIn = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);
