/** Measuring side by side: both sides in one run, turn by turn, and the median of each. */
import { performance } from 'node:perf_hooks';

/** One figure of a run. With `--json`, one line each. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  better: 'lower' | 'higher';
  /** What is asked for (the goal), in the same unit; null where it asks for nothing. */
  goal: number | null;
  /** The same work by the barest code that can do it, in the same unit; null where there is none. */
  limit: number | null;
  /** Rows, edits or changes behind one measurement. */
  n: number;
}

export interface BenchOptions {
  /** Small sizes: shows within seconds that everything runs. Its figures say nothing. */
  quick: boolean;
  /** Rows, where somebody asks for another number. */
  rows: number | null;
  /** How long something is to last, where it lasts as long as one wants. */
  seconds: number | null;
  log(text: string): void;
}

export type Bench = (options: BenchOptions) => Promise<Figure[]>;

export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new Error('Nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Milliseconds. What a side needs made ready is done by `before`, outside the clock. */
export interface Side {
  before?(turn: number): Promise<void> | void;
  run(turn: number): Promise<unknown> | unknown;
  after?(turn: number): Promise<void> | void;
}

/** Collecting garbage before each of many short runs would take longer than all of them. */
const FEW_TURNS = 10;

/** A, B, A, B, …: both sides see the same weather. @returns the medians, in milliseconds */
export async function alternate<K extends string>(turns: number, sides: Record<K, Side>): Promise<Record<K, number>> {
  const names = Object.keys(sides) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let turn = 0; turn < turns; turn++) {
    for (const name of names) {
      const side = sides[name];
      await side.before?.(turn);
      if (turns <= FEW_TURNS) (globalThis as { gc?: () => void }).gc?.();
      const start = performance.now();
      await side.run(turn);
      times[name].push(performance.now() - start);
      await side.after?.(turn);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>;
}

/** Ours as a ratio to the barest code, and in plain numbers beside it. */
export function ratio(name: string, value: number, better: Figure['better'], goal: number | null, n: number): Figure {
  return { name, value, unit: 'x', better, goal, limit: 1, n };
}
