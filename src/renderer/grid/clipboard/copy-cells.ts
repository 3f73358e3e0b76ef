import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { problemOf } from '../../client/request';
import { columnsOf, countRows } from '../ranges/ranges';
import { fieldsShown, type Sheet } from '../sheet';
import { mostRows, rowsHere, rowsOf, type PlacedRow } from '../sheet-rows';
import { blockParts, copiedFrom, memory, type Copied } from './copied';

/**
 * Puts the selection on the clipboard. What is in the grid goes there at once; for the rest the rows are fetched first.
 * @param event null where no key was pressed, as from a menu
 * @param onCopied told when it is there
 */
export function copyCells(sheet: Sheet, event: ClipboardEvent | null, isCut: boolean, onCopied: () => void): void {
  const { rects } = sheet.selection;
  const parts = blockParts(rects);
  event?.preventDefault();
  if (rects.length === 0) return;
  if (!parts)
    return notify.info('These ranges do not make one block. Copy ranges of the same rows, or of the same columns.');
  const count = countRows(parts);
  if (count > mostRows)
    return notify.info(
      `At most ${countText(mostRows)} rows can be copied at once. To take more with you, export the view.`,
    );
  const keep = (rows: PlacedRow[]): Copied => {
    const copied = copiedFrom(sheet, parts, rows);
    const names = fieldsShown(sheet);
    const fields = columnsOf(parts).map((at) => names[at]!);
    if (isCut) copied.cut = { sheet, rows: rows.map((row) => ({ row, fields })) };
    memory.copied = copied;
    return copied;
  };
  const here = rowsHere(sheet, parts);
  if (here && event) {
    const { text, html } = keep(here);
    event.clipboardData?.setData('text/plain', text);
    event.clipboardData?.setData('text/html', html);
    return onCopied();
  }
  Promise.resolve(here ?? rowsOf(sheet, parts))
    .then(async (rows) => {
      const { text, html } = keep(rows);
      const blob = (type: string, content: string) => ({ [type]: new Blob([content], { type }) });
      const item = new ClipboardItem({ ...blob('text/plain', text), ...blob('text/html', html) });
      await navigator.clipboard.write([item]);
      if (!here) notify.done(`Copied ${countText(rows.length)} rows.`);
      onCopied();
    })
    .catch((error: unknown) => notify.problem(problemOf(error)));
}
