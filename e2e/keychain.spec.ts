import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoEmail, demoPassword, expect, test } from './fixtures';
import type { Desk } from './support/desk';

const areas = { name: 'Areas' };
const shots = process.env.PROVOST_SHOTS;

async function look(desk: Desk, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.page.emulateMedia({ colorScheme });
    if (shots) await desk.page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` });
  }
}

const kept = (desk: Desk) => JSON.parse(readFileSync(join(desk.dataDir, 'session.json'), 'utf8')) as { token: unknown };

test('without a keychain the console asks whether to keep the session, remembers the answer, and takes another one', async ({
  launchDesk,
}) => {
  const desk = await launchDesk({ withoutKeychain: true });
  const question = () => desk.page.getByRole('group', { name: 'This computer cannot keep your session safely' });
  await expect(question()).toContainText('could work as you');
  await expect(question().getByRole('radio', { name: 'Ask me for my password each time' })).toBeChecked();
  await look(desk, 'keychain-asked');
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  expect(kept(desk).token).toBeNull();
  await desk.quit();

  await desk.open();
  await expect(desk.page.getByText('Your password is asked for at every start')).toBeVisible();
  await expect(question()).toBeHidden();
  await look(desk, 'keychain-answered');
  await desk.page.getByRole('button', { name: 'Change whether you stay signed in' }).click();
  await question().getByRole('radio', { name: 'Stay signed in anyway' }).check();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  expect(kept(desk).token).not.toBeNull();
  await desk.quit();

  await desk.open();
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
  await desk.page.getByRole('button', { name: /settings and sign out/ }).click();
  await expect(desk.page.getByRole('menuitemradio', { name: 'Stay signed in anyway' })).toBeChecked();
  await look(desk, 'keychain-menu');
  await desk.page.getByRole('menuitemradio', { name: 'Ask me for my password each time' }).click();
  await expect.poll(() => kept(desk).token).toBeNull();
  await desk.quit();
  await desk.open();
  await expect(desk.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('with a keychain nothing is asked', async ({ launchDesk }) => {
  const desk = await launchDesk();
  expect(await desk.ask('keychain.read', {})).toEqual({ state: 'safe' });
  await expect(desk.page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(desk.page.getByText('cannot keep your session safely')).toBeHidden();
});

test('data whose key is lost is said to be locked, with what was not sent, and is begun anew only when the person gives it up', async ({
  central,
  launchDesk,
}) => {
  await central.sql(
    `insert into app.platform_settings (id, key, value) values (gen_random_uuid(), 'encrypted-stores', '{"required": true}')`,
  );
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  desk.goOffline();
  const page = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1 });
  const id = page.rows[0]?.[page.fields.indexOf('id')] as string;
  await desk.ask('rows.save', {
    edits: [{ op: 'update', entity: 'students', id, values: { address: 'behind the lost key' } }],
    label: 'Address of a student',
  });
  await desk.quit();
  const stores = join(desk.dataDir, 'stores');
  const key = join(stores, readdirSync(stores)[0] as string, 'cache.db.key');
  expect(existsSync(key)).toBe(true);
  // As a keychain does that was made anew: what it sealed before, it cannot open.
  const sealed = readFileSync(key, 'utf8');
  writeFileSync(key, sealed.replace(/"sealed":"[^"]*"/, `"sealed":"${Buffer.alloc(72, 7).toString('base64')}"`));

  await desk.open();
  const main = desk.page.getByRole('main');
  await expect(main).toContainText('Your data on this computer is locked');
  await expect(main).toContainText('1 change');
  await look(desk, 'key-lost');
  await desk.page.getByRole('button', { name: 'Try again' }).click();
  await expect(main).toContainText('Your data on this computer is locked');
  desk.goOnline();
  await desk.page.getByRole('button', { name: 'Sign in to load it again' }).click();
  await desk.tryToSignIn(demoEmail('swimAdmin'), demoPassword);
  await expect(desk.page.getByRole('alert')).toContainText('1 change');
  await look(desk, 'key-lost-sign-in');
  await desk.page.getByRole('button', { name: 'Give up the locked data and load everything again' }).click();
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
  await desk.settled();
  expect(await desk.ask('session.read', {})).toMatchObject({ encrypted: true });
  const again = await desk.ask('rows.read', { entity: 'students', ids: [id] });
  expect(JSON.stringify(again)).not.toContain('behind the lost key');
});
