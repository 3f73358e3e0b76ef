import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mutation, PushResult } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { insert, remove, student, update } from './testing/ops';

let central: FreshCentral;
let program: string;
let userId: string;
let admin: TestDesk;

beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  userId = (await central.addUser({ role: 'program_admin', programs: [program] })).id;
  admin = await central.desk(await central.openSession(userId));
});
afterAll(() => central.drop());

const another = async (): Promise<TestDesk> => central.desk(await central.openSession(userId));
const rowOf = async (table: string, id: string): Promise<Record<string, unknown>> =>
  (await central.sql.query<Record<string, unknown>>(`select * from app.${table} where id = $1`, [id])).rows[0] ?? {};
const mutation = (seq: number, ...ops: Mutation['ops']): Mutation => ({ seq, id: newId(), ops });
const statuses = (answer: PushResult): unknown[] =>
  'results' in answer ? answer.results.map((r) => r.status) : [answer.err];

describe('a row', () => {
  test('comes back whole by pull after it was inserted', async () => {
    const id = newId();
    expect(await admin.change(student(program, id))).toMatchObject({ status: 'applied' });
    const page = await admin.pull();
    if ('err' in page) throw new Error(page.err);
    const change = page.changes.find(([, , row]) => row === id);
    expect(change?.[0]).toBe(`people:${program}`);
    expect(change?.[4]).toMatchObject({
      id,
      firstName: 'Ada',
      status: 'active',
      rowVersion: 1,
      createdBy: userId,
      email: null,
    });
    expect(change?.[4]?.['studentNumber']).toMatch(/^STU-\d{4}-\d{4}$/);
  });

  test('takes different fields from two desks', async () => {
    const id = newId();
    await admin.change(student(program, id));
    expect(await admin.change(update('students', id, 1, { firstName: 'Ada' }, { firstName: 'Ida' }))).toMatchObject({
      status: 'applied',
    });
    expect(await admin.change(update('students', id, 1, { phone: null }, { phone: '123' }))).toMatchObject({
      status: 'merged',
    });
    expect(await rowOf('students', id)).toMatchObject({ first_name: 'Ida', phone: '123', row_version: '3' });
  });

  test('is not changed by a change it already has', async () => {
    const id = newId();
    await admin.change(student(program, id));
    expect(await admin.change(update('students', id, 1, { lastName: 'Eze' }, { lastName: 'Obi' }))).toMatchObject({
      status: 'noop',
    });
    expect(await rowOf('students', id)).toMatchObject({ row_version: '1' });
  });

  test('is never overwritten blindly, even where the version matches', async () => {
    const id = newId();
    await admin.change(student(program, id));
    const result = await admin.change(update('students', id, 1, { firstName: 'Eve' }, { firstName: 'Mary' }));
    expect(result).toMatchObject({
      status: 'conflict',
      conflicts: [
        { entity: 'students', id, field: 'firstName', base: 'Eve', mine: 'Mary', theirs: 'Ada', theirsBy: userId },
      ],
    });
    expect(result.conflicts?.[0]?.theirsAt).toBeGreaterThan(1_700_000_000_000);
  });

  test('keeps the later text where the field says that the last one wins', async () => {
    const id = newId();
    const setting = newId();
    await central.sql.query(
      `insert into app.notifications (id, user_id, type, title, message) values ($1, $2, 'note', 'T', 'M')`,
      [id, userId],
    );
    await admin.change(update('notifications', id, 1, { readAt: null }, { readAt: 1_700_000_000_000 }));
    expect(
      await admin.change(update('notifications', id, 1, { readAt: null }, { readAt: 1_700_000_000_999 })),
    ).toMatchObject({ status: 'merged' });
    expect(await rowOf('notifications', id)).toMatchObject({ read_at: new Date(1_700_000_000_999) });
    expect(setting).toBeTruthy();
  });

  test('that was deleted refuses a change and says so', async () => {
    const id = newId();
    await admin.change(student(program, id));
    await admin.change(remove('students', id));
    expect(await admin.change(update('students', id, 1, { phone: null }, { phone: '1' }))).toMatchObject({
      status: 'conflict',
      conflicts: [
        { clash: 'gone', entity: 'students', id, title: 'Ada Obi', theirsBy: userId, restore: [{ id, needs: null }] },
      ],
    });
    expect(await admin.change(remove('students', id))).toMatchObject({ status: 'noop' });
  });
});

