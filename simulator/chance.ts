/** Everything a history decides is drawn from its seed: the same seed makes the same choices. */
import { newId } from '../src/shared/model';

export interface Chance {
  /** A whole number from 0 up to, but not including, `n`. */
  below(n: number): number;
  /** True this often, of 1. */
  is(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32: small, seeded, good enough for choosing. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { below, is: (probability) => next() < probability, pick: (list) => list[below(list.length)]! };
}

/** Milliseconds in front of the ids of the last history: no two histories of a process share one. */
let used = Date.now();
const IDS_A_HISTORY = 100_000;

/**
 * Ids in an order, and with an ending, that only the seed decides. The time in front keeps two runs of one seed apart in one database.
 */
export function idsFrom(seed: number): () => string {
  const chance = chanceFrom(seed ^ 0x1d5);
  let at = (used += IDS_A_HISTORY);
  return () =>
    newId(++at, (into) => {
      for (let i = 0; i < into.length; i++) into[i] = chance.below(256);
      return into;
    });
}
