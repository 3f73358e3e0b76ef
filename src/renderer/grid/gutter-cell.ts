import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { RowMark } from '../../shared/contract/requests';
import type { GridRow } from './grid-row';

/** Told apart by shape as well as colour, and said in words. */
export const markWords: Record<RowMark, string> = {
  waiting: 'Saved on this desk, waiting to be sent',
  conflict: 'Somebody else changed the same field: open the sync centre to choose',
  refused: 'The central database refused a change: open the sync centre to see why',
};

/** The row's number and how the row stands. Plain DOM: one is made for every row that scrolls by. */
export class GutterCell implements ICellRendererComp<GridRow> {
  private readonly cell = document.createElement('span');

  init(params: ICellRendererParams<GridRow>): void {
    this.cell.className = 'gutter-cell';
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.cell;
  }

  refresh(params: ICellRendererParams<GridRow>): boolean {
    this.show(params);
    return true;
  }

  private show({ node, data }: ICellRendererParams<GridRow>): void {
    this.cell.replaceChildren();
    if (data?.mark) {
      const mark = document.createElement('span');
      mark.className = `mark mark-${data.mark}`;
      mark.title = markWords[data.mark];
      mark.setAttribute('role', 'img');
      mark.setAttribute('aria-label', markWords[data.mark]);
      this.cell.append(mark);
    }
    this.cell.append(((node.rowIndex ?? 0) + 1).toLocaleString());
  }
}
