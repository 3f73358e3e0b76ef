import { allEntities } from '../../../shared/entities';
import type { SessionFacts } from '../../../shared/contract/wire';
import type { Entity } from '../../../shared/model';
import { mayRead } from '../../../shared/rules/permit';

export interface Companion {
  entity: Entity;
  /** The field that names whose companion a row is. */
  field: string;
}

/** Entities of which a row has at most one, as a part of it: a user's profile, a student's confidential record. Shown as tabs beside it. */
export function companionsOf(entity: Entity, reader: Pick<SessionFacts, 'role'>): Companion[] {
  return allEntities.flatMap((other) => {
    const found = Object.entries(other.fields).find(
      ([name, field]) =>
        field.kind === 'reference' &&
        field.options.to === entity.name &&
        field.options.contained === true &&
        other.unique.some((fields) => fields.length === 1 && fields[0] === name),
    );
    return found && mayRead(reader, other) ? [{ entity: other, field: found[0] }] : [];
  });
}
