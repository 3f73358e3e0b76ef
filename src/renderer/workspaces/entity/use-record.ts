import { useQuery } from '@tanstack/react-query';
import type { EntityName } from '../../../shared/entities';
import type { AnyRow, Entity } from '../../../shared/model';
import { request } from '../../client/request';
import { titlesOf } from '../../forms/titles';

export interface OneRecord {
  /** Null where there is no such row on this desk any more. */
  row: AnyRow | null;
  titles: Record<string, string>;
}

async function readOne(entity: Entity, id: string): Promise<OneRecord> {
  const [row] = await request('rows.read', { entity: entity.name as EntityName, ids: [id] });
  if (!row) return { row: null, titles: {} };
  const wanted = Object.entries(entity.fields).flatMap(([name, field]) => {
    const value = row[name];
    return field.kind === 'reference' && typeof value === 'string' ? [[field.options.to, [value]] as const] : [];
  });
  return { row, titles: await titlesOf(wanted) };
}

/** One row as it is now, with the titles of what it refers to; read again whenever it changes. */
export function useRecord(entity: Entity, id: string | null) {
  return useQuery({
    // Shaped like `rows.read`, so that the row is read again when it changes.
    queryKey: ['rows.read', { entity: entity.name, ids: [id] }, 'one'],
    queryFn: () => readOne(entity, id ?? ''),
    enabled: id !== null,
  });
}
