/** How far a first load is, for whoever watches: rows, tables, and the time it will still take. */
import type { LoadProgress } from '../../../shared/contract/requests';
import type { EntityName } from '../../../shared/entities';

export interface ProgressCounter {
  table(entity: EntityName, done: number): void;
  came(rows: number): void;
  /** How many rows it will be in all. */
  counted(total: number): void;
  readonly rows: number;
  readonly isCounted: boolean;
}

/** Sooner, the pace says more about the first round trips than about the load. */
const SURE_AFTER_MS = 1_000;

/** @param now milliseconds that only rise */
export function createProgress(of: number, tell: (progress: LoadProgress) => void, now: () => number): ProgressCounter {
  const begun = now();
  const progress: LoadProgress = { entity: null, rowsDone: 0, rowsTotal: null, secondsLeft: null, done: 0, of };

  function secondsLeft(): number | null {
    const { rowsDone, rowsTotal } = progress;
    const spent = now() - begun;
    if (rowsTotal === null || rowsDone === 0 || spent < SURE_AFTER_MS) return null;
    return Math.ceil((Math.max(0, rowsTotal - rowsDone) * spent) / rowsDone / 1_000);
  }

  return {
    table(entity, done) {
      Object.assign(progress, { entity, done });
    },
    came(rows) {
      progress.rowsDone += rows;
      // Rows that others add meanwhile come too.
      if (progress.rowsTotal !== null) progress.rowsTotal = Math.max(progress.rowsTotal, progress.rowsDone);
      tell({ ...progress, secondsLeft: secondsLeft() });
    },
    counted(total) {
      progress.rowsTotal = Math.max(total, progress.rowsDone);
    },
    get isCounted() {
      return progress.rowsTotal !== null;
    },
    get rows() {
      return progress.rowsDone;
    },
  };
}
