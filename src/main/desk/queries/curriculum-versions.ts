import type { AnyRow } from '../../../shared/model';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';

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
