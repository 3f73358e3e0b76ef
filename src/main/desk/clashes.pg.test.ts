import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../central/testing/central';
import type { Edit } from '../../shared/contract/requests';
import type { NeedsYou } from '../../shared/contract/needs-you';
import type { EntityName } from '../../shared/entities';
import { newId, type AnyRow } from '../../shared/model';
import { openConsole, type TestConsole } from './testing/test-console';

/** Changes that come back, and every way to settle them, on real consoles with a real server. */

let central: FreshCentral;
let program: string;
let ada: TestUser;
let ben: TestUser;
let cleo: TestUser;
const closers: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  ada = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Obi' });
  ben = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ben Eze' });
  cleo = await central.addUser({ role: 'program_coordinator', programs: [program], fullName: 'Cleo Bassey' });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

const signedIn = (user: TestUser): Promise<TestConsole> => openConsole(central, user, closers);
const save = ({ desk }: TestConsole, label: string, ...edits: Edit[]) => desk.request('rows.save', { edits, label });
const sync = (one: TestConsole) => one.desk.request('sync.now', {});
const add = async (one: TestConsole, entity: EntityName, values: Record<string, unknown>): Promise<string> => {
  const id = newId();
  await save(one, `Add ${String(values['name'] ?? entity)}`, {
    ...{ op: 'insert', entity, id },
    values: { programId: program, ...values },
  });
  return id;
};
const student = (one: TestConsole, firstName: string, more: Record<string, unknown> = {}) =>
  add(one, 'students', { firstName, lastName: 'Okoro', status: 'active', ...more });
const change = (one: TestConsole, entity: EntityName, id: string, values: Record<string, unknown>) =>
  save(one, 'Change', { op: 'update', entity, id, values });
const remove = (one: TestConsole, entity: EntityName, id: string) => save(one, 'Delete', { op: 'delete', entity, id });
const read = async ({ desk }: TestConsole, entity: EntityName, id: string): Promise<AnyRow | undefined> =>
  (await desk.request('rows.read', { entity, ids: [id] }))[0];
const cards = ({ desk }: TestConsole): Promise<NeedsYou[]> => desk.request('sync.needs-you', {});
const onlyCard = async (one: TestConsole): Promise<NeedsYou> => {
  const [card, ...more] = await cards(one);
  expect(more).toEqual([]);
  return card!;
};
/** Each is offline for the other: what the second does now meets what the first did. */
async function meet(one: TestConsole, two: TestConsole, first: () => Promise<unknown>, second: () => Promise<unknown>) {
  await sync(one);
  await sync(two);
  two.wire.goDark();
  await first();
  await second();
  await sync(one);
  two.wire.heal();
  await sync(two);
}
const settled = async (...consoles: TestConsole[]) => {
  for (const one of [...consoles, ...consoles]) expect(await sync(one)).toMatchObject({ waiting: 0, trouble: null });
};

async function moduleOf(
  one: TestConsole,
): Promise<{ course: string; curriculum: string; module: string; lesson: string }> {
  const course = await add(one, 'courses', { code: newId().slice(-8), name: `Course ${newId().slice(-6)}` });
  const curriculum = await add(one, 'curricula', { courseId: course, name: 'Main' });
  const module = await add(one, 'modules', { curriculumId: curriculum, name: 'Deep water' });
  const lesson = await add(one, 'lessons', { moduleId: module, name: 'Breathing', durationMinutes: 30 });
  return { course, curriculum, module, lesson };
}

