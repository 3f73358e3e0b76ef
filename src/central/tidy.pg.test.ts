import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../shared/contract/wire';
import { newId } from '../shared/model';
import { checkArchive } from './archive-file';
import { freshCentral, type FreshCentral, type TestDesk } from './testing/central';
import { student } from './testing/ops';
import { tidy } from './tidy';
import { verifyAudit } from './upkeep';
import { verifyArchives } from './verify-archives';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'provost-archive-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const inYears = (years: number): Date => new Date(Date.now() + years * 366 * 86_400_000);
const problems = async (central: FreshCentral): Promise<unknown[]> =>
  (await verifyAudit(central.sql)).filter((chain) => chain.problem !== null);

describe('the months of the audit trail', () => {
  let central: FreshCentral;
  let program: string;
  let desk: TestDesk;
  beforeAll(async () => {
    central = await freshCentral();
    program = await central.addProgram('SWIM');
    const admin = await central.addUser({ role: 'program_admin', programs: [program] });
    desk = await central.desk(await central.openSession(admin.id));
    await central.sql.query(`update auth.session set expires_at = now() + interval '50 years'`);
  });
  afterAll(() => central.drop());

  /** As if the last part had been begun in a month of the past. */
  async function endMonth(name: string): Promise<void> {
    const { rows } = await central.sql.query<{ name: string }>('select name from audit.month where to_id is null');
    const open = rows[0]!.name;
    for (const table of ['entry', 'seal'])
      await central.sql.query(`alter table audit.${table}_${open} rename to ${table}_${name}`);
    await central.sql.query('update audit.month set name = $1 where to_id is null', [name]);
    expect((await tidy(central.sql)).begun).not.toBeNull();
  }
  const addStudents = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => newId());
    for (const id of ids) await desk.change(student(program, id));
    return ids;
  };

  test('are begun once, by ranges of ids that leave no gap, while a writer waits', async () => {
    await addStudents(3);
    const writer = new pg.Client({ connectionString: central.ownerUrl });
    await writer.connect();
    await writer.query('begin');
    const early = newId();
    await writer.query(`insert into app.students (id, program_id, first_name, last_name) values ($1, $2, 'A', 'B')`, [
      early,
      program,
    ]);
    const ending = endMonth('2020_01');
    await writer.query('commit');
    await writer.end();
    await ending;
    await addStudents(2);
    expect((await tidy(central.sql)).begun).toBeNull();
    const { rows } = await central.sql.query<{ name: string; n: number }>(
      `select m.name, (select count(*)::int from audit.entry e where (m.from_id is null or e.id >= m.from_id) and (m.to_id is null or e.id < m.to_id)) as n,
         (select count(*)::int from audit.entry e where e.tableoid = ('audit.entry_' || m.name)::regclass) as held from audit.month m order by m.to_id`,
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(row).toMatchObject({ held: row.n });
    expect(rows[1]!.n).toBe(2);
    expect(await problems(central)).toEqual([]);
  });

  test('are protected one by one, not only under the name of the whole', async () => {
    const { rows } = await central.sql.query<{ name: string }>('select name from audit.month');
    expect(rows.length).toBeGreaterThan(1);
    for (const { name } of rows) {
      for (const table of [`entry_${name}`, `seal_${name}`]) {
        for (const text of [`delete from audit.${table}`, `truncate audit.${table}`])
          await expect(central.sql.query(text)).rejects.toThrow('never changed');
      }
    }
  });

  test('stay where they are as long as nobody names a folder, and as long as they are young', async () => {
    const count = async (): Promise<unknown> => (await central.sql.query('select count(*) from audit.entry')).rows[0];
    const before = await count();
    await tidy(central.sql, { now: inYears(1) });
    expect((await tidy(central.sql, { archive: dir, now: inYears(1) })).archived).toEqual([]);
    expect(await count()).toEqual(before);
  });

  test('become a file that proves itself, and what stays goes on from it', async () => {
    const [first] = await addStudents(1);
    await endMonth('2020_02');
    const [last] = await addStudents(1);
    const { archived } = await tidy(central.sql, { archive: dir, now: inYears(3) });
    expect(archived.map(({ month }) => month)).toContain('2020_02');

    const open = (await central.sql.query<{ name: string }>('select name from audit.month')).rows;
    expect(open).toHaveLength(1);
    expect(await problems(central)).toEqual([]);
    expect(await verifyArchives(central.sql, dir)).toMatchObject({ files: archived.length, problems: [] });
    const removed = await central.sql.query<{ rows: number }>(
      `select rows::int, file, sha256 from audit.removal where kind = 'audit'`,
    );
    expect(removed.rows).toHaveLength(archived.length);

    const history = (id: string): Promise<AuditEntry[]> => desk.call('history', desk.token, 'students', id, null, 50);
    expect(await history(first!)).toEqual([]);
    expect(await history(last!)).toHaveLength(1);
    // A chain that went on after the archive still notices a forgery.
    await addStudents(1);
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    await central.sql.query(`update audit.entry set via = 'forged' where row_id = $1`, [last]);
    await central.sql.query('commit');
    expect(await problems(central)).toHaveLength(1);
  });

  test('in a file show what was altered, cut off, or left out', async () => {
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    await central.sql.query(`update audit.entry set via = 'typed' where via = 'forged'`);
    await central.sql.query('commit');
    await addStudents(4);
    await endMonth('2020_03');
    const { archived } = await tidy(central.sql, { archive: dir, now: inYears(3) });
    const file = archived.find(({ month }) => month === '2020_03')!.file;
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
    const broken = async (changed: string[]): Promise<string | null> => {
      writeFileSync(file, gzipSync(changed.join('\n') + '\n'));
      return (await checkArchive(file)).problem;
    };
    expect(await broken(lines)).toBeNull();
    expect(await broken(lines.map((line) => line.replaceAll('Ada', 'Eve')))).toContain('was altered');
    expect(await broken(lines.toSpliced(2, 1))).toContain('missing');
    expect(await broken(lines.slice(0, -1))).toContain('end is missing');
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    expect((await checkArchive(file)).problem).toContain('cannot be read');
    rmSync(file);
    expect((await verifyArchives(central.sql, dir)).problems).toEqual([
      'the database does not go on where the last archived month ended',
    ]);
  });
});

