import { describe, expect, test } from 'vitest';
import { ageOn, closedBy, dayBefore, inForceOn, nextPrice, overlapping, priceInForce, type PriceRow } from './pricing';

const key = {
  facilityId: 'rowe',
  courseId: 'back2',
  ageGroup: '6-8',
  locationType: 'our-facility',
  sessionType: 'group',
};
const row = (id: string, effectiveDate: string, endDate: string | null, price = 100, isActive = true): PriceRow => ({
  ...key,
  id,
  price,
  currency: 'NGN',
  effectiveDate,
  endDate,
  isActive,
});

describe('the price in force', () => {
  const prices = [
    row('old', '2026-01-01', '2026-08-31', 90),
    row('now', '2026-09-01', '2026-12-31', 100),
    row('next', '2027-01-01', null, 120),
  ];

  test('both the first and the last day belong to a price', () => {
    expect(priceInForce(prices, key, '2026-08-31')?.id).toBe('old');
    expect(priceInForce(prices, key, '2026-09-01')?.id).toBe('now');
    expect(priceInForce(prices, key, '2030-01-01')?.id).toBe('next');
  });

  test('no price before the first one, for another configuration, or from an inactive row', () => {
    expect(priceInForce(prices, key, '2025-12-31')).toBeNull();
    expect(priceInForce(prices, { ...key, ageGroup: '9-12' }, '2026-10-01')).toBeNull();
    expect(inForceOn(row('off', '2026-01-01', null, 1, false), '2026-10-01')).toBe(false);
  });

  test('the next price is the earliest that begins later', () => {
    expect(nextPrice(prices, key, '2026-10-01')?.id).toBe('next');
    expect(nextPrice(prices, key, '2027-01-01')).toBeNull();
  });

  test('an overlap names the other rows; touching days overlap, neighbouring days do not', () => {
    expect(overlapping(prices, row('new', '2026-12-31', null)).map((p) => p.id)).toEqual(['now', 'next']);
    expect(overlapping(prices.slice(0, 2), row('new', '2027-01-01', null))).toEqual([]);
    expect(overlapping(prices, row('new', '2026-12-31', null, 1, false))).toEqual([]);
  });

  test('the day before crosses months and leap years', () => {
    expect(dayBefore('2026-03-01')).toBe('2026-02-28');
    expect(dayBefore('2028-03-01')).toBe('2028-02-29');
    expect(dayBefore('2026-01-01')).toBe('2025-12-31');
  });

  test('an age counts whole years on the day', () => {
    expect(ageOn('2019-09-04', '2026-09-03')).toBe(6);
    expect(ageOn('2019-09-04', '2026-09-04')).toBe(7);
    expect(ageOn(null, '2026-09-04')).toBeNull();
  });
});

describe('a new price', () => {
  test('closes the one before it where no day is left without a price', () => {
    expect(closedBy([row('old', '2026-01-01', null)], row('new', '2026-06-01', null))?.id).toBe('old');
    expect(closedBy([row('old', '2026-01-01', '2026-06-30')], row('new', '2026-06-01', '2026-08-31'))?.id).toBe('old');
    expect(closedBy([row('old', '2026-01-01', null)], row('new', '2026-06-01', '2026-08-31'))).toBeNull();
    expect(closedBy([row('old', '2026-06-01', null)], row('new', '2026-06-01', null))).toBeNull();
    expect(closedBy([row('old', '2026-01-01', '2026-05-31')], row('new', '2026-06-01', null))).toBeNull();
  });
});
