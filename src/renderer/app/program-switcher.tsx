import { Popover, TextInput } from '@mantine/core';
import { IconCheck, IconChevronDown, IconSearch } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { SessionFacts } from '../../shared/contract/wire';
import { useSettings } from '../client/hooks';
import { usePrograms, type ProgramChoice } from '../client/programs';
import { ProgramMark } from '../ui/marks';
import { countText } from '../ui/moment';
import css from './program-switcher.module.css';

/** One program, several, or all: what every workspace shows. */
export function ProgramSwitcher({ user }: { user: SessionFacts }) {
  const [open, setOpen] = useState(false);
  const { settings, change } = useSettings();
  const programs = usePrograms();
  if (!programs) return <span className={css.box} aria-hidden />;
  const chosen = programs.filter(({ id }) => settings.programs.includes(id));
  const only = programs.length === 1 ? programs[0] : chosen.length === 1 ? chosen[0] : undefined;
  const words = only?.name ?? (chosen.length > 1 ? `${chosen.length} programs` : 'All programs');
  if (programs.length < 2) {
    return (
      <span className={css.box}>
        {only && <ProgramMark code={only.code} />}
        <span className="medium ellipsis">
          {only?.name ?? (user.role === 'super_admin' ? 'No programs yet' : 'No program assigned to you')}
        </span>
      </span>
    );
  }
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={css.box}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {only ? (
            <ProgramMark code={only.code} />
          ) : (
            <span className={css.count}>{countText(chosen.length || programs.length)}</span>
          )}
          <span className="only-read-aloud">Programs shown: </span>
          <span className="medium ellipsis">{words}</span>
          <IconChevronDown size={12} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Programs shown">
        <Picker
          programs={programs}
          chosen={chosen.map(({ id }) => id)}
          onChoose={(ids) => change({ programs: ids })}
          onDone={() => setOpen(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface PickerProps {
  programs: ProgramChoice[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onDone: () => void;
}

function Picker({ programs, chosen, onChoose, onDone }: PickerProps) {
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = programs.filter(({ name, code }) =>
    `${name} ${code}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    onChoose(next.length === programs.length ? [] : next);
  };
  const pick = (ids: string[]) => {
    onChoose(ids);
    onDone();
  };
  /** Up and down walk through the names, from the search on. */
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const names = [...(list.current?.querySelectorAll<HTMLElement>('[data-name]') ?? [])];
    const at = names.indexOf(document.activeElement as HTMLElement);
    names[Math.min(names.length - 1, Math.max(0, at + step))]?.focus();
  };
  return (
    <div onKeyDown={onKeyDown}>
      <TextInput
        data-autofocus
        className={css.search}
        aria-label="Find a program"
        placeholder="Find a program"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key === 'Enter' && first) pick([first.id]);
        }}
      />
      <div className={css.list} ref={list}>
        {search === '' && (
          <div className={css.item}>
            <button type="button" data-name className={css.name} onClick={() => pick([])}>
              <span className={css.count}>{countText(programs.length)}</span>
              <span className="grow">All programs</span>
              {chosen.length === 0 && <IconCheck size={16} aria-label="shown" />}
            </button>
          </div>
        )}
        {found.map(({ id, code, name }) => (
          <div key={id} className={css.item}>
            <input
              type="checkbox"
              className={css.tick}
              aria-label={`Show ${name} together with others`}
              checked={chosen.includes(id)}
              onChange={() => toggle(id)}
            />
            <button type="button" data-name className={css.name} onClick={() => pick([id])}>
              <ProgramMark code={code} />
              <span className="grow ellipsis">{name}</span>
              <span className="quiet small">{code}</span>
            </button>
          </div>
        ))}
        {found.length === 0 && <p className={`quiet ${css.none ?? ''}`}>No program is called “{search}”.</p>}
      </div>
      <p className={`quiet micro ${css.hint ?? ''}`}>Click a name to show it alone; tick boxes to show several.</p>
    </div>
  );
}
