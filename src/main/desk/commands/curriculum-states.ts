import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import {
  frozenText,
  isFrozen,
  lineOf,
  mayBecome,
  stateText,
  type CurriculumState,
} from '../../../shared/rules/curriculum';
import { sameValue } from '../../../shared/rules/canonical-json';
import type { Readable } from '../local/handles';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { hasProgress, publishedOf, unmappedLessons } from '../queries/curriculum-versions';
import type { Draft, DraftRow } from './draft';

/** Rule 7 on the desk: early help, in the words the central database would use. */

const asVersion = (row: AnyRow) => ({
  name: String(row['name']),
  version: Number(row['version']),
  state: String(row['state']),
});

type Rows = (entity: EntityName, id: string) => AnyRow | null;

/** Why a module or a lesson stays as it is; null where it, or its curriculum, may be changed. */
export function whyFrozen(rows: Rows, entity: string, row: Record<string, unknown>): string | null {
  if (entity !== 'modules' && entity !== 'lessons') return null;
  const module = entity === 'lessons' ? rows('modules', String(row['moduleId'])) : row;
  const curriculum = module ? rows('curricula', String(module['curriculumId'])) : null;
  return curriculum && isFrozen(curriculum['state']) ? frozenText(asVersion(curriculum)) : null;
}

export const whyFrozenIn = (db: Readable, entity: string, row: Record<string, unknown>): string | null =>
  whyFrozen((name, id) => readRow(db, name, id), entity, row);

const mayChangeAlways = ['state', 'sequenceOrder'];

/** Checks the drafted curricula, modules and lessons. A draft that is published takes the published version of its line out of force. */
export function checkCurricula(draft: Draft): LocalOp[] {
  const archived: LocalOp[] = [];
  for (const drafted of [...draft.rows.values()]) {
    const { entity, before, after, path } = drafted;
    if (entity === 'curricula') archived.push(...checkState(draft, drafted));
    for (const row of [before, after]) {
      const why = row ? whyFrozen((name, id) => wasBefore(draft, name, id), entity, row) : null;
      if (!why) continue;
      draft.issue(path, changedField(drafted), why);
      break;
    }
  }
  return archived;
}

/** A curriculum as it stood before this action, or as this action makes it: what is copied whole may be filled whole. */
const wasBefore = (draft: Draft, name: EntityName, id: string): AnyRow | null =>
  readRow(draft.context.db, name, id) ?? draft.now(name, id);

const changedField = ({ before, after }: DraftRow): string =>
  Object.keys(after ?? {}).find((field) => !sameValue(after![field], before?.[field])) ?? 'name';

function isSameSource(db: Readable, from: unknown, to: unknown): boolean {
  const [old, next] = [from, to].map((id) => (typeof id === 'string' ? readRow(db, 'curricula', id) : null));
  if (!old || !next || next['state'] === 'draft') return false;
  return old['courseId'] === next['courseId'] && lineOf(old) === lineOf(next);
}

function checkState(draft: Draft, { before, after, path }: DraftRow): LocalOp[] {
  if (!after) return [];
  if (!before) {
    if (after['state'] !== 'draft')
      draft.issue(path, 'state', 'A new curriculum begins as a draft. Publish it when it is ready.');
    return [];
  }
  const changed = Object.keys(after).filter((field) => !sameValue(after[field], before[field]));
  const content = isFrozen(before['state']) ? changed.find((field) => !mayChangeAlways.includes(field)) : undefined;
  if (content) draft.issue(path, content, frozenText(asVersion(before)));
  if (changed.includes('sourceId') && !isSameSource(draft.context.db, before['sourceId'], after['sourceId']))
    draft.issue(path, 'sourceId', 'A copy keeps its source, and goes on only to another published version of it.');
  if (!changed.includes('state')) return [];
  const [from, to] = [before['state'] as CurriculumState, after['state'] as CurriculumState];
  const db = draft.context.db;
  if (!mayBecome(from, to) || (from === 'published' && to === 'draft' && hasProgress(db, after.id))) {
    draft.issue(path, 'state', stateText(asVersion(before), to));
    return [];
  }
  if (to !== 'published') return [];
  const current = publishedOf(db, String(after['courseId']), lineOf(after));
  if (!current || current.id === after.id || draft.rows.has(`curricula ${current.id}`)) return [];
  const lost =
    from === 'draft' && !draft.memo('mapped', () => false) ? unmappedLessons(db, current.id, after.id).length : 0;
  if (lost > 0) {
    const lessons = lost === 1 ? 'one lesson' : `${lost} lessons`;
    draft.issue(
      path,
      'state',
      `${lessons} that learners have progress on ${lost === 1 ? 'is' : 'are'} not in this version. Publish it from its page in the curriculum studio, and say what becomes of that progress.`,
    );
  }
  const op: LocalOp = {
    entity: 'curricula',
    op: 'update',
    id: current.id,
    version: current.rowVersion,
    base: { state: 'published' },
    patch: { state: 'archived' },
  };
  return [op];
}
