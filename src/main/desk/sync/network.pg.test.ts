/** Ways that are slow, broken or lie: whatever they do, what was done counts once and everybody ends with the same rows. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshCentral, type FreshCentral } from '../../../central/testing/central';
import { findPgBouncer, startPgBouncer } from '../testing/pgbouncer';
import { openTestDesk, type TestDesk } from '../testing/test-desk';
import { line2G, startWireProxy, type Fault, type WireProxy } from '../testing/wire-proxy';

let central: FreshCentral;
let program: string;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

async function deskBy(url: string, answerWithin?: number): Promise<TestDesk> {
  const { email, password } = await central.addUser({ role: 'program_coordinator', programs: [program] });
  const desk = await openTestDesk({ url, email, password, ...(answerWithin === undefined ? {} : { answerWithin }) });
  closers.push(() => desk.close());
  return desk;
}
async function proxied(answerWithin?: number): Promise<{ desk: TestDesk; proxy: WireProxy }> {
  const proxy = await startWireProxy(central.clientUrl);
  closers.push(() => proxy.close());
  const desk = await deskBy(proxy.url, answerWithin);
  await desk.turn();
  return { desk, proxy };
}
const student = (firstName: string) => ({ programId: program, firstName, lastName: 'Eze', status: 'active' });
const onServer = async (firstName: string): Promise<number> =>
  Number(
    (
      await central.sql.query<{ n: string }>('select count(*) as n from app.students where first_name = $1', [
        firstName,
      ])
    ).rows[0]?.n,
  );
const nothingLeft = { waiting: 0, acknowledged: 0, conflicts: 0, refused: 0 };

describe('a network that lies', () => {
  it.each<[string, 'push' | 'pull', Fault]>([
    ['tells the desk that nothing more will come, while the server works on', 'push', 'half-close'],
    ['does so while the desk listens', 'pull', 'half-close'],
    ['delivers a push twice', 'push', 'twice-there'],
    ['delivers the answer to a push twice', 'push', 'twice-back'],
    ['delivers rows twice', 'pull', 'twice-back'],
  ])('%s: the edit counts once, and the next turns go through', async (name, call, fault) => {
    const { desk, proxy } = await proxied(2_000);
    let times = 0;
    proxy.plan = (what) => (what === call && times++ === 0 ? fault : 'pass');
    const id = desk.insert('students', student(name));
    const phone = desk.update('students', id, { phone: '1' });
    await desk.turn().catch((error: unknown) => expect(error).toMatchObject({ name: 'RemoteError' }));
    expect(times).toBeGreaterThan(0);
    // A late second answer may spoil one more turn; it never becomes the answer of another call.
    await desk.turn().catch((error: unknown) => expect(error).toMatchObject({ name: 'RemoteError' }));
    await desk.turn();
    expect(desk.counts()).toEqual(nothingLeft);
    expect(desk.result(phone).state).toBe('done');
    expect(await onServer(name)).toBe(1);
    expect(desk.row('students', id)).toMatchObject({ phone: '1', rowVersion: 2 });
  });

  it('of a village: 300 ms each way and 30 kB a second carry a first load, an edit and the way back', async () => {
    await central.sql.query(
      `insert into app.students (id, program_id, first_name, last_name, status, address)
       select gen_random_uuid(), $1, 'Slow ' || n, 'Line', 'active', repeat(md5(n::text), 4) from generate_series(1, 300) n`,
      [program],
    );
    const proxy = await startWireProxy(central.clientUrl);
    closers.push(() => proxy.close());
    proxy.line = line2G;
    const desk = await deskBy(proxy.url);
    await desk.turn();
    expect(desk.rows('students').filter((row) => String(row['firstName']).startsWith('Slow'))).toHaveLength(300);
    const id = desk.insert('students', student('Over 2G'));
    await desk.turn();
    expect(desk.counts()).toEqual(nothingLeft);
    expect(await onServer('Over 2G')).toBe(1);
    expect(desk.row('students', id)?.['number']).not.toBeNull();
  }, 120_000);
});

const pgbouncer = findPgBouncer();
describe.skipIf(pgbouncer === null)('behind PgBouncer in transaction mode, with fewer connections than desks', () => {
  it('three desks work together, each call perhaps on another connection', async () => {
    const pooler = await startPgBouncer(pgbouncer as string, central.clientUrl);
    closers.push(() => pooler.close());
    const desks = await Promise.all([1, 2, 3].map(() => deskBy(pooler.url)));
    await Promise.all(desks.map((desk) => desk.turn()));
    const ids = desks.map((desk, at) => desk.insert('students', student(`Pooled ${at}`)));
    await Promise.all(desks.map((desk) => desk.turn()));
    for (const desk of desks) await desk.turn();
    for (const desk of desks) {
      expect(desk.counts()).toEqual(nothingLeft);
      expect(ids.map((id) => desk.row('students', id)?.['firstName'])).toEqual(['Pooled 0', 'Pooled 1', 'Pooled 2']);
      // It invents a process id, so nobody waits for notifications that could not come.
      expect(await desk.remote.listen(() => undefined)).toBe(false);
    }
  });

  it('a pooler that is stopped is offline in words, and when it is back everything goes through', async () => {
    const pooler = await startPgBouncer(pgbouncer as string, central.clientUrl);
    closers.push(() => pooler.close());
    const desk = await deskBy(pooler.url);
    await desk.turn();
    await pooler.stop();
    desk.insert('students', student('While the pooler was away'));
    await expect(desk.turn()).rejects.toMatchObject({ class_: 'connection' });
    await expect(desk.turn()).rejects.toThrow('Nothing answers at the address of the server. It may be stopped.');
    await pooler.start();
    await desk.turn();
    expect(await onServer('While the pooler was away')).toBe(1);
  });
});
