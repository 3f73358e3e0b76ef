import { expect, it } from 'vitest';
import type { Revenue, RevenueLine } from '../../../shared/contract/answers';
import { currenciesOf, figuresOf } from './figures';

const line = (over: Partial<RevenueLine>): RevenueLine => ({
  ...{ programId: 'p', source: 'course', courseId: 'c', month: '2026-11', currency: 'NGN' },
  ...{ paid: 0, payments: 0, refunded: 0, refunds: 0, pending: 0, pendings: 0, failures: 0, commission: 0 },
  ...over,
});
const revenue: Revenue = {
  lines: [
    line({ paid: 500, payments: 1 }),
    line({ paid: 700, payments: 2, month: '2026-10' }),
    line({ paid: 900, payments: 1, currency: 'GHS', programId: 'q' }),
    line({ paid: 50, payments: 1, source: 'mentoring', courseId: null, commission: 6 }),
  ],
  programs: [
    { id: 'p', code: 'P', name: 'Swimming' },
    { id: 'q', code: 'Q', name: 'Coast' },
  ],
  courses: [{ id: 'c', name: 'Backstroke' }],
};

it('amounts of different currencies are never added, whatever they are grouped by', () => {
  const months = figuresOf(revenue, 'month', (month) => month);
  expect(months.map(({ name, currency, sums }) => [name, currency, sums.paid])).toEqual([
    ['2026-11', 'GHS', 900],
    ['2026-11', 'NGN', 550],
    ['2026-10', 'NGN', 700],
  ]);
  const programs = figuresOf(revenue, 'program', String);
  expect(programs.map(({ name, currency, sums }) => [name, currency, sums.paid])).toEqual([
    ['Swimming', 'NGN', 1250],
    ['Coast', 'GHS', 900],
  ]);
});

it('sessions and subscriptions stand beside the courses, under their own names', () => {
  const rows = figuresOf(revenue, 'course', String).filter(({ program }) => program === 'Swimming');
  expect(rows.map(({ name, sums }) => [name, sums.paid, sums.commission])).toEqual([
    ['Backstroke', 1200, 0],
    ['Mentoring sessions', 50, 6],
  ]);
});

it('the currency most payments are in comes first', () => {
  expect(currenciesOf(revenue.lines)).toEqual(['NGN', 'GHS']);
});
