import { useEffect, useState } from 'react';
import type { Item } from './choices';

export interface Found {
  items: Item[];
  /** The search the items answer. */
  search: string | null;
}

/** What is found as somebody types; the last answer stays until the next is there, and late answers are dropped. */
export function useItems(load: (search: string) => Promise<Item[]>, search: string, enabled: boolean): Found {
  const [found, setFound] = useState<Found>({ items: [], search: null });
  useEffect(() => {
    if (!enabled) return;
    let wanted = true;
    const timer = setTimeout(
      () =>
        void load(search).then(
          (items) => wanted && setFound({ items, search }),
          () => wanted && setFound({ items: [], search }),
        ),
      search === '' ? 0 : 80,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [load, search, enabled]);
  return found;
}
