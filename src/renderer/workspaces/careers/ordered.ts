import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { moved, renumbered } from '../../../shared/rules/order';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { notify } from '../../ui/notify';

const placed = (rows: readonly AnyRow[]) =>
  rows.map(({ id, sequenceOrder }) => ({ id, position: Number(sequenceOrder) }));

/** Moves a row one place up (-1) or down (1) among its siblings, as one step of undo. */
export async function moveBy(
  entity: EntityName,
  rows: readonly AnyRow[],
  id: string,
  step: -1 | 1,
  name: string,
): Promise<void> {
  const at = rows.findIndex((row) => row.id === id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= rows.length) return;
  const siblings = placed(rows);
  const edits = renumbered(siblings, moved(siblings, [id], to + 1)).map(({ id: one, position }) => ({
    ...{ op: 'update' as const, entity, id: one, values: { sequenceOrder: position } },
  }));
  try {
    await request('rows.save', { edits, label: `Move “${name}”`.slice(0, 200), via: 'move' });
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

export async function removeOne(entity: EntityName, id: string, name: string): Promise<void> {
  try {
    const saved = await request('rows.save', {
      edits: [{ op: 'delete', entity, id }],
      label: `Delete “${name}”`.slice(0, 200),
    });
    notify.done(`Deleted “${name}”.`, { undo: () => takeBack(saved.mutationId) });
  } catch (error) {
    notify.problem(problemOf(error));
  }
}

/** The position after the last. */
export const endOf = (rows: readonly AnyRow[]): number =>
  Math.max(0, ...rows.map((row) => Number(row['sequenceOrder']))) + 1;
