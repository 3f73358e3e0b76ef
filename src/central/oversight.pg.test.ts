import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCentral, type FreshCentral, type TestDesk, type TestUser } from './testing/central';
import { newId } from '../shared/model';

let central: FreshCentral;
let swim: string;
let sail: string;
const people: Record<'root' | 'swimAdmin' | 'otherSwimAdmin' | 'swimTutor' | 'sailTutor' | 'coordinator', TestUser> =
  {} as never;

beforeAll(async () => {
  central = await freshCentral();
  [swim, sail] = [await central.addProgram('SWIM'), await central.addProgram('SAIL')];
  const add = (role: string, programs: string[], fullName: string) => central.addUser({ role, programs, fullName });
  people.root = await add('super_admin', [], 'Root');
  people.swimAdmin = await add('program_admin', [swim], 'Swim Admin');
  people.otherSwimAdmin = await add('program_admin', [swim], 'Other Admin');
  people.swimTutor = await add('tutor', [swim], 'Swim Tutor');
  people.sailTutor = await add('tutor', [sail], 'Sail Tutor');
  people.coordinator = await add('program_coordinator', [swim], 'Coordinator');
});
afterAll(() => central.drop());

interface SignIn {
  id: string;
  userId: string | null;
  userName: string | null;
  outcome: string;
  times: number;
  deviceName: string | null;
  address: string;
}
const as = async (user: TestUser): Promise<TestDesk> => central.desk(await central.openSession(user.id));
const ask = async <T>(desk: TestDesk, question: string, args: object): Promise<T> =>
  (await desk.call<{ answer: T }>('ask', desk.token, question, JSON.stringify(args))).answer;
const signIns = async (desk: TestDesk, args: object = {}): Promise<SignIn[]> =>
  (await ask<{ entries: SignIn[] }>(desk, 'sign-ins', args)).entries;
const sessions = (desk: TestDesk, user: TestUser) =>
  ask<{ id: string; deviceName: string; isThis: boolean }[]>(desk, 'sessions', { userId: user.id });
const end = async (desk: TestDesk, user: TestUser, more: object = {}): Promise<number | null> =>
  (await ask<{ ended: number | null }>(desk, 'end-sessions', { userId: user.id, ...more })).ended;

describe('sign-in history', () => {
  beforeAll(async () => {
    const desk = await central.desk();
    await desk.signIn(people.swimTutor.email, people.swimTutor.password);
    for (let n = 0; n < 3; n++) await desk.signIn(people.swimTutor.email, 'wrong');
    await desk.signIn(people.sailTutor.email, 'wrong');
    await desk.signIn('my-secret-typed-into-the-wrong-field', 'wrong');
    await desk.signIn(people.root.email, people.root.password);
  });

  test('tells who, from which desk and address, and what came of it; repeated refusals are one line', async () => {
    const history = await signIns(await as(people.root), { userId: people.swimTutor.id });
    expect(history).toMatchObject([
      { userName: 'Swim Tutor', outcome: 'wrong-password', times: 3, deviceName: 'Test desk', address: '127.0.0.1' },
      { userName: 'Swim Tutor', outcome: 'signed-in', times: 1 },
    ]);
  });

  test('of everybody is for super admins, tries without an account included, and without what was typed', async () => {
    const history = await signIns(await as(people.root), { limit: 200 });
    expect(new Set(history.map(({ userName }) => userName))).toEqual(
      new Set(['Swim Tutor', 'Sail Tutor', 'Root', null]),
    );
    const { rows } = await central.sql.query('select * from auth.sign_in');
    expect(JSON.stringify(rows)).not.toContain('my-secret');
  });

  test('of a program is for its admins: nobody of another program, no super admin, no stranger', async () => {
    const desk = await as(people.swimAdmin);
    expect(new Set((await signIns(desk)).map(({ userName }) => userName))).toEqual(new Set(['Swim Tutor']));
    expect(await signIns(desk, { userId: people.sailTutor.id })).toEqual([]);
    expect(await signIns(desk, { userId: people.root.id })).toEqual([]);
  });

  test.each(['swimTutor', 'coordinator'] as const)('is of oneself alone for %s', async (who) => {
    const desk = await as(people[who]);
    const names = (await signIns(desk)).map(({ userId }) => userId);
    expect(names.filter((id) => id !== people[who].id)).toEqual([]);
    expect(await sessions(desk, people.swimAdmin)).toEqual([]);
  });

  test('goes on page by page, and shows refusals alone', async () => {
    const desk = await as(people.root);
    const all = await signIns(desk, { limit: 200 });
    const first = await ask<{ entries: SignIn[]; next: string }>(desk, 'sign-ins', { limit: 2 });
    const rest = await signIns(desk, { limit: 200, before: first.next });
    expect([...first.entries, ...rest].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    const refused = await signIns(desk, { refused: true });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ outcome }) => outcome === 'signed-in')).toEqual([]);
  });

  test('is read by no path but the question', async () => {
    const desk = await as(people.swimAdmin);
    for (const text of ['select * from auth.sign_in', 'select * from auth.session', 'select auth.overseen()'])
      await expect(desk.client.query(text)).rejects.toThrow('permission denied');
  });
});

