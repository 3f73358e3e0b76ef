import type { EntityName } from '../../shared/entities';

/** Where a grid, or one record in it, is shown. */
export const pathOf = (entity: EntityName, id?: string): string => (id ? `/e/${entity}/${id}` : `/e/${entity}`);
