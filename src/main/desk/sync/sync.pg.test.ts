import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../../central/testing/central';
import type { WireRow } from '../../../shared/contract/wire';
import { newId } from '../../../shared/model';
import { getMeta } from '../local/meta';
import { addStep, listSteps } from '../local/undo-log';
import { letGo, putFromServer } from '../local/write';
import { needsYou } from './conflicts';
import { differingBuckets, verifyScopes } from './verify';
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../testing/test-desk';
import { startWireProxy, type WireProxy } from '../testing/wire-proxy';

let central: FreshCentral;
let program: string;
let other: string;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('PA');
  other = await central.addProgram('PB');
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

const coordinator = (programs: string[] = [program]): Promise<TestUser> =>
  central.addUser({ role: 'program_coordinator', programs });
const open = async (user: TestUser, options: Partial<TestDeskOptions> = {}): Promise<TestDesk> => {
  const desk = await openTestDesk({ url: central.clientUrl, email: user.email, password: user.password, ...options });
  closers.push(() => desk.close());
  return desk;
};
const proxied = async (): Promise<WireProxy> => {
  const proxy = await startWireProxy(central.clientUrl);
  closers.push(() => proxy.close());
  return proxy;
};
/** A desk that stands where the server stands. */
const settledDesk = async (user?: TestUser, options: Partial<TestDeskOptions> = {}): Promise<TestDesk> => {
  const desk = await open(user ?? (await coordinator()), options);
  await desk.turn();
  return desk;
};
const student = (firstName: string, programId = program) => ({
  programId,
  firstName,
  lastName: 'Okoro',
  status: 'active',
});
const revoke = async (user: TestUser, programId: string): Promise<void> => {
  await central.sql.query(
    'update app.user_program_assignments set deleted_at = now() where user_id = $1 and program_id = $2',
    [user.id, programId],
  );
};
const count = async (query: string, ...values: unknown[]): Promise<number> =>
  Number((await central.sql.query<{ n: string }>(`select count(*) as n from ${query}`, values)).rows[0]?.n);

describe('what a desk holds', () => {
  it('is what its person may see, and nothing else', async () => {
    const desk = await settledDesk();
    expect(desk.rows('programs').map((row) => row.id)).toEqual([program]);
    expect(desk.rows('facility_course_pricing')).toEqual([]);
    expect(getMeta(desk.db, 'epoch')).not.toBeNull();
  });

  it('is the same row, field by field, on the desk that wrote it and on another', async () => {
    const [one, two] = [await settledDesk(), await settledDesk()];
    const id = one.insert('students', {
      ...student('Ada 🏊'),
      email: 'ada@example.org',
      dateOfBirth: '2012-02-29',
      address: 'a\tb\n\\N "c"',
    });
    await one.turn();
    await two.turn();
    expect(one.row('students', id)).toEqual(two.row('students', id));
    expect(two.row('students', id)).toMatchObject({
      firstName: 'Ada 🏊',
      address: 'a\tb\n\\N "c"',
      dateOfBirth: '2012-02-29',
    });
    expect(two.row('students', id)?.['studentNumber']).toMatch(/^STU-/);
    expect(one.counts()).toEqual({ waiting: 0, acknowledged: 0, conflicts: 0, refused: 0 });
  });
});

