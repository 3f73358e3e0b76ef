import { countedOf, type CountedCurriculum } from '../../../shared/rules/progress';
import type { Readable } from '../local/handles';
import { statement } from '../local/statements';

/** The lessons that count for a course, each by the first of its lineage. */
export function wantedLessons(db: Readable, courseId: string): Set<string> {
  const curricula = statement(
    db,
    'select id, state, sequence_order as sequenceOrder from curricula where course_id = ?',
  ).all(courseId) as CountedCurriculum[];
  return new Set(
    statement(
      db,
      `select coalesce(l.lineage_id, l.id) from modules m join lessons l on l.module_id = m.id
       where m.curriculum_id in (select value from json_each(?))`,
    )
      .pluck()
      .all(JSON.stringify(countedOf(curricula))) as string[],
  );
}

export interface LessonDone {
  /** Of the progress. */
  id: string;
  line: string;
}

export const lessonsDone = (db: Readable, enrollmentId: string): LessonDone[] =>
  statement(
    db,
    `select p.id, coalesce(l.lineage_id, l.id) as line from lesson_progress p join lessons l on l.id = p.lesson_id
     where p.enrollment_id = ? and p.completed = 1`,
  ).all(enrollmentId) as LessonDone[];
