import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../shared/contract/outcome';
import type { Edit } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { lineageOf } from '../../../shared/rules/curriculum';
import { readRow, readRows } from '../local/rows';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { addNode, moveNodes } from './curriculum-nodes';
import { publish, publishImpact, startDraft } from './curriculum-versions';
import { saveRows } from './save-rows';
import { redo, undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
});
afterEach(() => place.remove());

const save = (...edits: Edit[]): unknown => saveRows(desk.context, { edits, label: 'Change', via: 'typed' });
const curriculum = (id: string): AnyRow => readRow(desk.store.reader, 'curricula', id)!;
const said = (act: () => unknown): string => {
  try {
    act();
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return JSON.stringify(problem.problem);
  }
  return '';
};
const publishFirst = (): void => void publish(desk.context, { curriculumId: desk.ids.curriculum, mapping: [] });
const nextDraft = (): string => startDraft(desk.context, { curriculumId: desk.ids.curriculum }).ids[0]!;
const lessonsOf = (id: string): AnyRow[] =>
  readRows(desk.store.reader, 'modules', 'where t.curriculum_id = ? order by t.sequence_order', id).flatMap((module) =>
    readRows(desk.store.reader, 'lessons', 'where t.module_id = ? order by t.sequence_order', module.id),
  );
const learner = (lessonId: string): string => {
  const enrollmentId = desk.put('course_enrollments', {
    ...{ programId: desk.ids.program, studentId: desk.ids.student, courseId: desk.ids.course },
    ...{ facilityId: desk.ids.facility, ageGroup: 'adults', locationType: 'our-facility', sessionType: 'group' },
    ...{ status: 'active', enrollmentDate: '2026-01-05', assignmentType: 'direct', progressPercentage: 0 },
  });
  desk.put('lesson_progress', {
    ...{ programId: desk.ids.program, enrollmentId, lessonId, completed: true, completedAt: 5, timeSpentSeconds: 60 },
  });
  return enrollmentId;
};

describe('a published curriculum', () => {
  it('keeps everything it holds, and says how to change it', () => {
    publishFirst();
    const { curriculum: id, modules, lessons } = desk.ids;
    const rename = { values: { name: 'Other' }, op: 'update' } as const;
    const attempts: (() => unknown)[] = [
      () => save({ ...rename, entity: 'curricula', id }),
      () => save({ ...rename, entity: 'modules', id: modules[0]! }),
      () => save({ ...rename, entity: 'lessons', id: lessons[0]! }),
      () => save({ op: 'delete', entity: 'lessons', id: lessons[0]! }),
      () => save({ op: 'delete', entity: 'modules', id: modules[0]! }),
      () => addNode(desk.context, { entity: 'lessons', parentId: modules[0]!, values: { name: 'New' } }),
      () => moveNodes(desk.context, { entity: 'lessons', ids: [lessons[0]!], parentId: modules[1]!, position: 1 }),
    ];
    for (const attempt of attempts) expect(said(attempt)).toMatch(/is published and stays as it is. Start a draft/);
    save({ op: 'update', entity: 'curricula', id, values: { sequenceOrder: 1 } });
  });

  it('takes nothing in from a draft', () => {
    publishFirst();
    const draft = nextDraft();
    const [lesson] = lessonsOf(draft);
    const into = { entity: 'lessons', ids: [lesson!.id], parentId: desk.ids.modules[0]!, position: 1 } as const;
    expect(said(() => moveNodes(desk.context, { ...into, ids: [...into.ids] }))).toContain('stays as it is');
  });

  it('begins as a draft, and never goes back from the archive to one', () => {
    const values = { programId: desk.ids.program, courseId: desk.ids.course, name: 'X', sequenceOrder: 2 };
    const made = newId();
    expect(
      said(() => save({ op: 'insert', entity: 'curricula', id: made, values: { ...values, state: 'published' } })),
    ).toContain('begins as a draft');
    const { curriculum: id } = desk.ids;
    save({ op: 'update', entity: 'curricula', id, values: { state: 'archived' } });
    expect(said(() => save({ op: 'update', entity: 'curricula', id, values: { state: 'draft' } }))).toContain(
      'cannot become a draft again',
    );
  });
});

