import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../../central/testing/central';
import type { Events, SyncState } from '../../../shared/contract/requests';
import { manualClock, type ManualClock } from '../testing/manual-clock';
import { openTestDesk, type TestDesk } from '../testing/test-desk';
import { startWireProxy, type WireProxy } from '../testing/wire-proxy';
import { createSync, type Sync } from './engine';

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

interface Running {
  desk: TestDesk;
  sync: Sync;
  states: SyncState[];
  changes: Events['rows.changed'][];
  proxy: WireProxy;
  user: TestUser;
  signedOut: () => number;
  logged: string[];
}

/** A desk whose engine runs; with a manual clock, nothing happens by itself. */
async function running(clock?: ManualClock, query = ''): Promise<Running> {
  const proxy = await startWireProxy(central.clientUrl + query);
  const user = await central.addUser({ role: 'program_coordinator', programs: [program] });
  const desk = await openTestDesk({ url: proxy.url, email: user.email, password: user.password, answerWithin: 2_000 });
  const states: SyncState[] = [];
  const changes: Events['rows.changed'][] = [];
  const logged: string[] = [];
  let signedOut = 0;
  const sync = createSync({
    store: desk.context.store,
    remote: desk.remote,
    token: desk.token,
    onState: (state) => states.push(state),
    onRowsChanged: (payload) => changes.push(payload),
    onSignedOut: () => (signedOut += 1),
    onLog: (event, detail) => logged.push(`${event} ${JSON.stringify(detail)}`),
    ...(clock ? { clock } : {}),
  });
  closers.push(async () => {
    await sync.stop();
    await desk.close();
    await proxy.close();
    expect(logged.filter((line) => line.startsWith('sync.bug'))).toEqual([]);
    expect(logged.join('\n')).not.toContain('client-of-the-tests');
  });
  sync.start();
  await sync.syncNow();
  return { desk, sync, states, changes, proxy, user, signedOut: () => signedOut, logged };
}
const student = (firstName: string) => ({ programId: program, firstName, lastName: 'Bello', status: 'active' });

it('comes online, sends an edit when nudged, and tells the window what changed', async () => {
  const { desk, sync, states, changes } = await running(manualClock());
  expect(sync.state()).toMatchObject({
    connection: 'online',
    trouble: null,
    waiting: 0,
    live: 'listen',
    readOnly: false,
  });
  expect(sync.state().lastSyncAt).not.toBeNull();
  const id = desk.insert('students', student('Wale'));
  sync.nudge();
  expect(states.at(-1)).toMatchObject({ waiting: 1 });
  await vi.waitFor(() => expect(sync.state().waiting).toBe(0));
  await vi.waitFor(() => expect(desk.row('students', id)?.['studentNumber']).toMatch(/^STU-/));
  expect(changes.some((change) => change.cause === 'sync' && change.changes.students?.includes(id))).toBe(true);
});

it('hears of another desk’s push at once where the connection carries it', async () => {
  const [one, two] = [await running(manualClock()), await running(manualClock())];
  const id = one.desk.insert('students', student('Yemi'));
  one.sync.nudge();
  await vi.waitFor(() => expect(two.desk.row('students', id)).not.toBeNull(), 3_000);
});

it('hears of it by polling where it does not', async () => {
  const clock = manualClock();
  const one = await running(manualClock());
  const two = await running(clock, '?listen=off');
  expect(two.sync.state().live).toBe('poll');
  const id = one.desk.insert('students', student('Zainab'));
  one.sync.nudge();
  await vi.waitFor(() => expect(one.sync.state().waiting).toBe(0));
  expect(two.desk.row('students', id)).toBeNull();
  await vi.waitFor(() => expect(clock.waits()).toContain(5_000));
  clock.advance(5_000);
  await vi.waitFor(() => expect(two.desk.row('students', id)).not.toBeNull(), 3_000);
});

it('goes offline with a reason in words, keeps edits, and comes back within half a minute', async () => {
  const clock = manualClock();
  const { desk, sync, proxy } = await running(clock);
  proxy.goDark();
  const id = desk.insert('students', student('Abiola'));
  sync.nudge();
  await vi.waitFor(() => expect(sync.state().connection).toBe('offline'));
  expect(sync.state().trouble).toMatch(/server/);
  for (let tries = 0; tries < 8; tries++) {
    await vi.waitFor(() => expect(clock.waits().length).toBeGreaterThan(1));
    clock.advance(30_000);
  }
  expect(sync.state()).toMatchObject({ connection: 'offline', waiting: 1 });
  proxy.heal();
  await vi.waitFor(() => expect(clock.waits().length).toBeGreaterThan(1));
  clock.advance(30_000);
  await vi.waitFor(() => expect(sync.state()).toMatchObject({ connection: 'online', trouble: null, waiting: 0 }));
  expect(desk.row('students', id)).not.toBeNull();
});

it('stops when the session is ended on the server, and keeps what was not sent', async () => {
  const { desk, sync, user, signedOut } = await running(manualClock());
  await central.sql.query('update auth.session set revoked_at = now() where user_id = $1', [user.id]);
  desk.insert('students', student('Bimpe'));
  const state = await sync.syncNow();
  expect(state).toMatchObject({ connection: 'signed-out', waiting: 1 });
  expect(signedOut()).toBe(1);
});

it('says how far this computer’s clock is off', async () => {
  const { sync } = await running(manualClock(Date.now() + 86_400_000));
  expect(sync.state().clockSkew).toBeGreaterThan(86_300_000);
  expect(sync.state().clockSkew).toBeLessThan(86_500_000);
});

it('breaks a turn that hangs', async () => {
  const clock = manualClock();
  const { desk, sync, proxy, logged } = await running(clock);
  proxy.plan = () => 'stall';
  desk.insert('students', student('Chike'));
  sync.nudge();
  await new Promise((resolve) => setTimeout(resolve, 50));
  clock.advance(125_000);
  expect(logged.some((line) => line.startsWith('watchdog'))).toBe(true);
  proxy.heal();
  const state = await sync.syncNow();
  expect(state).toMatchObject({ connection: 'online', waiting: 0 });
});
