import { useEffect, useRef } from 'react';

interface PageKeys {
  add: () => void;
  duplicate: () => void;
  remove: () => void;
  panel: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');

const isAsked = (): boolean => document.querySelector('[role=dialog][aria-modal=true]') !== null;

/** The keys of a grid's page: Insert adds, Ctrl+Shift+D duplicates, Ctrl+Delete deletes, Ctrl+I shows details, Ctrl+Shift+F goes to the search. Finding (Ctrl+F) is the grid's. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isAsked()) return;
      const hasControl = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const act = (what: () => void) => {
        event.preventDefault();
        what();
      };
      if (hasControl && event.shiftKey && key === 'f')
        return act(() => document.querySelector<HTMLElement>('[data-quick-search]')?.focus());
      if (hasControl && key === 'i' && !event.shiftKey) return act(() => latest.current.panel());
      if (isTyping(event.target)) return;
      if (key === 'insert' && !hasControl) act(() => latest.current.add());
      else if (hasControl && event.shiftKey && key === 'd') act(() => latest.current.duplicate());
      else if (hasControl && (key === 'delete' || key === 'backspace')) act(() => latest.current.remove());
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
