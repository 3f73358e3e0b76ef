import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inOrder, moved, renumbered } from './order';

const siblings = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .chain((ids) => fc.tuple(...ids.map((id) => fc.integer({ min: 1, max: 8 }).map((position) => ({ id, position })))));

describe('moving siblings', () => {
  test('a move loses nobody, doubles nobody and leaves no gap', () => {
    fc.assert(
      fc.property(siblings, fc.nat(20), fc.nat(), (rows, position, pick) => {
        const ids = [rows[pick % rows.length]!.id];
        const order = moved(rows, ids, position);
        expect([...order].sort()).toEqual(rows.map((r) => r.id).sort());
        const after = new Map(rows.map((r) => [r.id, r.position]));
        for (const change of renumbered(rows, order)) after.set(change.id, change.position);
        expect([...after.values()].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i + 1));
      }),
    );
  });

  test('the first moved row stands where it was asked to', () => {
    const rows = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, position: i + 1 }));
    expect(moved(rows, ['d'], 1)).toEqual(['d', 'a', 'b', 'c']);
    expect(moved(rows, ['a', 'b'], 3)).toEqual(['c', 'd', 'a', 'b']);
    expect(moved(rows, ['x'], 2)).toEqual(['a', 'x', 'b', 'c', 'd']);
  });

  test('only rows whose position changes are written', () => {
    const rows = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, position: i + 1 }));
    expect(renumbered(rows, moved(rows, ['b'], 3))).toEqual([
      { id: 'c', position: 2 },
      { id: 'b', position: 3 },
    ]);
  });

  test('clashing positions are shown in one order everywhere', () => {
    expect(
      inOrder([
        { id: 'b', position: 1 },
        { id: 'a', position: 1 },
      ]).map((s) => s.id),
    ).toEqual(['a', 'b']);
  });
});