describe('two people edit offline', () => {
  it('different fields of one row: both stand', async () => {
    const [one, two] = [await settledDesk(), await settledDesk()];
    const id = one.insert('students', student('Bola'));
    await one.turn();
    await two.turn();
    one.update('students', id, { phone: '0801' });
    two.update('students', id, { firstName: 'Bolaji' });
    await one.turn();
    await two.turn();
    await one.turn();
    for (const desk of [one, two])
      expect(desk.row('students', id)).toMatchObject({ phone: '0801', firstName: 'Bolaji' });
    expect(two.counts().conflicts).toBe(0);
  });

  it('the same field: the first stands, the second is filed with both values, and blocks nothing', async () => {
    const [one, two] = [await settledDesk(), await settledDesk()];
    const id = one.insert('students', student('Chi'));
    await one.turn();
    await two.turn();
    one.update('students', id, { phone: '111' });
    const second = two.update('students', id, { phone: '222' });
    const after = two.update('students', id, { address: 'Lagos' });
    await one.turn();
    await two.turn();
    expect(two.result(second)).toMatchObject({
      state: 'conflict',
      result: { conflicts: [{ field: 'phone', base: null, mine: '222', theirs: '111' }] },
    });
    expect(two.result(after).state).toBe('done');
    await one.turn();
    for (const desk of [one, two]) expect(desk.row('students', id)).toMatchObject({ phone: '111', address: 'Lagos' });
    expect(two.counts()).toMatchObject({ waiting: 0, conflicts: 1 });
    expect(needsYou(two.db)).toMatchObject([
      {
        kind: 'conflict',
        conflicts: [
          { title: 'Chi Okoro', field: 'phone', mine: '222', theirs: '111', theirsName: one.session.fullName },
        ],
        refusal: null,
        rows: [{ title: 'Chi Okoro', op: 'update', values: { phone: '222' } }],
      },
    ]);
  });

  it('one deletes what the other changes: the other is asked, the rest goes on', async () => {
    const admin = await central.addUser({ role: 'program_admin', programs: [program] });
    const [one, two] = [await settledDesk(admin), await settledDesk()];
    const id = one.insert('students', student('Dele'));
    await one.turn();
    await two.turn();
    one.remove('students', id);
    const late = two.update('students', id, { phone: '1' });
    const fine = two.insert('students', student('Efe'));
    await one.turn();
    await two.turn();
    expect(two.result(late)).toMatchObject({ state: 'conflict' });
    expect(two.row('students', id)).toBeNull();
    expect(two.row('students', fine)).not.toBeNull();
    const [told] = needsYou(two.db);
    expect(told).toMatchObject({
      ...{ kind: 'conflict', conflicts: [], refusal: null },
      clashes: [
        {
          kind: 'gone',
          id,
          title: 'Dele Okoro',
          theirsName: one.session.fullName,
          restore: [{ id, needs: 'program admins' }],
        },
      ],
      rows: [{ op: 'update', title: 'Dele Okoro', values: { phone: '1' } }],
    });
  });
});

describe('the network fails', () => {
  it('a lost acknowledgement: the edit counts once', async () => {
    const proxy = await proxied();
    const desk = await settledDesk(undefined, { url: proxy.url });
    const id = desk.insert('students', student('Femi'));
    proxy.plan = (what) => (what === 'push' ? 'lose-answer' : 'pass');
    await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
    expect(desk.counts().waiting).toBe(1);
    desk.crash();
    proxy.heal();
    await desk.turn();
    expect(desk.counts()).toMatchObject({ waiting: 0, refused: 0, conflicts: 0 });
    expect(await count('audit.entry where row_id = $1', id)).toBe(1);
    expect(desk.row('students', id)?.rowVersion).toBe(1);
  });

  it('a lost request, and an answer cut in the middle: nothing is lost', async () => {
    const proxy = await proxied();
    const desk = await settledDesk(undefined, { url: proxy.url });
    const ids = ['lose-request', 'cut-answer'].map((fault) => ({ fault, id: desk.insert('students', student(fault)) }));
    for (const { fault } of ids) {
      proxy.plan = (what) => (what === 'push' ? (fault as 'cut-answer') : 'pass');
      await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
    }
    proxy.heal();
    await desk.turn();
    for (const { id } of ids) expect(await count('audit.entry where row_id = $1', id)).toBe(1);
    expect(desk.counts().waiting).toBe(0);
  });

  it('a crash in the middle of a pull leaves the cursor where its rows are', async () => {
    const proxy = await proxied();
    const writer = await settledDesk();
    const desk = await settledDesk(undefined, { url: proxy.url, pageSize: 3 });
    const ids = Array.from({ length: 10 }, (_, n) => writer.insert('students', student(`Gbenga ${n}`)));
    await writer.turn();
    let pages = 0;
    proxy.plan = (what) => (what === 'pull' && ++pages === 3 ? 'cut-answer' : 'pass');
    await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
    expect(ids.filter((id) => desk.row('students', id))).toEqual([]);
    desk.crash();
    await desk.turn();
    expect(ids.filter((id) => desk.row('students', id))).toEqual(ids);
  });

  it('a stall ends by itself and the next turn goes through', async () => {
    const proxy = await proxied();
    const desk = await settledDesk(undefined, { url: proxy.url, answerWithin: 500 });
    const id = desk.insert('students', student('Hauwa'));
    proxy.plan = (what) => (what === 'push' ? 'stall' : 'pass');
    await expect(desk.turn()).rejects.toMatchObject({ code: 'timeout' });
    proxy.heal();
    await desk.turn();
    expect(await count('audit.entry where row_id = $1', id)).toBe(1);
  });
});

