import { series } from '../../../shared/rules/series';
import { prepare } from '../changes/prepare';
import type { Entry, WantedRow } from '../changes/plan';
import { writePlan } from '../changes/write';
import { isSameKind } from '../clipboard/copied';
import { textOf } from '../columns';
import { countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { problemOf } from '../../client/request';
import type { GridRow } from '../grid-row';
import { countRows, type Rect } from '../ranges/ranges';
import { fieldOf, fieldsShown, type Sheet } from '../sheet';
import { mostRows, rowsOf } from '../sheet-rows';

/** The rectangle that is filled beside the one it is filled from; null where they are the same. */
export function filledRect(source: Rect, whole: Rect): { target: Rect; isAcross: boolean; isBack: boolean } | null {
  if (whole.bottom > source.bottom)
    return { target: { ...whole, top: source.bottom + 1 }, isAcross: false, isBack: false };
  if (whole.top < source.top) return { target: { ...whole, bottom: source.top - 1 }, isAcross: false, isBack: true };
  if (whole.right > source.right)
    return { target: { ...whole, left: source.right + 1 }, isAcross: true, isBack: false };
  if (whole.left < source.left) return { target: { ...whole, right: source.left - 1 }, isAcross: true, isBack: true };
  return null;
}

/**
 * Fills from `source` over the rest of `whole`. What is locked stays; what a filter hides is not in the view and so is not touched.
 * @param copies true: repeats what is there (Ctrl+D, Ctrl+R) instead of going on with a series
 */
export async function fillCells(sheet: Sheet, source: Rect, whole: Rect, copies: boolean): Promise<void> {
  const fill = filledRect(source, whole);
  if (!fill) return;
  const { target, isAcross, isBack } = fill;
  if (countRows([whole]) > mostRows) return notify.info(`At most ${countText(mostRows)} rows can be filled at once.`);
  try {
    const rows = await rowsOf(sheet, [source, target]);
    const byPlace = new Map(rows.map(({ at, data }) => [at, data]));
    const wanted = isAcross
      ? across(sheet, source, target, isBack, byPlace)
      : down(sheet, source, target, { isBack, copies }, byPlace);
    await writePlan(sheet, await prepare(sheet, wanted), { verb: 'Fill', done: 'Filled', via: 'fill' });
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

type Rows = ReadonlyMap<number, GridRow>;
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function down(
  sheet: Sheet,
  source: Rect,
  target: Rect,
  { isBack, copies }: { isBack: boolean; copies: boolean },
  rows: Rows,
): WantedRow[] {
  const names = fieldsShown(sheet).slice(target.left, target.right + 1);
  const inOrder = (places: number[]): number[] => (isBack ? places.reverse() : places);
  const from = inOrder(upTo(source.top, source.bottom)).flatMap((at) => rows.get(at) ?? []);
  const to = inOrder(upTo(target.top, target.bottom));
  const made = names.map((name) => {
    const field = fieldOf(sheet, name);
    const seeds = from.map(({ row }) => row[name] ?? null);
    if (copies) return to.map((_, i) => seeds[i % seeds.length]);
    return series(field.kind, seeds, to.length, sheet.context.lookups.locale);
  });
  return to.flatMap((at, i) => {
    const data = rows.get(at);
    if (!data) return [];
    const cells = names.map((field, column) => {
      const value = made[column]![i];
      const origin = from.find(({ row }) => (row[field] ?? null) === value);
      const title = origin && textOf(field, fieldOf(sheet, field), origin, sheet.context);
      return { field, entry: { value, title } };
    });
    return [{ at, data, cells }];
  });
}

/** Columns differ: a value goes on as it is where they are of one kind, and as a text otherwise. */
function across(sheet: Sheet, source: Rect, target: Rect, isBack: boolean, rows: Rows): WantedRow[] {
  const names = fieldsShown(sheet);
  const from = names.slice(source.left, source.right + 1);
  if (isBack) from.reverse();
  const to = names.slice(target.left, target.right + 1);
  if (isBack) to.reverse();
  return upTo(target.top, target.bottom).flatMap((at) => {
    const data = rows.get(at);
    if (!data) return [];
    const fields = from.map((name) => fieldOf(sheet, name));
    const areAlike = [...fields, ...to.map((name) => fieldOf(sheet, name))].every((field) =>
      isSameKind(fields[0]!, field),
    );
    const seeds = from.map((name) => data.row[name] ?? null);
    const made = areAlike ? series(fields[0]!.kind, seeds, to.length, sheet.context.lookups.locale) : [];
    const cells = to.map((field, i): { field: string; entry: Entry } => {
      if (areAlike) return { field, entry: { value: made[i] } };
      const origin = from[i % from.length]!;
      const text = textOf(origin, fieldOf(sheet, origin), data, sheet.context);
      const value = data.row[origin] ?? null;
      const isAlike = isSameKind(fieldOf(sheet, origin), fieldOf(sheet, field));
      return { field, entry: isAlike ? { value, title: text } : { text } };
    });
    return [{ at, data, cells }];
  });
}
