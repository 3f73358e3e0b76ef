import { titleOf } from '../queries/titles';
import type { AnyRow } from '../../../shared/model';
import type { EntityName } from '../../../shared/entities';
import type { Draft } from './draft';

/** Rules 1 and 8 as early help: one currency in a program, lessons of the course, certificates for what is completed, grades within reach. */
export function checkLearning(draft: Draft): void {
  const { db } = draft.context;
  for (const { entity, before, after, path } of draft.rows.values()) {
    if (!after) continue;
    if (typeof after['currency'] === 'string' && after['programId'] && after['currency'] !== before?.['currency']) {
      const expected = refersTo(draft, after, 'programs', 'programId')?.['currency'];
      if (expected && expected !== after['currency'])
        draft.issue(path, 'currency', `This program counts in ${String(expected)}. Enter the amount in that currency.`);
    }
    if (entity === 'lesson_progress' && !before) {
      const enrollment = refersTo(draft, after, 'course_enrollments', 'enrollmentId');
      const module = draft.now('modules', String(refersTo(draft, after, 'lessons', 'lessonId')?.['moduleId'] ?? ''));
      const curriculum = module && draft.now('curricula', String(module['curriculumId']));
      if (enrollment && curriculum && curriculum['courseId'] !== enrollment['courseId'])
        draft.issue(path, 'lessonId', 'This lesson belongs to another course. Choose one of the course enrolled in.');
    }
    if (entity === 'certificates' && !before) {
      const enrollment = refersTo(draft, after, 'course_enrollments', 'enrollmentId');
      if (enrollment && enrollment['status'] !== 'completed')
        draft.issue(
          path,
          'enrollmentId',
          `${titleOf(db, 'course_enrollments', enrollment.id) || 'The enrollment'} is ${String(enrollment['status'])} at ${String(enrollment['progressPercentage'])} %. Complete it first.`,
        );
    }
    if (entity === 'submissions' && typeof after['score'] === 'number') {
      const most = refersTo(draft, after, 'assignments', 'assignmentId')?.['maxScore'];
      if (typeof most === 'number' && after['score'] > most)
        draft.issue(path, 'score', `The highest score of this assignment is ${most}. Enter ${most} or less.`);
    }
  }
}

const refersTo = (draft: Draft, row: AnyRow, to: EntityName, field: string): AnyRow | null =>
  typeof row[field] === 'string' ? draft.now(to, row[field]) : null;
