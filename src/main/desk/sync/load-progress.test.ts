import { expect, it } from 'vitest';
import type { LoadProgress } from '../../../shared/contract/requests';
import { createProgress } from './load-progress';

it('tells rows, tables and the time left, once it knows how many rows there are and how fast they come', () => {
  let now = 0;
  const told: LoadProgress[] = [];
  const progress = createProgress(
    3,
    (one) => told.push(one),
    () => now,
  );
  progress.table('users', 0);
  progress.came(10);
  progress.table('students', 1);
  now = 500;
  progress.came(990);
  progress.counted(9_000);
  now = 2_000;
  progress.came(2_000);
  expect(told).toEqual([
    { entity: 'users', rowsDone: 10, rowsTotal: null, secondsLeft: null, done: 0, of: 3 },
    { entity: 'students', rowsDone: 1_000, rowsTotal: null, secondsLeft: null, done: 1, of: 3 },
    { entity: 'students', rowsDone: 3_000, rowsTotal: 9_000, secondsLeft: 4, done: 1, of: 3 },
  ]);
});

it('never tells of more rows done than there are, whatever others add meanwhile', () => {
  const told: LoadProgress[] = [];
  const progress = createProgress(
    1,
    (one) => told.push(one),
    () => 0,
  );
  progress.counted(5);
  progress.came(8);
  expect(told.at(-1)).toMatchObject({ rowsDone: 8, rowsTotal: 8, secondsLeft: null });
});
