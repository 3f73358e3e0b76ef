import { expect, it } from 'vitest';
import { targetOf } from './paste-target';

const size = { rows: 10, columns: 5 };
const at = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

it('one value fills every range that is selected', () => {
  const ranges = [at(0, 0, 2, 1), at(5, 3)];
  expect(targetOf({ rows: 1, columns: 1 }, ranges, size)).toEqual({ rects: ranges, lost: 0 });
});

it('a block repeats over a range that is a whole multiple of it', () => {
  expect(targetOf({ rows: 2, columns: 1 }, [at(0, 0, 5, 2)], size).rects).toEqual([at(0, 0, 5, 2)]);
});

it('otherwise it goes down and right from the corner, whatever is selected', () => {
  expect(targetOf({ rows: 3, columns: 4 }, [at(1, 0, 2, 0)], size)).toEqual({ rects: [at(1, 0, 3, 3)], lost: 0 });
});

it('goes beyond the last row, and says how many columns have no place', () => {
  expect(targetOf({ rows: 4, columns: 4 }, [at(8, 3)], size)).toEqual({ rects: [at(8, 3, 11, 4)], lost: 2 });
});
