import fc from 'fast-check';
import { expect, it } from 'vitest';
import { disjoint, countCells, cellsIn, has, rectOf } from '../ranges/ranges';
import { filledRect } from './fill-cells';
import { stretched } from './fill-handle';

const place = fc.record({ row: fc.nat(20), column: fc.nat(20) });
const rect = fc.tuple(place, place).map(([from, to]) => rectOf({ from, to }));

it('dragging grows the selection in one direction only, and never shrinks it', () => {
  fc.assert(
    fc.property(rect, place, (source, to) => {
      const whole = stretched(source, to);
      expect(disjoint([whole, source]).length).toBe(1);
      const fill = filledRect(source, whole);
      if (!fill) {
        expect(whole).toEqual(source);
        return;
      }
      expect(cellsIn(fill.target) + cellsIn(source)).toBe(cellsIn(whole));
      expect(countCells([fill.target, source])).toBe(cellsIn(whole));
    }),
  );
});

it('reaches the row or the column the mouse is over', () => {
  fc.assert(
    fc.property(rect, place, (source, to) => {
      const whole = stretched(source, to);
      const isThere = has({ ...whole, left: 0, right: 99 }, to) || has({ ...whole, top: 0, bottom: 99 }, to);
      expect(isThere).toBe(true);
    }),
  );
});
