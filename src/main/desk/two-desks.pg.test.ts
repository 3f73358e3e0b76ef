import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../central/testing/central';
import type { Edit } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { newId, type AnyRow } from '../../shared/model';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

let central: FreshCentral;
let program: string;
const desks: RunningDesk[] = [];
const folders: string[] = [];
const errors: unknown[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (...told: unknown[]) => void errors.push(told) };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

async function start(role: string, name: string): Promise<RunningDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-two-'));
  folders.push(dataDir);
  const user = await central.addUser({ role, programs: [program], fullName: name });
  const desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '0', demo: null, deskName: name, vault, log },
  });
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
  ada = await start('program_admin', 'Ada Admin');
  ben = await start('program_admin', 'Ben Admin');
});
afterAll(async () => {
  for (const desk of desks) await desk.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await central.drop();
});
beforeEach(() => void errors.splice(0));

const save = (desk: RunningDesk, ...edits: Edit[]) => desk.request('rows.save', { edits, label: 'Edit' });
const insert = async (desk: RunningDesk, entity: EntityName, values: Record<string, unknown>): Promise<string> => {
  const id = newId();
  await save(desk, { op: 'insert', entity, id, values: { programId: program, ...values } });
  return id;
};
const update = (desk: RunningDesk, entity: EntityName, id: string, values: Record<string, unknown>) =>
  save(desk, { op: 'update', entity, id, values });
/** An edit of what somebody saw before it changed: whatever has arrived since, it is a conflict. */
const updateSeen = (
  desk: RunningDesk,
  entity: EntityName,
  id: string,
  values: Record<string, unknown>,
  base: Record<string, unknown>,
) => save(desk, { op: 'update', entity, id, values, base });
const read = async (desk: RunningDesk, entity: EntityName, id: string): Promise<AnyRow | undefined> =>
  (await desk.request('rows.read', { entity, ids: [id] }))[0];
/** Both know everything of both, and nothing waits. */
async function settle(): Promise<void> {
  for (const desk of [ada, ben, ada, ben]) await desk.request('sync.now', {});
  for (const desk of [ada, ben])
    expect(await desk.request('sync.read', {})).toMatchObject({ waiting: 0, trouble: null });
  expect(errors).toEqual([]);
}

async function courseWithLessons(): Promise<{
  course: string;
  curriculum: string;
  modules: string[];
  lessons: string[];
}> {
  const course = await insert(ada, 'courses', { code: newId().slice(-8), name: `Course ${newId().slice(-6)}` });
  const curriculum = await insert(ada, 'curricula', { courseId: course, name: 'Main' });
  const modules = [];
  for (const name of ['Water', 'Strokes'])
    modules.push(await insert(ada, 'modules', { curriculumId: curriculum, name }));
  const lessons = [];
  for (const name of ['Breathing', 'Floating', 'Gliding']) {
    lessons.push(await insert(ada, 'lessons', { moduleId: modules[0], name, durationMinutes: 30 }));
  }
  return { course, curriculum, modules, lessons };
}

const outline = async (desk: RunningDesk, courseId: string): Promise<string[]> =>
  (await desk.request('curriculum.outline', { courseId })).nodes.map(
    (node) => `${node.entity[0]}${node.position} ${node.name} ${node.minutes}`,
  );

