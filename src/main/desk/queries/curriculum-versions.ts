import type { CurriculumVersion, VersionComparison } from '../../../shared/contract/requests';
import { Refusal } from '../../../shared/contract/outcome';
import type { AnyRow } from '../../../shared/model';
import { lineOf } from '../../../shared/rules/curriculum';
import { versionChanges, type VersionNode } from '../../../shared/rules/curriculum-diff';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { titleOf } from './titles';

/** The versions of a line of curricula, and what learners have done in them. */

/** The published version of a line; null where there is none. */
export function publishedOf(db: Readable, courseId: string, line: string): AnyRow | null {
  const id = statement(
    db,
    `select id from curricula where course_id = ? and coalesce(line_id, id) = ? and state = 'published' limit 1`,
  )
    .pluck()
    .get(courseId, line) as string | undefined;
  return id ? readRow(db, 'curricula', id) : null;
}

/** The ids of every version of a line, the newest first. */
export const versionsOf = (db: Readable, courseId: string, line: string): string[] =>
  statement(db, 'select id from curricula where course_id = ? and coalesce(line_id, id) = ? order by version desc, id')
    .pluck()
    .all(courseId, line) as string[];

/** Has anybody progress on a lesson of this very version? */
export const hasProgress = (db: Readable, curriculumId: string): boolean =>
  statement(
    db,
    `select 1 from modules m join lessons l on l.module_id = m.id join lesson_progress p on p.lesson_id = l.id
     where m.curriculum_id = ? limit 1`,
  ).get(curriculumId) !== undefined;

export interface LostLesson {
  id: string;
  name: string;
  module: string;
  /** Enrollments, active or paused, with progress on it. */
  enrollments: number;
}

/** Lessons of one version that learners who are still on the course have progress on, and that another version does not have. */
export const unmappedLessons = (db: Readable, from: string, to: string): LostLesson[] =>
  statement(
    db,
    `select l.id, l.name, m.name as module, count(distinct e.id) as enrollments
     from modules m join lessons l on l.module_id = m.id
       join lesson_progress p on p.lesson_id = l.id
       join course_enrollments e on e.id = p.enrollment_id and e.status in ('active', 'paused')
     where m.curriculum_id = ? and coalesce(l.lineage_id, l.id) not in (
       select coalesce(kept.lineage_id, kept.id) from modules n join lessons kept on kept.module_id = n.id where n.curriculum_id = ?)
     group by l.id order by m.sequence_order, l.sequence_order`,
  ).all(from, to) as LostLesson[];

const versionSql = `select c.id, c.version, c.name, c.state, c.created_at as startedAt, c.created_by as startedBy, c.updated_at as stateSince,
    max(coalesce(c.updated_at, 0), coalesce((select max(max(coalesce(m.updated_at, 0), coalesce((select max(l.updated_at) from lessons l where l.module_id = m.id), 0)))
      from modules m where m.curriculum_id = c.id), 0)) as changedAt,
    (select count(*) from modules m join lessons l on l.module_id = m.id where m.curriculum_id = c.id) as lessons,
    (select coalesce(sum(l.duration_minutes), 0) from modules m join lessons l on l.module_id = m.id where m.curriculum_id = c.id) as minutes,
    (select count(distinct p.enrollment_id) from modules m join lessons l on l.module_id = m.id join lesson_progress p on p.lesson_id = l.id
       join course_enrollments e on e.id = p.enrollment_id and e.status in ('active', 'paused') where m.curriculum_id = c.id) as learners
  from curricula c`;

function version(db: Readable, id: string): CurriculumVersion {
  const found = statement(db, `${versionSql} where c.id = ?`).get(id) as CurriculumVersion | undefined;
  if (!found) throw new Refusal({ kind: 'not-found', message: 'This version is no longer there. Choose another.' });
  return {
    ...found,
    startedBy: found.startedBy ? titleOf(db, 'users', found.startedBy) || null : null,
    changedAt: found.changedAt || null,
  };
}

export const curriculumVersions: Query<'curriculum.versions'> = ({ read }, { curriculumId }) => {
  const row = readRow(read, 'curricula', curriculumId);
  if (!row) throw new Refusal({ kind: 'not-found', message: 'This curriculum is no longer there. Choose another.' });
  return versionsOf(read, String(row['courseId']), lineOf(row)).map((id) => version(read, id));
};

/** The modules and lessons of a version in display order, as they are compared. */
export function versionNodes(db: Readable, curriculumId: string): VersionNode[] {
  const rows = statement(
    db,
    `select 'modules' as kind, coalesce(m.lineage_id, m.id) as key, '' as parentKey, '' as parentId, m.id, m.name, m.description,
       null as content, null as videoUrl, null as durationMinutes, m.sequence_order as place, 0 as inner, m.id as tie
     from modules m where m.curriculum_id = :id
     union all
     select 'lessons', coalesce(l.lineage_id, l.id), coalesce(m.lineage_id, m.id), m.id, l.id, l.name, l.description,
       l.content, l.video_url, l.duration_minutes, m.sequence_order, l.sequence_order, m.id
     from modules m join lessons l on l.module_id = m.id where m.curriculum_id = :id
     order by place, tie, inner`,
  ).all({ id: curriculumId }) as (VersionNode & Record<string, unknown>)[];
  // Somebody may have moved a node here from another copy of the same: the second is a node of its own.
  const keys = new Map<string, string>();
  const own = (given: string, id: string): string => {
    const isNew = !keys.has(given);
    keys.set(id, isNew ? given : id);
    if (isNew) keys.set(given, given);
    return isNew ? given : id;
  };
  return rows.map(({ kind, key, parentKey, parentId, id, name, description, content, videoUrl, durationMinutes }) => ({
    ...{ kind, key: own(key, id), parentKey: keys.get(parentId as string) ?? parentKey, id, name },
    content: kind === 'modules' ? { description } : { description, content, videoUrl, durationMinutes },
  }));
}

export const compareVersions: Query<'curriculum.compare'> = ({ read }, { from, to }): VersionComparison => {
  const changes = versionChanges(versionNodes(read, from), versionNodes(read, to));
  const touched = changes.filter((change) => change.moved || change.removed).map((change) => change.key);
  const learners = statement(
    read,
    `select coalesce(l.lineage_id, l.id) as key, count(distinct e.id) as n
     from modules m join lessons l on l.module_id = m.id join lesson_progress p on p.lesson_id = l.id
       join course_enrollments e on e.id = p.enrollment_id and e.status in ('active', 'paused')
     where m.curriculum_id = ? and coalesce(l.lineage_id, l.id) in (select value from json_each(?)) group by 1`,
  ).all(from, JSON.stringify(touched)) as { key: string; n: number }[];
  return {
    ...{ from: version(read, from), to: version(read, to), changes },
    learners: Object.fromEntries(learners.map(({ key, n }) => [key, n])),
  };
};