describe('I deleted what another edited', () => {
  it('is asked, naming who did what; keeping it drops the deletion and nothing else of the same act', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const [edited, other] = [await student(one, 'Chi'), await student(one, 'Dayo')];
    await meet(
      one,
      two,
      () => change(one, 'students', edited, { phone: '0803', address: 'Yaba' }),
      () =>
        save(
          two,
          'Delete 2 students',
          { op: 'delete', entity: 'students', id: edited },
          { op: 'delete', entity: 'students', id: other },
        ),
    );
    const card = await onlyCard(two);
    expect(card).toMatchObject({
      kind: 'conflict',
      refusal: null,
      clashes: [
        {
          ...{ kind: 'changed', id: edited, title: 'Chi Okoro', theirsName: 'Ada Obi', total: 1 },
          news: [{ id: edited, isNew: false, fields: ['Address', 'Phone'], byName: 'Ada Obi' }],
        },
      ],
    });
    expect(await read(two, 'students', edited)).toMatchObject({ phone: '0803' });
    await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'take-theirs' });
    await settled(two, one);
    expect(await read(one, 'students', edited)).toMatchObject({ phone: '0803', address: 'Yaba' });
    expect(await read(one, 'students', other)).toBeUndefined();
  });

  it('deleted anyway, it goes on both desks; changed once more meanwhile, it is asked once more', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const id = await student(one, 'Efe');
    await meet(
      one,
      two,
      () => change(one, 'students', id, { phone: '1' }),
      () => remove(two, 'students', id),
    );
    const card = await onlyCard(two);
    two.wire.goDark();
    await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'keep-mine' });
    await change(one, 'students', id, { phone: '2' });
    await sync(one);
    two.wire.heal();
    await sync(two);
    const again = await onlyCard(two);
    expect(again.clashes).toMatchObject([{ kind: 'changed', news: [{ fields: ['Phone'] }] }]);
    await two.desk.request('sync.resolve', { mutationId: again.mutationId, choice: 'keep-mine' });
    await settled(two, one);
    expect(await read(one, 'students', id)).toBeUndefined();
    expect(await cards(two)).toEqual([]);
  });

  it('is not asked about what this desk did itself before, nor about places that moved', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const { module, lesson } = await moduleOf(one);
    const second = await add(one, 'lessons', { moduleId: module, name: 'Floating' });
    await meet(
      one,
      two,
      () => one.desk.request('curriculum.move', { entity: 'lessons', ids: [second], parentId: module, position: 1 }),
      async () => {
        await change(two, 'lessons', lesson, { name: 'Breathing out' });
        await add(two, 'lessons', { moduleId: module, name: 'Mine' });
        await remove(two, 'modules', module);
      },
    );
    expect(await cards(two)).toEqual([]);
    await settled(two, one);
    expect(await read(one, 'modules', module)).toBeUndefined();
  });
});

describe('another deleted what I edited', () => {
  it('restored, it comes back with what was deleted with it and with my change', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const { module, lesson } = await moduleOf(one);
    await meet(
      one,
      two,
      () => remove(one, 'modules', module),
      () => change(two, 'lessons', lesson, { name: 'Breathing out' }),
    );
    const card = await onlyCard(two);
    expect(card).toMatchObject({
      kind: 'conflict',
      clashes: [
        {
          ...{ kind: 'gone', id: lesson, title: 'Breathing', theirsName: 'Ada Obi' },
          restore: [{ entity: 'modules', id: module, title: 'Deep water', needs: null, holds: { lessons: 1 } }],
        },
      ],
    });
    await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'keep-mine' });
    await settled(two, one);
    for (const desk of [one, two]) {
      expect(await read(desk, 'lessons', lesson)).toMatchObject({ name: 'Breathing out' });
      expect(await read(desk, 'modules', module)).toMatchObject({ name: 'Deep water' });
    }
  });

  it('deleted one by one, all that stands above it is restored with it', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const { module, lesson } = await moduleOf(one);
    await meet(
      one,
      two,
      async () => {
        await remove(one, 'lessons', lesson);
        await remove(one, 'modules', module);
      },
      () => change(two, 'lessons', lesson, { durationMinutes: 45 }),
    );
    const card = await onlyCard(two);
    expect(card.clashes).toMatchObject([{ restore: [{ id: module }, { id: lesson }] }]);
    await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'keep-mine' });
    await settled(two, one);
    expect(await read(one, 'lessons', lesson)).toMatchObject({ durationMinutes: 45 });
  });

  it('left deleted, what else was done in the same act is sent; who may not restore is told who may', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(cleo)];
    const [gone, stays] = [await student(one, 'Femi'), await student(one, 'Gozie')];
    await meet(
      one,
      two,
      () => remove(one, 'students', gone),
      () =>
        save(
          two,
          'Phone of 2 students',
          ...[gone, stays].map((id) => ({
            op: 'update' as const,
            entity: 'students' as const,
            id,
            values: { phone: '7' },
          })),
        ),
    );
    const card = await onlyCard(two);
    expect(card.clashes).toMatchObject([{ kind: 'gone', id: gone, restore: [{ needs: 'program admins' }] }]);
    expect(card.ask.map(({ name }) => name)).toEqual(['Ada Obi', 'Ben Eze']);
    await two.desk.request('sync.resolve', {
      ...{ mutationId: card.mutationId, choice: 'keep-mine' },
      rows: [{ entity: 'students', id: gone, take: 'theirs' }],
    });
    await settled(two, one);
    expect(await read(one, 'students', stays)).toMatchObject({ phone: '7' });
    expect(await read(one, 'students', gone)).toBeUndefined();
  });
});

