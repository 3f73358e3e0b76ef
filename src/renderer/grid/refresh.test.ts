import type { GridApi } from 'ag-grid-community';
import { describe, expect, it } from 'vitest';
import type { RowPage, View } from '../../shared/contract/requests';
import { gridRows, type GridRow } from './grid-row';
import { changedIn, refreshRows } from './refresh';

const view: View = { entity: 'facilities', programs: [], where: [], search: '', sort: [] };
const pageOf = (names: string[]): RowPage => ({
  total: names.length,
  fields: ['id', 'name'],
  rows: names.map((name) => [name.split(' ')[0], name]),
  marks: {},
  titles: {},
});

/** As much of the grid as refreshing touches: rows at places, and whether the blocks were asked for again. */
function gridOf(names: string[]) {
  const nodes = gridRows(pageOf(names)).map((data, rowIndex) => {
    const node = {
      data,
      rowIndex,
      updates: 0,
      updateData: (next: GridRow) => void ((node.data = next), node.updates++),
    };
    return node;
  });
  const grid = {
    reloads: 0,
    getFirstDisplayedRowIndex: () => 0,
    getLastDisplayedRowIndex: () => nodes.length - 1,
    getRowNode: (id: string) => nodes.find(({ data }) => data.id === id),
    getDisplayedRowAtIndex: (at: number) => nodes[at],
    forEachNode: (each: (node: unknown) => void) => nodes.forEach(each),
    isDestroyed: () => false,
    refreshInfiniteCache: () => void grid.reloads++,
  };
  return { nodes, grid, api: grid as unknown as GridApi<GridRow> };
}

describe('refreshing a grid', () => {
  it('updates the rows that differ, in place, and no other', async () => {
    const { nodes, grid, api } = gridOf(['a Pool', 'b Court', 'c Gym']);
    const total = await refreshRows(api, view, 3, ['b'], async () => pageOf(['a Pool', 'b Squash court', 'c Gym']));
    expect(nodes.map(({ updates }) => updates)).toEqual([0, 1, 0]);
    expect(nodes[1]?.data.row['name']).toBe('b Squash court');
    expect([total, grid.reloads]).toEqual([3, 0]);
  });

  it('asks for the blocks again where a row came, went or moved', async () => {
    const { grid, api } = gridOf(['a Pool', 'b Court']);
    expect(await refreshRows(api, view, 2, ['z'], async () => pageOf(['a Pool', 'b Court', 'z Lab']))).toBe(3);
    expect(grid.reloads).toBe(1);
  });

  it('concerns rows whose references have another name now', () => {
    expect(changedIn('course_enrollments', { facilities: ['x'] })).toBe('many');
    expect(changedIn('course_enrollments', { course_enrollments: ['y'] })).toEqual(['y']);
    expect(changedIn('facilities', { course_enrollments: ['y'] })).toBeNull();
  });
});
