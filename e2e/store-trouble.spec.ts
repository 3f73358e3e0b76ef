import { closeSync, existsSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { demoEmail, demoPassword, expect, test } from './fixtures';
import type { Desk } from './support/desk';

const areas = { name: 'Areas' };

/** Signed in once, with a change made offline, and closed. */
async function closedWithUnsent(desk: Desk): Promise<string> {
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  desk.goOffline();
  const page = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1 });
  const id = page.rows[0]?.[page.fields.indexOf('id')] as string;
  await desk.ask('rows.save', {
    edits: [{ op: 'update', entity: 'students', id, values: { address: 'typed before the trouble' } }],
    label: 'Address of a student',
  });
  await desk.quit();
  const stores = join(desk.dataDir, 'stores');
  return join(stores, readdirSync(stores)[0] as string, 'cache.db');
}
const shot = (name: string) => (process.env.PROVOST_SHOTS ? `${process.env.PROVOST_SHOTS}/${name}.png` : null);

test('data of a newer console, or held by another, is said with what is safe, and trying again goes on', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  const file = await closedWithUnsent(desk);
  const db = new Database(file);
  db.prepare("insert into __drizzle_migrations (hash, created_at) values ('future', ?)").run(Date.now() + 1e12);
  db.close();
  await desk.open();
  const main = desk.page.getByRole('main');
  await expect(main).toContainText('This console is older than its data');
  await expect(main).toContainText('1 change of yours waits to be sent. It is safe in the data folder.');
  await expect(main).toContainText(desk.dataDir);
  for (const scheme of ['light', 'dark'] as const) {
    const path = shot(`newer-${scheme}`);
    await desk.page.emulateMedia({ colorScheme: scheme });
    if (path) await desk.page.screenshot({ path });
  }
  const again = new Database(file);
  again.prepare("delete from __drizzle_migrations where hash = 'future'").run();
  again.close();

  const lock = `${file}.lock`;
  writeFileSync(lock, JSON.stringify({ pid: 1, host: 'the computer next door', token: 'x' }));
  await desk.page.getByRole('button', { name: 'Try again' }).click();
  await expect(main).toContainText('Provost is already open');
  rmSync(lock);
  await desk.page.getByRole('button', { name: 'Try again' }).click();
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
  desk.goOnline();
  await desk.settled();
});

test('an update of the data that breaks off says that nothing was changed and what is safe, and goes through at the next try', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  const file = await closedWithUnsent(desk);
  const last = 'from __drizzle_migrations order by created_at desc limit 1';
  const db = new Database(file);
  const taken = db.prepare(`select hash, created_at as at ${last}`).get() as { hash: string; at: number };
  // As if the last step had not been taken yet, and cannot be: what it makes is in its way.
  db.exec(`delete from __drizzle_migrations where created_at = ${taken.at}`);
  db.close();
  await desk.open();
  const main = desk.page.getByRole('main');
  await expect(main).toContainText('could not be brought up to date');
  await expect(main).toContainText('1 change of yours waits to be sent. It is safe in the data folder.');
  const path = shot('not-updated');
  if (path) await desk.page.screenshot({ path });
  const again = new Database(file);
  again.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(taken.hash, taken.at);
  again.close();
  await desk.page.getByRole('button', { name: 'Try again' }).click();
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
  desk.goOnline();
  await desk.settled();
});

test('a damaged store is moved aside, the change made offline arrives, and the person is told where the rest is', async ({
  central,
  launchDesk,
}) => {
  const desk = await launchDesk();
  const file = await closedWithUnsent(desk);
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(8192, 0x5a), 0, 8192, 0);
  closeSync(fd);
  await desk.open();
  const notice = desk.page.getByText('The data on this computer was damaged and is loaded again from the server.');
  await expect(notice).toContainText('1 unsent change was brought over.');
  await expect(notice).toContainText('kept for 30 days');
  const path = shot('damaged');
  if (path) await desk.page.screenshot({ path });
  desk.goOnline();
  await desk.settled();
  const arrived = await central.sql<{ n: string }>(
    "select count(*) as n from app.students where address = 'typed before the trouble'",
  );
  expect(Number(arrived[0]?.n)).toBe(1);
  expect(existsSync(file)).toBe(true);
});