describe('the desk or the server lives another life', () => {
  it('a restored backup of the desk goes on as a new device, and loses nothing', async () => {
    const desk = await settledDesk();
    const device = getMeta(desk.db, 'device_id');
    const before = desk.insert('students', student('Ife'));
    const backup = desk.backup();
    desk.insert('students', student('Jide'));
    await desk.turn();
    desk.restore(backup);
    const anew = [desk.insert('students', student('Kemi')), desk.insert('students', student('Lola'))];
    await desk.turn();
    expect(getMeta(desk.db, 'device_id')).not.toBe(device);
    expect(desk.counts()).toMatchObject({ waiting: 0, refused: 0 });
    for (const id of [before, ...anew]) expect(await count('audit.entry where row_id = $1', id)).toBe(1);
    expect(desk.rows('students').filter((row) => row['firstName'] === 'Jide')).toHaveLength(1);
  });

  it('a restored server is told again what it forgot, and every row is loaded anew while the old ones are shown', async () => {
    const proxy = await proxied();
    const desk = await settledDesk(undefined, { url: proxy.url });
    const kept = desk.insert('students', student('Musa'));
    await desk.turn();
    const lost = desk.insert('students', student('Ngozi'));
    desk.update('students', kept, { phone: '777' });
    await desk.turn();
    // As a restore would: the rows, the mutations and the device's number go back in time, and the epoch is another.
    const device = getMeta(desk.db, 'device_id');
    await central.sql.query('begin');
    await central.sql.query("set local session_replication_role = 'replica'");
    await central.sql.query('delete from app.students where id = $1', [lost]);
    await central.sql.query('delete from sync.head where row_id = $1', [lost]);
    await central.sql.query('update app.students set phone = null, row_version = 1 where id = $1', [kept]);
    await central.sql.query('delete from sync.mutation where device_id = $1 and seq > 1', [device]);
    await central.sql.query('update sync.device set last_seq = 1 where id = $1', [device]);
    await central.sql.query('update sync.release set restored = restored + 1');
    await central.sql.query('commit');
    // Of another desk, in the days that are lost: nobody says it again.
    const foreign = newId();
    const like = desk.row('students', kept) as WireRow;
    putFromServer(desk.db, `people:${program}`, 'students', foreign, 'P', { ...like, id: foreign });
    const step = { entity: 'students', op: 'update' as const, id: kept, version: 2, base: {}, patch: { phone: '1' } };
    addStep(desk.db, { mutationId: newId(), at: 1, label: 'Phone', forward: [step], inverse: [step], rows: 1 }, []);
    const unsent = desk.insert('students', student('Obi'));
    desk.remote.drop();
    proxy.plan = (what) => (what === 'pull' ? 'lose-request' : 'pass');
    await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
    expect(desk.row('students', kept), 'readable until it is loaded again').not.toBeNull();
    proxy.heal();
    await desk.turn();
    await desk.turn();
    expect(desk.row('students', foreign)).toBeNull();
    expect(listSteps(desk.db, 5).map(({ label }) => label)).toEqual(['Phone']);
    expect(desk.counts()).toMatchObject({ waiting: 0, refused: 0, conflicts: 0 });
    expect(await count('app.students where id = any ($1)', [kept, lost, unsent])).toBe(3);
    expect(desk.row('students', kept)).toMatchObject({ phone: '777' });
    expect(desk.row('students', lost)).toMatchObject({ firstName: 'Ngozi' });
  });
});

