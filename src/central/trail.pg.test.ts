import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../shared/model';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { insert, remove, student, update } from './testing/ops';

interface Told {
  id: number;
  rowId: string;
  action: string;
  userName: string;
  changes: Record<string, [unknown, unknown]>;
  row: Record<string, unknown> | null;
  link: { chain: string; seq: number; hash: string; previous: string; text: string | null };
}
interface Groups {
  groups: { mutationId: string | null; count: number; isMore: boolean; entries: Told[] }[];
  next: number | null;
}

let central: FreshCentral;
let swim: string;
let dance: string;
let ada: TestDesk;
let ben: TestDesk;
let tutor: TestDesk;
let root: TestDesk;
let adaId: string;

beforeAll(async () => {
  central = await freshCentral();
  swim = await central.addProgram('SWIM');
  dance = await central.addProgram('DANCE');
  const start = async (role: string, programs: string[], fullName: string): Promise<[TestDesk, string]> => {
    const { id } = await central.addUser({ role, programs, fullName });
    const device = newId();
    return [await central.desk(await central.openSession(id, device), device), id];
  };
  [ada, adaId] = await start('program_admin', [swim], 'Ada Obi');
  [ben] = await start('program_admin', [dance], 'Ben Musa');
  [tutor] = await start('tutor', [swim], 'Tola Tutor');
  [root] = await start('super_admin', [], 'Sade Super');
});
afterAll(() => central.drop());

const ask = async <T>(desk: TestDesk, question: string, args: Record<string, unknown> = {}): Promise<T> =>
  (await desk.call<{ answer: T }>('ask', desk.token, question, JSON.stringify(args))).answer;
const search = (desk: TestDesk, filter: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Groups> =>
  ask(desk, 'trail-search', { filter, ...more });

describe('looking through the audit trail', () => {
  test('tells acts newest first, each with what belongs to it, and goes on where it stopped', async () => {
    const ids = Array.from({ length: 6 }, () => newId());
    for (const id of ids.slice(0, 4)) await ada.change(student(swim, id));
    await ada.change(student(swim, ids[4]!), student(swim, ids[5]!));
    const first = await search(ada, { entity: 'students' }, { limit: 2 });
    expect(first.groups.map((group) => group.entries.map((entry) => entry.rowId))).toEqual([
      [ids[5], ids[4]],
      [ids[3]],
    ]);
    expect(first.groups[0]).toMatchObject({ count: 2, isMore: false });
    const rest = await search(ada, { entity: 'students' }, { before: first.next });
    expect(rest.groups.map((group) => group.entries[0]!.rowId)).toEqual([ids[2], ids[1], ids[0]]);
    expect(rest.next).toBeNull();
  });

  test('finds by who, when, desk, kind, field, way and act, and only that', async () => {
    const id = newId();
    await ada.change(student(swim, id));
    await ada.change(update('students', id, 1, { phone: null }, { phone: '5' }));
    const newest = (await search(ada, { rowId: id, entity: 'students' })).groups[0]!;
    const found = async (filter: Record<string, unknown>): Promise<number> =>
      (await search(ada, { rowId: id, entity: 'students', ...filter })).groups.length;
    expect(await found({ userId: adaId })).toBe(2);
    expect(await found({ userId: newId() })).toBe(0);
    expect(await found({ deviceId: ada.device })).toBe(2);
    expect(await found({ deviceId: newId() })).toBe(0);
    expect(await found({ field: 'phone', action: 'update' })).toBe(1);
    expect(await found({ action: 'delete' })).toBe(0);
    expect(await found({ via: 'typed' })).toBe(2);
    expect(await found({ mutationId: newest.mutationId })).toBe(1);
    expect(await found({ from: Date.now() + 60_000 })).toBe(0);
    expect(await found({ until: Date.now() + 60_000 })).toBe(2);
    expect(await ask(ada, 'trail-count', { filter: { rowId: id, entity: 'students' } })).toEqual({
      count: 2,
      isMore: false,
    });
  });

  test('finds the one that matches, however many others came since, without telling how many there were', async () => {
    const [rare, common] = [newId(), newId()];
    await ada.change(student(swim, rare));
    await ada.change(remove('students', rare));
    await ada.change(student(swim, common));
    await central.sql.query(
      `insert into audit.entry (at, program_id, user_id, mutation_id, via, db_user, tbl, row_id, action, old_version, new_version, changes)
       select now(), $1, $2, gen_random_uuid(), 'typed', 'test', sync.entity_number('students'), $3, 'update', 1, 2, '{"notes": [null, "x"]}'
       from generate_series(1, 1500)`,
      [swim, adaId, common],
    );
    const found = await search(ada, { action: 'delete', entity: 'students' });
    expect(found.groups[0]?.entries[0]).toMatchObject({ rowId: rare, action: 'delete', userName: 'Ada Obi' });
    expect(found.next).toBeNull();
    expect((await search(ben, { action: 'delete', entity: 'students' })).groups).toEqual([]);
    const inAll = await search(root, { action: 'delete', programs: [swim, dance] });
    expect(inAll.groups[0]?.entries[0]?.rowId).toBe(rare);
  });

  test('shows nobody what is of a program that is not theirs, in search, list, count or what came after', async () => {
    const id = newId();
    await ben.change(student(dance, id));
    await ben.change(update('students', id, 1, { phone: null }, { phone: '77' }));
    for (const desk of [ada, tutor]) {
      expect((await search(desk, { rowId: id, entity: 'students' })).groups).toEqual([]);
      expect((await search(desk, { programs: [dance] })).groups).toEqual([]);
      expect(await ask(desk, 'trail-list', { filter: { entity: 'students', rowId: id } })).toMatchObject({
        entries: [],
      });
      expect(await ask(desk, 'trail-count', { filter: { rowId: id, entity: 'students' } })).toEqual({
        count: 0,
        isMore: false,
      });
      expect(await ask(desk, 'trail-since', { rows: [{ entity: 'students', row_id: id, after: 0 }] })).toEqual([]);
    }
    expect((await search(root, { rowId: id, entity: 'students' })).groups).toHaveLength(2);
  });

  test('shows a tutor no student of a course that is not theirs', async () => {
    await ada.change(student(swim, newId()));
    expect((await search(tutor, { entity: 'students' })).groups).toEqual([]);
  });

  test('masks what is confidential, and hands out no text of it as proof', async () => {
    const id = newId();
    await ada.change(student(swim, id));
    const confidential = newId();
    const done = await ada.change(
      insert('student_confidential', confidential, {
        programId: swim,
        studentId: id,
        medicalInfo: { conditions: 'Asthma' },
      }),
    );
    expect(done.status).toBe('applied');
    await ask(ada, 'trail-chains');
    const said = await ask<{ entries: Told[] }>(ada, 'trail-list', {
      filter: { entity: 'student_confidential' },
      proof: true,
    });
    expect(said.entries[0]!.rowId).toBe(confidential);
    expect(JSON.stringify(said)).not.toContain('Asthma');
    expect(said.entries[0]!.changes['medicalInfo']).toEqual([null, { masked: true }]);
    expect(said.entries[0]!.link.text).toBeNull();
    expect(JSON.stringify(await search(ada, { entity: 'student_confidential' }))).not.toContain('Asthma');
  });

  test('tells what a deleted row was, and who changed a field since', async () => {
    const id = newId();
    await ada.change(student(swim, id));
    await ada.change(update('students', id, 1, { phone: null }, { phone: '5' }));
    await ada.change(remove('students', id));
    const { groups } = await search(ada, { rowId: id, entity: 'students' });
    expect(groups[0]!.entries[0]).toMatchObject({ action: 'delete', row: { phone: '5' } });
    const since = await ask(ada, 'trail-since', {
      rows: [{ entity: 'students', row_id: id, after: groups[2]!.entries[0]!.id }],
    });
    expect(since).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'phone', userName: 'Ada Obi' })]));
  });

  test('finds who assigned whom where', async () => {
    expect((await search(ada, { assigned: true })).groups).toEqual([]);
  });

  test('refuses a filter that is none without saying more', async () => {
    expect(await ada.call('ask', ada.token, 'trail-search', JSON.stringify({ filter: { userId: 'x' } }))).toEqual({
      err: 'asked-wrongly',
    });
    expect(await ada.call('ask', 'no token', 'trail-search', '{}')).toEqual({ err: 'signed-out' });
  });
});

