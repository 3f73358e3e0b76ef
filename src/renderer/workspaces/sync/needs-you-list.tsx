import { Fragment, useEffect, useRef, useState } from 'react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { Button } from '../../ui/button';
import { counted } from '../../ui/moment';
import { EmptyState } from '../../ui/states';
import { AlikeBar } from './alike-bar';
import { ConflictCard } from './conflict-card';
import { grouped } from './grouped';
import { RefusedCard } from './refused-card';
import css from './sync.module.css';

/** So many cards are drawn at first: a paste of thousands that came back in parts must not stop the screen. */
const fewCards = 40;

export function NeedsYouList({ items }: { items: readonly NeedsYou[] }) {
  const [shown, setShown] = useState(fewCards);
  const list = useRef<HTMLDivElement>(null);
  useFocusNext(list, items);
  if (items.length === 0) {
    return (
      <EmptyState title="Nothing needs you">
        No change of yours was refused, and nobody changed or deleted the same as you.
      </EmptyState>
    );
  }
  const { conflicts, refused } = grouped(items);
  const order = [...conflicts.flat(), ...refused.map(({ item }) => item)];
  const drawn = new Set(order.slice(0, shown));
  return (
    <div ref={list} className={css.list}>
      {conflicts.map((alike) => (
        <Fragment key={alike[0]?.mutationId}>
          {alike.length > 1 && alike[0] && drawn.has(alike[0]) && <AlikeBar items={alike} />}
          {alike.map((item) => drawn.has(item) && <ConflictCard key={item.mutationId} item={item} />)}
        </Fragment>
      ))}
      {refused.map(
        ({ item, dependents }) => drawn.has(item) && <RefusedCard key={item.mutationId} {...{ item, dependents }} />,
      )}
      {order.length > shown && (
        <Button look="plain" onClick={() => setShown(shown + 200)}>
          Show {counted(order.length - shown, 'more card')}
        </Button>
      )}
    </div>
  );
}

/** A card that was settled goes away, and the keyboard goes on at the one that takes its place. */
function useFocusNext(list: React.RefObject<HTMLDivElement | null>, items: readonly NeedsYou[]): void {
  const held = useRef(-1);
  useEffect(() => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (held.current >= 0 && isLost) cards[Math.min(held.current, cards.length - 1)]?.focus();
  }, [items, list]);
  useEffect(() => {
    const note = () => {
      const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-card]') ?? [])];
      const at = cards.findIndex((card) => card.contains(document.activeElement));
      if (at >= 0) held.current = at;
      else if (document.activeElement !== document.body) held.current = -1;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [list]);
}