describe('deleting against adding into it', () => {
  it('I deleted the module another added a lesson to: the card names the lesson, and both ways out work', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    for (const choice of ['take-theirs', 'keep-mine'] as const) {
      const { module } = await moduleOf(one);
      let added = '';
      await meet(
        one,
        two,
        async () => (added = await add(one, 'lessons', { moduleId: module, name: 'Deep end entry' })),
        () => remove(two, 'modules', module),
      );
      const card = await onlyCard(two);
      expect(card.clashes).toMatchObject([
        {
          ...{ kind: 'changed', entity: 'modules', title: 'Deep water', total: 1 },
          news: [{ entity: 'lessons', id: added, title: 'Deep end entry', isNew: true, byName: 'Ada Obi' }],
        },
      ]);
      await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice });
      await settled(two, one);
      const isThere = (await read(one, 'lessons', added)) !== undefined;
      expect(isThere).toBe(choice === 'take-theirs');
      expect((await read(two, 'modules', module)) !== undefined).toBe(isThere);
    }
  });

  it('I added a lesson to a module another deleted: restored it holds all of them; let go, it takes back being let go', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const { module, lesson } = await moduleOf(one);
    let added = '';
    await meet(
      one,
      two,
      () => remove(one, 'modules', module),
      async () => (added = await add(two, 'lessons', { moduleId: module, name: 'Deep end entry' })),
    );
    const card = await onlyCard(two);
    expect(card).toMatchObject({
      kind: 'conflict',
      clashes: [
        { kind: 'parent-gone', id: module, title: 'Deep water', restore: [{ id: module, holds: { lessons: 1 } }] },
      ],
      rows: [{ op: 'insert', title: 'Deep end entry' }],
    });
    expect(
      await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'take-theirs' }),
    ).toMatchObject({ left: 0 });
    expect(await two.desk.request('sync.reopen', { mutationIds: [card.mutationId] })).toEqual({ reopened: 1 });
    expect(await onlyCard(two)).toEqual(card);
    await two.desk.request('sync.resolve', { mutationId: card.mutationId, choice: 'keep-mine' });
    await settled(two, one);
    for (const id of [lesson, added]) expect(await read(one, 'lessons', id)).toMatchObject({ moduleId: module });
    await expect(two.desk.request('sync.reopen', { mutationIds: [card.mutationId] })).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    });
  });
});

describe('a third value', () => {
  it('instead of mine and theirs passes the checks of a cell, and is what both desks show', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const id = await add(one, 'facilities', { name: `Pool ${newId().slice(-6)}`, facilityType: 'pool', capacity: 10 });
    await meet(
      one,
      two,
      () => change(one, 'facilities', id, { capacity: 20 }),
      () => change(two, 'facilities', id, { capacity: 30, status: 'maintenance' }),
    );
    const { mutationId } = await onlyCard(two);
    const settle = (value: unknown) =>
      two.desk.request('sync.resolve', {
        ...{ mutationId, choice: 'keep-mine' },
        fields: [{ entity: 'facilities', id, field: 'capacity', take: 'other', value }],
      });
    await expect(settle(-5)).rejects.toMatchObject({ problem: { kind: 'invalid' } });
    expect(await cards(two)).toHaveLength(1);
    await settle(25);
    await settled(two, one);
    for (const desk of [one, two])
      expect(await read(desk, 'facilities', id)).toMatchObject({ capacity: 25, status: 'maintenance' });
  });
});

