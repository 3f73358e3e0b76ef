import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import type { Problem } from '../../shared/contract/outcome';
import type { RowPage, View } from '../../shared/contract/requests';
import { problemOf, request } from '../client/request';
import { gridRows } from './grid-row';

export const blockSize = 100;
/** Blocks the grid keeps; the least recently seen are let go. Ten thousand rows of values, at any size of the view. */
export const blocksKept = 100;
const aheadKept = 4;

interface Told {
  total: (total: number) => void;
  problem: (problem: Problem) => void;
}

export type Ask = (view: View, from: number, count: number) => Promise<RowPage>;
export const askDesk: Ask = (view, from, count) => request('rows.page', { view, from, count, grid: 'on show' });

/**
 * Gives the grid the windows it asks for, and has the next one ready: scrolling meets rows that are there. Whoever scrolls back finds them in
 * the grid's own cache.
 */
export function rowSource(view: View, told: Told, ask: Ask = askDesk): IDatasource {
  const ahead = new Map<number, Promise<RowPage>>();
  let total = Infinity;
  let ended = false;

  const page = (from: number, count: number): Promise<RowPage> => {
    const ready = ahead.get(from);
    if (!ready) return ask(view, from, count);
    ahead.delete(from);
    return ready;
  };
  const lookAhead = (from: number, count: number) => {
    if (from >= total || from < 0 || ahead.has(from)) return;
    const asked = ask(view, from, count);
    ahead.set(from, asked);
    // What is not fetched ahead is asked again when it is needed, and its failure told then.
    asked.catch(() => ahead.delete(from));
    for (const oldest of ahead.keys()) {
      if (ahead.size <= aheadKept) break;
      ahead.delete(oldest);
    }
  };
  return {
    getRows: ({ startRow, endRow, successCallback, failCallback }: IGetRowsParams) => {
      const count = endRow - startRow;
      page(startRow, count).then(
        (found) => {
          // The grid counts what is under way: a source that is let go still answers.
          if (ended) return failCallback();
          total = found.total;
          told.total(total);
          successCallback(gridRows(found), total);
          lookAhead(endRow, count);
        },
        (error: unknown) => {
          failCallback();
          if (!ended) told.problem(problemOf(error));
        },
      );
    },
    destroy: () => {
      ended = true;
      ahead.clear();
    },
  };
}
