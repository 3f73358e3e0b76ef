import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../central/testing/central';
import type { Edit } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { newId, type AnyRow } from '../../shared/model';
import { createDesk, type RunningDesk } from './desk';
import { migrationsDir } from './testing/temp-store';

let central: FreshCentral;
let program: string;
let ada: RunningDesk;
let ben: RunningDesk;
const folders: string[] = [];
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const vault = { seal: async (text: string) => text, open: async (text: string) => text };

async function start(name: string): Promise<RunningDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-trail-'));
  folders.push(dataDir);
  const user = await central.addUser({ role: 'program_admin', programs: [program], fullName: name });
  const desk = createDesk({
    ...{ dataDir, migrationsDir, shell: 'browser', version: '0', demo: null, deskName: name, vault, log },
  });
  await desk.request('session.sign-in', { server: central.clientUrl, email: user.email, password: user.password });
  await desk.request('sync.now', {});
  return desk;
}
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  ada = await start('Ada Admin');
  ben = await start('Ben Admin');
});
afterAll(async () => {
  for (const desk of [ada, ben]) await desk.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  await central.drop();
});

const save = (desk: RunningDesk, ...edits: Edit[]) => desk.request('rows.save', { edits, label: 'Edit' });
const students = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => newId());
  const values = { programId: program, firstName: 'Ada', lastName: 'Obi', phone: '1' };
  await save(ada, ...ids.map((id): Edit => ({ op: 'insert', entity: 'students', id, values })));
  return ids;
};
const edit = (entity: EntityName, id: string, values: Record<string, unknown>): Edit => ({
  op: 'update',
  entity,
  id,
  values,
});
const read = async (entity: EntityName, id: string): Promise<AnyRow | undefined> =>
  (await ada.request('rows.read', { entity, ids: [id] }))[0];
const settle = async (): Promise<void> => {
  for (const desk of [ada, ben, ada, ben]) await desk.request('sync.now', {});
};
const history = (id: string) => ada.request('audit.search', { filter: { rowId: id } });

describe('taking back from the audit trail', () => {
  it('takes a batch back but for what was changed since, says by whom, and is one undo', async () => {
    const [one, two, three] = (await students(3)) as [string, string, string];
    await settle();
    const batch = await save(ada, ...[one, two, three].map((id) => edit('students', id, { phone: '2' })));
    await settle();
    await save(ben, edit('students', two, { phone: '3' }));
    await settle();
    const what = { kind: 'batch', mutationId: batch.mutationId } as const;
    const plan = await ada.request('audit.plan', { what });
    expect(plan).toMatchObject({ count: 2, stops: null });
    expect(plan.changes.map(({ id, values }) => [id, values['phone']]).sort()).toEqual(
      [one, three].sort().map((id) => [id, ['2', '1']]),
    );
    expect(plan.skipped).toMatchObject([{ id: two, field: 'phone', by: 'Ben Admin' }]);
    const before = (await history(one)).groups.length;
    expect(await ada.request('audit.restore', { what })).toMatchObject({ count: 2 });
    await settle();
    expect([await read('students', one), await read('students', two)]).toMatchObject([{ phone: '1' }, { phone: '3' }]);
    const after = await history(one);
    expect(after.groups).toHaveLength(before + 1);
    expect(after.groups[0]!.entries[0]).toMatchObject({ via: 'restore', changes: { phone: ['2', '1'] } });
    await ada.request('history.undo', {});
    expect(await read('students', one)).toMatchObject({ phone: '2' });
  });

  it('takes one field of a record to where it was, and leaves the others', async () => {
    const [id] = (await students(1)) as [string];
    await settle();
    await save(ada, edit('students', id, { phone: '2', firstName: 'Ida' }));
    await settle();
    await save(ben, edit('students', id, { phone: '3' }));
    await settle();
    const entry = (await history(id)).groups[1]!.entries[0]!;
    const what = { kind: 'field', entity: 'students', id, from: entry.id, field: 'phone' } as const;
    expect((await ada.request('audit.plan', { what })).changes).toMatchObject([{ values: { phone: ['3', '1'] } }]);
    await ada.request('audit.restore', { what });
    expect(await read('students', id)).toMatchObject({ phone: '1', firstName: 'Ida' });
    await ada.request('audit.restore', { what: { kind: 'record', entity: 'students', id, from: entry.id } });
    expect(await read('students', id)).toMatchObject({ phone: '1', firstName: 'Ada' });
  });

  it('brings a deleted course back with all that went with it', async () => {
    const [course, curriculum, module, lesson] = [newId(), newId(), newId(), newId()];
    await save(
      ada,
      { op: 'insert', entity: 'courses', id: course, values: { programId: program, code: 'B1', name: 'Backstroke' } },
      {
        op: 'insert',
        entity: 'curricula',
        id: curriculum,
        values: { programId: program, courseId: course, name: 'Main' },
      },
      {
        op: 'insert',
        entity: 'modules',
        id: module,
        values: { programId: program, curriculumId: curriculum, name: 'Water' },
      },
      {
        op: 'insert',
        entity: 'lessons',
        id: lesson,
        values: { programId: program, moduleId: module, name: 'Floating' },
      },
    );
    await settle();
    const gone = await save(ben, { op: 'delete', entity: 'courses', id: course });
    await settle();
    expect(await read('lessons', lesson)).toBeUndefined();
    const what = { kind: 'batch', mutationId: gone.mutationId } as const;
    expect(await ada.request('audit.plan', { what })).toMatchObject({
      count: 1,
      skipped: [],
      changes: [{ entity: 'courses', title: 'Backstroke', act: 'bring-back' }],
    });
    await ada.request('audit.restore', { what });
    expect(await read('lessons', lesson)).toMatchObject({ name: 'Floating' });
    await settle();
    expect(await ada.request('sync.read', {})).toMatchObject({ waiting: 0, refused: 0, conflicts: 0 });
    expect(await read('lessons', lesson)).toMatchObject({ name: 'Floating' });
    const { rows } = await central.sql.query('select from app.lessons where id = $1 and deleted_at is null', [lesson]);
    expect(rows).toHaveLength(1);
  });

  it('takes an addition back by deleting, and says what stands against it', async () => {
    const [id] = (await students(1)) as [string];
    await settle();
    const added = (await history(id)).groups[0]!;
    const what = { kind: 'batch', mutationId: added.mutationId! } as const;
    expect((await ada.request('audit.plan', { what })).changes).toMatchObject([{ act: 'delete' }]);
    await expect(ada.request('audit.plan', { what: { kind: 'batch', mutationId: newId() } })).rejects.toThrow();
  });
});
