import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshCentral, type FreshCentral, type TestDesk } from '../../central/testing/central';
import { buildWorld, enrollment, insert, student, update, type World } from '../../central/testing/ops';
import type { Edit } from '../../shared/contract/requests';
import { newId, type AnyRow } from '../../shared/model';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

let central: FreshCentral;
let program: string;
let hand: TestDesk;
let desk: RunningDesk;
let dataDir: string;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  const user = await central.addUser({ role: 'program_admin', programs: [program] });
  hand = await central.desk(await central.openSession(user.id));
  dataDir = mkdtempSync(join(tmpdir(), 'provost-progress-'));
  const parts = { dataDir, migrationsDir, shell: 'browser' as const, version: '0', demo: null, deskName: 'Ada' };
  desk = createDesk({ ...parts, vault, log });
  const { email, password } = user;
  await desk.request('session.sign-in', { server: central.clientUrl, email, password });
  await settle();
});
afterAll(async () => {
  await desk.close();
  rmSync(dataDir, { recursive: true, force: true });
  await central.drop();
});

const settle = async (): Promise<void> => {
  for (let round = 0; round < 2; round++) await desk.request('sync.now', {});
};
/** What lessons make of an enrollment. */
const told = ({ progressPercentage, status, completionDate }: AnyRow): unknown => ({
  ...{ progressPercentage, status, completionDate },
});
async function shown(id: string): Promise<AnyRow> {
  const [row] = await desk.request('rows.read', { entity: 'course_enrollments', ids: [id] });
  if (!row) throw new Error('The enrollment is not on the desk.');
  return row;
}
async function save(...edits: Edit[]): Promise<void> {
  await desk.request('rows.save', { edits, label: 'Edit' });
}
async function done(...ops: Parameters<TestDesk['change']>): Promise<void> {
  expect(await hand.change(...ops)).toMatchObject({ status: 'applied' });
}

/** The second version keeps some lessons of the first and has some of its own. @returns its lessons */
async function publishNext(world: World, kept: readonly number[], own: number): Promise<string[]> {
  const [next, module] = [newId(), newId()];
  const lines = [...kept.map((at) => world.lessons[at]!), ...Array.from({ length: own }, () => null)];
  const lessons = lines.map((lineageId, at) => ({ id: newId(), lineageId, sequenceOrder: at + 1 }));
  await done(update('curricula', world.curriculum, 1, { state: 'draft' }, { state: 'published' }));
  await done(
    insert('curricula', next, {
      ...{ programId: program, courseId: world.course, name: 'Next', sequenceOrder: 2, lineId: world.curriculum },
      version: 2,
    }),
    insert('modules', module, { programId: program, curriculumId: next, name: 'M', sequenceOrder: 1 }),
    ...lessons.map(({ id, lineageId, sequenceOrder }) =>
      insert('lessons', id, {
        ...{ programId: program, moduleId: module, name: `N${sequenceOrder}`, sequenceOrder },
        ...(lineageId ? { lineageId } : {}),
      }),
    ),
  );
  await done(update('curricula', next, 1, { state: 'draft' }, { state: 'published' }));
  return lessons.map(({ id }) => id);
}

const turns = fc.array(fc.record({ lesson: fc.nat(9), completed: fc.boolean(), together: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
});
const stories = fc.record({
  isPublished: fc.boolean(),
  kept: fc.subarray([0, 1, 2, 3]),
  own: fc.nat(2),
  turns,
});

test('whatever lessons are done and taken back, desk and database count the same, and the desk at once', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ({ isPublished, kept, own, turns }) => {
      const world = await buildWorld(hand, program);
      const [id, studentId] = [newId(), newId()];
      await done(student(program, studentId), enrollment(program, world, id, studentId));
      const newer = isPublished ? await publishNext(world, kept, own) : [];
      await settle();
      const lessons = [...world.lessons, ...newer];
      const progress = new Map<string, string>();
      let edits: Edit[] = [];
      for (const { lesson, completed, together } of turns) {
        const lessonId = lessons[lesson % lessons.length]!;
        const known = progress.get(lessonId);
        const values = { programId: program, enrollmentId: id, lessonId, completed };
        const op: Edit = known
          ? { op: 'update', entity: 'lesson_progress', id: known, values: { completed } }
          : { op: 'insert', entity: 'lesson_progress', id: newId(), values };
        progress.set(lessonId, op.id);
        edits.push(op);
        if (together) continue;
        await save(...edits);
        edits = [];
      }
      if (edits.length > 0) await save(...edits);
      const before = told(await shown(id));
      await settle();
      expect(told(await shown(id))).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 300_000);

test('a version that is published counts everybody on the course anew', async () => {
  const world = await buildWorld(hand, program);
  const [id, studentId, ended, other] = [newId(), newId(), newId(), newId()];
  await done(
    ...[student(program, studentId), enrollment(program, world, id, studentId)],
    ...[student(program, other), enrollment(program, world, ended, other)],
    update('course_enrollments', ended, 1, { status: 'active' }, { status: 'withdrawn' }),
    ...world.lessons
      .slice(0, 3)
      .map((lessonId) =>
        insert('lesson_progress', newId(), { programId: program, enrollmentId: id, lessonId, completed: true }),
      ),
  );
  await settle();
  expect(await shown(id)).toMatchObject({ progressPercentage: 75 });
  await publishNext(world, [0], 1);
  await settle();
  expect(await shown(id)).toMatchObject({ progressPercentage: 50, status: 'active' });
  expect(await shown(ended)).toMatchObject({ progressPercentage: 0, status: 'withdrawn' });
  await publishNextOf(world, [1, 2]);
  await settle();
  expect(await shown(id)).toMatchObject({ progressPercentage: 100, status: 'completed' });
});

async function publishNextOf(world: World, kept: readonly number[]): Promise<void> {
  const [next, module] = [newId(), newId()];
  await done(
    insert('curricula', next, {
      ...{ programId: program, courseId: world.course, name: 'Third', sequenceOrder: 3, lineId: world.curriculum },
      version: 3,
    }),
    insert('modules', module, { programId: program, curriculumId: next, name: 'M', sequenceOrder: 1 }),
    ...kept.map((at, place) =>
      insert('lessons', newId(), {
        ...{ programId: program, moduleId: module, name: `T${at}`, sequenceOrder: place + 1 },
        lineageId: world.lessons[at],
      }),
    ),
  );
  await done(update('curricula', next, 1, { state: 'draft' }, { state: 'published' }));
}
