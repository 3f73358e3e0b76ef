import type { EntityName } from '../../../shared/entities';
import type { Events } from '../../../shared/contract/requests';

/** Ids of changed rows by entity. */
export type Changed = Map<EntityName, Set<string>>;

export function addChanged(changed: Changed, entity: EntityName, id: string): void {
  const ids = changed.get(entity);
  if (ids) ids.add(id);
  else changed.set(entity, new Set([id]));
}

export function mergeChanged(into: Changed, more: Changed): Changed {
  for (const [entity, ids] of more) for (const id of ids) addChanged(into, entity, id);
  return into;
}

const listed = 500;

/** As the `rows.changed` event tells it. */
export function changedPayload(changed: Changed, cause: 'edit' | 'sync'): Events['rows.changed'] {
  const changes: Events['rows.changed']['changes'] = {};
  for (const [entity, ids] of changed) changes[entity] = ids.size > listed ? 'many' : [...ids];
  return { changes, cause };
}
