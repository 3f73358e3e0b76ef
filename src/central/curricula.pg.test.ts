import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Op } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { buildWorld, enrollment, insert, remove, restore, student, update, type World } from './testing/ops';

let central: FreshCentral;
let program: string;
let userId: string;
let admin: TestDesk;
let world: World;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  userId = (await central.addUser({ role: 'program_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(userId));
});
beforeEach(async () => {
  world = await buildWorld(admin, program);
});
afterAll(() => central.drop());

const query = async <T extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await central.sql.query<T>(text, values)).rows;
const state = async (id: string): Promise<{ state: string; version: number }> =>
  (await query<{ state: string; version: number }>('select state, version from app.curricula where id = $1', id))[0]!;
const refusal = async (...ops: Op[]): Promise<unknown> => (await admin.change(...ops)).refusal;
const setState = (id: string, from: string, to: string): Op =>
  update('curricula', id, 1, { state: from }, { state: to });
const publish = (id: string): Op => setState(id, 'draft', 'published');
const draftOf = (id: string, line = world.curriculum): Op =>
  insert('curricula', id, {
    ...{ programId: program, courseId: world.course, name: 'Basics', sequenceOrder: 2, version: 2, lineId: line },
  });

describe('a published curriculum', () => {
  const frozen = { code: 'curriculum-frozen', detail: { name: 'Basics', version: 1, state: 'published' } };

  test('takes no change to itself, its modules or its lessons', async () => {
    await admin.change(publish(world.curriculum));
    const [module, other] = world.modules;
    const [lesson] = world.lessons;
    for (const op of [
      update('curricula', world.curriculum, 2, { name: 'Basics' }, { name: 'Other' }),
      update('modules', module!, 1, { name: 'M1' }, { name: 'Other' }),
      update('lessons', lesson!, 1, { name: 'L1' }, { name: 'Other' }),
      update('lessons', lesson!, 1, { moduleId: module }, { moduleId: other }),
      update('lessons', lesson!, 1, { sequenceOrder: 1 }, { sequenceOrder: 2 }),
      insert('lessons', newId(), { programId: program, moduleId: module, name: 'New', sequenceOrder: 1 }),
      insert('modules', newId(), { programId: program, curriculumId: world.curriculum, name: 'New', sequenceOrder: 1 }),
      remove('lessons', lesson!),
      remove('modules', module!),
    ])
      expect(await refusal(op)).toMatchObject(frozen);
    expect(
      await refusal(update('curricula', world.curriculum, 2, { sequenceOrder: 1 }, { sequenceOrder: 1 })),
    ).toBeUndefined();
  });

  test('is held by the database itself, for whoever writes', async () => {
    await admin.change(publish(world.curriculum));
    await expect(
      central.sql.query(`update app.lessons set name = 'Other' where id = $1`, [world.lessons[0]]),
    ).rejects.toMatchObject({ code: 'PV001', message: 'curriculum-frozen' });
    await expect(
      central.sql.query(`update app.curricula set name = 'Other' where id = $1`, [world.curriculum]),
    ).rejects.toMatchObject({ message: 'curriculum-frozen' });
  });

  test('takes no lesson from a draft, and a lesson deleted in a draft does not come back into it', async () => {
    const gone = world.lessons[3]!;
    await admin.change(remove('lessons', gone));
    await admin.change(publish(world.curriculum));
    expect(await refusal(restore('lessons', gone))).toMatchObject({ code: 'curriculum-frozen' });
    const other = await buildWorld(admin, program);
    const into = update(
      'lessons',
      other.lessons[0]!,
      1,
      { moduleId: other.modules[0] },
      { moduleId: world.modules[0] },
    );
    expect(await refusal(into)).toMatchObject({ code: 'curriculum-frozen' });
  });

  test('is deleted and restored as a whole', async () => {
    await admin.change(publish(world.curriculum));
    const live = async (): Promise<number> =>
      (await query(`select from app.lessons where id = any ($1) and deleted_at is null`, world.lessons)).length;
    expect(await admin.change(remove('curricula', world.curriculum))).toMatchObject({ status: 'applied' });
    expect(await live()).toBe(0);
    expect(await admin.change(restore('curricula', world.curriculum))).toMatchObject({ status: 'applied' });
    expect(await live()).toBe(4);
  });
});

