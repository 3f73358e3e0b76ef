/**
 * How long to wait before the next try: "full jitter" (Brooker, "Exponential backoff and jitter", AWS 2015), so that many desks do not come
 * back to a recovered server at one moment.
 */
const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;
/** Never less: a try right after a failure helps nobody. */
const LEAST_MS = 100;

/** @param failures how many tries failed in a row, from 1. @param random in [0, 1). @returns milliseconds */
export function backoff(failures: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 30));
  return Math.max(LEAST_MS, Math.floor(random() * ceiling));
}
