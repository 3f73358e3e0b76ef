import { expect, it } from 'vitest';
import { sumsOf } from './selection-numbers';

const money = { kind: 'money' as const, count: 2, sum: 4_300_000, min: 1_800_000, max: 2_500_000 };

it('adds up amounts of one currency, in words of the reader', () => {
  expect(sumsOf({ filled: 2, groups: [{ ...money, currency: 'NGN' }] }, 'en')).toEqual({
    filled: 2,
    numbers: { sum: '₦43,000', average: '₦21,500', min: '₦18,000', max: '₦25,000' },
  });
});

it('adds up nothing where there are two currencies', () => {
  const groups = [
    { ...money, currency: 'NGN' },
    { ...money, currency: 'XOF' },
  ];
  expect(sumsOf({ filled: 4, groups }, 'en')).toEqual({ filled: 4, numbers: null });
});

it('says the first and the last of several dates, and no sum', () => {
  const dates = { kind: 'date' as const, currency: null, count: 2, sum: 0, min: '2026-01-05', max: '2026-09-04' };
  expect(sumsOf({ filled: 2, groups: [dates] }, 'en')?.numbers).toEqual({
    sum: null,
    average: null,
    min: '5 Jan 2026',
    max: '4 Sep 2026',
  });
});