describe('ending sessions', () => {
  test('of a person: one, or all; the very next call is refused, and it is in the audit trail with its reason', async () => {
    const admin = await as(people.swimAdmin);
    const [a, b] = [await as(people.swimTutor), await as(people.swimTutor)];
    const before = await sessions(admin, people.swimTutor);
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(before)).not.toContain('token');
    const { rows } = await central.sql.query<{ id: string }>('select auth.session_of($1) as id', [a.token]);
    expect(await end(admin, people.swimTutor, { sessionId: rows[0]!.id, reason: 'Laptop lost' })).toBe(1);
    expect(await a.session()).toEqual({ err: 'signed-out' });
    expect(await b.session()).toMatchObject({ userId: people.swimTutor.id });
    expect(await end(admin, people.swimTutor)).toBe(before.length - 1);
    expect(await b.session()).toEqual({ err: 'signed-out' });
    expect(await sessions(admin, people.swimTutor)).toEqual([]);
    const trail = await central.sql.query<Record<string, unknown>>(
      `select user_id, row_id, reason, changes from audit.entry where action = 'sign-out' order by id`,
    );
    expect(trail.rows[0]).toEqual({
      user_id: people.swimAdmin.id,
      row_id: people.swimTutor.id,
      reason: 'Laptop lost',
      changes: { signedInAt: [['Test desk'], null] },
    });
    expect(trail.rows).toHaveLength(2);
    const history = await admin.call<{ action: string }[]>(
      'history',
      admin.token,
      'users',
      people.swimTutor.id,
      null,
      5,
    );
    expect(history[0]).toMatchObject({ action: 'sign-out' });
  });

  test('is refused upward, sideways, and across programs', async () => {
    const admin = await as(people.swimAdmin);
    for (const other of [people.root, people.otherSwimAdmin, people.sailTutor]) {
      const theirs = await as(other);
      expect(await end(admin, other)).toBeNull();
      expect(await theirs.session()).toMatchObject({ userId: other.id });
    }
    const tutor = await as(people.swimTutor);
    expect(await end(tutor, people.coordinator)).toBeNull();
    const nobody = await central.desk('guess');
    expect(await nobody.call('ask', 'guess', 'end-sessions', JSON.stringify({ userId: people.root.id }))).toEqual({
      err: 'signed-out',
    });
  });

  test('all of one’s own leaves the one that asks; a super admin ends anybody’s', async () => {
    const [here, there] = [await as(people.coordinator), await as(people.coordinator)];
    expect(await end(here, people.coordinator)).toBeGreaterThanOrEqual(1);
    expect(await here.session()).toMatchObject({ userId: people.coordinator.id });
    expect(await there.session()).toEqual({ err: 'signed-out' });
    expect(await end(await as(people.root), people.otherSwimAdmin)).toBeGreaterThanOrEqual(1);
  });
});

describe('suspending', () => {
  test('ends every session for good: who is let in again signs in again', async () => {
    const root = await as(people.root);
    const user = await central.addUser({ role: 'tutor', programs: [swim] });
    const theirs = await as(user);
    const turn = async (status: string, from: string, version: number) =>
      root.change({ entity: 'users', op: 'update', id: user.id, version, base: { status: from }, patch: { status } });
    expect(await turn('suspended', 'active', 1)).toMatchObject({ status: 'applied' });
    expect(await theirs.session()).toEqual({ err: 'signed-out' });
    expect(await turn('active', 'suspended', 2)).toMatchObject({ status: 'applied' });
    expect(await theirs.session()).toEqual({ err: 'signed-out' });
    expect(await theirs.signIn(user.email, user.password)).toMatchObject({ ok: true });
  });
});

describe('tokens', () => {
  test('of an earlier release go on working until they end', async () => {
    const old = await as(people.root);
    expect(old.token).toMatch(/^[0-9a-f]{64}$/);
    expect(await old.session()).toMatchObject({ userId: people.root.id });
  });

  test('name their session, and are worth nothing with other random bytes', async () => {
    const desk = await central.desk('', newId());
    const result = await desk.signIn(people.root.email, people.root.password);
    if (!result.ok) throw new Error(result.reason);
    expect(result.token).toMatch(/^[0-9a-f]{96}$/);
    expect(await desk.session()).toMatchObject({ userId: people.root.id });
    const forged = result.token.slice(0, 32) + '0'.repeat(64);
    expect(await desk.call('session', forged)).toEqual({ err: 'signed-out' });
  });
});
