import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { curriculumRequests } from '../../../shared/contract/curriculum';
import { Refusal } from '../../../shared/contract/outcome';
import type { Edit } from '../../../shared/contract/requests';
import { newId, type AnyRow } from '../../../shared/model';
import { lineageOf } from '../../../shared/rules/curriculum';
import { readRow, readRows } from '../local/rows';
import { copyable } from '../queries/curriculum-copies';
import { sourceNews } from '../queries/curriculum-source';
import { versionNodes } from '../queries/curriculum-versions';
import { syllabus } from '../queries/syllabus';
import { sampleDesk, type SampleDesk } from '../testing/sample-desk';
import { tempStore, type TempStore } from '../testing/temp-store';
import { duplicateCurriculum, pasteNodes, writeNodes } from './curriculum-copies';
import { moveNodes } from './curriculum-nodes';
import { adoptChanges } from './curriculum-source';
import { publish, startDraft } from './curriculum-versions';
import { saveRows } from './save-rows';
import { undo } from './undo';

let place: TempStore;
let desk: SampleDesk;
let other: string;
beforeEach(() => {
  place = tempStore();
  desk = sampleDesk(place.open());
  const program = {
    name: 'Running',
    code: 'RUN',
    programType: 'certificate',
    currency: 'NGN',
    timeZone: 'Africa/Lagos',
  };
  other = desk.put('programs', { ...program, isActive: true });
});
afterEach(() => place.remove());

const row = (entity: 'curricula' | 'courses', id: string): AnyRow => readRow(desk.store.reader, entity, id)!;
const nodes = (id: string) => versionNodes(desk.store.reader, id);
const names = (id: string): string[] => nodes(id).map(({ name }) => name);
const save = (...edits: Edit[]): unknown => saveRows(desk.context, { edits, label: 'Change', via: 'typed' });
const rename = (entity: 'modules' | 'lessons', id: string, name: string): unknown =>
  save({ op: 'update', entity, id, values: { name } });
const said = (act: () => unknown): string => {
  try {
    act();
  } catch (problem) {
    if (problem instanceof Refusal) return JSON.stringify(problem.problem);
    throw problem;
  }
  return '';
};
const courseIn = (programId: string): string =>
  desk.put('courses', {
    programId,
    code: newId(),
    name: 'Other',
    slug: newId(),
    currency: 'NGN',
    published: true,
    isActive: true,
  });
const copy = (more: { courseId?: string | null; programId?: string; prices?: boolean } = {}): [string, string] => {
  const given = {
    curriculumId: desk.ids.curriculum,
    name: 'Copy',
    programId: desk.ids.program,
    courseId: null,
    ...more,
  };
  return duplicateCurriculum(desk.context, curriculumRequests['curriculum.duplicate'].parse(given)).ids as [
    string,
    string,
  ];
};
const publishFirst = (): void => void publish(desk.context, { curriculumId: desk.ids.curriculum, mapping: [] });
const prices = (courseId: string): AnyRow[] =>
  readRows(desk.store.reader, 'facility_course_pricing', 'where t.course_id = ?', courseId);

describe('a deep copy', () => {
  it('consists of new rows only, in the other program, and is one step of undo', () => {
    desk.context.session.programs = [desk.ids.program, other];
    const target = courseIn(other);
    const [made] = copy({ programId: other, courseId: target });
    expect(names(made)).toEqual(names(desk.ids.curriculum));
    const shared = new Set(nodes(desk.ids.curriculum).flatMap(({ id, key }) => [id, key]));
    for (const { id, key } of nodes(made)) expect(shared.has(id) || shared.has(key)).toBe(false);
    for (const { id, kind } of nodes(made))
      expect(readRow(desk.store.reader, kind, id)).toMatchObject({ programId: other });
    expect(row('curricula', made)).toMatchObject({ state: 'draft', version: 1, courseId: target, sourceId: null });
    expect(prices(target)).toEqual([]);
    undo(desk.context, {});
    expect(row('curricula', made)).toBeNull();
    expect(nodes(made)).toEqual([]);
  });

  it('asks for rights in both programs', () => {
    const target = courseIn(other);
    expect(said(() => copy({ programId: other, courseId: target }))).toContain('a program you are not assigned to');
    desk.context.session.programs = [other];
    expect(said(() => copy({ programId: other, courseId: target }))).toContain('The curriculum belongs to a program');
    desk.context.session.programs = [desk.ids.program, other];
    desk.as('program_coordinator');
    expect(said(() => copy({ programId: other, courseId: target }))).toContain('Only program admins');
  });

  it('takes the prices of the course along only if asked, only where the course has none, and never to another program', () => {
    desk.context.session.programs = [desk.ids.program, other];
    const [, bare] = copy();
    expect(prices(bare)).toEqual([]);
    const [, priced] = copy({ prices: true });
    expect(prices(priced)).toMatchObject([{ price: 1_500_000, facilityId: desk.ids.facility }]);
    const asked = { curriculumId: desk.ids.curriculum, programId: desk.ids.program };
    expect(copyable(desk.context, { ...asked, courseId: priced }).prices).toMatchObject({
      count: 0,
      skipped: 0,
      whyNot: 'That course has prices of its own for all of these.',
    });
    copy({ prices: true, courseId: priced });
    expect(prices(priced)).toHaveLength(1);
    expect(said(() => copy({ programId: other, prices: true }))).toContain('Prices belong to facilities');
    expect(copyable(desk.context, { ...asked, programId: other, courseId: null })).toMatchObject({
      ...{ modules: 2, lessons: 3, minutes: 90, whyNot: null },
      prices: { count: 0, whyNot: expect.stringContaining('another program has its own') as unknown },
    });
  });

  it('makes a new course with a code of its own where one is asked for', () => {
    const [made, course] = copy();
    expect(row('curricula', made)['courseId']).toBe(course);
    expect(row('courses', course)).toMatchObject({ name: 'Learn to swim', code: 'S1-2', published: false });
  });
});

