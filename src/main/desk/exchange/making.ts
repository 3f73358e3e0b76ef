import { entityOf, type EntityName } from '../../../shared/entities';
import { newId, type Entity } from '../../../shared/model';
import type { Edit } from '../../../shared/contract/requests';
import { steps } from '../../../shared/rules/import-steps';
import { slugOf } from '../../../shared/rules/validate';

/** Rows made because a file names them and they are not there yet: only where a name is enough to make one. */

/** The fields that a name alone fills; null where it fills none. */
function named(entity: Entity, text: string): Record<string, unknown> | null {
  const { firstName, lastName, code, label } = entity.fields;
  if (firstName && lastName) return { firstName: steps.given(text), lastName: steps.family(text) };
  if (label) return { label: text, ...(code ? { code: slugOf(text) } : {}) };
  const title = entity.title.find((name) => entity.fields[name]?.kind === 'text');
  if (!title) return null;
  return { [title]: text, ...(code && code.kind === 'text' ? { code: text } : {}) };
}

/** What else has to be chosen before such rows can be made; null where a name can never be enough. */
export function needsOf(name: EntityName): string[] | null {
  const entity = entityOf(name);
  const given = named(entity, 'x');
  if (!given || entity.access.create === 'nobody') return null;
  const open = Object.entries(entity.fields).filter(
    ([field, { required, kind, options }]) =>
      required &&
      !(field in given) &&
      field !== 'programId' &&
      kind !== 'currency' &&
      kind !== 'order' &&
      options.default === undefined &&
      !(kind === 'slug' && 'from' in options && options.from),
  );
  return open.every(([, { kind }]) => kind === 'choice') ? open.map(([field]) => field) : null;
}

export function rowNamed(
  name: EntityName,
  text: string,
  programId: string | null,
  given: Record<string, unknown>,
  now: number,
): Extract<Edit, { op: 'insert' }> {
  const entity = entityOf(name);
  return {
    op: 'insert',
    entity: name,
    id: newId(now),
    values: { ...(entity.scope === 'program' && programId ? { programId } : {}), ...given, ...named(entity, text) },
  };
}

export function optionNamed(
  kind: string,
  text: string,
  programId: string,
  now: number,
): Extract<Edit, { op: 'insert' }> {
  return {
    op: 'insert',
    entity: 'program_options',
    id: newId(now),
    values: { programId, optionKind: kind, label: text, code: slugOf(text) },
  };
}