describe('two desks', () => {
  it('end with the same outline after adding, moving, deleting and undoing', async () => {
    const { course, modules, lessons } = await courseWithLessons();
    await settle();
    expect(await outline(ben, course)).toEqual(await outline(ada, course));
    await ada.request('curriculum.move', { entity: 'lessons', ids: [lessons[2]!], parentId: modules[1]!, position: 1 });
    await ada.request('curriculum.add', {
      entity: 'lessons',
      parentId: modules[0]!,
      position: 1,
      values: { name: 'Kicking' },
    });
    const shown = await outline(ada, course);
    expect(shown).toEqual([
      'c1 Main 90',
      'm1 Water 60',
      'l1 Kicking 0',
      'l2 Breathing 30',
      'l3 Floating 30',
      'm2 Strokes 30',
      'l1 Gliding 30',
    ]);
    await settle();
    expect(await outline(ada, course)).toEqual(shown);
    expect(await outline(ben, course)).toEqual(shown);

    await save(ben, { op: 'delete', entity: 'modules', id: modules[0]! });
    const without = ['c1 Main 30', 'm1 Strokes 30', 'l1 Gliding 30'];
    expect(await outline(ben, course)).toEqual(without);
    await settle();
    expect(await outline(ada, course)).toEqual(without);
    await ben.request('history.undo', {});
    expect(await outline(ben, course)).toEqual(shown);
    await settle();
    expect(await outline(ada, course)).toEqual(shown);
    expect(await outline(ben, course)).toEqual(shown);
  });

  it('both reorder the same lessons offline and agree on a gap-free order', async () => {
    const { course, modules, lessons } = await courseWithLessons();
    await settle();
    const move = (desk: RunningDesk, id: string, position: number) =>
      desk.request('curriculum.move', { entity: 'lessons', ids: [id], parentId: modules[0]!, position });
    await move(ada, lessons[2]!, 1);
    await move(ben, lessons[0]!, 3);
    await settle();
    const agreed = await outline(ada, course);
    expect(await outline(ben, course)).toEqual(agreed);
    expect(agreed.filter((line) => line.startsWith('l')).map((line) => line.slice(0, 2))).toEqual(['l1', 'l2', 'l3']);
  });

  it('merge different fields silently and ask about the same one; keeping mine sends it again', async () => {
    const id = await insert(ada, 'facilities', {
      name: `Pool ${newId().slice(-6)}`,
      facilityType: 'pool',
      capacity: 10,
    });
    await settle();
    await update(ada, 'facilities', id, { capacity: 20 });
    await ada.request('sync.now', {});
    await updateSeen(ben, 'facilities', id, { capacity: 30, status: 'maintenance' }, { capacity: 10 });
    await ben.request('sync.now', {});
    expect(await read(ben, 'facilities', id)).toMatchObject({ capacity: 20, status: 'active' });
    const [card] = await ben.request('sync.needs-you', {});
    expect(card).toMatchObject({
      kind: 'conflict',
      conflicts: [{ field: 'capacity', base: 10, mine: 30, theirs: 20, theirsName: 'Ada Admin' }],
    });
    expect(await ben.request('sync.resolve', { mutationId: card!.mutationId, choice: 'keep-mine' })).toMatchObject({
      left: 0,
    });
    expect(await read(ben, 'facilities', id)).toMatchObject({ capacity: 30, status: 'maintenance' });
    await settle();
    expect(await read(ada, 'facilities', id)).toMatchObject({ capacity: 30, status: 'maintenance' });
  });

  it('take theirs, field by field', async () => {
    const id = await insert(ada, 'facilities', { name: `Hall ${newId().slice(-6)}`, facilityType: 'gym', capacity: 1 });
    await settle();
    await update(ada, 'facilities', id, { capacity: 2, facilityType: 'court' });
    await ada.request('sync.now', {});
    const seen = { capacity: 1, facilityType: 'gym' };
    await updateSeen(ben, 'facilities', id, { capacity: 3, facilityType: 'lab' }, seen);
    await ben.request('sync.now', {});
    const [card] = await ben.request('sync.needs-you', {});
    const fields = [
      { entity: 'facilities' as const, id, field: 'capacity', take: 'mine' as const },
      { entity: 'facilities' as const, id, field: 'facilityType', take: 'theirs' as const },
    ];
    await ben.request('sync.resolve', { mutationId: card!.mutationId, choice: 'keep-mine', fields });
    await settle();
    expect(await read(ada, 'facilities', id)).toMatchObject({ capacity: 3, facilityType: 'court' });
  });

  it('take theirs, and keep what else was done in the same act', async () => {
    const id = await insert(ada, 'facilities', { name: `Gym ${newId().slice(-6)}`, facilityType: 'gym', capacity: 1 });
    await settle();
    await update(ada, 'facilities', id, { capacity: 2 });
    await ada.request('sync.now', {});
    const added = newId();
    const values = { programId: program, name: `New ${newId().slice(-6)}`, facilityType: 'pool' };
    await save(
      ben,
      { op: 'update', entity: 'facilities', id, values: { capacity: 3 }, base: { capacity: 1 } },
      { op: 'insert', entity: 'facilities', id: added, values },
    );
    await ben.request('sync.now', {});
    const [card] = await ben.request('sync.needs-you', {});
    await ben.request('sync.resolve', { mutationId: card!.mutationId, choice: 'take-theirs' });
    await settle();
    expect(await read(ada, 'facilities', id)).toMatchObject({ capacity: 2 });
    expect(await read(ada, 'facilities', added)).toMatchObject(values);
  });

  it('a refused change waits, explained, and can be let go or sent again', async () => {
    const elsewhere = await central.addUser({ role: 'student', programs: [await central.addProgram()] });
    const person = { fullName: 'Tobi Ade', email: elsewhere.email, username: newId(), role: 'student' };
    const mine = newId();
    await save(ben, { op: 'insert', entity: 'users', id: mine, values: person });
    await ben.request('sync.now', {});
    const [card] = await ben.request('sync.needs-you', {});
    expect(card).toMatchObject({
      kind: 'refused',
      refusal: { code: 'duplicate' },
      rows: [{ id: mine, title: 'Tobi Ade' }],
    });
    expect(await read(ben, 'users', mine)).toBeUndefined();
    await ben.request('sync.resolve', { mutationId: card!.mutationId, choice: 'resend' });
    await ben.request('sync.now', {});
    const [again] = await ben.request('sync.needs-you', {});
    expect(again!.mutationId).not.toBe(card!.mutationId);
    expect(await ben.request('sync.resolve', { mutationId: again!.mutationId, choice: 'discard' })).toMatchObject({
      left: 0,
    });
    await settle();
  });

  it('enroll a student made offline at the price in force, and number the student on the server', async () => {
    for (const [optionKind, code] of [
      ['age_group', 'adults'],
      ['location_type', 'our-facility'],
      ['session_type', 'group'],
    ]) {
      await insert(ada, 'program_options', { optionKind, code, label: code });
    }
    const { course } = await courseWithLessons();
    const facility = await insert(ada, 'facilities', {
      name: `Site ${newId().slice(-6)}`,
      facilityType: 'pool',
      capacity: 9,
    });
    const configuration = {
      courseId: course,
      facilityId: facility,
      ageGroup: 'adults',
      locationType: 'our-facility',
      sessionType: 'group',
    };
    await insert(ada, 'facility_course_pricing', { ...configuration, price: 1_500_000, effectiveDate: '2026-01-01' });
    await settle();
    const studentId = await insert(ben, 'students', { firstName: 'Zoë', lastName: 'Obi' });
    const quote = await ben.request('enrollment.quote', { ...configuration, date: '2026-03-01' });
    expect(quote).toMatchObject({ found: true, price: 1_500_000, currency: 'NGN' });
    const { ids } = await ben.request('enrollment.create', { ...configuration, studentId, date: '2026-03-01' });
    await settle();
    expect((await read(ada, 'students', studentId))?.['studentNumber']).toMatch(/^STU-\d{4}-\d{4}$/);
    const row = await read(ada, 'course_enrollments', ids[0]!);
    expect(row).toMatchObject({ priceAgreed: 1_500_000, status: 'active' });
    const options = await ada.request('enrollment.options', { courseId: course, studentId, date: '2026-03-01' });
    expect(options).toMatchObject([{ taken: 1, capacity: 9, blocked: expect.stringContaining('already') as unknown }]);
  });

  it('a reveal of confidential details is in the history, with its reason', async () => {
    const studentId = await insert(ben, 'students', { firstName: 'Ife', lastName: 'Bello' });
    const id = await insert(ben, 'student_confidential', {
      studentId,
      emergencyContact: { name: 'Mother', phone: '0803' },
    });
    await settle();
    const row = await ada.request('confidential.reveal', { studentId, reason: 'Called the mother' });
    expect(row['emergencyContact']).toEqual({ name: 'Mother', phone: '0803' });
    await settle();
    const entries = await ben.request('audit.read', { entity: 'student_confidential', id });
    expect(entries[0]).toMatchObject({ action: 'reveal', reason: 'Called the mother', userName: 'Ada Admin' });
    expect(JSON.stringify(entries)).not.toContain('0803');
  });
});