describe('a mutation', () => {
  test('is applied wholly or not at all', async () => {
    const [one, two] = [newId(), newId()];
    const result = await admin.change(student(program, one), student(program, two, { firstName: '' }));
    expect(result).toMatchObject({
      status: 'rejected',
      refusal: { code: 'missing-required', fields: ['firstName'], id: two },
    });
    expect(await rowOf('students', one)).toEqual({});
  });

  test('reports every conflict it has, not only the first', async () => {
    const [one, two] = [newId(), newId()];
    await admin.change(student(program, one), student(program, two));
    const result = await admin.change(
      update('students', one, 1, { firstName: 'X' }, { firstName: 'Y' }),
      update('students', two, 1, { firstName: 'X', lastName: 'Obi' }, { firstName: 'Y', lastName: 'Z' }),
    );
    expect(result.status).toBe('conflict');
    expect(result.conflicts?.map((c) => [c.id, 'field' in c && c.field])).toEqual([
      [one, 'firstName'],
      [two, 'firstName'],
    ]);
    expect(await rowOf('students', two)).toMatchObject({ last_name: 'Obi' });
  });

  test('that is refused does not block the next one', async () => {
    const desk = await another();
    const answer = await desk.push(
      mutation(1, student(program, newId())),
      mutation(2, student(program, newId(), { nonsense: 1 })),
      mutation(3, student(program, newId())),
    );
    expect(statuses(answer)).toEqual(['applied', 'rejected', 'applied']);
  });

  test('with text that no database can store is refused alone', async () => {
    const desk = await another();
    const answer = await desk.push(
      mutation(1, student(program, newId(), { phone: 'a\u0000b' })),
      mutation(2, student(program, newId(), { phone: 'a\ud800b' })),
      mutation(3, student(program, newId())),
    );
    expect(statuses(answer)).toEqual(['rejected', 'rejected', 'applied']);
    expect(answer).toMatchObject({ results: [{ refusal: { code: 'invalid-value' } }, {}, {}] });
  });
});

describe('sending again', () => {
  test('a mutation whose acknowledgement was lost returns the same result and has one effect', async () => {
    const desk = await another();
    const id = newId();
    const sent = mutation(1, student(program, id));
    const first = await desk.push(sent);
    const again = await desk.push(sent, mutation(2, update('students', id, 1, { phone: null }, { phone: '5' })));
    expect(first).toMatchObject({ results: [{ status: 'applied' }], lastSeq: 1 });
    expect(again).toMatchObject({
      results: [{ status: 'applied', repeated: true }, { status: 'applied' }],
      lastSeq: 2,
    });
    expect(await rowOf('students', id)).toMatchObject({ row_version: '2' });
  });

  test('another mutation under a known number is a fork', async () => {
    const desk = await another();
    await desk.push(mutation(1, student(program, newId())));
    expect(await desk.push(mutation(1, student(program, newId())))).toMatchObject({
      err: 'fork',
      lastSeq: 1,
      results: [],
    });
  });

  test('a hole in the numbers is a gap, and what came before it was applied', async () => {
    const desk = await another();
    expect(
      await desk.push(mutation(1, student(program, newId())), mutation(3, student(program, newId()))),
    ).toMatchObject({
      err: 'gap',
      lastSeq: 1,
      results: [{ seq: 1, status: 'applied' }],
    });
  });

  test('the same mutation from a renumbered desk returns the old result', async () => {
    const desk = await another();
    const id = newId();
    const sent = mutation(1, student(program, id));
    await desk.push(sent);
    const renumbered = await another();
    const answer = await renumbered.push({ ...sent, seq: 1 }, mutation(2, student(program, newId())));
    expect(answer).toMatchObject({
      results: [{ seq: 1, id: sent.id, status: 'applied', repeated: true }, { status: 'applied' }],
    });
    expect(await rowOf('students', id)).toMatchObject({ row_version: '1' });
  });

  test('two deliveries at once have one effect', async () => {
    const desk = await another();
    const twin = await central.desk(desk.token, desk.device);
    const id = newId();
    const sent = mutation(1, student(program, id));
    const answers = await Promise.all([desk.push(sent), twin.push(sent)]);
    expect(answers.flatMap(statuses)).toEqual(['applied', 'applied']);
    expect(answers.filter((a) => 'results' in a && a.results[0]?.repeated)).toHaveLength(1);
    expect(await rowOf('students', id)).toMatchObject({ row_version: '1' });
  });

  test('a device of somebody else is refused', async () => {
    const other = await central.addUser({ role: 'program_admin', programs: [program] });
    await admin.change(student(program, newId()));
    const thief = await central.desk(await central.openSession(other.id), admin.device);
    expect(await thief.push(mutation(1, student(program, newId())))).toEqual({ err: 'device-owner' });
  });

  test('more than 500 at once, or a protocol of long ago, is refused', async () => {
    const desk = await another();
    const many = Array.from({ length: 501 }, (_, at) => mutation(at + 1));
    expect(await desk.push(...many)).toEqual({ err: 'too-large' });
    expect(await desk.call('push', desk.token, desk.device, 0, '[]')).toEqual({ err: 'protocol-too-old' });
    expect(await desk.call('push', 'nobody', desk.device, 1, '[]')).toEqual({ err: 'signed-out' });
  });
});

