import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { problemOf } from '../../client/request';
import { countRows, has, type Rect } from '../ranges/ranges';
import { fieldsShown, type Sheet } from '../sheet';
import { mostRows, rowsOf } from '../sheet-rows';
import type { Entry, WantedRow } from './plan';
import { prepare } from './prepare';
import { writePlan, type Act } from './write';

/** The same for every cell of the selection, however many rows it has. */
export async function setCells(
  sheet: Sheet,
  entryFor: (field: string) => Entry,
  act: Act,
  rects: readonly Rect[] = sheet.selection.rects,
): Promise<void> {
  if (rects.length === 0) return;
  if (countRows(rects) > mostRows)
    return notify.info(
      `At most ${countText(mostRows)} rows can be changed at once. Select fewer, and do the rest after.`,
    );
  try {
    const names = fieldsShown(sheet);
    const wanted = (await rowsOf(sheet, rects)).map(({ at, data }): WantedRow => {
      const own = names.filter((_, column) => rects.some((rect) => has(rect, { row: at, column })));
      return { at, data, cells: own.map((field) => ({ field, entry: entryFor(field) })) };
    });
    await writePlan(sheet, await prepare(sheet, wanted), act);
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

/** Delete: what need not be filled is emptied. */
export const clearCells = (sheet: Sheet): Promise<void> =>
  setCells(sheet, () => ({ value: null }), { verb: 'Clear', done: 'Cleared', via: 'typed' });
