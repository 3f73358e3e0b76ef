import type { EntityName } from '../../shared/entities';

/** The view of a grid that every entity has: everything, as the console arranges it. */
export const everything = 'all';

/** Where a grid, one of its views, or one record in it is shown: `/e/students/~all/<id>`. Without a view, the one that opens first. */
export const pathOf = (entity: EntityName, id?: string | null, view?: string | null): string =>
  `/e/${entity}${view ? `/~${view}` : ''}${id ? `/${id}` : ''}`;

/** In place of a record: add one. */
export const toAdd = '+';

/** The view and the record a path names. */
export function placeOf(path: string): { view: string | null; row: string | null } {
  const [first = null, second = null] = path.split('/').slice(3);
  return first?.startsWith('~') ? { view: first.slice(1), row: second } : { view: null, row: first };
}