describe('verifying the chain from a desk', () => {
  type Chain = { programId: string; from: number; to: number; root: string };
  type Slice = { next: number | null; problem: string | null; broken: Record<string, unknown> | null; refused?: true };
  const walk = async (desk: TestDesk, programId: string): Promise<{ last: Slice; slices: number }> => {
    let slices = 0;
    for (let after: number | null = null; ; slices++) {
      const last: Slice = await ask<Slice>(desk, 'trail-verify', { programId, after, limit: 3 });
      if (last.next === null || last.next === undefined) return { last, slices };
      after = last.next;
    }
  };

  test('is for admins of the program, and for super admins everywhere', async () => {
    const own = async (desk: TestDesk) => (await ask<Chain[]>(desk, 'trail-chains')).map((chain) => chain.programId);
    expect(await own(ada)).toEqual([swim]);
    expect(await own(tutor)).toEqual([]);
    expect(await own(root)).toEqual(expect.arrayContaining([swim, dance]));
    expect(await ask(tutor, 'trail-verify', { programId: swim })).toEqual({ refused: true });
    expect(await ask(ada, 'trail-verify', { programId: dance })).toEqual({ refused: true });
  });

  test('goes through in slices, and names the entry that was altered, with its time and author', async () => {
    await ask(ada, 'trail-chains');
    const whole = await walk(ada, swim);
    expect(whole).toMatchObject({ last: { problem: null, broken: null } });
    expect(whole.slices).toBeGreaterThan(2);
    const { rows } = await central.sql.query<{ id: string; at: Date; changes: unknown }>(
      `select e.id, e.at, e.changes from audit.entry e join audit.seal s on s.entry_id = e.id where s.program_id = $1 and s.seq > 5 and e.user_id = $2 order by s.seq limit 1`,
      [swim, adaId],
    );
    const tampered = rows[0]!;
    const tamper = async (changes: unknown): Promise<void> => {
      await central.sql.query('begin');
      await central.sql.query('set local session_replication_role = replica');
      await central.sql.query('update audit.entry set changes = $2 where id = $1', [
        tampered.id,
        JSON.stringify(changes),
      ]);
      await central.sql.query('commit');
    };
    await tamper({ phone: [null, 'forged'] });
    expect((await walk(ada, swim)).last).toMatchObject({
      problem: expect.stringContaining('altered') as string,
      broken: { id: Number(tampered.id), at: tampered.at.getTime(), userName: 'Ada Obi', entity: 'students' },
    });
    await tamper(tampered.changes);
    expect((await walk(ada, swim)).last.problem).toBeNull();
  });

  test('every line of a proof is the hash of the one before and its own text', async () => {
    const { entries } = await ask<{ entries: Told[] }>(ada, 'trail-list', {
      filter: { entity: 'students' },
      proof: true,
    });
    expect(entries.length).toBeGreaterThan(3);
    for (const { link } of entries) {
      const made = createHash('sha256')
        .update(Buffer.from(link.previous, 'hex'))
        .update(link.text!, 'utf8')
        .digest('hex');
      expect(made).toBe(link.hash);
    }
  });
});
