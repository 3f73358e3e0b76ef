/**
 * What happens to the prices of one combination when another price is to hold from a day on. Prices that were hold until the day before, and
 * what begins later stays as it is: no two overlap, and no day that had a price loses it (rule 1).
 */
import { dayAfter, dayBefore, type PriceRow } from './pricing';

/** A stretch of days with one price; `until` null: until further notice. */
export interface PriceSpan {
  from: string;
  until: string | null;
  /** Minor units; null: no price. */
  price: number | null;
}

export type PriceEdit =
  | { op: 'insert'; from: string; until: string | null; price: number }
  | { op: 'update'; id: string; patch: { price?: number; effectiveDate?: string; endDate?: string | null } }
  | { op: 'delete'; id: string };

const startsBy = (price: PriceRow, until: string | null): boolean => until === null || price.effectiveDate <= until;
const endsFrom = (price: PriceRow, from: string): boolean => price.endDate === null || price.endDate >= from;

/** The last day a price set for `from` can hold: the day before the next one begins. Null: until further notice. */
export function lastDayFrom(prices: readonly PriceRow[], from: string): string | null {
  const next = prices
    .filter((price) => price.isActive && price.effectiveDate > from)
    .map((price) => price.effectiveDate)
    .sort()[0];
  return next === undefined ? null : dayBefore(next);
}

/**
 * The edits after which a combination has this price on exactly these days, and on all others what it had.
 * @param prices the active prices of one combination, which do not overlap
 */
export function priceEdits(prices: readonly PriceRow[], span: PriceSpan): PriceEdit[] {
  const { from, until, price } = span;
  const covers = (old: PriceRow): boolean =>
    old.isActive && old.effectiveDate <= from && (old.endDate === null || (until !== null && old.endDate >= until));
  if (prices.some((old) => covers(old) && old.price === price)) return [];
  const edits: PriceEdit[] = [];
  let reused = false;
  for (const old of [...prices].sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1))) {
    if (!old.isActive || !startsBy(old, until) || !endsFrom(old, from)) continue;
    const beginsBefore = old.effectiveDate < from;
    const endsAfter = until !== null && (old.endDate === null || old.endDate > until);
    if (beginsBefore) {
      edits.push({ op: 'update', id: old.id, patch: { endDate: dayBefore(from) } });
      if (endsAfter) edits.push({ op: 'insert', from: dayAfter(until), until: old.endDate, price: old.price });
    } else if (endsAfter) {
      edits.push({ op: 'update', id: old.id, patch: { effectiveDate: dayAfter(until) } });
    } else if (price !== null && !reused && old.effectiveDate === from) {
      // The very price that began that day is the one being corrected.
      reused = true;
      edits.push({
        op: 'update',
        id: old.id,
        patch: { price, ...(old.endDate === until ? {} : { endDate: until }) },
      });
    } else edits.push({ op: 'delete', id: old.id });
  }
  if (price !== null && !reused) edits.push({ op: 'insert', from, until, price });
  return edits;
}

/** How amounts are changed. */
export interface PriceChange {
  /** In hundredths of a percent: 1250 is +12.5 %. */
  percent?: number | undefined;
  /** In minor units, added. */
  amount?: number | undefined;
  /** In minor units, instead. */
  set?: number | undefined;
  rounding?: { to: number; way: 'up' | 'down' | 'nearest' } | undefined;
}

/** An amount after a change, in whole minor units and never below nothing; exact, because only whole numbers are multiplied. */
export function changedPrice(price: number, { percent, amount, set, rounding }: PriceChange): number {
  const base = set ?? price;
  const scaled = percent === undefined ? BigInt(base) * 10_000n : BigInt(base) * BigInt(10_000 + percent);
  const exact = scaled + BigInt(amount ?? 0) * 10_000n;
  return Math.max(
    0,
    Number(roundedBy(exact, BigInt(rounding?.to ?? 1) * 10_000n, rounding?.way ?? 'nearest') / 10_000n),
  );
}

function roundedBy(value: bigint, step: bigint, way: 'up' | 'down' | 'nearest'): bigint {
  const rest = ((value % step) + step) % step;
  if (rest === 0n) return value;
  const down = value - rest;
  if (way === 'down') return down;
  return way === 'up' || rest * 2n >= step ? down + step : down;
}

/** Prices far from those they stand among: beyond 3 times the spread of the middle half. Source: Tukey, "Exploratory Data Analysis", 1977. */
export function usualRange(prices: readonly number[]): { low: number; high: number } | null {
  if (prices.length < 8) return null;
  const sorted = [...prices].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!;
  const [lower, upper] = [at(0.25), at(0.75)];
  const spread = Math.max(upper - lower, Math.round((upper + lower) / 20));
  return { low: Math.max(0, lower - 3 * spread), high: upper + 3 * spread };
}
