import type { IGetRowsParams } from 'ag-grid-community';
import { describe, expect, it } from 'vitest';
import { Refusal, type Problem } from '../../shared/contract/outcome';
import type { RowPage, View } from '../../shared/contract/requests';
import { rowSource, type Ask } from './row-source';

const view: View = { entity: 'facilities', programs: [], where: [], search: '', sort: [] };
const total = 250;

const pageOf = (from: number, count: number): RowPage => ({
  total,
  fields: ['id', 'name'],
  rows: Array.from({ length: Math.min(count, total - from) }, (_, at) => [`id-${from + at}`, `Pool ${from + at}`]),
  marks: { 'id-3': 'waiting' },
  titles: {},
});

/** A desk that notes what it is asked, and a grid that asks. */
function setting(answer: Ask = (_, from, count) => Promise.resolve(pageOf(from, count))) {
  const asked: number[] = [];
  const totals: number[] = [];
  const problems: Problem[] = [];
  const told = { total: (n: number) => totals.push(n), problem: (problem: Problem) => problems.push(problem) };
  const source = rowSource(view, told, (one, from, count) => (asked.push(from), answer(one, from, count)));
  const get = (startRow: number): Promise<unknown[] | 'failed'> =>
    new Promise((resolve) =>
      source.getRows({
        startRow,
        endRow: startRow + 100,
        successCallback: (rows: unknown[]) => resolve(rows),
        failCallback: () => resolve('failed'),
      } as unknown as IGetRowsParams),
    );
  return { source, asked, totals, problems, get };
}

describe('the rows of a grid', () => {
  it('have the next block ready before it is asked for, and never beyond the end', async () => {
    const { get, asked, totals } = setting();
    await get(0);
    expect(asked).toEqual([0, 100]);
    expect(await get(100)).toHaveLength(100);
    expect(await get(200)).toHaveLength(50);
    expect(asked).toEqual([0, 100, 200]);
    expect(totals).toEqual([total, total, total]);
  });

  it('carry their marks', async () => {
    const rows = (await setting().get(0)) as { id: string; mark: string | null }[];
    expect(rows[3]).toMatchObject({ id: 'id-3', mark: 'waiting', row: { name: 'Pool 3' } });
    expect(rows[4]?.mark).toBeNull();
  });

  it('tell why they could not be had, and can be asked for again', async () => {
    let isDown = true;
    const { get, problems } = setting((_, from, count) =>
      isDown
        ? Promise.reject(new Refusal({ kind: 'busy', message: 'One moment.' }))
        : Promise.resolve(pageOf(from, count)),
    );
    expect(await get(0)).toBe('failed');
    expect(problems).toEqual([{ kind: 'busy', message: 'One moment.' }]);
    isDown = false;
    expect(await get(0)).toHaveLength(100);
  });

  it('of a view that was left answer the grid all the same, which counts what is under way, and tell nobody else', async () => {
    const { get, source, totals, problems } = setting();
    const answer = get(0);
    source.destroy?.();
    expect(await answer).toBe('failed');
    expect([totals, problems]).toEqual([[], []]);
  });
});
