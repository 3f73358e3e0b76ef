import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type AnyRow, type Entity } from '../../../shared/model';
import type { Placed } from '../../../shared/rules/order';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** The field that orders an entity's rows, and the field siblings share; null where its rows have no order. */
export function orderingOf(entity: Entity): { field: string; within: string } | null {
  for (const [field, { kind, options }] of Object.entries(entity.fields)) {
    if (kind === 'order') return { field, within: (options as { within: string }).within };
  }
  return null;
}

/** Rows under one parent, with their positions. Siblings of a list a program configures are those of that program. */
export function siblingsOf(
  db: Readable,
  name: EntityName,
  row: Pick<AnyRow, never> & Record<string, unknown>,
): Placed[] {
  const ordering = orderingOf(entityOf(name))!;
  return statement(
    db,
    `select id, ${columnOf(ordering.field)} as position from ${name} where ${columnOf(ordering.within)} = ? and program_id = ?
     order by position, id`,
  ).all(row[ordering.within], row['programId']) as Placed[];
}
