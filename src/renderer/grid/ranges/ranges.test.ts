import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellsIn,
  columnsOf,
  countCells,
  countRows,
  disjoint,
  has,
  nextWithin,
  rangeOf,
  rectOf,
  rowRuns,
  type Place,
  type Rect,
} from './ranges';
import { SelectedRanges } from './selected-ranges';

const place = fc.record({ row: fc.nat(9), column: fc.nat(9) });
const rect = fc.tuple(place, place).map(([from, to]) => rectOf({ from, to }));
const rects = fc.array(rect, { minLength: 1, maxLength: 5 });
const every: Place[] = Array.from({ length: 100 }, (_, i) => ({ row: Math.floor(i / 10), column: i % 10 }));
const selectedIn = (all: readonly Rect[]): Place[] => every.filter((one) => all.some((part) => has(part, one)));

describe('ranges', () => {
  it('that overlap come apart into parts that hold the same cells, each once', () => {
    fc.assert(
      fc.property(rects, (all) => {
        const parts = disjoint(all);
        for (const one of every) {
          const times = parts.filter((part) => has(part, one)).length;
          expect(times).toBe(all.some((whole) => has(whole, one)) ? 1 : 0);
        }
      }),
    );
  });

  it('count their cells, rows and columns once, however they lie over each other', () => {
    fc.assert(
      fc.property(rects, (all) => {
        const cells = selectedIn(all);
        expect(countCells(all)).toBe(cells.length);
        expect(countRows(all)).toBe(new Set(cells.map((one) => one.row)).size);
        expect(columnsOf(all)).toEqual([...new Set(cells.map((one) => one.column))].sort((a, b) => a - b));
      }),
    );
  });

  it('give their rows as runs in order that do not touch', () => {
    fc.assert(
      fc.property(rects, (all) => {
        const runs = rowRuns(all);
        runs.forEach((run, i) => i > 0 && expect(run.top).toBeGreaterThan(runs[i - 1]!.bottom + 1));
      }),
    );
  });

  it('are the same whichever corner they were drawn from', () => {
    fc.assert(
      fc.property(rect, (one) => {
        expect(rectOf(rangeOf(one))).toEqual(one);
        const { top, left, bottom, right } = one;
        const across = { from: { row: top, column: right }, to: { row: bottom, column: left } };
        expect(rectOf(across)).toEqual(one);
      }),
    );
  });

  it('let Tab and Enter visit every cell once and come round', () => {
    fc.assert(
      fc.property(rect, fc.constantFrom('row' as const, 'column' as const), (one, by) => {
        let at: Place = { row: one.top, column: one.left };
        const seen = new Set<string>();
        for (let i = 0; i < cellsIn(one); i++) {
          seen.add(`${at.row} ${at.column}`);
          const next = nextWithin([one], at, by, false);
          expect(nextWithin([one], next, by, true)).toEqual(at);
          at = next;
        }
        expect(seen.size).toBe(cellsIn(one));
        expect(at).toEqual({ row: one.top, column: one.left });
      }),
    );
  });

  it('go on in the next of several ranges', () => {
    const two = [
      { top: 0, left: 0, bottom: 0, right: 1 },
      { top: 5, left: 3, bottom: 6, right: 3 },
    ];
    expect(nextWithin(two, { row: 0, column: 1 }, 'column', false)).toEqual({ row: 5, column: 3 });
    expect(nextWithin(two, { row: 0, column: 0 }, 'column', true)).toEqual({ row: 6, column: 3 });
  });
});

describe('the selection', () => {
  it('is extended from where it began, with the focus staying there', () => {
    const selection = new SelectedRanges();
    selection.select({ row: 4, column: 4 });
    selection.extend({ row: 2, column: 6 });
    expect(selection.rects).toEqual([{ top: 2, left: 4, bottom: 4, right: 6 }]);
    expect(selection.active).toEqual({ row: 4, column: 4 });
  });

  it('stays on its rows when others come in above, and within the grid when rows go', () => {
    const selection = new SelectedRanges();
    selection.select({ row: 4, column: 0 }, { row: 8, column: 1 });
    selection.shift(3);
    expect(selection.rects).toEqual([{ top: 7, left: 0, bottom: 11, right: 1 }]);
    selection.fit({ rows: 9, columns: 1 });
    expect(selection.rects).toEqual([{ top: 7, left: 0, bottom: 8, right: 0 }]);
    selection.fit({ rows: 0, columns: 1 });
    expect(selection.selected).toBeNull();
  });
});
