import { expect, test } from 'vitest';
import { alternate, median } from './measure';
import { asLine, asTable, isReached } from './print';

const figure = { name: 'pull-0', value: 1.23456, unit: 'x', better: 'lower' as const, goal: 1.5, limit: 1, n: 0 };

test('the median is the middle one, or between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('Nothing');
});

test('sides take turns, and only their own work is on the clock', async () => {
  const order: string[] = [];
  const wait = () => new Promise<void>((done) => setTimeout(done, 30));
  const ms = await alternate(2, {
    ours: {
      before: async () => {
        order.push('before');
        await wait();
      },
      run: () => void order.push('ours'),
    },
    bare: { run: () => void order.push('bare'), after: wait },
  });
  expect(order).toEqual(['before', 'ours', 'bare', 'before', 'ours', 'bare']);
  expect(ms.ours).toBeLessThan(25);
  expect(ms.bare).toBeLessThan(25);
});

test('a figure is one line of JSON, with the keys that a program looks for', () => {
  expect(JSON.parse(asLine(figure))).toEqual({ ...figure, value: 1.235 });
  expect(Object.keys(JSON.parse(asLine(figure)) as object)).toEqual([
    'name',
    'value',
    'unit',
    'better',
    'goal',
    'limit',
    'n',
  ]);
  expect(asLine({ ...figure, goal: null })).toContain('"goal":null');
});

test('the table says whether a goal is reached', () => {
  expect(isReached(figure)).toBe(true);
  expect(isReached({ ...figure, better: 'higher' })).toBe(false);
  expect(isReached({ ...figure, goal: null })).toBeNull();
  expect(asTable([figure, { ...figure, value: 2 }])).toMatch(
    /pull-0 +1\.235 x +≤ 1\.5 x +1 x +0 +reached\n.* not reached\n/,
  );
});
