import type { SyncState } from '../../shared/contract/requests';
import type { SessionFacts } from '../../shared/contract/wire';
import type { Entity, Field } from '../../shared/model';
import { whyNot, whyNotField } from '../../shared/rules/permit';

/**
 * Why a field of an existing row cannot be changed, in words; null where it can.
 * @param user null while nobody is signed in
 * @param readOnly why nothing at all can be written on this desk now
 */
export function whyLocked(
  user: SessionFacts | null,
  entity: Entity,
  field: Field,
  row: Record<string, unknown>,
  readOnly: string | null = null,
): string | null {
  if (readOnly !== null) return readOnly;
  const kept = whyFieldLocked(entity, field);
  if (kept !== null || user === null) return kept ?? 'Sign in to change this.';
  const name = Object.keys(entity.fields).find((one) => entity.fields[one] === field) ?? '';
  return whyNot(user, entity, 'update', row) ?? whyNotField(user, entity, name);
}

function whyFieldLocked(entity: Entity, field: Field): string | null {
  const { label, help, readOnly, fixed } = field.options;
  const thing = entity.labels.one.toLowerCase();
  if (field.kind === 'generated') return `${label} is given by the central database and stays.`;
  if (readOnly) return `${label} is kept by the system.${help ? ` ${help}` : ''}`;
  if (fixed) return `${label} is set when the ${thing} is added and stays. To change it, add another ${thing}.`;
  return null;
}

/** Whether a person fills this field in when adding a row. */
export const isAsked = (field: Field): boolean =>
  field.kind !== 'generated' && !field.options.readOnly && !field.options.internal;

/** Why nothing can be written on this desk now, in words; null where it can. */
export const whyReadOnly = (sync: Pick<SyncState, 'readOnly' | 'notice'> | undefined): string | null =>
  sync?.readOnly ? (sync.notice ?? 'This desk can only be read at the moment. What was saved stays saved.') : null;
