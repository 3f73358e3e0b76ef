import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../central/testing/central';
import type { OutlineNode } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { newId } from '../../shared/model';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

/** Two desks at work on one course, with a real central database between them. */

let central: FreshCentral;
let program: string;
let elsewhere: string;
const desks: RunningDesk[] = [];
const folders: string[] = [];
const errors: unknown[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (...told: unknown[]) => void errors.push(told) };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

async function start(name: string): Promise<RunningDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-outline-'));
  folders.push(dataDir);
  const user = await central.addUser({ role: 'program_admin', programs: [program, elsewhere], fullName: name });
  const rim = { migrationsDir, shell: 'browser', version: '0', demo: null, deskName: name } as const;
  const desk = createDesk({ dataDir, ...rim, vault, log });
  desks.push(desk);
  await desk.request('session.sign-in', { server: central.clientUrl, email: user.email, password: user.password });
  await desk.request('sync.now', {});
  return desk;
}

let ada: RunningDesk;
let ben: RunningDesk;
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  elsewhere = await central.addProgram('RUN');
  ada = await start('Ada Admin');
  ben = await start('Ben Admin');
});
afterAll(async () => {
  for (const desk of desks) await desk.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await central.drop();
});
beforeEach(() => void errors.splice(0));

const insert = async (entity: EntityName, values: Record<string, unknown>): Promise<string> => {
  const id = newId();
  await ada.request('rows.save', {
    edits: [{ op: 'insert', entity, id, values: { programId: program, ...values } }],
    label: 'Add',
  });
  return id;
};
const nodesOf = async (desk: RunningDesk, courseId: string): Promise<OutlineNode[]> =>
  (await desk.request('curriculum.outline', { courseId })).nodes;
const seen = (nodes: readonly OutlineNode[]): string[] =>
  nodes.map(({ entity, id, parentId, position, name }) => `${entity} ${id} in ${parentId} at ${position}: ${name}`);

/** Both know everything of both, nothing waits, and both show the same. */
async function agreed(course: string): Promise<OutlineNode[]> {
  for (const desk of [ada, ben, ada, ben]) await desk.request('sync.now', {});
  for (const desk of [ada, ben])
    expect(await desk.request('sync.read', {})).toMatchObject({ waiting: 0, trouble: null });
  expect(errors).toEqual([]);
  const nodes = await nodesOf(ada, course);
  expect(seen(await nodesOf(ben, course))).toEqual(seen(nodes));
  for (const siblings of Map.groupBy(nodes, (node) => node.parentId).values())
    expect(siblings.map((node) => node.position)).toEqual(siblings.map((_, at) => at + 1));
  return nodes;
}

async function courseOf(sizes: readonly number[]) {
  const course = await insert('courses', { code: newId().slice(-8), name: `Course ${newId().slice(-6)}` });
  const curriculum = await insert('curricula', { courseId: course, name: 'Main' });
  const nodes = sizes.map((size, m) => ({
    name: `M${m}`,
    lessons: Array.from({ length: size }, (_, l) => ({ name: `M${m} L${l}`, minutes: 10 })),
  }));
  await ada.request('curriculum.write', { entity: 'modules', parentId: curriculum, position: 1, nodes });
  return { course, curriculum };
}

