import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { sameValue } from '../../../shared/rules/canonical-json';
import { lineageOf } from '../../../shared/rules/curriculum';
import { wallClock } from '../../../shared/rules/expand-recurrence';
import { percentOf, reached, settled, type Standing } from '../../../shared/rules/progress';
import { wordsFor } from '../../../shared/rules/refusals';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { lessonsDone, wantedLessons } from '../queries/progress';
import { mostOps } from './commit';
import type { Draft, DraftRow } from './draft';
import { checkMove } from './enrollment-rules';

/**
 * Rule 8 on the desk: what the server makes of an enrollment when lessons are done, or its status changes, is shown at once and sent by nobody.
 */
export function followProgress(draft: Draft): void {
  // What the server does belongs to the op that makes it do so; an import that goes out in parts shows progress when it has arrived.
  if (draft.ops.length > mostOps) return;
  const rows = [...draft.rows.values()];
  // Which lessons count is about to change: the server counts anew.
  const isPublishing = rows.some(({ entity }) => entity === 'curricula');
  for (const id of isPublishing ? [] : learners(draft, rows)) {
    const row = draft.now('course_enrollments', id);
    if (!row) continue;
    const after = reached(standing(row), percent(draft, row));
    if (after.status !== row['status'])
      checkMove(draft, row, { status: after.status }, { ...row, ...after }, path(draft, id));
    imply(draft, row, after, path(draft, id));
  }
  for (const { entity, before, after, path } of draft.rows.values()) {
    if (entity !== 'course_enrollments' || !after) continue;
    const was = before && standing(before);
    const now = settled(was, standing(after), today(draft, after));
    imply(draft, after, now, path);
    if (before?.['status'] === 'completed' && now.status !== 'completed') refuseCertified(draft, after, path);
  }
}

const standing = (row: AnyRow): Standing => row as unknown as Standing;
const path = (draft: Draft, id: string): string => draft.rows.get(`course_enrollments ${id}`)?.path ?? '';

/** Enrollments whose lessons change in this action. */
function learners(draft: Draft, rows: readonly DraftRow[]): Set<string> {
  const changed = rows.filter(
    ({ entity, before, after }) =>
      entity === 'lesson_progress' && after && (!before || before['completed'] !== after['completed']),
  );
  const gone = [...(draft.going.get('lesson_progress') ?? [])].map((id) =>
    readRow(draft.context.db, 'lesson_progress', id),
  );
  return new Set([...changed.map(({ after }) => after), ...gone].map((row) => String(row?.['enrollmentId'])));
}

function percent(draft: Draft, enrollment: AnyRow): number | null {
  const { db } = draft.context;
  const course = String(enrollment['courseId']);
  const wanted = draft.memo(`lessons of ${course}`, () => wantedLessons(db, course));
  const going = draft.going.get('lesson_progress');
  const done = new Set(
    lessonsDone(db, enrollment.id)
      .filter(({ id }) => !going?.has(id) && !draft.rows.has(`lesson_progress ${id}`))
      .map(({ line }) => line),
  );
  const drafted = draft.memo('progress by enrollment', () =>
    Map.groupBy(
      [...draft.rows.values()].filter(({ entity, after }) => entity === 'lesson_progress' && after?.['completed']),
      ({ after }) => String(after!['enrollmentId']),
    ),
  );
  for (const { after } of drafted.get(enrollment.id) ?? []) {
    const lesson = draft.now('lessons', String(after!['lessonId']));
    if (lesson) done.add(lineageOf(lesson));
  }
  return percentOf(wanted, done);
}

/** The day in the program's zone. */
function today(draft: Draft, row: AnyRow): string {
  const zone = draft.now('programs', String(row['programId']))?.['timeZone'];
  return wallClock(draft.context.now(), typeof zone === 'string' ? zone : 'UTC').day;
}

const followed = ['progressPercentage', 'status', 'completionDate'] as const;

function imply(draft: Draft, row: AnyRow, after: Standing, path: string): void {
  const fields = followed.filter((field) => !sameValue(row[field], after[field]));
  if (fields.length === 0) return;
  const entity: EntityName = 'course_enrollments';
  const of = (from: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));
  const patch = of({ ...after });
  draft.add({ entity, op: 'update', id: row.id, version: 0, base: of(row), patch, implied: true }, path);
}

function refuseCertified(draft: Draft, enrollment: AnyRow, path: string): void {
  const id = statement(draft.context.db, 'select id from certificates where enrollment_id = ?')
    .pluck()
    .get(enrollment.id) as string | undefined;
  if (!id || draft.going.get('certificates')?.has(id)) return;
  const number = draft.now('certificates', id)?.['certificateNumber'];
  const detail = { certificateId: id, number };
  const { message, next } = wordsFor({ code: 'certificate-issued', detail }, {});
  draft.issue(path, 'status', `${message} ${next}`);
}
