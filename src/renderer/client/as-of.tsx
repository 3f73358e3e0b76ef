import { IconCalendarTime } from '@tabler/icons-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { dateText } from '../../shared/rules/date-text';
import { Button } from '../ui/button';
import { today } from '../ui/moment';
import css from './as-of.module.css';

/**
 * The day prices, seats, enrollments and curricula are shown for: today, until another is chosen in the top bar. It lasts as long as the
 * window, so that nobody works tomorrow on last month's prices without knowing.
 */
let chosen: string | null = null;
const listeners = new Set<() => void>();

function set(day: string): void {
  chosen = day === '' || day === today() ? null : day;
  for (const told of listeners) told();
}
const subscribe = (told: () => void) => {
  listeners.add(told);
  return () => void listeners.delete(told);
};

export interface AsOf {
  /** `2026-11-21`. */
  day: string;
  isToday: boolean;
  /** As the reader writes it. */
  text: string;
  set: (day: string) => void;
  clear: () => void;
}

export function useAsOf(): AsOf {
  const day = useSyncExternalStore(subscribe, () => chosen ?? today());
  return { day, isToday: day === today(), text: dateText(day, navigator.language), set, clear: () => set('') };
}

/** The control in the top bar. While it is not today, it is marked. */
export function AsOfControl() {
  const { day, isToday, clear } = useAsOf();
  return (
    <span className={css.control} data-other={!isToday || undefined}>
      <label className={css.label}>
        <IconCalendarTime size={16} stroke={1.6} aria-hidden />
        <span className={css.word}>As of</span>
        <input
          type="date"
          aria-label="As of"
          title="The day prices, seats, enrollments and curricula are shown for"
          value={day}
          onChange={({ currentTarget: { value } }) => value >= '1900' && set(value)}
        />
      </label>
      {!isToday && (
        <Button small look="ghost" onClick={clear}>
          Today
        </Button>
      )}
    </span>
  );
}

/** On a screen that follows the day: says so while it is not today. */
export function AsOfNote({ children }: { children: ReactNode }) {
  const { isToday, clear } = useAsOf();
  if (isToday) return null;
  return (
    <div className={css.note} role="status">
      <IconCalendarTime size={16} stroke={1.6} aria-hidden />
      <span className="grow ellipsis">{children}</span>
      <Button small look="ghost" onClick={clear}>
        Back to today
      </Button>
    </div>
  );
}
