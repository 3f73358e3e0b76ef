import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { GridRow } from './grid-row';

/** A number given by the central database: the prefix all rows share stands back, the digits that differ stand out. */
export class NumberedCell implements ICellRendererComp<GridRow> {
  private readonly cell = document.createElement('span');

  init(params: ICellRendererParams<GridRow>): void {
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.cell;
  }

  refresh(params: ICellRendererParams<GridRow>): boolean {
    this.show(params);
    return true;
  }

  private show({ data, value }: ICellRendererParams<GridRow, unknown>): void {
    const text = typeof value === 'string' ? value : '';
    const digits = /\d+$/.exec(text)?.[0] ?? '';
    const prefix = document.createElement('span');
    prefix.className = 'quiet proportional';
    prefix.textContent = text === '' && data ? 'Given when sent' : text.slice(0, text.length - digits.length);
    this.cell.replaceChildren(prefix, digits);
  }
}
