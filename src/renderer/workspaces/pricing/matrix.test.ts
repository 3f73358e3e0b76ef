import { describe, expect, test } from 'vitest';
import type { MatrixCell, PriceMatrix } from '../../../shared/contract/pricing';
import { coverageOf, gapOf, pageOf, pivotOf, usualAxes } from './matrix';

const cell = (
  at: [number, number, number, number, number],
  more: Partial<Record<number, unknown>> = {},
): MatrixCell => {
  const made: unknown[] = [...at, 1_000, '2026-01-01', null, null, null, null, 0];
  for (const [index, value] of Object.entries(more)) made[Number(index)] = value;
  return made as MatrixCell;
};
const matrix: PriceMatrix = {
  ...{
    asOf: '2026-11-21',
    currency: 'NGN',
    usual: { low: 500, high: 2_000 },
    nextChange: null,
    canEdit: true,
    whyNot: null,
  },
  facilities: [
    { id: 'f0', name: 'Lekki', capacity: 60, status: 'active' },
    { id: 'f1', name: 'Rowe Park', capacity: null, status: 'maintenance' },
  ],
  courses: [
    { id: 'c0', name: 'Backstroke', code: 'B' },
    { id: 'c1', name: 'Learn to swim', code: 'L' },
  ],
  ageGroups: [
    { code: 'a0', label: '3–5' },
    { code: 'a1', label: '6–8' },
  ],
  locationTypes: [
    { code: 'l0', label: 'Here' },
    { code: 'l1', label: 'There' },
  ],
  sessionTypes: [
    { code: 's0', label: 'Group' },
    { code: 's1', label: 'Private' },
  ],
  cells: [
    cell([0, 0, 0, 0, 0]),
    cell([0, 1, 1, 0, 1], { 5: 9_000 }),
    cell([1, 0, 1, 0, 0], { 5: null, 10: '2026-03-31', 11: 4 }),
    cell([1, 1, 0, 1, 0], { 5: null, 8: 7, 9: '2027-01-01' }),
  ],
};

describe('the pivot', () => {
  test('has one dimension left over, of which one value is shown', () => {
    expect(pageOf(usualAxes)).toBe('locationType');
  });

  test('shows every row and the columns that hold something', () => {
    const pivot = pivotOf(matrix, usualAxes, 0, new Set());
    expect(pivot.lines.map((line) => (line.kind === 'group' ? `# ${line.value.label}` : line.value.label))).toEqual([
      ...['# Lekki', 'Backstroke', 'Learn to swim', '# Rowe Park', 'Backstroke', 'Learn to swim'],
    ]);
    expect(pivot.groups.map(({ value, columns }) => [value.label, ...columns.map((c) => c.label)])).toEqual([
      ['3–5', 'Group'],
      ['6–8', 'Group', 'Private'],
    ]);
    expect(pivot.cellAt(pivot.lines[1]!, 0)?.[5]).toBe(1_000);
    expect(pivot.cellAt(pivot.lines[1]!, 1)).toBeNull();
    expect(pivot.keyAt(pivot.lines[4]!, 1)).toEqual({
      ...{ facilityId: 'f1', courseId: 'c0', ageGroup: 'a1', locationType: 'l0', sessionType: 's0' },
    });
  });

  test('turns round any two axes, and folds groups', () => {
    const axes = { rows: ['course', 'ageGroup'], columns: ['facility', 'locationType'] } as const;
    const pivot = pivotOf(matrix, { rows: [...axes.rows], columns: [...axes.columns] }, 0, new Set([1]));
    expect(pivot.lines.map((line) => line.kind)).toEqual(['group', 'row', 'row', 'group']);
    expect(pivot.cellAt(pivot.lines[1]!, 0)?.[5]).toBe(1_000);
  });
});

test('gaps are told apart, those with learners first', () => {
  expect(matrix.cells.map((one) => gapOf(matrix, one))).toEqual([null, 'outlier', 'expired', 'future']);
  const coverage = coverageOf(matrix);
  expect(coverage.gaps.map(({ gap }) => gap)).toEqual(['expired', 'outlier', 'future']);
  expect(coverage).toMatchObject({ inForce: 2, blocking: 1 });
});