describe('what cannot be', () => {
  const refused = async (...ops: Mutation['ops']): Promise<unknown> => (await admin.change(...ops)).refusal;

  test.each([
    ['a field nobody knows', { nonsense: 1 }, 'unknown-field', ['nonsense']],
    ['a number the server gives', { studentNumber: 'STU-2026-9999' }, 'read-only-field', ['studentNumber']],
    ['a value that is not one of the choices', { status: 'sleeping' }, 'invalid-value', ['status']],
    ['a text that is too long', { firstName: 'x'.repeat(101) }, 'invalid-value', ['firstName']],
    ['a day that is none', { dateOfBirth: 'tomorrow' }, 'invalid-value', undefined],
    ['a user who is not there', { userId: newId() }, 'not-found', ['userId']],
  ])('%s is refused', async (_, values, code, fields) => {
    expect(await refused(student(program, newId(), values))).toMatchObject({
      code,
      entity: 'students',
      ...(fields ? { fields } : {}),
    });
  });

  test('an id that is taken, a twin, an entity nobody knows', async () => {
    const id = newId();
    await admin.change(student(program, id));
    expect(await refused(student(program, id))).toMatchObject({ code: 'id-taken' });
    const facility = { programId: program, name: 'Pool', facilityType: 'pool' };
    await admin.change(insert('facilities', newId(), facility));
    expect(await refused(insert('facilities', newId(), facility))).toMatchObject({
      code: 'duplicate',
      fields: ['name'],
    });
    expect(await refused(insert('spaceships', newId(), {}))).toMatchObject({
      code: 'unknown-entity',
      entity: 'spaceships',
    });
    expect(await refused(update('students', newId(), 1, {}, { phone: '1' }))).toMatchObject({ code: 'not-found' });
  });

  test('a field that is fixed once the row is made', async () => {
    const id = newId();
    await admin.change(student(program, id));
    const elsewhere = await central.addProgram();
    expect(await refused(update('students', id, 1, { programId: program }, { programId: elsewhere }))).toMatchObject({
      code: 'read-only-field',
    });
  });

  test('an error nobody foresaw is raised, never counted as a refusal', async () => {
    await central.sql.query(
      `create function public.broken() returns trigger language plpgsql as 'begin raise division_by_zero; end'`,
    );
    await central.sql.query(
      `create function public.broken2() returns trigger language plpgsql as 'begin raise exception ''boom''; end'`,
    );
    await central.sql.query(
      'create trigger zz before insert on app.facilities for each row execute function public.broken2()',
    );
    const desk = await another();
    await expect(
      desk.push(mutation(1, insert('facilities', newId(), { programId: program, name: 'Z', facilityType: 'pool' }))),
    ).rejects.toThrow('boom');
    await central.sql.query('drop trigger zz on app.facilities');
    expect(await desk.push(mutation(1, student(program, newId())))).toMatchObject({ lastSeq: 1 });
  });
});
