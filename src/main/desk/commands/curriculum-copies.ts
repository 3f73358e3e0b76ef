import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import { lineageOf, lineOf } from '../../../shared/rules/curriculum';
import { moved } from '../../../shared/rules/order';
import type { CommandContext } from '../context';
import { readRow, readRows } from '../local/rows';
import { pricesToCopy, whyNotCopied } from '../queries/curriculum-copies';
import { versionNodes } from '../queries/curriculum-versions';
import { orderingOf, siblingsOf } from '../queries/siblings';
import { commit } from './commit';
import { whyFrozenIn } from './curriculum-states';
import { renumberOps } from './delete-ops';
import { rowsText } from './inverse';
import { conflict, forbidden, notFound } from './refuse';
import { opsFor } from './save-rows';

/** Copies of curricula and of what is in them: new rows all through, nothing shared with what they were made from. */

/** What a copied node remembers of where it came from. */
type Lineage = (row: AnyRow) => string | null;
const none: Lineage = () => null;

interface Holder {
  id: string;
  programId: unknown;
}

function found(context: CommandContext, name: EntityName, id: string): AnyRow {
  const row = readRow(context.db, name, id);
  const thing = entityOf(name).labels.one.toLowerCase();
  if (!row) throw notFound(`This ${thing} is no longer there. Somebody may have deleted it meanwhile.`);
  return row;
}

/** The modules and lessons of a curriculum as new rows of another. */
export const copiedContents = (context: CommandContext, from: string, to: Holder, lineage: Lineage): Edit[] =>
  readRows(context.db, 'modules', 'where t.curriculum_id = ? order by t.sequence_order, t.id', from).flatMap((module) =>
    copiedModule(context, module, to, lineage),
  );

function copiedModule(
  context: CommandContext,
  module: AnyRow,
  to: Holder,
  lineage: Lineage,
  position = module['sequenceOrder'],
): Edit[] {
  const id = newId(context.now());
  const { name, description } = module;
  const values = { programId: to.programId, curriculumId: to.id, name, description, sequenceOrder: position };
  const lessons = readRows(context.db, 'lessons', 'where t.module_id = ? order by t.sequence_order, t.id', module.id);
  return [
    { op: 'insert', entity: 'modules', id, values: { ...values, lineageId: lineage(module) } },
    ...lessons.map((lesson) => copiedLesson(context, lesson, { id, programId: to.programId }, lineage)),
  ];
}

function copiedLesson(
  context: CommandContext,
  lesson: AnyRow,
  to: Holder,
  lineage: Lineage,
  position = lesson['sequenceOrder'],
): Edit {
  const { name, description, content, videoUrl, durationMinutes } = lesson;
  const values = { name, description, content, videoUrl, durationMinutes, sequenceOrder: position };
  return {
    ...{ op: 'insert', entity: 'lessons', id: newId(context.now()) },
    values: { ...values, programId: to.programId, moduleId: to.id, lineageId: lineage(lesson) },
  };
}

/** A curriculum as a new draft. One made from a published version remembers it, so that changes of that can be taken later. */
function copiedCurriculum(
  context: CommandContext,
  source: AnyRow,
  { courseId, programId, name, position }: { courseId: string; programId: unknown; name: unknown; position?: number },
): [Edit, ...Edit[]] {
  const id = newId(context.now());
  const isTracked = source['state'] === 'published';
  const values = {
    ...{ programId, courseId, name, description: source['description'], state: 'draft', version: 1 },
    ...(position === undefined ? {} : { sequenceOrder: position }),
    ...(isTracked ? { sourceId: source.id } : {}),
  };
  return [
    { op: 'insert', entity: 'curricula', id, values },
    ...copiedContents(context, source.id, { id, programId }, isTracked ? lineageOf : none),
  ];
}

/** Copies a curriculum to a course, or to a new one, of any program this person may add to. */
export function duplicateCurriculum(context: CommandContext, input: Parsed<'curriculum.duplicate'>): Saved {
  const { curriculumId, name, programId, prices } = input;
  const source = found(context, 'curricula', curriculumId);
  const reason = whyNotCopied(context, source, programId);
  if (reason) throw forbidden(reason);
  const from = found(context, 'courses', String(source['courseId']));
  if (input.courseId !== null && found(context, 'courses', input.courseId)['programId'] !== programId)
    throw conflict('That course belongs to another program. Choose one of the program you copy to.');
  if (prices && programId !== source['programId'])
    throw conflict(
      'Prices belong to facilities, and another program has its own. Copy without prices, and set them there.',
    );
  const course = input.courseId === null ? copiedCourse(context, from, programId) : null;
  const courseId = input.courseId ?? course!.id;
  const copy = copiedCurriculum(context, source, { courseId, programId, name });
  const priced =
    prices && courseId !== from.id
      ? pricesToCopy(context, from.id, input.courseId).rows.map((row): Edit => {
          const { facilityId, ageGroup, locationType, sessionType, price, currency, effectiveDate, endDate } = row;
          const key = { programId, courseId, facilityId, ageGroup, locationType, sessionType };
          const values = { ...key, price, currency, effectiveDate, endDate, isActive: true };
          return { op: 'insert', entity: 'facility_course_pricing', id: newId(context.now()), values };
        })
      : [];
  const edits = [...(course ? [course] : []), ...copy, ...priced];
  const label = `Copy “${String(source['name'])}” to ${course ? 'a new course' : `“${String(found(context, 'courses', courseId)['name'])}”`}`;
  const saved = commit(context, { label: label.slice(0, 200), via: 'duplicate', ops: opsFor(context, edits) });
  return { ...saved, ids: [copy[0].id, courseId] };
}

