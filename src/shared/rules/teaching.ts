import type { SessionFacts } from '../contract/wire';
import { entityOf, isEntityName, type EntityName } from '../entities';
import type { Entity } from '../model';

/**
 * Which course a row hangs from, and who teaches it. The central database's scopes and policies and the desk's answers follow the same way.
 */

/** One step of the way from a row to its course. */
export interface TeachingStep {
  from: Entity;
  field: string;
  to: Entity;
}

/** Gives a row by its id, or null where the desk does not hold it. */
export type ReadRow = (entity: EntityName, id: string) => Record<string, unknown> | null;

/** Entities whose rows also stand with the tutor of a course; a student does by being enrolled in it. */
export const isTaught = (entity: Entity): boolean => entity.teaching !== undefined || entity.name === 'students';

const linkOf = (entity: Entity): string | undefined =>
  entity.teaching ??
  Object.entries(entity.fields).find(([, field]) => field.kind === 'reference' && field.options.to === 'courses')?.[0];

/**
 * The way from an entity to its course, by its `teaching` reference and those of the rows between; empty where it hangs from none.
 * @throws Error where a declaration leads nowhere
 */
export function teachingPath(entity: Entity): TeachingStep[] {
  if (entity.teaching === undefined) return [];
  const steps: TeachingStep[] = [];
  for (let from = entity; from.name !== 'courses';) {
    const field = linkOf(from);
    const declared = field === undefined ? undefined : from.fields[field];
    if (field === undefined || declared?.kind !== 'reference' || !isEntityName(declared.options.to)) {
      throw new Error(`${entity.name}: “teaching” leads to ${from.name}, and from there to no course`);
    }
    const to = entityOf(declared.options.to);
    steps.push({ from, field, to });
    from = to;
  }
  return steps;
}

/** Does this person teach the course the row hangs from, in a program they work in? */
export function teachesCourseOf(
  session: Pick<SessionFacts, 'userId' | 'programs'>,
  entity: Entity,
  row: Record<string, unknown>,
  read: ReadRow,
): boolean {
  let at: Record<string, unknown> | null = row;
  const steps = teachingPath(entity);
  for (const { field, to } of steps) {
    const id: unknown = at?.[field];
    at = typeof id === 'string' ? read(to.name as EntityName, id) : null;
  }
  return (
    steps.length > 0 && at?.['instructorId'] === session.userId && session.programs.includes(String(row['programId']))
  );
}
