import { readBlock } from '../../../shared/rules/clipboard-text';
import type { CellKey } from '../../../shared/contract/pricing';
import type { PriceMatrix } from '../../../shared/contract/pricing';
import type { Place, Rect } from '../../grid/ranges/ranges';
import type { Pivot } from './matrix';
import { readPrice } from './price-text';

export interface PastedCell {
  text: string;
  key: CellKey | null;
  price: number | null;
  problem: string | null;
}

/**
 * A block of texts laid onto the matrix from a cell on. One text fills the whole selection; heads of groups are passed over, so that a block
 * copied from the rows of several groups lands where it came from.
 */
export function pastedCells(matrix: PriceMatrix, pivot: Pivot, at: Place, rect: Rect, text: string): PastedCell[][] {
  const block = readBlock(text);
  const isOne = block.length === 1 && block[0]?.length === 1;
  const rows = pivot.lines.map((line, row) => ({ line, row })).filter(({ line }) => line.kind === 'row');
  const cell = (line: (typeof rows)[number]['line'] | undefined, column: number, said: string): PastedCell => {
    const key = line ? pivot.keyAt(line, column) : null;
    if (!key) return { text: said, key: null, price: null, problem: 'There is no cell here.' };
    const read = readPrice(said, matrix.currency);
    return 'problem' in read
      ? { text: said, key, price: null, problem: read.problem }
      : { text: said, key, price: read.value, problem: null };
  };
  if (isOne) {
    const columns = Array.from({ length: rect.right - rect.left + 1 }, (_, i) => rect.left + i);
    return rows
      .filter(({ row }) => row >= rect.top && row <= rect.bottom)
      .map(({ line }) => columns.map((column) => cell(line, column, block[0]![0]!)));
  }
  const first = rows.findIndex(({ row }) => row >= at.row);
  return block.map((texts, i) => texts.map((said, j) => cell(rows[first + i]?.line, at.column + j, said)));
}
