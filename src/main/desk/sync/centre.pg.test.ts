import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../../central/testing/everything';
import { freshCentral, type FreshCentral, type TestUser } from '../../../central/testing/central';
import { newId } from '../../../shared/model';
import { openConsole, type TestConsole } from '../testing/test-console';

/** What the sync centre asks and orders, on real consoles with a real server. */

let central: FreshCentral;
let program: string;
let ada: TestUser;
let ben: TestUser;
const closers: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  program = await central.addProgram('SWIM');
  ada = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Obi' });
  ben = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ben Eze' });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());

const day = 24 * 3_600_000;
const signedIn = (user: TestUser, deskName?: string): Promise<TestConsole> =>
  openConsole(central, user, closers, deskName);

const add = async ({ desk }: TestConsole, firstName: string, more: Record<string, unknown> = {}): Promise<string> => {
  const id = newId();
  const values = { programId: program, firstName, lastName: 'Okoro', status: 'active', ...more };
  await desk.request('rows.save', {
    edits: [{ op: 'insert', entity: 'students', id, values }],
    label: `Add ${firstName}`,
  });
  return id;
};
const change = ({ desk }: TestConsole, id: string, values: Record<string, unknown>, label = 'Change a student') =>
  desk.request('rows.save', { edits: [{ op: 'update', entity: 'students', id, values }], label });
const sync = ({ desk }: TestConsole) => desk.request('sync.now', {});
const held = ({ desk }: TestConsole, isHeld: boolean) => desk.request('sync.hold', { held: isHeld });
const student = async ({ desk }: TestConsole, id: string) =>
  (await desk.request('rows.read', { entity: 'students', ids: [id] }))[0];

describe('sending that is paused', () => {
  it('keeps what is done here and still brings what others do, until it goes on', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    await held(one, true);
    const mine = await add(one, 'Chi');
    const theirs = await add(two, 'Dayo');
    await sync(two);
    await expect.poll(async () => (await student(one, theirs))?.['firstName'], { timeout: 15_000 }).toBe('Dayo');
    expect(await one.desk.request('sync.read', {})).toMatchObject({ held: 'person', waiting: 1, connection: 'online' });
    await held(one, false);
    await expect.poll(async () => (await one.desk.request('sync.read', {})).waiting, { timeout: 15_000 }).toBe(0);
    await sync(two);
    expect(await student(two, mine)).toMatchObject({ firstName: 'Chi' });
  });

  it('begins by itself where changes waited longer than a day, so that their person looks first', async () => {
    const one = await signedIn(ada);
    one.wire.goDark();
    await add(one, 'Efe');
    await sync(one);
    one.wait(2 * day);
    one.wire.heal();
    await expect.poll(async () => (await one.desk.request('sync.read', {})).held, { timeout: 30_000 }).toBe('review');
    expect(await one.desk.request('sync.read', {})).toMatchObject({ waiting: 1 });
    expect(await sync(one)).toMatchObject({ held: null, waiting: 0 });
  });
});

describe('a rehearsal', () => {
  it('tells of each waiting change what will become of it, with whom and in which fields, and changes nothing', async () => {
    const [one, two] = [await signedIn(ada), await signedIn(ben)];
    const [merged, conflicting, deleted] = [await add(one, 'Funke'), await add(one, 'Gozie'), await add(one, 'Hauwa')];
    await sync(one);
    await sync(two);
    await held(one, true);
    one.wire.goDark();
    await change(one, merged, { phone: '1' });
    await change(one, conflicting, { phone: '2' });
    await change(one, deleted, { phone: '3' });
    await add(one, 'Ike');
    await change(two, merged, { address: 'Yaba' });
    await change(two, conflicting, { phone: '9' });
    await two.desk.request('rows.save', {
      edits: [{ op: 'delete', entity: 'students', id: deleted }],
      label: 'Delete',
    });
    await sync(two);
    await expect(one.desk.request('sync.rehearse', {})).rejects.toMatchObject({ problem: { kind: 'offline' } });
    one.wire.heal();
    const before = await everything(central.sql);
    const found = await one.desk.request('sync.rehearse', {});
    const { ['auth.session']: _, ...rest } = await everything(central.sql);
    expect(before).toMatchObject(rest);
    expect(found.counts).toEqual({ apply: 1, same: 0, merge: 1, conflict: 2, refuse: 0, sent: 0 });
    expect(found.changes.map(({ outcome }) => outcome)).toEqual(['merge', 'conflict', 'conflict', 'apply']);
    expect(found.changes[0]?.merges).toMatchObject([
      { by: 'Ben Eze', fields: ['Address'], title: expect.stringContaining('Funke') as string },
    ]);
    expect(found.changes[1]?.card?.conflicts).toMatchObject([
      { field: 'phone', mine: '2', theirs: '9', theirsName: 'Ben Eze' },
    ]);
    expect(found.changes[2]?.card?.clashes).toMatchObject([{ kind: 'gone', id: deleted, theirsName: 'Ben Eze' }]);
    expect(await sync(one)).toMatchObject({ waiting: 0, conflicts: 2, refused: 0 });
  });
});
