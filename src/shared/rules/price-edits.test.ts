import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedPrice, lastDayFrom, priceEdits, usualRange, type PriceEdit, type PriceSpan } from './price-edits';
import { dayAfter, inForceOn, overlapping, type PriceRow } from './pricing';

const key = { facilityId: 'f', courseId: 'c', ageGroup: 'a', locationType: 'l', sessionType: 's', currency: 'NGN' };
const row = (id: string, effectiveDate: string, endDate: string | null, price: number): PriceRow => ({
  ...key,
  ...{ id, effectiveDate, endDate, price, isActive: true },
});
let made = 0;
function after(prices: readonly PriceRow[], edits: readonly PriceEdit[]): PriceRow[] {
  let now = [...prices];
  for (const edit of edits) {
    if (edit.op === 'insert') now.push(row(`new ${(made += 1)}`, edit.from, edit.until, edit.price));
    else if (edit.op === 'delete') now = now.filter(({ id }) => id !== edit.id);
    else now = now.map((old) => (old.id === edit.id ? { ...old, ...edit.patch } : old));
  }
  return now;
}
const told = (prices: readonly PriceRow[]): string[] =>
  prices.map((p) => `${p.effectiveDate} ${p.endDate ?? '…'} ${p.price}`).sort();
const set = (prices: readonly PriceRow[], span: PriceSpan): string[] => told(after(prices, priceEdits(prices, span)));

describe('a price from a day on', () => {
  const open = [row('1', '2026-01-01', null, 100)];

  test('closes the price before it the day before', () => {
    expect(set(open, { from: '2027-01-01', until: null, price: 120 })).toEqual([
      '2026-01-01 2026-12-31 100',
      '2027-01-01 … 120',
    ]);
  });

  test('corrects the price that began that very day', () => {
    expect(priceEdits(open, { from: '2026-01-01', until: null, price: 120 })).toEqual([
      { op: 'update', id: '1', patch: { price: 120 } },
    ]);
  });

  test('leaves what begins later as it is', () => {
    const prices = [row('1', '2026-01-01', '2026-12-31', 100), row('2', '2027-01-01', null, 120)];
    const until = lastDayFrom(prices, '2026-06-01');
    expect(until).toBe('2026-12-31');
    expect(set(prices, { from: '2026-06-01', until, price: 110 })).toEqual([
      '2026-01-01 2026-05-31 100',
      '2026-06-01 2026-12-31 110',
      '2027-01-01 … 120',
    ]);
  });

  test('for some days only, what was there comes back after them', () => {
    expect(set(open, { from: '2026-07-01', until: '2026-08-31', price: 80 })).toEqual([
      '2026-01-01 2026-06-30 100',
      '2026-07-01 2026-08-31 80',
      '2026-09-01 … 100',
    ]);
  });

  test('taken away ends the price the day before', () => {
    expect(set(open, { from: '2026-07-01', until: null, price: null })).toEqual(['2026-01-01 2026-06-30 100']);
    expect(set(open, { from: '2026-01-01', until: null, price: null })).toEqual([]);
  });

  test('that is the price already changes nothing', () => {
    expect(priceEdits(open, { from: '2026-07-01', until: null, price: 100 })).toEqual([]);
  });
});

test('random edits never overlap, and never change a day they were not asked to', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => {
    let at = '2026-01-01';
    for (let i = 0; i < n; i++) at = dayAfter(at);
    return at;
  });
  const span = fc
    .tuple(day, fc.option(day), fc.option(fc.integer({ min: 1, max: 4 })))
    .map(([a, b, price]): PriceSpan =>
      b === null || b >= a ? { from: a, until: b, price } : { from: b, until: a, price },
    );
  const days = Array.from({ length: 45 }).reduce<string[]>((all) => [...all, dayAfter(all.at(-1)!)], ['2025-12-30']);
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 12 }), (spans) => {
      let prices: PriceRow[] = [];
      const wanted = new Map<string, number | null>();
      for (const one of spans) {
        prices = after(prices, priceEdits(prices, one));
        for (const at of days) if (at >= one.from && (one.until === null || at <= one.until)) wanted.set(at, one.price);
        for (const price of prices) {
          expect(overlapping(prices, price)).toEqual([]);
          expect(price.endDate === null || price.endDate >= price.effectiveDate).toBe(true);
        }
        for (const at of days)
          expect(prices.find((price) => inForceOn(price, at))?.price ?? null).toBe(wanted.get(at) ?? null);
      }
    }),
    { numRuns: 300 },
  );
});

describe('amounts', () => {
  test('percent, then rounding: 18,000 and a eighth more, up to the next 500, is 20,500', () => {
    expect(changedPrice(1_800_000, { percent: 1250, rounding: { to: 50_000, way: 'up' } })).toBe(2_050_000);
    expect(changedPrice(1_800_000, { percent: -1000 })).toBe(1_620_000);
  });

  test('a little more or less, never below nothing', () => {
    expect(changedPrice(1_000, { amount: -5_000 })).toBe(0);
    expect(changedPrice(1_050, { amount: 1, rounding: { to: 100, way: 'nearest' } })).toBe(1_100);
    expect(changedPrice(5, { set: 900 })).toBe(900);
  });

  test('of any size are exact', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.integer({ min: -10_000, max: 10_000 }),
        (price, percent) => {
          const exact = (BigInt(price) * BigInt(10_000 + percent) * 2n + 10_000n) / 20_000n;
          expect(BigInt(changedPrice(price, { percent }))).toBe(exact);
        },
      ),
    );
  });

  test('what is usual is told from what is not', () => {
    const prices = [180, 185, 190, 200, 205, 210, 220, 230, 9_000];
    const range = usualRange(prices)!;
    expect(prices.filter((price) => price < range.low || price > range.high)).toEqual([9_000]);
    expect(usualRange([1, 2])).toBeNull();
  });
});
