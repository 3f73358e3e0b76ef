import type { CellKey, PriceMatrix } from '../../../shared/contract/pricing';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import type { Pivot } from './matrix';
import { cellsIn, selectedRect, type MatrixSelection } from './matrix-selection';
import { askPaste } from './paste-dialog';
import { pastedCells } from './pasted';
import { dayText, priceText, readPrice, wholePriceText } from './price-text';

/** What the keyboard and the clipboard do to the matrix. */
export function useMatrixActs(matrix: PriceMatrix, programId: string, pivot: Pivot, selection: MatrixSelection) {
  const { currency, asOf, whyNot } = matrix;
  const save = (cells: readonly (CellKey & { price: number | null })[], label: string, via: string) => {
    if (whyNot !== null) return notify.info(whyNot);
    if (cells.length === 0) return;
    request('pricing.set', { programId, cells: [...cells], from: asOf, label, via }).then(
      ({ mutationId }) => {
        if (cells.length < 2 && via === 'typed') return;
        notify.done(`${label}.`, {
          undo: () => takeBack(mutationId),
        });
      },
      (error: unknown) => notify.problem(problemOf(error)),
    );
  };
  const priceAt = (row: number, column: number): number | null => {
    const line = pivot.lines[row];
    return line ? (pivot.cellAt(line, column)?.[5] ?? null) : null;
  };
  return {
    onTyped(text: string): boolean {
      const line = pivot.lines[selection.active.row];
      const key = line ? pivot.keyAt(line, selection.active.column) : null;
      const read = readPrice(text, currency);
      if ('problem' in read) {
        notify.info(read.problem);
        return false;
      }
      if (key && read.value !== priceAt(selection.active.row, selection.active.column)) {
        const what =
          read.value === null ? 'Take a price away' : `Set a price to ${wholePriceText(read.value, currency)}`;
        save([{ ...key, price: read.value }], `${what} from ${dayText(asOf)}`, 'typed');
      }
      return true;
    },
    onClear() {
      const cells = cellsIn(pivot, selection).flatMap(({ line, column }) => {
        const key = pivot.cellAt(line, column)?.[5] == null ? null : pivot.keyAt(line, column);
        return key ? [{ ...key, price: null }] : [];
      });
      if (cells.length === 0 && whyNot === null) return notify.info('There is no price here to take away.');
      save(cells, `${counted(cells.length, 'price')} taken away from ${dayText(asOf)}`, 'typed');
    },
    onFill(direction: 'down' | 'right') {
      const rect = selectedRect(selection);
      const first = pivot.lines.findIndex((line, row) => row >= rect.top && line.kind === 'row');
      const cells = cellsIn(pivot, selection).flatMap(({ line, column }) => {
        const row = pivot.lines.indexOf(line);
        const price = direction === 'down' ? priceAt(first, column) : priceAt(row, rect.left);
        const key = pivot.keyAt(line, column);
        return key && price !== null && price !== priceAt(row, column) ? [{ ...key, price }] : [];
      });
      save(cells, `${counted(cells.length, 'price')} filled from ${dayText(asOf)}`, 'fill');
    },
    onCopy(): string {
      const rect = selectedRect(selection);
      return pivot.lines
        .slice(rect.top, rect.bottom + 1)
        .flatMap((line) =>
          line.kind === 'row'
            ? [
                Array.from({ length: rect.right - rect.left + 1 }, (_, i) => {
                  const price = pivot.cellAt(line, rect.left + i)?.[5];
                  return price == null ? '' : priceText(price, currency);
                }).join('\t'),
              ]
            : [],
        )
        .join('\n');
    },
    onPaste(text: string) {
      if (whyNot !== null) return notify.info(whyNot);
      const rect = selectedRect(selection);
      const block = pastedCells(matrix, pivot, { row: rect.top, column: rect.left }, rect, text);
      void askPaste({ block, currency, from: asOf }).then((agreed) => {
        if (!agreed) return;
        const cells = block
          .flat()
          .flatMap(({ key, price, problem }) => (key && problem === null ? [{ ...key, price }] : []));
        save(cells, `${counted(cells.length, 'price')} pasted from ${dayText(asOf)}`, 'paste');
      });
    },
  };
}
