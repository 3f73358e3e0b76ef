import type { Figure } from './measure';

export const isReached = ({ value, goal, better }: Figure): boolean | null =>
  goal === null ? null : better === 'lower' ? value <= goal : value >= goal;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** One line of JSON, with the keys in a fixed order. */
export const asLine = ({ name, value, unit, better, goal, limit, n }: Figure): string =>
  JSON.stringify({
    name,
    value: rounded(value),
    unit,
    better,
    goal: goal === null ? null : rounded(goal),
    limit: limit === null ? null : rounded(limit),
    n,
  });

const shown = (value: number | null, unit: string): string =>
  value === null ? '–' : `${rounded(value).toLocaleString('en', { maximumFractionDigits: 3 })} ${unit}`;

/** A table for people: the figure, the goal, and the same work by the barest code. */
export function asTable(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'value', 'goal', 'limit', 'n', ''],
    ...figures.map((figure) => {
      const sign = figure.better === 'lower' ? '≤' : '≥';
      const reached = isReached(figure);
      return [
        figure.name,
        shown(figure.value, figure.unit),
        figure.goal === null ? '–' : `${sign} ${shown(figure.goal, figure.unit)}`,
        shown(figure.limit, figure.unit),
        figure.n.toLocaleString('en'),
        reached === null ? '' : reached ? 'reached' : 'not reached',
      ];
    }),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows
    .map(
      (row) =>
        row
          .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}
