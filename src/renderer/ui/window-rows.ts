import { useCallback, useEffect, useState } from 'react';

export const rowHeight = 32;
/** Rows drawn beyond the edges, so that scrolling by the wheel shows no gaps. */
const spare = 12;

interface Shown {
  top: number;
  height: number;
}

export interface RowWindow {
  /** Hands the scrolling element over. */
  attach: (element: HTMLElement | null) => void;
  /** First row to draw, and one past the last. */
  from: number;
  to: number;
  reveal: (index: number) => void;
}

/** Which rows of a list of fixed-height rows to draw. */
export function useRowWindow(count: number): RowWindow {
  const [scroller, attach] = useState<HTMLElement | null>(null);
  const [shown, setShown] = useState<Shown>({ top: 0, height: 800 });
  useEffect(() => {
    if (!scroller) return;
    const look = () => setShown({ top: scroller.scrollTop, height: scroller.clientHeight });
    const sized = new ResizeObserver(look);
    sized.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      sized.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, [scroller]);
  const reveal = useCallback(
    (index: number) => {
      if (!scroller) return;
      const top = index * rowHeight;
      if (top < scroller.scrollTop) scroller.scrollTo({ top });
      else if (top + rowHeight > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTo({ top: top + rowHeight - scroller.clientHeight });
    },
    [scroller],
  );
  const from = Math.max(0, Math.floor(shown.top / rowHeight) - spare);
  const to = Math.min(count, Math.ceil((shown.top + shown.height) / rowHeight) + spare);
  return { attach, from, to, reveal };
}