describe('old notifications and sessions', () => {
  let central: FreshCentral;
  beforeAll(async () => {
    central = await freshCentral();
  });
  afterAll(() => central.drop());

  const notify = async (userId: string, days: number): Promise<string> => {
    const id = newId(Date.now() - days * 86_400_000);
    await central.sql.query(
      `insert into app.notifications (id, user_id, type, title, message, created_at) values ($1, $2, 'booking', 'Booked', 'At nine', now() - make_interval(days => $3))`,
      [id, userId, days],
    );
    return id;
  };

  test('are written into a file, leave the database and every desk, and are noted', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    const desk = await central.desk(await central.openSession(user.id));
    const [old, young] = [await notify(user.id, 91), await notify(user.id, 89)];
    await central.sql.query(
      `insert into auth.session (token_hash, user_id, expires_at) values ('\\x01', $1, now() - interval '91 days'), ('\\x02', $1, now() - interval '89 days')`,
      [user.id],
    );
    const before = await desk.pull({}, null, 10_000);
    if ('err' in before) throw new Error(before.err);
    const done = await tidy(central.sql, { archive: dir });
    expect(done).toMatchObject({ notifications: 1, sessions: 1 });

    const { rows } = await central.sql.query<{ id: string }>('select id from app.notifications');
    expect(rows.map(({ id }) => id)).toEqual([young]);
    const cursors = Object.fromEntries(before.session.scopes.map((scope) => [scope, before.snapshot]));
    const news = await desk.pull(cursors);
    if ('err' in news) throw new Error(news.err);
    expect(news.changes.map(([, entity, id, op]) => [entity, id, op])).toEqual([['notifications', old, 'L']]);

    const files = await central.sql.query<{ kind: string; file: string; rows: number }>(
      'select kind, file, rows::int from audit.removal order by kind',
    );
    expect(files.rows.map(({ kind, rows: n }) => [kind, n])).toEqual([
      ['notifications', 1],
      ['sessions', 1],
    ]);
    const [notices, sessions] = files.rows.map(({ file }) => gunzipSync(readFileSync(file)).toString());
    expect(notices).toContain(old);
    expect(sessions).toContain(user.id);
    expect(sessions).not.toContain('token_hash');
    for (const { file } of files.rows) expect((await checkArchive(file)).problem).toBeNull();
  });

  const parts = async (whole: string): Promise<string[]> =>
    (await central.sql.query<{ name: string }>('select name from sync.parts_of($1)', [whole])).rows.map(
      ({ name }) => name,
    );
  const thisMonth = (): string => new Date().toISOString().slice(0, 7).replace('-', '_');
  /** As if the last part of a table had been begun with that month, and everything in it made then. */
  async function beganIn(schema: string, table: string, month: string): Promise<void> {
    const { rows } = await central.sql.query<{ name: string; id: string }>(
      'select name, sync.first_id($2) as id from sync.parts_of($1) where high is null',
      [`${schema}.${table}`, `${month.replace('_', '-')}-01Z`],
    );
    const [{ name, id }] = rows as [{ name: string; id: string }];
    await central.sql.query(`delete from ${schema}.${table}_earlier`);
    for (const part of [`${table}_earlier`, name])
      await central.sql.query(`alter table ${schema}.${table} detach partition ${schema}.${part}`);
    await central.sql.query(`alter table ${schema}.${name} rename to ${table}_${month}`);
    await central.sql.query(
      `alter table ${schema}.${table} attach partition ${schema}.${table}_earlier for values from (minvalue) to ('${id}')`,
    );
    await central.sql.query(
      `alter table ${schema}.${table} attach partition ${schema}.${table}_${month} for values from ('${id}') to (maxvalue)`,
    );
  }

  test('begin a part of their own each month, what is of it by its id goes along untold, and an empty month goes', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    const desk = await central.desk(await central.openSession(user.id));
    const [june, now] = [await notify(user.id, 0), await notify(user.id, 0)];
    await beganIn('app', 'notifications', '2026_06');
    const before = await desk.pull({}, null, 10_000);
    if ('err' in before) throw new Error(before.err);
    const entries = async () => (await central.sql.query('select count(*) from audit.entry')).rows;
    const written = await entries();
    await tidy(central.sql);
    expect(await parts('app.notifications')).toEqual([`notifications_${thisMonth()}`, 'notifications_earlier']);
    const { rows } = await central.sql.query<{ part: string }>(
      'select distinct tableoid::regclass::text as part from app.notifications where id = any ($1)',
      [[june, now]],
    );
    expect(rows).toEqual([{ part: `app.notifications_${thisMonth()}` }]);
    expect(await entries()).toEqual(written);
    // Rows of a month are recorded, told and changed like any other.
    const marked = await desk.change({
      entity: 'notifications',
      op: 'update',
      id: now,
      version: 1,
      base: { readAt: null },
      patch: { readAt: 1_790_000_000_000 },
    });
    expect(marked).toMatchObject({ status: 'applied' });
    const news = await desk.pull(Object.fromEntries(before.session.scopes.map((scope) => [scope, before.snapshot])));
    if ('err' in news) throw new Error(news.err);
    expect(news.changes.filter(([, entity]) => entity === 'notifications').map(([, , id, op]) => [id, op])).toEqual([
      [now, 'P'],
    ]);
  });

  test('leave as a whole month with its file, once the last of it is over', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    const token = await central.openSession(user.id);
    await beganIn('auth', 'session', '2026_05');
    const id = (await central.sql.query<{ id: string }>(`select sync.first_id('2026-05-20Z') as id`)).rows[0]!.id;
    await central.sql.query(
      `insert into auth.session (id, token_hash, user_id, created_at, expires_at) values ($1, '\\x77', $2, '2026-05-20Z', '2026-06-19Z')`,
      [id, user.id],
    );
    await tidy(central.sql, { archive: dir, now: new Date('2026-09-10Z') });
    expect(await parts('auth.session')).toContain('session_2026_05');
    const done = await tidy(central.sql, { archive: dir, now: new Date('2026-09-20Z') });
    expect(done.sessions).toBe(1);
    expect(await parts('auth.session')).not.toContain('session_2026_05');
    const file = join(dir, 'sessions-2026_05.jsonl.gz');
    expect(await checkArchive(file)).toMatchObject({ rows: 1, problem: null });
    expect(gunzipSync(readFileSync(file)).toString()).toContain(id);
    // Whoever is signed in stays so.
    expect(await (await central.desk(token)).session()).toMatchObject({ userId: user.id });
  });

  test('are kept for as long as the setting says', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    await central.sql.query('delete from app.notifications');
    await notify(user.id, 40);
    const say = (value: unknown): Promise<unknown> =>
      central.sql.query(
        `insert into app.platform_settings (id, key, value) values ($1, 'retention', $2) on conflict (key) where deleted_at is null do update set value = excluded.value`,
        [newId(), JSON.stringify(value)],
      );
    await say({ notificationDays: 41 });
    expect(await tidy(central.sql)).toMatchObject({ notifications: 0 });
    await say({ notificationDays: 39 });
    expect(await tidy(central.sql)).toMatchObject({ notifications: 1 });
    await say({ notificationDays: -1 });
    await expect(tidy(central.sql)).rejects.toThrow('retention');
  });

  test('are forgotten by the change log once every desk has heard', async () => {
    const user = await central.addUser({ role: 'super_admin' });
    const id = await notify(user.id, 200);
    await central.sql.query(`delete from app.platform_settings where key = 'retention'`);
    await tidy(central.sql);
    expect((await central.sql.query('select from sync.head where row_id = $1', [id])).rowCount).toBe(0);
  });
});
