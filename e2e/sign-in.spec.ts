import { demoEmail, demoPassword, expect, test } from './fixtures';
import { startNotProvost } from './support/not-provost';

const areas = { name: 'Areas' };

test('a wrong password is said plainly, and the right one then works', async ({ launchDesk }) => {
  const desk = await launchDesk();
  await desk.tryToSignIn(demoEmail('swimAdmin'), 'Not-it-2026!');
  await expect(desk.page.getByRole('alert')).toContainText('The email and the password do not belong together.');
  await expect(desk.page.getByRole('textbox', { name: 'Password' })).toBeFocused();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
});

const refused = [
  { who: 'suspended', says: 'This account is suspended.' },
  { who: 'pending', says: 'This account waits to be confirmed.' },
  { who: 'guardian', says: 'This account is not for the console.' },
] as const;
for (const { who, says } of refused) {
  test(`a ${who} account does not get in, and is told why`, async ({ launchDesk }) => {
    const desk = await launchDesk();
    await desk.tryToSignIn(demoEmail(who), demoPassword);
    await expect(desk.page.getByRole('alert')).toContainText(says);
    await expect(desk.page.getByRole('navigation', areas)).toBeHidden();
  });
}

test('too many wrong passwords lock the account for a while, also for the right one', async ({ launchDesk }) => {
  const desk = await launchDesk();
  const alert = desk.page.getByRole('alert');
  await expect(async () => {
    await desk.tryToSignIn(demoEmail('swimAdmin'), 'Not-it-2026!');
    await expect(alert).toContainText('Too many wrong passwords. You can try again from', { timeout: 2_000 });
  }).toPass({ timeout: 45_000 });
  await desk.tryToSignIn(demoEmail('swimAdmin'), demoPassword);
  await expect(alert).toContainText('Too many wrong passwords');
});

test('an unreachable server is said plainly, and trying again when it is back works', async ({ launchDesk }) => {
  const desk = await launchDesk();
  desk.goOffline();
  await desk.tryToSignIn(demoEmail('swimAdmin'), demoPassword);
  await expect(desk.page.getByRole('alert')).toContainText('Check the internet connection and the server’s address');
  desk.goOnline();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
});

test('a server that is not Provost’s is told apart', async ({ central, launchDesk }) => {
  const other = await startNotProvost(central);
  const desk = await launchDesk();
  await desk.page.getByRole('button', { name: 'Change' }).click();
  await desk.page.getByLabel('Server').fill(other.url);
  await desk.tryToSignIn(demoEmail('swimAdmin'), demoPassword);
  await expect(desk.page.getByRole('alert')).toContainText('it is not a Provost server');
  await other.drop();
});

test('somebody who signed in is still signed in at the next start, without the network too', async ({ launchDesk }) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.quit();
  desk.goOffline();
  await desk.open();
  await expect(desk.page.getByRole('navigation', areas)).toBeVisible();
  expect(await desk.ask('session.read', {})).toMatchObject({ state: 'signed-in', user: { fullName: 'Amaka Obi' } });
});
