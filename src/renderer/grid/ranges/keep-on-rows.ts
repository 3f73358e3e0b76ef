import { request } from '../../client/request';
import type { Sheet } from '../sheet';

/**
 * A selection is positions, and rows come, go and move while somebody works. The row the focus stands on is remembered, and where it is found
 * elsewhere the selection goes along. Returns how to stop.
 */
export function keepOnRows(sheet: Sheet): () => void {
  const { api, selection } = sheet;
  let held: { row: number; id: string } | null = null;
  const idAt = (row: number): string | undefined => api.getDisplayedRowAtIndex(row)?.data?.id;
  const remember = () => {
    const row = selection.active?.row;
    const id = row === undefined ? undefined : idAt(row);
    if (row === undefined) held = null;
    else if (held?.row !== row || held.id !== id)
      held = id === undefined ? (held?.row === row ? held : null) : { row, id };
  };
  const follow = () => {
    if (!held) return remember();
    const { row, id } = held;
    const now = idAt(row);
    if (now === undefined || now === id) return;
    request('rows.position', { view: sheet.view(), id }).then(
      (index) => {
        if (held?.id !== id || api.isDestroyed()) return;
        // The row went, or stands elsewhere in a view that is new altogether: what is at its place now is what is selected.
        if (index < 0) return remember();
        held = { row: index, id };
        selection.shift(index - row);
      },
      () => undefined,
    );
  };
  const stop = selection.listen(remember);
  api.addEventListener('modelUpdated', follow);
  return () => {
    stop();
    if (!api.isDestroyed()) api.removeEventListener('modelUpdated', follow);
  };
}
