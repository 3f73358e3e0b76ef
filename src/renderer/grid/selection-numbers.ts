import type { NumberGroup, Output } from '../../shared/contract/requests';
import { dateText } from '../../shared/rules/date-text';
import { moneyText, numberText, percentText } from '../../shared/rules/number-text';
import { listen, request } from '../client/request';
import type { EntityName } from '../../shared/entities';
import { countText } from '../ui/moment';
import { countCells, countRows, disjoint, heightOf, widthOf } from './ranges/ranges';
import { gridSelection, type GridSelection } from './selection';
import { fieldsShown, type Sheet } from './sheet';

/** How long a selection must rest before it is added up (milliseconds). */
const rest = 80;

/** Tells the status line what is selected, and what it comes to once the desk has added it up. Returns how to stop. */
export function tellSelection(sheet: Sheet): () => void {
  const { selection } = sheet;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const tell = () => {
    const { rects } = selection;
    clearTimeout(timer);
    asked += 1;
    const [first] = rects;
    if (!first || selection.isPlain) return gridSelection.set({ selected: rects.length, shape: null, sums: null });
    const shape = rects.length === 1 ? `${widthOf(first)} × ${countText(heightOf(first))}` : `${rects.length} ranges`;
    gridSelection.set({ selected: countRows(rects), shape: { text: shape, cells: countCells(rects) }, sums: null });
    timer = setTimeout(() => void sumUp(asked), rest);
  };
  const sumUp = async (turn: number) => {
    const fields = fieldsShown(sheet);
    const parts = disjoint(selection.rects)
      .slice(0, 200)
      .map(({ top, bottom, left, right }) => ({ from: top, to: bottom, fields: fields.slice(left, right + 1) }));
    try {
      const found = await request('sheet.numbers', { view: sheet.view(), parts });
      if (turn === asked) gridSelection.set({ sums: sumsOf(found, sheet.context.lookups.locale) });
    } catch {
      // The numbers are a help; without them the selection still stands.
    }
  };
  /** The same cells may hold something else now. */
  const addUpAgain = () => {
    if (selection.rects.length === 0 || selection.isPlain) return;
    clearTimeout(timer);
    asked += 1;
    const turn = asked;
    timer = setTimeout(() => void sumUp(turn), rest);
  };
  const stops = [
    selection.listen(tell),
    listen('rows.changed', ({ changes }) => (sheet.entity.name as EntityName) in changes && addUpAgain()),
  ];
  return () => {
    clearTimeout(timer);
    asked = -1;
    for (const stop of stops) stop();
  };
}

/** Amounts in several currencies, or amounts beside counts, have no sum, and get none; dates beside numbers are let be. */
export function sumsOf({ filled, groups }: Output<'sheet.numbers'>, locale: string): GridSelection['sums'] {
  const numbers = groups.filter(({ kind }) => kind !== 'date');
  const [group, ...others] = numbers.length > 0 ? numbers : groups;
  if (!group || others.length > 0) return { filled, numbers: null };
  const text = textOf(group, locale);
  const edges = { min: text(group.min), max: text(group.max) };
  if (group.kind === 'date') return { filled, numbers: { ...edges, sum: null, average: null } };
  return { filled, numbers: { ...edges, sum: text(group.sum), average: text(group.sum / group.count) } };
}

function textOf({ kind, currency }: NumberGroup, locale: string): (value: number | string) => string {
  const rounded = (value: number | string) => Math.round(Number(value) * 10) / 10;
  switch (kind) {
    case 'date':
      return (value) => dateText(String(value), locale);
    case 'money':
      return (value) => moneyText(Math.round(Number(value)), currency ?? undefined, locale);
    case 'percent':
      return (value) => percentText(rounded(value), locale);
    case 'integer':
      return (value) => numberText(rounded(value), locale);
  }
}
