import { readBlock, type Block } from '../../../shared/rules/clipboard-text';
import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import type { Entry, WantedRow } from '../changes/plan';
import { rowRuns, type Rect } from '../ranges/ranges';
import { fieldOf, fieldsShown, sizeOf, type Sheet } from '../sheet';
import { mostRows, rowsOf } from '../sheet-rows';
import { isSameKind, memory, type Copied } from './copied';
import { readHtmlTable } from './html-table';
import { sourceOf, targetOf } from './paste-target';

export interface Pasted {
  wanted: WantedRow[];
  /** Said above the preview. */
  notes: string[];
  /** Where it goes. */
  rects: Rect[];
}

/** The block on the clipboard; null where there is nothing to paste. */
export function blockOf(data: Pick<DataTransfer, 'getData'>): { block: Block; copied: Copied | null } | null {
  const text = data.getData('text/plain');
  const copied = text !== '' && same(text, memory.copied?.text) ? memory.copied : null;
  const block = text !== '' ? readBlock(text) : readHtmlTable(data.getData('text/html'));
  return block && { block, copied };
}

const same = (a: string, b: string | undefined): boolean =>
  b !== undefined && a.replaceAll('\r\n', '\n').trimEnd() === b.trimEnd();

/** What pasting the block over the selection asks for. */
export async function pasted(sheet: Sheet, block: Block, copied: Copied | null): Promise<Pasted | null> {
  const { rects: selected } = sheet.selection;
  if (selected.length === 0) return null;
  const shape = { rows: block.length, columns: block[0]?.length ?? 0 };
  const { rects, lost } = targetOf(shape, selected, sizeOf(sheet));
  const notes =
    lost > 0
      ? [
          `${lost === 1 ? 'One column has' : `${lost} columns have`} no place at the right and ${lost === 1 ? 'is' : 'are'} left out.`,
        ]
      : [];
  const runs = rowRuns(rects);
  const count = runs.reduce((sum, { top, bottom }) => sum + bottom - top + 1, 0);
  if (count > mostRows) {
    notify.info(`At most ${countText(mostRows)} rows can be pasted at once. To bring in more, import the file.`);
    return null;
  }
  const names = fieldsShown(sheet);
  const held = new Map((await rowsOf(sheet, rects)).map((row) => [row.at, row.data]));
  const total = sheet.total();
  const wanted: WantedRow[] = [];
  for (const { top, bottom } of runs) {
    for (let at = top; at <= bottom; at++) {
      const data = held.get(at) ?? null;
      // A row that went meanwhile is not a row to add.
      if (!data && at < total) continue;
      const cells = rects
        .filter((rect) => at >= rect.top && at <= rect.bottom)
        .flatMap((rect) =>
          names.slice(rect.left, rect.right + 1).map((field, i) => {
            const from = sourceOf(shape, rect, at, rect.left + i);
            return { field, entry: entryOf(sheet, field, block, copied, from) };
          }),
        );
      wanted.push({ at, data, cells });
    }
  }
  if (copied?.cut?.sheet === sheet) emptyWhatWasCut(copied.cut.rows, wanted);
  return { wanted, notes, rects };
}

function entryOf(
  sheet: Sheet,
  field: string,
  block: Block,
  copied: Copied | null,
  { row, column }: { row: number; column: number },
): Entry {
  const source = copied?.fields[row]?.[column];
  const held = copied?.values[row]?.[column];
  if (source && held && isSameKind(source, fieldOf(sheet, field))) return { value: held.value, title: held.title };
  return { text: block[row]![column]! };
}

/** What was cut is emptied where nothing else is pasted over it: the same act, the same step of undo. */
function emptyWhatWasCut(cut: NonNullable<Copied['cut']>['rows'], wanted: WantedRow[]): void {
  const byId = new Map(wanted.flatMap((row) => (row.data ? [[row.data.id, row] as const] : [])));
  for (const { row, fields } of cut) {
    let own = byId.get(row.data.id);
    if (!own) wanted.push((own = { at: row.at, data: row.data, cells: [] }));
    for (const field of fields) {
      if (!own.cells.some((cell) => cell.field === field)) own.cells.push({ field, entry: { value: null } });
    }
  }
}
