import { newId, type AnyRow, type Entity } from '../../shared/model';

/** What somebody has typed into a form and not saved yet. */
export interface Draft {
  /** The row's id; made when the form for a new row is opened, so that saving twice adds one row. */
  id: string;
  /** Changed fields only; for a new row all that have a value. */
  values: Record<string, unknown>;
  /** What the person saw in those fields before, for an update. */
  base: Record<string, unknown>;
  /** Texts that cannot be read yet, as typed, with the reason. */
  unread: Record<string, { text: string; problem: string }>;
}

/**
 * Drafts outlive the form: moving to another row, or another screen, loses nothing that was typed. They last while the window is open.
 */
const kept = new Map<string, Draft>();
const keyOf = (entity: Entity, id: string | null): string => `${entity.name}:${id ?? 'new'}`;

export const keptDraft = (entity: Entity, id: string | null): Draft | undefined => kept.get(keyOf(entity, id));
export const keepDraft = (entity: Entity, id: string | null, draft: Draft): void =>
  void kept.set(keyOf(entity, id), draft);
export const dropDraft = (entity: Entity, id: string | null): void => void kept.delete(keyOf(entity, id));

/** A new row begins with what its declaration says, and what the place it is added from says. */
export function draftOf(entity: Entity, row: AnyRow | null, given: Record<string, unknown> = {}): Draft {
  if (row) return { id: row.id, values: {}, base: {}, unread: {} };
  const values: Record<string, unknown> = {};
  for (const [name, { options }] of Object.entries(entity.fields)) {
    if (options.default !== undefined) values[name] = options.default;
  }
  return { id: newId(), values: { ...values, ...given }, base: {}, unread: {} };
}
