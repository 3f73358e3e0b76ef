import { isFound, replaced, type Finding } from '../../../shared/rules/find-text';
import type { WantedRow } from '../changes/plan';
import { textOf } from '../columns';
import { fieldOf, type Sheet } from '../sheet';
import { rowsAt } from '../sheet-rows';

/** What the cells that were found are to hold. A cell that changed since and holds the text no more is let be. */
export async function replacements(
  sheet: Sheet,
  fields: readonly string[],
  hits: readonly (readonly [row: number, field: number])[],
  finding: Finding,
  by: string,
): Promise<WantedRow[]> {
  const byRow = Map.groupBy(hits, ([row]) => row);
  const rows = await rowsAt(sheet, [...byRow.keys()]);
  return rows.map(({ at, data }): WantedRow => {
    const cells = (byRow.get(at) ?? []).flatMap(([, index]) => {
      const name = fields[index]!;
      const field = fieldOf(sheet, name);
      const value = data.row[name];
      const shown =
        field.kind === 'markdown' && typeof value === 'string' ? value : textOf(name, field, data, sheet.context);
      return isFound(shown, finding) ? [{ field: name, entry: { text: replaced(shown, finding, by) } }] : [];
    });
    return { at, data, cells };
  });
}
