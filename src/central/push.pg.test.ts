import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../shared/model';
import type { Op } from '../shared/contract/wire';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';

let central: FreshCentral;
let program: string;
let admin: TestDesk;

const insert = (entity: string, id: string, patch: Record<string, unknown>): Op => ({
  entity,
  op: 'insert',
  id,
  version: 0,
  patch,
});
const update = (
  entity: string,
  id: string,
  version: number,
  base: Record<string, unknown>,
  patch: Record<string, unknown>,
): Op => ({
  entity,
  op: 'update',
  id,
  version,
  base,
  patch,
});
const student = (id: string, more: Record<string, unknown> = {}): Op =>
  insert('students', id, { programId: program, firstName: 'Ada', lastName: 'Obi', status: 'active', ...more });

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  const user = await central.addUser({ role: 'program_admin', programs: [program] });
  admin = await central.desk(await central.openSession(user.id));
});
afterAll(() => central.drop());

describe('one mutation', () => {
  test('an inserted row comes back whole by pull', async () => {
    const id = newId();
    expect(await admin.change(student(id))).toMatchObject({ status: 'applied' });
    const page = await admin.pull();
    if ('err' in page) throw new Error(page.err);
    const row = page.changes.find((change) => change[2] === id);
    expect(row?.[0]).toBe(`people:${program}`);
    expect(row?.[4]).toMatchObject({
      id,
      firstName: 'Ada',
      rowVersion: 1,
      studentNumber: expect.stringMatching(/^STU-\d{4}-\d{4}$/) as string,
    });
  });

  test('different fields merge; the same field is a conflict with both sides', async () => {
    const id = newId();
    await admin.change(student(id));
    expect(await admin.change(update('students', id, 1, { firstName: 'Ada' }, { firstName: 'Ida' }))).toMatchObject({
      status: 'applied',
    });
    expect(await admin.change(update('students', id, 1, { phone: null }, { phone: '123' }))).toMatchObject({
      status: 'merged',
    });
    expect(await admin.change(update('students', id, 1, { firstName: 'Ada' }, { firstName: 'Ida' }))).toMatchObject({
      status: 'noop',
    });
    const conflict = await admin.change(update('students', id, 1, { firstName: 'Ada' }, { firstName: 'Eve' }));
    expect(conflict).toMatchObject({
      status: 'conflict',
      conflicts: [{ field: 'firstName', base: 'Ada', mine: 'Eve', theirs: 'Ida' }],
    });
  });
});
