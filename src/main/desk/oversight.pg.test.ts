import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freshCentral, type FreshCentral, type TestUser } from '../../central/testing/central';
import { openConsole, type TestConsole } from './testing/test-console';

/** Sessions and sign-ins as the Access workspace asks for them, on real consoles with a real server. */

let central: FreshCentral;
let admin: TestUser;
let tutor: TestUser;
const closers: (() => Promise<void> | void)[] = [];
beforeAll(async () => {
  central = await freshCentral();
  const program = await central.addProgram('SWIM');
  admin = await central.addUser({ role: 'program_admin', programs: [program], fullName: 'Ada Obi' });
  tutor = await central.addUser({ role: 'tutor', programs: [program], fullName: 'Tolu Eze' });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => central.drop());
const signedIn = (user: TestUser, name: string): Promise<TestConsole> => openConsole(central, user, closers, name);

it('a program admin sees where a tutor is signed in and ends it; a tutor cannot end an admin’s, and is told who can', async () => {
  const [hers, his] = [await signedIn(admin, 'Front desk'), await signedIn(tutor, 'Poolside tablet')];
  const [live] = await hers.desk.request('access.sessions', { userId: tutor.id });
  expect(live).toMatchObject({ deviceName: 'Poolside tablet', isThis: false });
  const { entries } = await hers.desk.request('access.sign-ins', { userId: tutor.id });
  expect(entries).toMatchObject([{ userName: 'Tolu Eze', outcome: 'signed-in', deviceName: 'Poolside tablet' }]);
  await expect(his.desk.request('access.end-sessions', { userId: admin.id })).rejects.toThrow(/Ask a super admin/);
  expect(await hers.desk.request('access.end-sessions', { userId: tutor.id, sessionId: live!.id })).toEqual({
    ended: 1,
  });
  await expect(his.desk.request('access.sessions', { userId: tutor.id })).rejects.toMatchObject({
    problem: { kind: 'signed-out' },
  });
});