describe('pasting', () => {
  it('makes new nodes of those of the same version, which the comparison calls added', () => {
    const { modules, lessons, curriculum } = desk.ids;
    pasteNodes(desk.context, { entity: 'lessons', ids: [lessons[0]!], parentId: modules[0]!, position: 2 });
    expect(names(curriculum)).toEqual(['Water', 'Breathing', 'Breathing', 'Floating', 'Gliding', 'Strokes']);
    pasteNodes(desk.context, { entity: 'modules', ids: [modules[0]!], parentId: curriculum, position: 1 });
    expect(nodes(curriculum)).toHaveLength(11);
    expect(new Set(nodes(curriculum).map(({ key }) => key)).size).toBe(11);
    undo(desk.context, {});
    expect(nodes(curriculum)).toHaveLength(6);
  });

  it('says why nothing can be put into a published version', () => {
    const { modules, lessons } = desk.ids;
    publishFirst();
    const into = { parentId: modules[1]!, position: 1 };
    expect(said(() => pasteNodes(desk.context, { entity: 'lessons', ids: [lessons[0]!], ...into }))).toContain(
      'stays as it is',
    );
    const nodes = [{ name: 'New', minutes: null }];
    expect(said(() => writeNodes(desk.context, { entity: 'lessons', nodes, ...into }))).toContain('stays as it is');
  });

  it('writes an outline from elsewhere as modules with their lessons', () => {
    const written = [
      {
        name: 'First',
        lessons: [
          { name: 'One', minutes: 20 },
          { name: 'Two', minutes: null },
        ],
      },
      { name: 'Second', lessons: [] },
    ];
    writeNodes(desk.context, { entity: 'modules', parentId: desk.ids.curriculum, position: 2, nodes: written });
    expect(names(desk.ids.curriculum).filter((name) => name !== 'Breathing')).toEqual([
      'Water',
      'Floating',
      'Gliding',
      'First',
      'One',
      'Two',
      'Second',
      'Strokes',
    ]);
  });

  it('keeps a node of the source the same node, once', () => {
    publishFirst();
    const [made] = copy({ courseId: desk.ids.course });
    const [breathing] = nodes(made).filter(({ name }) => name === 'Breathing');
    save({ op: 'delete', entity: 'lessons', id: breathing!.id });
    const strokes = nodes(made).find(({ name }) => name === 'Strokes')!;
    const ids = [desk.ids.lessons[0]!];
    for (const position of [1, 2]) pasteNodes(desk.context, { entity: 'lessons', ids, parentId: strokes.id, position });
    const keys = nodes(made)
      .filter(({ name }) => name === 'Breathing')
      .map(({ key }) => key);
    expect(keys).toEqual([ids[0], expect.not.stringContaining(ids[0]!)]);
  });
});

