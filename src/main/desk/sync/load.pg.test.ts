import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../../central/testing/central';
import type { LoadProgress } from '../../../shared/contract/requests';
import { readCursors } from '../local/cursors';
import { openTestDesk, type TestDesk } from '../testing/test-desk';
import { startWireProxy } from '../testing/wire-proxy';
import type { EntityName } from '../../../shared/entities';

const ROWS = 20_000;
let central: FreshCentral;
let program: string;
let user: TestUser;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram();
  user = await central.addUser({ role: 'program_coordinator', programs: [program] });
  // As a bulk load does it: without triggers, the change log filled from its own definition afterwards.
  await central.sql.query("set session_replication_role = 'replica'");
  await central.sql.query(
    `insert into app.students (id, program_id, first_name, last_name, status, address)
     select gen_random_uuid(), $1, 'First ' || n, 'Last ' || (n % 977), 'active', case n % 3 when 0 then E'a\\tb\\nc\\\\d' when 1 then '🏊 نص' end
       from generate_series(1, ${ROWS}) n`,
    [program],
  );
  await central.sql.query(
    `insert into sync.head (class, owner, tbl, row_id, x, op)
     select w.class, w.owner, sync.entity_number('students'), w.row_id, pg_current_xact_id(), w.op from sync.wanted_students w`,
  );
  await central.sql.query('reset session_replication_role');
  await central.sql.query('analyze app.students, sync.head');
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

const open = async (url: string): Promise<TestDesk> => {
  const desk = await openTestDesk({ url, email: user.email, password: user.password });
  closers.push(() => desk.close());
  return desk;
};
const held = (desk: TestDesk): number =>
  (desk.db.prepare('select count(*) as n from students').get() as { n: number }).n;

it('loads 20,000 rows, goes on where it was broken off, and stands where the server stands', async () => {
  const proxy = await startWireProxy(central.clientUrl);
  closers.push(() => proxy.close());
  const desk = await open(proxy.url);
  let pages = 0;
  proxy.plan = (what) => (what === 'load_students' && ++pages === 2 ? 'cut-later' : 'pass');
  await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
  const before = held(desk);
  expect(before).toBeGreaterThanOrEqual(1_000);
  expect(before).toBeLessThan(ROWS);
  expect(readCursors(desk.db).some((cursor) => cursor.state === 'loading')).toBe(true);

  // Meanwhile the world goes on: a loaded row changes, one is deleted, one comes.
  const [first, second] = desk.rows('students');
  await central.sql.query("update app.students set phone = 'while away' where id = $1", [first?.id]);
  await central.sql.query('update app.students set deleted_at = now() where id = $1', [second?.id]);

  desk.crash();
  const asked: string[] = [];
  proxy.plan = (what) => {
    asked.push(what);
    return 'pass';
  };
  await desk.turn();
  expect(held(desk)).toBe(ROWS - 1);
  expect(desk.row('students', first?.id ?? '')).toMatchObject({ phone: 'while away' });
  expect(desk.row('students', second?.id ?? '')).toBeNull();
  expect(readCursors(desk.db).every((cursor) => cursor.state === 'live')).toBe(true);

  const { rows } = await central.sql.query<{ r: Record<string, unknown> }>(
    'select sync.json_students(t) as r from app.students t where t.deleted_at is null order by t.id',
  );
  expect(desk.rows('students')).toEqual(rows.map((row) => row.r));
}, 120_000);

it('shows the first rows of an entity before the rest has come, and takes edits meanwhile', async () => {
  const desk = await open(central.clientUrl);
  const seen: [EntityName, number][] = [];
  let edited = '';
  const told: LoadProgress[] = [];
  desk.context.onProgress = (progress) => progress && told.push(progress);
  desk.context.onRows = (entity) => {
    seen.push([entity, entity === 'students' ? held(desk) : 0]);
    if (entity !== 'students' || edited !== '') return;
    edited = desk.rows('students')[0]?.id ?? '';
    desk.update('students', edited, { phone: 'typed while loading' });
  };
  await desk.turn();
  const shown = seen.filter(([entity]) => entity === 'students').map(([, rows]) => rows);
  expect(shown[0]).toBe(1_000);
  expect(shown.at(-1)).toBeGreaterThan(19_000);
  const last = told.at(-1);
  expect(last?.rowsTotal).toBe(last?.rowsDone);
  expect(told.find(({ rowsTotal }) => rowsTotal !== null)?.rowsTotal).toBe(last?.rowsTotal);
  await desk.turn();
  expect(desk.counts()).toMatchObject({ waiting: 0, conflicts: 0, refused: 0 });
  const { rows } = await central.sql.query<{ phone: string }>('select phone from app.students where id = $1', [edited]);
  expect(rows[0]?.phone).toBe('typed while loading');
  expect(desk.row('students', edited)).toMatchObject({ phone: 'typed while loading' });
}, 120_000);
