import { expect, it } from 'vitest';
import { backoff } from './backoff';

it('waits at most a second at first, twice as long after each failure, and never more than five minutes', () => {
  const most = (): number => 0.999999;
  expect([1, 2, 3, 4].map((failures) => Math.round(backoff(failures, most) / 1000))).toEqual([1, 2, 4, 8]);
  expect(backoff(50, most)).toBeLessThanOrEqual(300_000);
  expect(backoff(50, most)).toBeGreaterThan(299_000);
});

it('spreads desks over the whole span, and never tries again at once', () => {
  expect(backoff(4, () => 0.5)).toBe(4_000);
  expect(backoff(4, () => 0)).toBe(100);
});
