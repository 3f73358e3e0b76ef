import type { IRowNode } from 'ag-grid-community';
import { isEntityName } from '../../shared/entities';
import { validateField } from '../../shared/rules/validate';
import { problemOf, request } from '../client/request';
import { notify } from '../ui/notify';
import { gridFields, textOf, type GridContext } from './columns';
import { isSameValue, type GridRow } from './grid-row';

/** What names a row for people: its title fields, as the grid shows them. */
export function titleOf(row: GridRow, context: GridContext): string {
  const { entity } = context;
  const words = entity.title.flatMap((name) => {
    const field = entity.fields[name];
    return field ? [textOf(name, field, row, context)] : [];
  });
  return words.join(' ').trim() || entity.labels.one.toLowerCase();
}

/**
 * Saves one cell. It shows the new value at once; the desk's answer, which follows within a frame or two, either stands or puts the old value
 * back and says why.
 */
export async function saveValue(
  node: IRowNode<GridRow>,
  name: string,
  typed: unknown,
  context: GridContext,
  via = 'typed',
): Promise<void> {
  const { data } = node;
  const { entity } = context;
  const field = gridFields(entity)[name];
  if (!data || !field || !isEntityName(entity.name)) return;
  const value: unknown = typed ?? null;
  const before: unknown = data.row[name] ?? null;
  if (isSameValue(value, before)) return;
  const trouble = validateField(field, value);
  if (trouble !== null) return notify.info(`${titleOf(data, context)} was not changed: ${trouble}`);
  node.updateData({ ...data, row: { ...data.row, [name]: value }, mark: data.mark ?? 'waiting' });
  try {
    await request('rows.save', {
      edits: [{ op: 'update', entity: entity.name, id: data.id, values: { [name]: value }, base: { [name]: before } }],
      label: `${field.options.label} of ${titleOf(data, context)}`.slice(0, 200),
      via,
    });
  } catch (error) {
    // Only where nothing else has changed the cell meanwhile.
    const now = node.data;
    if (now && isSameValue(now.row[name], value))
      node.updateData({ ...now, row: { ...now.row, [name]: before }, mark: data.mark });
    notify.problem(problemOf(error));
  }
}
