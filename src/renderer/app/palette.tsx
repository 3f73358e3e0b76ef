import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconBolt,
  IconFileText,
  IconHelpCircle,
  IconHistory,
  IconLayoutSidebar,
  IconSearch,
} from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { useQuestion } from '../client/hooks';
import { Kbd } from '../ui/marks';
import type { ConsoleCommand } from './commands';
import { found, type Hit } from './palette-hits';
import css from './palette.module.css';
import { recentRecords } from './recent';
import { keysText } from '../ui/keys';

const icons = {
  Recent: IconHistory,
  Records: IconFileText,
  Questions: IconHelpCircle,
  Screens: IconLayoutSidebar,
  Actions: IconBolt,
};

interface PaletteProps {
  userId: string;
  open: boolean;
  onClose: () => void;
  commands: readonly ConsoleCommand[];
}

/** Ctrl+K: records, screens and actions by a few letters of their name. */
export function Palette({ userId, open, onClose, commands }: PaletteProps) {
  return (
    <Modal.Root
      opened={open}
      onClose={onClose}
      size={600}
      centered={false}
      yOffset={64}
      transitionProps={{ duration: 0 }}
      classNames={{ content: css.content ?? '' }}
    >
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label="Search everything">
        <Search userId={userId} onClose={onClose} commands={commands} />
      </Modal.Content>
    </Modal.Root>
  );
}

function Search({ userId, onClose, commands }: Omit<PaletteProps, 'open'>) {
  const name = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), 40);
  const [, goTo] = useLocation();
  const list = useRef<HTMLDivElement>(null);
  const search = useQuestion('search.records', { text: asked, limit: 12 }, { enabled: asked.length >= 2, keep: true });
  const [records] = useState(() => recentRecords(userId));
  const recent = useQuestion('search.titles', { records }, { enabled: records.length > 0 });
  const hits = found(text, commands, search.data ?? [], goTo, recent.data ?? []);
  const chosen = hits[Math.min(at, hits.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id]);

  const choose = ({ act }: Hit) => {
    onClose();
    // After the palette has given the focus back, so that what opens next keeps it.
    setTimeout(act);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, hits.length - 1) + step + hits.length) % hits.length);
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(chosen);
    }
  };

  return (
    <>
      <div className={css.search}>
        <IconSearch size={16} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-label="Search records, actions, screens"
          aria-expanded={hits.length > 0}
          aria-controls={name}
          aria-activedescendant={chosen && `${name}-${chosen.id}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search records, actions, screens"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div ref={list} id={name} role="listbox" aria-label="Found" className={css.list}>
        {hits.map((hit, index) => (
          <HitRow
            key={hit.id}
            id={`${name}-${hit.id}`}
            hit={hit}
            first={hits[index - 1]?.group !== hit.group}
            chosen={hit === chosen}
            onChoose={() => choose(hit)}
          />
        ))}
      </div>
      <p className={css.nothing} role="status">
        {hits.length === 0 &&
          !search.isFetching &&
          `Nothing is called “${text.trim()}”. Try fewer letters, or a number or email.`}
        {search.error && `Records cannot be searched now. ${search.error.message}`}
      </p>
    </>
  );
}

interface HitRowProps {
  id: string;
  hit: Hit;
  /** The first of its group carries the group's name. */
  first: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function HitRow({ id, hit: { group, label, hint, kind, keys }, first, chosen, onChoose }: HitRowProps) {
  const Icon = icons[group];
  return (
    <>
      {first && (
        <div role="presentation" className={css.group}>
          {group}
        </div>
      )}
      <div id={id} role="option" aria-selected={chosen} className={css.hit} onClick={onChoose}>
        <Icon size={16} stroke={1.6} aria-hidden />
        <span className="ellipsis">{label}</span>
        <span className="quiet small ellipsis grow">{hint}</span>
        {kind && <span className="quiet small">{kind}</span>}
        {keys && <Kbd>{keysText(keys)}</Kbd>}
      </div>
    </>
  );
}
