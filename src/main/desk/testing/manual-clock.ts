import type { Clock } from '../sync/clock';

/** A clock that a test turns by hand. */
export interface ManualClock extends Clock {
  /** Time passes; whatever became due is called, in order. */
  advance(milliseconds: number): void;
  /** When the callbacks waiting now are due, soonest first, in milliseconds from now. */
  waits(): number[];
}

export function manualClock(start = 1_750_000_000_000, random = 0.5): ManualClock {
  let now = start;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    random: () => random,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const next = waiting.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((entry) => entry !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = until;
    },
    waits: () => waiting.map((entry) => entry.at - now).sort((a, b) => a - b),
  };
}