/** mulberry32: small, seeded, good enough for choosing. */
function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('an outline that two desks work on at once', () => {
  it.each([1, 2, 3, 4])('comes to one gap-free order without losing a node (history %i)', async (seed) => {
    const below = chance(seed);
    const { course } = await courseOf([4, 3, 0, 5]);
    const ids = new Set((await agreed(course)).map(({ id }) => id));
    for (let round = 0; round < 3; round++) {
      for (let step = 0; step < 12; step++) {
        const desk = below(2) === 0 ? ada : ben;
        const nodes = await nodesOf(desk, course);
        const modules = nodes.filter(({ entity }) => entity === 'modules');
        const lessons = nodes.filter(({ entity }) => entity === 'lessons');
        const parentId = modules[below(modules.length)]!.id;
        const position = 1 + below(6);
        const what = below(10);
        if (what < 5) {
          const moving = [...new Set([lessons[below(lessons.length)]!.id, lessons[below(lessons.length)]!.id])];
          await desk.request('curriculum.move', { entity: 'lessons', ids: moving, parentId, position });
        } else if (what < 7) {
          const [module] = [modules[below(modules.length)]!];
          const where = { parentId: module.parentId, position };
          await desk.request('curriculum.move', { entity: 'modules', ids: [module.id], ...where });
        } else if (what < 9) {
          const values = { name: `New ${seed} ${round} ${step}` };
          const added = await desk.request('curriculum.add', { entity: 'lessons', parentId, position, values });
          for (const id of added.ids) ids.add(id);
        } else {
          const copied = [lessons[below(lessons.length)]!.id];
          const pasted = await desk.request('curriculum.paste', { entity: 'lessons', ids: copied, parentId, position });
          for (const id of pasted.ids) ids.add(id);
        }
      }
      const nodes = await agreed(course);
      expect(new Set(nodes.map(({ id }) => id))).toEqual(ids);
      expect(nodes).toHaveLength(ids.size);
    }
  });
});

describe('a copy of a template', () => {
  it('goes to another program whole, and takes what changed in its source exactly as the desk showed it', async () => {
    const { course, curriculum } = await courseOf([3, 2]);
    await ada.request('curriculum.publish', { curriculumId: curriculum });
    const target = await insert('courses', { programId: elsewhere, code: newId().slice(-8), name: 'There' });
    const [copy] = (
      await ada.request('curriculum.duplicate', {
        ...{ curriculumId: curriculum, name: 'Ours', programId: elsewhere, courseId: target },
      })
    ).ids;
    await agreed(target);
    const [draft] = (await ada.request('curriculum.draft', { curriculumId: curriculum })).ids;
    const nodes = (await nodesOf(ada, course)).filter(({ state }) => state === null);
    const within = new Set(nodes.filter(({ parentId }) => parentId === draft).map(({ id }) => id));
    const lesson = (name: string): string => nodes.find((node) => node.name === name && within.has(node.parentId))!.id;
    const second = nodes.find(({ name, parentId }) => name === 'M1' && parentId === draft)!.id;
    const into = { parentId: second, position: 2 };
    await ada.request('curriculum.move', { entity: 'lessons', ids: [lesson('M0 L2'), lesson('M0 L0')], ...into });
    await ada.request('curriculum.add', {
      ...{ entity: 'modules', parentId: draft!, position: 1, values: { name: 'Before all' } },
    });
    const edits = [{ op: 'delete' as const, entity: 'lessons' as const, id: lesson('M1 L1') }];
    await ada.request('rows.save', { edits, label: 'Delete' });
    await ada.request('curriculum.publish', { curriculumId: draft! });
    await agreed(course);

    const news = await ben.request('curriculum.source', { curriculumId: copy! });
    expect(news?.changes.filter(({ moved }) => moved)).toHaveLength(2);
    const take = news!.changes.map(({ key }) => key);
    await ben.request('curriculum.adopt', { curriculumId: copy!, sourceId: news!.newest.id, take });
    const names = ['Ours', 'Before all', 'M0', 'M0 L1', 'M1', 'M1 L0', 'M0 L2', 'M0 L0'];
    expect((await nodesOf(ben, target)).map(({ name }) => name)).toEqual(names);
    expect((await agreed(target)).map(({ name }) => name)).toEqual(names);
    expect(await ada.request('curriculum.source', { curriculumId: copy! })).toBeNull();
    await ben.request('history.undo', {});
    await agreed(target);
    expect((await ada.request('curriculum.source', { curriculumId: copy! }))?.changes).toHaveLength(take.length);
  });
});