describe('rights change', () => {
  it('a revoked program leaves no row and no bytes behind', async () => {
    const user = await coordinator([program, other]);
    const writer = await settledDesk(await coordinator([other]));
    const id = writer.insert('students', student('Xq7ZwvSecretName', other));
    await writer.turn();
    const desk = await settledDesk(user);
    desk.update('students', id, { phone: '5' });
    await desk.turn();
    desk.insert('students', student('Stays'));
    await desk.turn();
    expect(desk.row('students', id)).not.toBeNull();
    expect(desk.holdsBytes('Xq7ZwvSecretName')).toBe(true);
    await revoke(user, other);
    await desk.turn();
    expect(desk.rows('programs').map((row) => row.id)).toEqual([program]);
    expect(desk.rows('students').filter((row) => row['programId'] === other)).toEqual([]);
    expect(desk.rows('students').some((row) => row['firstName'] === 'Stays')).toBe(true);
    expect(desk.holdsBytes('Xq7ZwvSecretName')).toBe(false);
  });

  it('nothing of a revoked program stays that this person typed, once it is judged: rescue file, undo steps, journal', async () => {
    const user = await coordinator([program, other]);
    const proxy = await proxied();
    const desk = await settledDesk(user, { url: proxy.url });
    desk.insert('students', student('Zk4DoneEarlier', other));
    desk.insert('students', student('StaysReadable'));
    await desk.turn();
    // Acknowledged, but no pull has confirmed it when the program is lost.
    desk.insert('students', student('Zk4JustSent', other));
    proxy.meanwhile = async (what) => {
      if (what !== 'pull') return;
      proxy.heal();
      desk.insert('students', student('Zk4NotSentYet', other));
      await revoke(user, other);
    };
    await desk.turn();
    expect(['Zk4DoneEarlier', 'Zk4JustSent', 'StaysReadable'].map((text) => desk.holdsBytes(text))).toEqual([
      false,
      false,
      true,
    ]);
    await desk.turn();
    expect(desk.counts()).toEqual({ waiting: 0, acknowledged: 0, conflicts: 0, refused: 1 });
    expect(desk.holdsBytes('Zk4NotSentYet'), 'what a person typed waits for them').toBe(true);
    letGo(desk.db, needsYou(desk.db)[0]?.mutationId ?? '');
    await desk.turn();
    expect(desk.holdsBytes('Zk4NotSentYet')).toBe(false);
  });

  it('a row deleted here does not come back when its program is revoked before the deletion was heard back', async () => {
    const user = await central.addUser({ role: 'program_admin', programs: [program, other] });
    const proxy = await proxied();
    const desk = await settledDesk(user, { url: proxy.url });
    const id = desk.insert('students', student('Rotimi', other));
    await desk.turn();
    desk.remove('students', id);
    proxy.meanwhile = async (what) => {
      if (what === 'pull') await revoke(user, other);
    };
    await desk.turn();
    expect(desk.row('students', id)).toBeNull();
    expect(desk.counts()).toEqual({ waiting: 0, acknowledged: 0, conflicts: 0, refused: 0 });
  });

  it('a granted program arrives by itself', async () => {
    const user = await coordinator();
    const desk = await settledDesk(user, { pageSize: 2 });
    await central.sql.query('insert into app.user_program_assignments (id, program_id, user_id) values ($1, $2, $3)', [
      newId(),
      other,
      user.id,
    ]);
    await desk.turn();
    expect(desk.rows('programs')).toHaveLength(2);
    const there = await count('app.students where program_id = $1 and deleted_at is null', other);
    expect(desk.rows('students').filter((row) => row['programId'] === other)).toHaveLength(there);
  });

  it('a session revoked in the middle of a push loses nothing', async () => {
    const user = await coordinator();
    const desk = await settledDesk(user);
    const id = desk.insert('students', student('Peju'));
    await central.sql.query('update auth.session set revoked_at = now() where user_id = $1', [user.id]);
    expect(await desk.turn()).toEqual({ end: 'signed-out' });
    expect(desk.counts().waiting).toBe(1);
    expect(desk.row('students', id)).not.toBeNull();
    const again = await open(user);
    await again.turn();
    expect(again.row('students', id)).toBeNull();
  });

  it('what a person may not do is refused, and the rest goes on', async () => {
    const desk = await settledDesk();
    const bad = desk.act([
      { entity: 'students', op: 'insert', id: newId(), version: 0, patch: student('Rogue', other) },
    ]);
    const good = desk.insert('students', student('Sade'));
    await desk.turn();
    expect(desk.result(bad)).toMatchObject({ state: 'rejected', result: { refusal: { code: 'forbidden' } } });
    expect(await count('app.students where id = $1', good)).toBe(1);
  });
});

