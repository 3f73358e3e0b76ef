import { blockHtml, blockText, type Block } from '../../../shared/rules/clipboard-text';
import type { Field } from '../../../shared/model';
import { textOf } from '../columns';
import type { GridRow } from '../grid-row';
import { rowRuns, type Rect } from '../ranges/ranges';
import { fieldOf, fieldsShown, type Sheet } from '../sheet';
import type { PlacedRow } from '../sheet-rows';

/** What was copied here, with the values behind the texts: pasted into the console again, nothing is lost in between. */
export interface Copied {
  text: string;
  html: string;
  values: { value: unknown; title: string }[][];
  fields: Field[][];
  /** Where it was cut: emptied when it is pasted. */
  cut: { sheet: Sheet; rows: { row: PlacedRow; fields: string[] }[] } | null;
}

/** The last block copied in this window. Kept while the clipboard still holds its text. */
export const memory: { copied: Copied | null } = { copied: null };

/** Ranges that stand beside or below one another make one block; others do not. */
export function blockParts(rects: readonly Rect[]): Rect[] | null {
  const [first] = rects;
  if (!first) return null;
  if (rects.every(({ top, bottom }) => top === first.top && bottom === first.bottom))
    return [...rects].sort((a, b) => a.left - b.left);
  if (rects.every(({ left, right }) => left === first.left && right === first.right))
    return [...rects].sort((a, b) => a.top - b.top);
  return null;
}

/** @param rows every row of the ranges */
export function copiedFrom(sheet: Sheet, parts: readonly Rect[], rows: readonly PlacedRow[]): Copied {
  const names = fieldsShown(sheet);
  const isStacked = parts.every(({ left, right }) => left === parts[0]!.left && right === parts[0]!.right);
  const runs = rowRuns(parts);
  const own = rows.filter(({ at }) => runs.some(({ top, bottom }) => at >= top && at <= bottom));
  const columns = (isStacked ? parts.slice(0, 1) : parts).flatMap(({ left, right }) => names.slice(left, right + 1));
  const fields = columns.map((name) => fieldOf(sheet, name));
  const block: Block = own.map(({ data }) => columns.map((name, i) => copyText(name, fields[i]!, data, sheet)));
  const values = own.map(({ data }) =>
    columns.map((name, i) => ({ value: data.row[name] ?? null, title: textOf(name, fields[i]!, data, sheet.context) })),
  );
  return { text: blockText(block), html: blockHtml(block), values, fields: own.map(() => fields), cut: null };
}

/** As shown, but long texts whole. */
function copyText(name: string, field: Field, data: GridRow, { context }: Sheet): string {
  const value = data.row[name];
  return field.kind === 'markdown' && typeof value === 'string' ? value : textOf(name, field, data, context);
}

/** Whether a value of one column means the same in another. */
export function isSameKind(a: Field, b: Field): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'reference' && b.kind === 'reference') return a.options.to === b.options.to;
  if (a.kind === 'option' && b.kind === 'option') return a.options.optionKind === b.options.optionKind;
  // An amount in another currency is read anew, and refused with the reason.
  return a.kind !== 'money' && a.kind !== 'sensitive' && a.kind !== 'generated';
}