describe('a copy of a published version', () => {
  /** Version 2 of the source: Gliding in Strokes under another name, Floating gone, a new lesson, Water renamed. */
  function changeSource(): string {
    const draft = startDraft(desk.context, { curriculumId: desk.ids.curriculum }).ids[0]!;
    const find = (name: string): string => nodes(draft).find((node) => node.name === name)!.id;
    const [strokes, water] = [find('Strokes'), find('Water')];
    moveNodes(desk.context, { entity: 'lessons', ids: [find('Gliding')], parentId: strokes, position: 1 });
    rename('lessons', find('Gliding'), 'Gliding far');
    save({ op: 'delete', entity: 'lessons', id: find('Floating') });
    const values = { programId: desk.ids.program, moduleId: strokes, name: 'Turning', sequenceOrder: 2 };
    save({ op: 'insert', entity: 'lessons', id: newId(), values });
    rename('modules', water, 'In the water');
    publish(desk.context, { curriculumId: draft, mapping: [] });
    return draft;
  }
  const news = (curriculumId: string) => sourceNews(desk.context, { curriculumId });

  it('remembers its source, and hears of a newer version of it', () => {
    publishFirst();
    const [made] = copy();
    expect(row('curricula', made)['sourceId']).toBe(desk.ids.curriculum);
    expect(nodes(made).map(({ key }) => key)).toEqual(nodes(desk.ids.curriculum).map(({ key }) => key));
    expect(news(made)).toBeNull();
    changeSource();
    const changes = news(made)!.changes;
    expect(changes.filter(({ moved }) => moved).map(({ name }) => name)).toEqual(['Gliding far']);
    expect(changes.filter(({ renamed }) => renamed)).toHaveLength(2);
    expect(changes.filter(({ removed }) => removed).map(({ name }) => name)).toEqual(['Floating']);
  });

  it('becomes as its source where it takes everything; undo takes that back as one step', () => {
    publishFirst();
    const [made] = copy();
    const next = changeSource();
    const take = news(made)!.changes.map(({ key }) => key);
    const before = nodes(made);
    adoptChanges(desk.context, { curriculumId: made, sourceId: next, take });
    const seen = (id: string) =>
      nodes(id).map(({ key, parentKey, name, content }) => ({ key, parentKey, name, content }));
    expect(seen(made)).toEqual(seen(next));
    expect(row('curricula', made)['sourceId']).toBe(next);
    expect(news(made)).toBeNull();
    const numbers = nodes(made).map(({ kind, id }) => Number(readRow(desk.store.reader, kind, id)!['sequenceOrder']));
    expect(numbers).toEqual([1, 1, 2, 1, 2]);
    undo(desk.context, {});
    expect(nodes(made)).toEqual(before);
    expect(news(made)?.changes).toHaveLength(take.length);
  });

  it('keeps what was not taken, and is not asked again', () => {
    publishFirst();
    const [made] = copy();
    const mine = nodes(made).find(({ name }) => name === 'Gliding')!;
    rename('lessons', mine.id, 'Gliding ours');
    const next = changeSource();
    expect(news(made)!.changes.find(({ key }) => key === mine.key)?.conflict).toContain('“Gliding ours”');
    const take = news(made)!
      .changes.filter(({ added }) => added)
      .map(({ key }) => key);
    adoptChanges(desk.context, { curriculumId: made, sourceId: next, take });
    expect(names(made)).toEqual(['Water', 'Breathing', 'Floating', 'Gliding ours', 'Strokes', 'Turning']);
    expect(news(made)).toBeNull();
  });

  it('takes changes only into a draft, and its next draft goes on from the same source', () => {
    publishFirst();
    const [made] = copy();
    publish(desk.context, { curriculumId: made, mapping: [] });
    const next = changeSource();
    expect(said(() => adoptChanges(desk.context, { curriculumId: made, sourceId: next, take: [] }))).toContain(
      'stays as it is',
    );
    const draft = startDraft(desk.context, { curriculumId: made }).ids[0]!;
    expect(news(made)?.changes).toHaveLength(4);
    adoptChanges(desk.context, { curriculumId: draft, sourceId: next, take: [] });
    expect(news(made)).toBeNull();
    const wrong = { sourceId: made };
    expect(said(() => save({ op: 'update', entity: 'curricula', id: draft, values: wrong }))).toContain(
      'keeps its source',
    );
  });

  it('of a copied draft is a plain one', () => {
    const [made] = copy();
    expect(row('curricula', made)['sourceId']).toBeNull();
    for (const { kind, id } of nodes(made)) expect(lineageOf(readRow(desk.store.reader, kind, id)!)).toBe(id);
  });
});

it('a syllabus holds the modules with their lessons', () => {
  expect(syllabus(desk.context, { curriculumId: desk.ids.curriculum })).toMatchObject({
    course: { name: 'Learn to swim', code: 'S1' },
    modules: [
      { name: 'Water', lessons: [{ minutes: 30 }, {}, { name: 'Gliding' }] },
      { name: 'Strokes', lessons: [] },
    ],
  });
});