describe('a busy server', () => {
  it('a transaction in the middle of a round is neither missed nor half seen', async () => {
    const proxy = await proxied();
    const admin = await central.addUser({ role: 'program_admin', programs: [program] });
    const writer = await settledDesk(admin);
    const desk = await settledDesk(undefined, { url: proxy.url, pageSize: 2 });
    const pool = writer.insert('facilities', { programId: program, name: 'Busy pool', facilityType: 'pool' });
    const names = ['Vera', 'Wumi', 'Xavier', 'Yetunde', 'Zuri'];
    const last = names.map((name) => writer.insert('students', student(name))).at(-1) ?? '';
    await writer.turn();
    let pages = 0;
    proxy.meanwhile = async (what) => {
      if (what !== 'pull' || ++pages !== 3) return;
      // The facility stands in a scope that is read to its end by now, the student in one that is not.
      await central.sql.query('begin');
      await central.sql.query('update app.facilities set capacity = 42 where id = $1', [pool]);
      await central.sql.query("update app.students set phone = '42' where id = $1", [last]);
      await central.sql.query('commit');
    };
    await desk.turn();
    expect(pages).toBeGreaterThan(3);
    expect(desk.row('students', last)).toMatchObject({ phone: '42' });
    expect(desk.row('facilities', pool)).toMatchObject({ capacity: 42 });
  });
});

describe('the proof of equality', () => {
  it('finds nothing where all is well, even with edits waiting, and mends what was tampered with', async () => {
    const user = await central.addUser({ role: 'program_admin', programs: [program, other] });
    const desk = await settledDesk(user);
    expect(desk.rows('students').length).toBeGreaterThan(1);
    expect(await verifyScopes(desk.context)).toEqual([]);
    const [one, two] = desk.rows('students');
    desk.update('students', one?.id ?? '', { phone: 'not sent yet' });
    desk.remove('students', two?.id ?? '');
    const scope = `people:${program}` as const;
    expect(await differingBuckets(desk.db, desk.remote, desk.token, scope)).toEqual(new Set());
    await desk.turn();
    const before = desk.everything();
    const three = desk.rows('students').find((row) => row['programId'] === program)?.id ?? '';
    desk.db.prepare('delete from students where id = ?').run(three);
    desk.db
      .prepare(
        "insert into students (id, program_id, first_name, last_name, status, row_version) values (?, ?, 'Ghost', 'X', 'active', 1)",
      )
      .run(newId(), program);
    expect(await verifyScopes(desk.context)).toEqual([scope]);
    expect(desk.everything()).toEqual(before);
  });
});

describe('long transactions', () => {
  it('a row committed late, by a transaction begun early, is not missed', async () => {
    const desk = await settledDesk();
    const id = newId();
    const operator = new pg.Client({ connectionString: central.ownerUrl });
    await operator.connect();
    await operator.query('begin');
    await operator.query(
      "insert into app.facilities (id, program_id, name, facility_type) values ($1, $2, 'Late pool', 'pool')",
      [id, program],
    );
    for (const name of ['Tayo', 'Uche']) {
      const early = await settledDesk();
      early.insert('students', student(name));
      await early.turn();
      await desk.turn();
    }
    expect(desk.row('facilities', id)).toBeNull();
    await operator.query('commit');
    await operator.end();
    await desk.turn();
    expect(desk.row('facilities', id)).toMatchObject({ name: 'Late pool' });
  });
});
