/** A promise put under one kind of stress until a number is reached: too long for every test run, and each with a short version in `npm test`. */
import type { Chance } from '../chance';

export interface ProofRun {
  size: number;
  chance: Chance;
  say(text: string): void;
}

/** What was counted and measured, in plain words. */
export type Figures = Record<string, number>;

export interface Proof {
  what: string;
  unit: string;
  /** The size that `docs/reliability.md` speaks of. */
  full: number;
  /** @throws Violation where a promise was broken */
  run(run: ProofRun): Promise<Figures>;
}

/** The value below which this share of them lies. */
export const share = (values: readonly number[], of: number): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * of))] ?? 0);

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
