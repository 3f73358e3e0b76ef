import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { problemOf } from '../../client/request';
import { countRows, has, type Rect } from '../ranges/ranges';
import { fieldsShown, type Sheet } from '../sheet';
import { mostRows, rowsOf } from '../sheet-rows';
import type { Entry, WantedRow } from './plan';
import { prepare } from './prepare';
import { writePlan, type Act } from './write';

/** The same for every cell of a selection, however many rows it has; null, with the reason said, where it has too many. */
export async function wantedIn(
  sheet: Sheet,
  rects: readonly Rect[],
  entryFor: (field: string) => Entry | undefined,
): Promise<WantedRow[] | null> {
  if (countRows(rects) > mostRows) {
    notify.info(`At most ${countText(mostRows)} rows can be changed at once. Select fewer, and do the rest after.`);
    return null;
  }
  const names = fieldsShown(sheet);
  return (await rowsOf(sheet, rects)).map(({ at, data }): WantedRow => {
    const own = names.filter((_, column) => rects.some((rect) => has(rect, { row: at, column })));
    const cells = own.flatMap((field) => {
      const entry = entryFor(field);
      return entry ? [{ field, entry }] : [];
    });
    return { at, data, cells };
  });
}

/** Writes the same to every cell of the selection. */
export async function setCells(
  sheet: Sheet,
  entryFor: (field: string) => Entry,
  act: Act,
  rects: readonly Rect[] = sheet.selection.rects,
): Promise<void> {
  if (rects.length === 0) return;
  try {
    const wanted = await wantedIn(sheet, rects, entryFor);
    if (!wanted) return;
    await writePlan(sheet, await prepare(sheet, wanted), act);
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

/** Delete: what need not be filled is emptied. */
export const clearCells = (sheet: Sheet): Promise<void> =>
  setCells(sheet, () => ({ value: null }), { verb: 'Clear', done: 'Cleared', via: 'typed' });
