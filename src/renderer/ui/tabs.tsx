import type { KeyboardEvent, ReactNode } from 'react';
import { countText } from './moment';
import css from './tabs.module.css';

export interface Tab<Name extends string> {
  name: Name;
  label: string;
  count?: number | string | undefined;
  /** Marks after the name. */
  after?: ReactNode;
}

interface TabsProps<Name extends string> {
  /** What is being chosen, for those who hear the screen. */
  label: string;
  tabs: readonly Tab<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
  /** At the right end. */
  end?: ReactNode;
}

/** A row of views, 32 px. Arrow keys move between them. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, end }: TabsProps<Name>) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex(({ name }) => name === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.name);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.name}"]`)?.focus();
  };
  return (
    <div className={css.bar}>
      <div role="tablist" aria-label={label} className={css.tabs} onKeyDown={onKeyDown}>
        {tabs.map(({ name, label: text, count, after }) => (
          <button
            key={name}
            type="button"
            role="tab"
            data-tab={name}
            aria-selected={name === chosen}
            tabIndex={name === chosen ? 0 : -1}
            className={css.tab}
            onClick={() => onChoose(name)}
          >
            {text}
            {count != null && <span className={css.count}>{typeof count === 'number' ? countText(count) : count}</span>}
            {after}
          </button>
        ))}
      </div>
      {end && <div className={css.end}>{end}</div>}
    </div>
  );
}
