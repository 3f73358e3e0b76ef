import type { CellKey, MatrixCell, PriceMatrix } from '../../../shared/contract/pricing';

/** The price matrix as a pivot: two of its five dimensions down, two across, one chosen. Pure. */

export const dimensions = ['facility', 'course', 'ageGroup', 'locationType', 'sessionType'] as const;
export type Dimension = (typeof dimensions)[number];

export const dimensionNames: Record<Dimension, string> = {
  facility: 'facility',
  course: 'course',
  ageGroup: 'age group',
  locationType: 'location',
  sessionType: 'session',
};

export interface Axes {
  rows: [Dimension, Dimension];
  columns: [Dimension, Dimension];
}

export const usualAxes: Axes = { rows: ['facility', 'course'], columns: ['ageGroup', 'sessionType'] };

/** The dimension that is on no axis: one value of it is shown. */
export const pageOf = ({ rows, columns }: Axes): Dimension =>
  dimensions.find((dimension) => !rows.includes(dimension) && !columns.includes(dimension))!;

/** Every choice of two for the rows; the columns are then chosen of the rest. */
export const pairs = (from: readonly Dimension[]): [Dimension, Dimension][] =>
  from.flatMap((a) => from.filter((b) => b !== a).map((b): [Dimension, Dimension] => [a, b]));

export interface Value {
  /** Index into the list of the matrix. */
  at: number;
  label: string;
  hint?: string;
}

export function valuesOf(matrix: PriceMatrix, dimension: Dimension): Value[] {
  switch (dimension) {
    case 'facility':
      return matrix.facilities.map(({ name, capacity, status }, at) => ({
        ...{ at, label: name },
        hint: [capacity === null ? '' : `capacity ${capacity}`, status === 'active' ? '' : status]
          .filter(Boolean)
          .join(' · '),
      }));
    case 'course':
      return matrix.courses.map(({ name, code }, at) => ({ at, label: name, hint: code }));
    case 'ageGroup':
      return matrix.ageGroups.map(({ label }, at) => ({ at, label }));
    case 'locationType':
      return matrix.locationTypes.map(({ label }, at) => ({ at, label }));
    case 'sessionType':
      return matrix.sessionTypes.map(({ label }, at) => ({ at, label }));
  }
}

/** A line of the pivot: the head of a group, or one row of cells. */
export type Line = { kind: 'group'; value: Value } | { kind: 'row'; group: Value; value: Value };

export interface Pivot {
  axes: Axes;
  page: number;
  lines: Line[];
  groups: { value: Value; columns: Value[] }[];
  /** How many columns there are in all. */
  width: number;
  cellAt: (line: Line, column: number) => MatrixCell | null;
  keyAt: (line: Line, column: number) => CellKey | null;
}

const slot = (indexes: Partial<Record<Dimension, number>>): string =>
  dimensions.map((dimension) => indexes[dimension] ?? -1).join('/');

/** Lays the matrix out. Columns that no shown cell has anything in are left out, unless that leaves none. */
export function pivotOf(matrix: PriceMatrix, axes: Axes, page: number, folded: ReadonlySet<number>): Pivot {
  const pageDimension = pageOf(axes);
  const cells = new Map<string, MatrixCell>();
  const used = new Set<string>();
  const at = (cell: MatrixCell): Record<Dimension, number> => ({
    ...{ facility: cell[0], course: cell[1], ageGroup: cell[2], locationType: cell[3], sessionType: cell[4] },
  });
  for (const cell of matrix.cells) {
    const indexes = at(cell);
    cells.set(slot(indexes), cell);
    if (indexes[pageDimension] === page) used.add(`${indexes[axes.columns[0]]} ${indexes[axes.columns[1]]}`);
  }
  const [outer, inner] = axes.columns;
  const isUsed = (a: Value, b: Value): boolean => used.size === 0 || used.has(`${a.at} ${b.at}`);
  const groups = valuesOf(matrix, outer)
    .map((value) => ({ value, columns: valuesOf(matrix, inner).filter((column) => isUsed(value, column)) }))
    .filter(({ columns }) => columns.length > 0);
  const places = groups.flatMap(({ value, columns }) => columns.map((column) => [value.at, column.at] as const));
  const lines = valuesOf(matrix, axes.rows[0]).flatMap((group): Line[] => [
    { kind: 'group', value: group },
    ...(folded.has(group.at)
      ? []
      : valuesOf(matrix, axes.rows[1]).map((value): Line => ({ kind: 'row', group, value }))),
  ]);
  const indexesAt = (line: Line, column: number): Partial<Record<Dimension, number>> | null => {
    const place = places[column];
    if (line.kind !== 'row' || !place) return null;
    return {
      [axes.rows[0]]: line.group.at,
      [axes.rows[1]]: line.value.at,
      [outer]: place[0],
      [inner]: place[1],
      [pageDimension]: page,
    };
  };
  return {
    ...{ axes, page, lines, groups, width: places.length },
    cellAt: (line, column) => {
      const indexes = indexesAt(line, column);
      return indexes ? (cells.get(slot(indexes)) ?? null) : null;
    },
    keyAt: (line, column) => {
      const indexes = indexesAt(line, column);
      return indexes ? keyOf(matrix, indexes as Record<Dimension, number>) : null;
    },
  };
}

const keyOf = (matrix: PriceMatrix, at: Record<Dimension, number>): CellKey => ({
  facilityId: matrix.facilities[at.facility]!.id,
  courseId: matrix.courses[at.course]!.id,
  ageGroup: matrix.ageGroups[at.ageGroup]!.code,
  locationType: matrix.locationTypes[at.locationType]!.code,
  sessionType: matrix.sessionTypes[at.sessionType]!.code,
});

/** Where a cell stands in the usual pivot; null where it is not on show. */
export function placeOfCell(pivot: Pivot, cell: MatrixCell): { row: number; column: number } | null {
  for (const [row, line] of pivot.lines.entries()) {
    for (let column = 0; line.kind === 'row' && column < pivot.width; column++)
      if (pivot.cellAt(line, column) === cell) return { row, column };
  }
  return null;
}

/** What stands against a cell, for the coverage map. */
export type Gap = 'unpriced' | 'expired' | 'future' | 'outlier';

export function gapOf(matrix: PriceMatrix, cell: MatrixCell): Gap | null {
  const [price, nextFrom, expired, learners] = [cell[5], cell[9], cell[10], cell[11]];
  if (price !== null) {
    const { usual } = matrix;
    return usual && (price < usual.low || price > usual.high) ? 'outlier' : null;
  }
  if (nextFrom !== null) return 'future';
  if (expired !== null) return 'expired';
  return learners > 0 ? 'unpriced' : null;
}

export interface Coverage {
  gaps: { cell: MatrixCell; gap: Gap }[];
  inForce: number;
  /** Cells without a price that learners are in. */
  blocking: number;
}

/** What has no price in force, or an odd one: those with most learners first. */
export function coverageOf(matrix: PriceMatrix): Coverage {
  const gaps = matrix.cells
    .flatMap((cell) => {
      const gap = gapOf(matrix, cell);
      return gap ? [{ cell, gap }] : [];
    })
    .sort((a, b) => b.cell[11] - a.cell[11]);
  return {
    gaps,
    inForce: matrix.cells.filter((cell) => cell[5] !== null).length,
    blocking: gaps.filter(({ cell, gap }) => gap !== 'outlier' && cell[11] > 0).length,
  };
}