/** A course as one of its own, not published yet. What another program calls otherwise, or who teaches there, is left open. */
function copiedCourse(context: CommandContext, from: AnyRow, programId: string): Edit {
  const taken = new Set(
    readRows(context.db, 'courses', 'where t.program_id = ?', programId).flatMap((row) => [
      String(row['code']),
      String(row['slug']),
    ]),
  );
  const free = (text: string): string => {
    for (let n = 1; ; n++) {
      const tried = n === 1 ? text : `${text.slice(0, 40)}-${n}`;
      if (!taken.has(tried)) return tried;
    }
  };
  const { name, level, difficulty, description, thumbnailUrl, category, instructorId, listPrice, currency } = from;
  const own = programId === from['programId'] ? { category, instructorId, listPrice, currency } : {};
  const names = { code: free(String(from['code'])), slug: free(String(from['slug'])), name };
  const values = { ...names, ...own, programId, level, difficulty, description, thumbnailUrl, published: false };
  return { op: 'insert', entity: 'courses', id: newId(context.now()), values: { ...values, isActive: true } };
}

/** Copies nodes with what is in them, in their order on screen, so that the first stands at `position`. */
export function pasteNodes(context: CommandContext, input: Parsed<'curriculum.paste'>): Saved {
  const { entity: name, ids, parentId, position } = input;
  const parent = openParent(context, name, parentId);
  const rows = ids.map((id) => found(context, name, id));
  const groups = rows.map((row, at) => copied(row, position + at));
  const what = rows.length === 1 ? `“${String(rows[0]!['name'])}”` : rowsText(name, rows.length);
  return putAt(context, input, parent, groups, `Paste ${what}`, 'paste');

  function copied(row: AnyRow, place: number): Edit[] {
    const to = { id: parentId, programId: parent['programId'] };
    if (name === 'curricula') {
      const from = { courseId: parentId, programId: to.programId, name: row['name'], position: place };
      return copiedCurriculum(context, row, from);
    }
    const lineage = lineageInto(context, row, parent);
    if (name === 'modules') return copiedModule(context, row, to, lineage, place);
    return [copiedLesson(context, row, to, lineage, place)];
  }
}

/** Writes an outline that was typed elsewhere. */
export function writeNodes(context: CommandContext, input: Parsed<'curriculum.write'>): Saved {
  const { parentId, position } = input;
  const parent = openParent(context, input.entity, parentId);
  const { programId } = parent;
  const lesson = (moduleId: string, at: number, { name, minutes }: { name: string; minutes: number | null }): Edit => {
    const values = { programId, moduleId, name, durationMinutes: minutes, sequenceOrder: at };
    return { op: 'insert', entity: 'lessons', id: newId(context.now()), values };
  };
  const groups =
    input.entity === 'lessons'
      ? input.nodes.map((node, at) => [lesson(parentId, position + at, node)])
      : input.nodes.map(({ name, lessons }, at): Edit[] => {
          const id = newId(context.now());
          const values = { programId, curriculumId: parentId, name, sequenceOrder: position + at };
          return [
            { op: 'insert', entity: 'modules', id, values },
            ...lessons.map((one, place) => lesson(id, place + 1, one)),
          ];
        });
  return putAt(context, input, parent, groups, `Paste ${rowsText(input.entity, groups.length)}`, 'paste text');
}

type NodeEntity = Parsed<'curriculum.paste'>['entity'];
const parentOf = { curricula: 'courses', modules: 'curricula', lessons: 'modules' } as const;

function openParent(context: CommandContext, name: NodeEntity, id: string): AnyRow {
  const parent = found(context, parentOf[name], id);
  const frozen = whyFrozenIn(context.db, name, { [orderingOf(entityOf(name))!.within]: id });
  if (frozen) throw conflict(frozen);
  return parent;
}

/** New siblings, each with what is in it, before the one at `position`; those below give way. */
function putAt(
  context: CommandContext,
  { entity: name, parentId, position }: Pick<Parsed<'curriculum.paste'>, 'entity' | 'parentId' | 'position'>,
  parent: AnyRow,
  groups: Edit[][],
  label: string,
  via: string,
): Saved {
  const { field, within } = orderingOf(entityOf(name))!;
  const siblings = siblingsOf(context.db, name, { programId: parent['programId'], [within]: parentId });
  const ids = groups.map(([first]) => first!.id);
  const added = new Set(ids);
  const implied = renumberOps(name, field, siblings, moved(siblings, ids, position)).filter(({ id }) => !added.has(id));
  const ops = [...opsFor(context, groups.flat()), ...implied];
  const saved = commit(context, { label: label.slice(0, 200), via, ops });
  return { ...saved, ids };
}

/**
 * A copied node is a new one, so that a version that holds both shows it as added. Only where it comes from the source the curriculum was
 * copied from, and is not there yet, it stays the same node: otherwise the source would offer it once more.
 */
function lineageInto(context: CommandContext, row: AnyRow, parent: AnyRow): Lineage {
  const { db } = context;
  const top = (node: AnyRow): AnyRow | null => {
    if ('courseId' in node) return node;
    const above = 'moduleId' in node ? readRow(db, 'modules', String(node['moduleId'])) : node;
    return above && readRow(db, 'curricula', String(above['curriculumId']));
  };
  const [from, to] = [top(row), top(parent)];
  const source = typeof to?.['sourceId'] === 'string' ? readRow(db, 'curricula', to['sourceId']) : null;
  if (!from || !to || !source || lineOf(from) !== lineOf(source) || from['courseId'] !== source['courseId'])
    return none;
  const taken = new Set(versionNodes(db, to.id).map(({ key }) => key));
  return (node) => {
    const key = lineageOf(node);
    if (taken.has(key)) return null;
    taken.add(key);
    return key;
  };
}
