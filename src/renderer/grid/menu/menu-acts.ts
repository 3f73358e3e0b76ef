import { whyNot } from '../../../shared/rules/permit';
import { clearCells } from '../changes/set-cells';
import { textOf } from '../columns';
import type { GridView } from '../grid-view';
import { countRows } from '../ranges/ranges';
import { fieldOf, fieldsShown, type Sheet } from '../sheet';
import { fillFromEdge, type SheetActs } from '../sheet-keys';
import { notify } from '../../ui/notify';
import { counted } from '../../ui/moment';
import type { MenuAct } from './cell-menu';
import { filterBy } from './filter-by';

/** What the page around the grid does with whole rows. */
export interface RowActs {
  add: () => void;
  duplicate: () => void;
  remove: () => void;
}

/** Everything the menu of a cell offers, in groups. */
export function menuActs(
  sheet: Sheet,
  acts: SheetActs,
  rowActs: RowActs,
  view: GridView,
  paste: () => void,
): MenuAct[][] {
  const { user, readOnly, entity } = sheet.context;
  const { rects } = sheet.selection;
  const rows = counted(countRows(rects), 'row');
  const may = (verb: 'create' | 'remove') => readOnly ?? (user ? whyNot(user, entity, verb) : 'Sign in first.');
  const whole: MenuAct[] = [];
  if (entity.access.create !== 'nobody') {
    whole.push({
      label: `Add ${entity.labels.one.toLowerCase()}`,
      keys: 'insert',
      why: may('create'),
      act: rowActs.add,
    });
    whole.push({ label: `Duplicate ${rows}`, keys: 'mod+shift+d', why: may('create'), act: rowActs.duplicate });
  }
  if (entity.access.remove !== 'nobody')
    whole.push({
      label: `Delete ${rows}`,
      keys: 'mod+delete',
      why: readOnly,
      isDanger: true,
      act: rowActs.remove,
    });
  return [
    [
      { label: 'Copy', keys: 'mod+c', act: () => acts.copy(false) },
      { label: 'Cut', keys: 'mod+x', why: readOnly, act: () => acts.copy(true) },
      { label: 'Paste…', keys: 'mod+v', why: readOnly, act: paste },
    ],
    [
      { label: 'Set value…', keys: 'mod+shift+enter', why: readOnly, act: acts.set },
      { label: 'Fill down', keys: 'mod+d', why: readOnly, act: () => fillFromEdge(sheet, 'down') },
      { label: 'Fill to the right', keys: 'mod+r', why: readOnly, act: () => fillFromEdge(sheet, 'right') },
      { label: 'Clear', keys: 'delete', why: readOnly, act: () => void clearCells(sheet) },
    ],
    whole,
    [...filtering(sheet, view), { label: 'Who wrote this cell?', keys: 'alt+enter', act: acts.explain }],
  ].map((group) => group.map((one) => (one.why == null ? one : { ...one, act: () => notify.info(one.why!) })));
}

function filtering(sheet: Sheet, view: GridView): MenuAct[] {
  const { active } = sheet.selection;
  const name = active ? fieldsShown(sheet)[active.column] : undefined;
  const row = active ? sheet.api.getDisplayedRowAtIndex(active.row)?.data : undefined;
  if (!name || !row) return [];
  const field = fieldOf(sheet, name);
  const conditions = filterBy(name, field, row.row[name] ?? null);
  if (!conditions) return [];
  const text = textOf(name, field, row, sheet.context);
  const shown = text === '' ? 'is empty' : `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
  const label = `Filter: ${field.options.short ?? field.options.label} ${shown}`;
  return [{ label, act: () => view.setField(name, conditions) }];
}
