import type { Ranks } from './ranks';

/** Least-significant-digit radix sort (Knuth, The Art of Computer Programming, vol. 3, 5.2.5) with digits of eleven bits: so many counters stay in the fastest memory. */

const digitBits = 11;
const digits = 1 << digitBits;

/** @returns the keys of rows in the order of their ranks: by the first list, where that is equal by the second …, at last by the keys themselves */
export function byRanks(rids: Int32Array, lists: readonly Ranks[]): Int32Array {
  let order = Int32Array.from(rids, (_, place) => place);
  let spare = new Int32Array(rids.length);
  const passes: { ranks: Ranks['ranks']; shift: number }[] = [];
  if (!isAscending(rids)) passes.push(...passesOf({ ranks: rids, most: rids.reduce((a, b) => Math.max(a, b), 0) }));
  for (const list of lists.toReversed()) passes.push(...passesOf(list));
  for (const { ranks, shift } of passes) {
    if (pass(order, spare, ranks, shift)) [order, spare] = [spare, order];
  }
  for (let i = 0; i < order.length; i++) order[i] = rids[order[i]!]!;
  return order;
}

function passesOf({ ranks, most }: Ranks): { ranks: Ranks['ranks']; shift: number }[] {
  if (isAscending(ranks)) return [];
  const made = [];
  for (let shift = 1; shift <= most; shift *= digits) made.push({ ranks, shift });
  return made;
}

/** Sorts by one digit, keeping what is equal in its order. @returns false where all have the same digit, and nothing was done */
function pass(from: Int32Array, to: Int32Array, ranks: Ranks['ranks'], shift: number): boolean {
  const places = new Int32Array(digits + 1);
  for (const rank of ranks) places[digitOf(rank, shift) + 1]!++;
  for (let digit = 0; digit < digits; digit++) {
    if (places[digit + 1] === from.length) return false;
    places[digit + 1]! += places[digit]!;
  }
  for (const place of from) to[places[digitOf(ranks[place]!, shift)]!++] = place;
  return true;
}

const digitOf = (rank: number, shift: number): number =>
  shift === 1 ? rank & (digits - 1) : Math.floor(rank / shift) & (digits - 1);

/** In order already: nothing has to be moved. A list that stands as the rows do is no rare thing (when they were added, their numbers). */
function isAscending(values: Int32Array | Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}
