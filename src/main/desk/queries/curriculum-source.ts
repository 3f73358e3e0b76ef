import type { SourceNews } from '../../../shared/contract/curriculum';
import { Refusal } from '../../../shared/contract/outcome';
import type { AnyRow } from '../../../shared/model';
import { lineOf } from '../../../shared/rules/curriculum';
import { sourceChanges } from '../../../shared/rules/curriculum-merge';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { publishedOf, versionNodes, versionsOf } from './curriculum-versions';
import { titleOf } from './titles';

/** The version a curriculum was copied from and the one that is published now; null where it is the same, or is not in the data on this computer. */
export function sourceOf(db: Readable, copy: AnyRow): { base: AnyRow; newest: AnyRow } | null {
  const base = typeof copy['sourceId'] === 'string' ? readRow(db, 'curricula', copy['sourceId']) : null;
  if (!base) return null;
  const newest = publishedOf(db, String(base['courseId']), lineOf(base));
  return newest && Number(newest['version']) > Number(base['version']) ? { base, newest } : null;
}

/** The version that is worked on: the draft of a line, where there is one. */
function workedOn(db: Readable, row: AnyRow): AnyRow {
  const versions = versionsOf(db, String(row['courseId']), lineOf(row)).map((id) => readRow(db, 'curricula', id)!);
  return versions.find(({ state }) => state === 'draft') ?? row;
}

export const sourceNews: Query<'curriculum.source'> = ({ read }, { curriculumId }): SourceNews | null => {
  const row = readRow(read, 'curricula', curriculumId);
  if (!row) throw new Refusal({ kind: 'not-found', message: 'This curriculum is no longer there. Choose another.' });
  const copy = workedOn(read, row);
  const found = row['state'] === 'archived' ? null : sourceOf(read, copy);
  if (!found) return null;
  const { base, newest } = found;
  const nodes = (of: AnyRow) => versionNodes(read, of.id);
  return {
    source: {
      ...{ id: base.id, name: String(base['name']), version: Number(base['version']) },
      course: titleOf(read, 'courses', String(base['courseId'])),
      program: titleOf(read, 'programs', String(base['programId'])),
    },
    newest: { id: newest.id, version: Number(newest['version']) },
    changes: sourceChanges(nodes(base), nodes(copy), nodes(newest)),
  };
};
