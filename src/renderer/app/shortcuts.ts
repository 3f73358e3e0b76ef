import { useEffect, useRef } from 'react';
import { onMac } from '../ui/keys';

/** One thing the keyboard does anywhere in the window. */
export interface Shortcut {
  /** Keys joined by `+`; `mod` is Ctrl, or Command on a Mac. The last one is `KeyboardEvent.key` in lower case. */
  keys: string;
  label: string;
  act: () => void;
  /** True: also while typing in an input. */
  whileTyping?: boolean;
}

/** Whether the keys are for the text being written. A grid's cell editor is an input as well. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target.matches('input, textarea, select') &&
      !target.matches('input[type=checkbox], input[type=radio], input[type=button]')));

/** Whether a dialog has the floor: what is behind it keeps still. */
export const isAsked = (): boolean => document.querySelector('[role=dialog][aria-modal=true]') !== null;

export function pressed(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1);
  const mod = onMac ? event.metaKey : event.ctrlKey;
  return (
    event.key.toLowerCase() === key &&
    mod === parts.includes('mod') &&
    event.altKey === parts.includes('alt') &&
    // `?` needs Shift on most keyboards and not on some.
    (key === '?' || event.shiftKey === parts.includes('shift'))
  );
}

/** Listens for the whole window while the component is shown. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isAsked()) return;
      const found = latest.current.find(
        (shortcut) => pressed(event, shortcut.keys) && (shortcut.whileTyping || !isTyping(event.target)),
      );
      if (!found) return;
      event.preventDefault();
      found.act();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
