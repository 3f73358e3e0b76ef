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

/** Security: `owner` is the person's id: what one person typed is never shown to the next. */
export const draftKey = (owner: string, entity: Entity, id: string | null): string =>
  `${owner}:${entity.name}:${id ?? 'new'}`;
export const keptDraft = (key: string): Draft | undefined => kept.get(key);
export const keepDraft = (key: string, draft: Draft): void => void kept.set(key, draft);
export const dropDraft = (key: string): void => void kept.delete(key);

/** A new row begins with what its declaration says, and what the place it is added from says. */
export function draftOf(entity: Entity, row: AnyRow | null, given: Record<string, unknown> = {}): Draft {
  if (row) return { id: row.id, values: {}, base: {}, unread: {} };
  const values: Record<string, unknown> = {};
  for (const [name, { options }] of Object.entries(entity.fields)) {
    if (options.default !== undefined) values[name] = options.default;
  }
  return { id: newId(), values: { ...values, ...given }, base: {}, unread: {} };
}
