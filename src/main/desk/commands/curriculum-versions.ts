import type { Edit, Parsed, PublishImpact, Saved } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { isFrozen, lineageOf, lineOf, versionText } from '../../../shared/rules/curriculum';
import { moved } from '../../../shared/rules/order';
import type { CommandContext, QueryContext } from '../context';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { publishedOf, unmappedLessons, versionsOf } from '../queries/curriculum-versions';
import { siblingsOf } from '../queries/siblings';
import { commit } from './commit';
import { copiedContents } from './curriculum-copies';
import { renumberOps } from './delete-ops';
import { conflict, notFound, refuseIssues } from './refuse';
import { opsFor } from './save-rows';

/** Rule 7 as orders: the next draft of a published curriculum, and publishing it. */

function curriculumRow({ read }: QueryContext, id: string): AnyRow {
  const row = readRow(read, 'curricula', id);
  if (!row) throw notFound('This curriculum is no longer there. Somebody may have deleted it meanwhile.');
  return row;
}

const named = (row: AnyRow): string => versionText({ name: String(row['name']), version: Number(row['version']) });

/** Starts the next draft of a line as a copy of one of its versions; modules and lessons remember which they were. */
export function startDraft(context: CommandContext, { curriculumId }: Parsed<'curriculum.draft'>): Saved {
  const source = curriculumRow(context, curriculumId);
  const courseId = String(source['courseId']);
  const versions = versionsOf(context.db, courseId, lineOf(source)).map((id) => curriculumRow(context, id));
  const open = versions.find((version) => version['state'] === 'draft');
  if (open) throw conflict(`${named(open)} is being drafted already. Go on with that one, or archive it first.`);
  const version = Math.max(...versions.map((row) => Number(row['version']))) + 1;
  const id = newId(context.now());
  const edits: Edit[] = [
    {
      op: 'insert',
      entity: 'curricula',
      id,
      values: {
        ...{ programId: source['programId'], courseId, name: source['name'], description: source['description'] },
        ...{ sequenceOrder: Number(source['sequenceOrder']), state: 'draft', version, lineId: lineOf(source) },
        sourceId: source['sourceId'],
      },
    },
    ...copiedContents(context, curriculumId, { id, programId: source['programId'] }, lineageOf),
  ];
  // It stands where its source stands, and the source below it: as the server will number them.
  const siblings = siblingsOf(context.db, 'curricula', source);
  const order = moved(siblings, [id], Number(source['sequenceOrder']));
  const implied = renumberOps('curricula', 'sequenceOrder', siblings, order).filter((op) => op.id !== id);
  const saved = commit(context, {
    label: `Start ${named({ ...source, version })}`.slice(0, 200),
    via: 'draft',
    ops: [...opsFor(context, edits), ...implied],
  });
  return { ...saved, ids: [id] };
}

/** What publishing a draft would do to learners: the lessons they have progress on that are not in it. */
export function publishImpact(context: QueryContext, { curriculumId }: Parsed<'curriculum.impact'>): PublishImpact {
  const draft = curriculumRow(context, curriculumId);
  const current = publishedOf(context.read, String(draft['courseId']), lineOf(draft));
  return {
    replaces: current && current.id !== draft.id ? { id: current.id, version: Number(current['version']) } : null,
    lost: current && current.id !== draft.id ? unmappedLessons(context.read, current.id, draft.id) : [],
  };
}

/**
 * Publishes a draft: the version before it is archived, and progress on lessons that are gone goes where the mapping says.
 * @throws Refusal where a lesson with progress is gone and the mapping does not say what becomes of it
 */
export function publish(context: CommandContext, { curriculumId, mapping }: Parsed<'curriculum.publish'>): Saved {
  const draft = curriculumRow(context, curriculumId);
  if (isFrozen(draft['state'])) throw conflict(`${named(draft)} is ${String(draft['state'])} already.`);
  const { lost } = publishImpact(context, { curriculumId });
  const target = new Map(mapping.map(({ from, to }) => [from, to]));
  refuseIssues(
    lost
      .filter(({ id }) => !target.has(id))
      .map(({ id, name, enrollments }) => ({
        path: `mapping.${id}`,
        message: `“${name}” is not in this version, and ${enrollments === 1 ? 'one learner has' : `${enrollments} learners have`} progress on it. Choose the lesson that takes its place, or let the progress go.`,
      })),
  );
  const state: Edit = { op: 'update', entity: 'curricula', id: curriculumId, values: { state: 'published' } };
  const carried = lost.flatMap(({ id }) => {
    const to = target.get(id);
    return to ? movedProgress(context, curriculumId, id, to) : [];
  });
  const saved = commit(context, {
    label: `Publish ${named(draft)}`.slice(0, 200),
    via: 'publish',
    ops: opsFor(context, [state, ...carried], { isMapped: true }),
  });
  return { ...saved, ids: [curriculumId] };
}

/** Progress on one lesson as progress on another, for learners who have none there. */
function movedProgress(context: CommandContext, curriculumId: string, from: string, to: string): Edit[] {
  const lesson = readRow(context.db, 'lessons', to);
  const module = lesson ? readRow(context.db, 'modules', String(lesson['moduleId'])) : null;
  if (module?.['curriculumId'] !== curriculumId)
    throw conflict('The lesson chosen to take over progress is not in this version. Choose one that is.');
  const ids = statement(
    context.db,
    `select p.id from lesson_progress p join course_enrollments e on e.id = p.enrollment_id and e.status in ('active', 'paused')
     where p.lesson_id = ? and not exists (select 1 from lesson_progress q where q.enrollment_id = p.enrollment_id and q.lesson_id = ?)`,
  )
    .pluck()
    .all(from, to) as string[];
  return ids.map((id): Edit => {
    const { programId, enrollmentId, completed, completedAt, timeSpentSeconds } = readRow(
      context.db,
      'lesson_progress',
      id,
    )!;
    const values = { programId, enrollmentId, lessonId: to, completed, completedAt, timeSpentSeconds };
    return { op: 'insert', entity: 'lesson_progress', id: newId(context.now()), values };
  });
}
