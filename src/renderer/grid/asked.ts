import type { Filter, View } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import type { Entity } from '../../shared/model';
import { sortOf, type GridView } from './grid-view';

/** What the desk is asked for a view: the rows of a group stand together. */
export function askedOf(
  entity: Entity,
  programs: readonly string[],
  { where, search, sort, group }: Pick<GridView, 'where' | 'search' | 'sort' | 'group'>,
  within: Filter | null = null,
): View {
  const own = sort ?? sortOf(entity.sort);
  const grouped = group === null ? own : [first(group, own), ...own.filter(({ field }) => field !== group)];
  return {
    entity: entity.name as EntityName,
    programs: [...programs],
    where: within ? [...where, within] : where,
    search: search.trim(),
    sort: grouped.slice(0, 5),
  };
}

const first = (group: string, sort: View['sort']): View['sort'][number] =>
  sort.find(({ field }) => field === group) ?? { field: group, descending: false };
