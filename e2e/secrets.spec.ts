import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoEmail, demoPassword, expect, test } from './fixtures';

test('neither a password nor the server’s login is in any file of the data folder, in plain words', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  await desk.tryToSignIn(demoEmail('swimAdmin'), 'Not-it-2026!');
  await expect(desk.page.getByRole('alert')).toBeVisible();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  desk.goOffline();
  await desk.quit();

  const secrets = [demoPassword, 'Not-it-2026!', new URL(desk.server).password];
  const found = readdirSync(desk.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => secrets.filter((secret) => readFileSync(file).includes(secret)).map(() => file));
  expect(found).toEqual([]);

  // The login is known all the same: a server's name is enough at the next sign-in.
  await desk.open();
  desk.goOnline();
  const { port } = new URL(desk.server);
  const path = new URL(desk.server).pathname;
  await desk.ask('session.sign-out', {});
  const signIn = { email: demoEmail('swimAdmin'), password: demoPassword, server: `127.0.0.1:${port}${path}` };
  expect(await desk.ask('session.sign-in', signIn)).toMatchObject({ state: 'signed-in' });
});