describe('alike conflicts', () => {
  it('are settled all at once or not at all, and as one undo each', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const ids = [await student(one, 'Hauwa'), await student(one, 'Ike'), await student(one, 'Jide')];
    await meet(
      one,
      two,
      async () => {
        for (const id of ids) await change(one, 'students', id, { phone: '1' });
      },
      async () => {
        for (const id of ids) await change(two, 'students', id, { phone: '2' });
      },
    );
    const all = (await cards(two)).map(({ mutationId }) => ({ mutationId, choice: 'keep-mine' as const }));
    expect(all).toHaveLength(3);
    const unknown = { mutationId: newId(), choice: 'keep-mine' as const };
    await expect(two.desk.request('sync.resolve-all', { settlements: [...all, unknown] })).rejects.toBeDefined();
    expect(await cards(two)).toHaveLength(3);
    expect(await two.desk.request('sync.resolve-all', { settlements: all })).toMatchObject({ left: 0 });
    await settled(two, one);
    for (const id of ids) expect(await read(one, 'students', id)).toMatchObject({ phone: '2' });
  });
});

describe('a refused change', () => {
  it('is corrected and sent again, and what depends on it is grouped under it and follows', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(cleo)];
    const taken = `T-${newId().slice(-6)}`;
    await add(one, 'courses', { code: taken, name: `Course ${taken}` });
    await sync(one);
    const elsewhere = await signedIn(ben);
    elsewhere.wire.goDark();
    // Two admins make the same course code: only the server can know.
    const mine = await add(elsewhere, 'courses', { code: `${taken}2`, name: `Other ${taken}` });
    const hung = await add(elsewhere, 'curricula', { courseId: mine, name: 'Hangs from it' });
    const fine = await student(elsewhere, 'Kemi');
    await add(one, 'courses', { code: `${taken}2`, name: `First ${taken}` });
    await sync(one);
    elsewhere.wire.heal();
    await sync(elsewhere);
    await sync(two);
    expect(await read(two, 'students', fine)).toBeDefined();
    const [below, above] = await cards(elsewhere);
    expect(above).toMatchObject({ kind: 'refused', refusal: { code: 'duplicate' }, dependsOn: null });
    expect(below).toMatchObject({ kind: 'refused', dependsOn: above!.mutationId });
    await elsewhere.desk.request('sync.resolve-all', {
      settlements: [
        {
          ...{ mutationId: above!.mutationId, choice: 'resend' as const },
          fields: [
            { entity: 'courses', id: mine, field: 'code', take: 'other' as const, value: `${taken}3` },
            { entity: 'courses', id: mine, field: 'slug', take: 'other' as const, value: `${taken}3`.toLowerCase() },
          ],
        },
        { mutationId: below!.mutationId, choice: 'resend' as const },
      ],
    });
    await settled(elsewhere, one);
    expect(await read(one, 'courses', mine)).toMatchObject({ code: `${taken}3` });
    expect(await read(one, 'curricula', hung)).toMatchObject({ courseId: mine });
  });

  it('says by name who could do it', async () => {
    const two = await signedIn(cleo);
    two.wire.goDark();
    const id = await student(two, 'Lola');
    await central.sql.query(`update app.users set role = 'tutor' where id = $1`, [cleo.id]);
    two.wire.heal();
    await sync(two);
    const card = (await cards(two)).find(({ rows }) => rows.some((row) => row.id === id));
    expect(card).toMatchObject({ kind: 'refused', refusal: { code: 'forbidden' } });
    await central.sql.query(`update app.users set role = 'program_coordinator' where id = $1`, [cleo.id]);
    await sync(two);
    expect((await cards(two))[0]?.ask.map(({ name }) => name)).toEqual(['Ada Obi', 'Ben Eze']);
  });
});