describe('versions', () => {
  test('a curriculum begins as a draft of version 1, whatever a desk says', async () => {
    const id = newId();
    const values = { programId: program, courseId: world.course, name: 'X', sequenceOrder: 2 };
    expect(await refusal(insert('curricula', id, { ...values, state: 'published' }))).toMatchObject({
      code: 'curriculum-state',
    });
    await admin.change(insert('curricula', id, { ...values, version: 9 }));
    expect(await state(id)).toEqual({ state: 'draft', version: 1 });
  });

  test('publishing the next draft archives the version before it', async () => {
    await admin.change(publish(world.curriculum));
    const next = newId();
    await admin.change(draftOf(next));
    expect(await state(next)).toEqual({ state: 'draft', version: 2 });
    await admin.change(publish(next));
    expect(await state(next)).toMatchObject({ state: 'published' });
    expect(await state(world.curriculum)).toMatchObject({ state: 'archived' });
  });

  test('a desk that archives and publishes itself, and takes both back, is understood', async () => {
    await admin.change(publish(world.curriculum));
    const next = newId();
    await admin.change(draftOf(next));
    await admin.change(setState(world.curriculum, 'published', 'archived'), publish(next));
    await admin.change(setState(next, 'published', 'draft'), setState(world.curriculum, 'archived', 'published'));
    expect([await state(next), await state(world.curriculum)].map((row) => row.state)).toEqual(['draft', 'published']);
  });

  test('of the archive nothing becomes a draft, nor of what learners have progress in', async () => {
    await admin.change(publish(world.curriculum));
    const [who, enrolled] = [newId(), newId()];
    await admin.change(student(program, who), enrollment(program, world, enrolled, who));
    const progress = { programId: program, enrollmentId: enrolled, lessonId: world.lessons[0], completed: true };
    expect(await admin.change(insert('lesson_progress', newId(), progress))).toMatchObject({ status: 'applied' });
    expect(await refusal(setState(world.curriculum, 'published', 'draft'))).toMatchObject({ code: 'curriculum-state' });
    await admin.change(setState(world.curriculum, 'published', 'archived'));
    expect(await refusal(setState(world.curriculum, 'archived', 'draft'))).toMatchObject({ code: 'curriculum-state' });
  });

  test('a line belongs to one course', async () => {
    const other = await buildWorld(admin, program);
    const foreign = insert('curricula', newId(), {
      ...{ programId: program, courseId: other.course, name: 'X', sequenceOrder: 2, lineId: world.curriculum },
    });
    expect(await refusal(foreign)).toMatchObject({ code: 'invalid-value', fields: ['lineId'] });
    await admin.change(draftOf(newId()));
    expect(
      await refusal(update('curricula', world.curriculum, 1, { courseId: world.course }, { courseId: other.course })),
    ).toMatchObject({ code: 'invalid-value', fields: ['courseId'] });
  });

  test('a copy goes on to another version of its source and to nothing else, and only as a draft', async () => {
    const source = await buildWorld(admin, program);
    const [next, copy] = [newId(), newId()];
    await admin.change(publish(source.curriculum));
    const inCourse = { programId: program, courseId: source.course, sequenceOrder: 2 };
    await admin.change(insert('curricula', next, { ...inCourse, name: 'Basics', lineId: source.curriculum }));
    const copied = { ...inCourse, courseId: world.course, name: 'Copy', sourceId: source.curriculum };
    await admin.change(insert('curricula', copy, copied));
    const goOn = (to: string | null, version = 1): Op =>
      update('curricula', copy, version, { sourceId: source.curriculum }, { sourceId: to });
    const wrong = { code: 'invalid-value', fields: ['sourceId'] };
    expect(await refusal(goOn(next))).toMatchObject(wrong);
    await admin.change(publish(next));
    for (const to of [null, copy, world.curriculum, newId()]) expect(await refusal(goOn(to))).toMatchObject(wrong);
    expect(await refusal(goOn(next))).toBeUndefined();
    expect(
      await refusal(update('curricula', copy, 2, { sourceId: next }, { sourceId: source.curriculum })),
    ).toBeUndefined();
    await admin.change(publish(copy));
    expect(await refusal(goOn(next, 4))).toMatchObject({ code: 'curriculum-frozen' });
  });

  test('a version that is restored beside the one that took its place is archived', async () => {
    await admin.change(publish(world.curriculum));
    const next = newId();
    await admin.change(draftOf(next));
    await admin.change(remove('curricula', world.curriculum));
    await admin.change(publish(next));
    await admin.change(restore('curricula', world.curriculum));
    expect(await state(world.curriculum)).toMatchObject({ state: 'archived' });
  });
});

describe('at the same time', () => {
  test('two desks start the next draft, and publish theirs: versions differ, one is in force', async () => {
    await admin.change(publish(world.curriculum));
    const desks = await Promise.all(
      Array.from({ length: 4 }, async () => central.desk(await central.openSession(userId))),
    );
    const drafts = desks.map(() => newId());
    await Promise.all(desks.map((desk, at) => desk.change(draftOf(drafts[at]!))));
    const results = await Promise.all(desks.map((desk, at) => desk.change(publish(drafts[at]!))));
    expect(
      results.map((result) => result.status).filter((status) => status !== 'applied' && status !== 'merged'),
    ).toEqual([]);
    const rows = await Promise.all(drafts.map(state));
    expect(rows.map((row) => row.version).sort()).toEqual([2, 3, 4, 5]);
    expect(rows.filter((row) => row.state === 'published')).toHaveLength(1);
    expect(await state(world.curriculum)).toMatchObject({ state: 'archived' });
  });

  test('a lesson never slips into a version that is just being published', async () => {
    const writer = await central.desk(await central.openSession(userId));
    for (let turn = 0; turn < 8; turn++) {
      const place = await buildWorld(admin, program);
      const add = insert('lessons', newId(), {
        ...{ programId: program, moduleId: place.modules[0], name: 'Late', sequenceOrder: 9 },
      });
      const [published, added] = await Promise.all([admin.change(publish(place.curriculum)), writer.change(add)]);
      expect(published.status).toBe('applied');
      const [row] = await query<{ x: boolean }>(
        `select l.created_at <= c.updated_at as x from app.lessons l join app.modules m on m.id = l.module_id
           join app.curricula c on c.id = m.curriculum_id where l.id = $1`,
        add.id,
      );
      if (added.status === 'applied') expect(row).toBeDefined();
      else expect(added.refusal).toMatchObject({ code: 'curriculum-frozen' });
    }
  });
});
