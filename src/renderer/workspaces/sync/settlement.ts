import type { NeedsYou } from '../../../shared/contract/needs-you';
import type { Input } from '../../../shared/contract/requests';
import { isEntityName, type EntityName } from '../../../shared/entities';

export type Conflict = NeedsYou['conflicts'][number];
export type Side = 'mine' | 'theirs';

/** A field of the same change that nobody else touched. */
export interface Untouched {
  entity: EntityName;
  id: string;
  field: string;
  value: unknown;
}

export const keyOf = ({ entity, id, field }: { entity: string; id: string; field: string }): string =>
  `${entity}/${id}/${field}`;

/** What else the person changed in the same act. It is kept whichever side is taken of the fields in conflict. */
export function untouched({ rows, conflicts }: Pick<NeedsYou, 'rows' | 'conflicts'>): Untouched[] {
  const inConflict = new Set(conflicts.map(keyOf));
  return rows.flatMap(({ entity, id, op, values }) =>
    op === 'update'
      ? Object.entries(values)
          .map(([field, value]) => ({ entity, id, field, value }))
          .filter((one) => !inConflict.has(keyOf(one)))
      : [],
  );
}

/** The order that settles a conflict, field by field. */
export function settlement(item: NeedsYou, sideOf: (conflict: Conflict) => Side): Input<'sync.resolve'> {
  const chosen = item.conflicts.flatMap((conflict) => {
    const { entity, id, field } = conflict;
    return isEntityName(entity) ? [{ entity, id, field, take: sideOf(conflict) }] : [];
  });
  const kept = untouched(item).map(({ entity, id, field }) => ({ entity, id, field, take: 'mine' as const }));
  return {
    mutationId: item.mutationId,
    choice: chosen.every(({ take }) => take === 'theirs') ? 'take-theirs' : 'keep-mine',
    fields: [...chosen, ...kept],
  };
}