describe('the next draft', () => {
  it('is a whole copy of new rows that remember which they were', () => {
    publishFirst();
    const before = lessonsOf(desk.ids.curriculum);
    const draft = nextDraft();
    expect(curriculum(draft)).toMatchObject({ state: 'draft', version: 2, lineId: desk.ids.curriculum });
    const copies = lessonsOf(draft);
    expect(copies.map(lineageOf)).toEqual(before.map(lineageOf));
    expect(copies.map((row) => row['name'])).toEqual(before.map((row) => row['name']));
    expect(new Set([...copies, ...before].map((row) => row.id)).size).toBe(before.length * 2);
    const order = readRows(desk.store.reader, 'curricula', 'order by t.sequence_order').map((row) => row.id);
    expect(order).toEqual([draft, desk.ids.curriculum]);
    expect(said(nextDraft)).toContain('being drafted already');
  });

  it('is one step of undo', () => {
    publishFirst();
    const draft = nextDraft();
    undo(desk.context, {});
    expect(readRow(desk.store.reader, 'curricula', draft)).toBeNull();
    redo(desk.context);
    expect(lessonsOf(draft)).toHaveLength(lessonsOf(desk.ids.curriculum).length);
  });
});

describe('publishing', () => {
  it('archives the version before it, and undo puts both back', () => {
    publishFirst();
    const draft = nextDraft();
    publish(desk.context, { curriculumId: draft, mapping: [] });
    const states = (): unknown[] => [desk.ids.curriculum, draft].map((id) => curriculum(id)['state']);
    expect(states()).toEqual(['archived', 'published']);
    undo(desk.context, {});
    expect(states()).toEqual(['published', 'draft']);
  });

  it('waits until it is said what becomes of progress on a lesson that is gone', () => {
    publishFirst();
    const [gone, kept] = lessonsOf(desk.ids.curriculum);
    const enrollmentId = learner(gone!.id);
    const draft = nextDraft();
    const copies = lessonsOf(draft);
    save({ op: 'delete', entity: 'lessons', id: copies[0]!.id });
    expect(publishImpact(desk.context, { curriculumId: draft })).toMatchObject({
      replaces: { id: desk.ids.curriculum, version: 1 },
      lost: [{ id: gone!.id, enrollments: 1 }],
    });
    expect(said(() => publish(desk.context, { curriculumId: draft, mapping: [] }))).toContain(
      'one learner has progress on it',
    );
    expect(
      said(() => save({ op: 'update', entity: 'curricula', id: draft, values: { state: 'published' } })),
    ).toContain('say what becomes of that progress');
    expect(
      said(() => publish(desk.context, { curriculumId: draft, mapping: [{ from: gone!.id, to: kept!.id }] })),
    ).toContain('not in this version');
    const target = copies[1]!.id;
    publish(desk.context, { curriculumId: draft, mapping: [{ from: gone!.id, to: target }] });
    const moved = readRows(desk.store.reader, 'lesson_progress', 'where t.lesson_id = ?', target);
    expect(moved).toMatchObject([{ enrollmentId, completed: true, timeSpentSeconds: 60 }]);
  });

  it('does not ask about lessons that are in the new version under another name', () => {
    publishFirst();
    const [first] = lessonsOf(desk.ids.curriculum);
    learner(first!.id);
    const draft = nextDraft();
    save({ op: 'update', entity: 'lessons', id: lessonsOf(draft)[0]!.id, values: { name: 'Renamed' } });
    expect(publishImpact(desk.context, { curriculumId: draft }).lost).toEqual([]);
  });

  it('cannot be taken back once learners have progress in the version', () => {
    publishFirst();
    learner(desk.ids.lessons[0]!);
    const { curriculum: id } = desk.ids;
    expect(said(() => save({ op: 'update', entity: 'curricula', id, values: { state: 'draft' } }))).toContain(
      'cannot become a draft again',
    );
  });
});
