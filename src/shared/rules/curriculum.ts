/**
 * Rule 7: a published curriculum stays as it is. To change it, one starts the next draft of its line; publishing that archives the version
 * before it. The central database enforces the same in `central/sql/curricula.ts`.
 */

export type CurriculumState = 'draft' | 'published' | 'archived';

/** The states a curriculum may go to from each. Back to a draft only while nobody has progress on its lessons. */
const nextStates: Record<CurriculumState, readonly CurriculumState[]> = {
  draft: ['published', 'archived'],
  published: ['archived', 'draft'],
  archived: ['published'],
};
export const mayBecome = (from: CurriculumState, to: CurriculumState): boolean =>
  from === to || nextStates[from].includes(to);

/** What a curriculum, its modules and its lessons hold may be changed only while it is a draft. */
export const isFrozen = (state: unknown): boolean => state === 'published' || state === 'archived';

export interface VersionName {
  name: string;
  version: number;
  state: string;
}

/** `Version 3 of “Standard term”`. */
export const versionText = ({ name, version }: Pick<VersionName, 'name' | 'version'>): string =>
  `Version ${version} of “${name}”`;

/** Why nothing in it can be changed, and the way out. */
export const frozenText = (version: VersionName): string =>
  `${versionText(version)} is ${version.state} and stays as it is. Start a draft from it and change that.`;

export const stateText = (version: VersionName, to: string): string =>
  to === 'draft'
    ? `${versionText(version)} cannot become a draft again. Start a new draft from it.`
    : `${versionText(version)} is ${version.state}, so it cannot be ${to}.`;

/** Which versions belong together: the id of the first one. */
export const lineOf = (row: { id: string; lineId?: unknown }): string =>
  typeof row.lineId === 'string' && row.lineId !== '' ? row.lineId : row.id;

/** Which modules or lessons are the same through all versions and copies: the id of the first one. */
export const lineageOf = (row: { id: string; lineageId?: unknown }): string =>
  typeof row.lineageId === 'string' && row.lineageId !== '' ? row.lineageId : row.id;

interface Standing {
  version: number;
  state: string;
  startedAt: number | null;
  /** When its own row changed last: frozen, that was when it came into force or was replaced. */
  stateSince: number | null;
}

/**
 * The version of a line that was in force at a moment; on a day to come, the one that is in force now. A version ends when the next one is
 * published, and begins where the one before it ended.
 */
export function inForceAt<V extends Standing>(versions: readonly V[], at: number): V | null {
  let begun = -Infinity;
  for (const one of [...versions].sort((a, b) => a.version - b.version)) {
    const since = one.stateSince ?? 0;
    if (one.state === 'published') return since <= at ? one : null;
    if (one.state !== 'archived') continue;
    if (Math.max(begun, one.startedAt ?? -Infinity) <= at && at < since) return one;
    begun = since;
  }
  return null;
}
