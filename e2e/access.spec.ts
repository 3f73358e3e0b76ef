import { demoEmail, demoPassword, demoPeople, expect, test } from './fixtures';

test('a program admin sees where a tutor is signed in and who was refused, ends the session with a reason, and suspends', async ({
  central,
  launchDesk,
}) => {
  const tutor = demoPeople.swimTutor.name;
  const [admins, tutors] = [await launchDesk(), await launchDesk()];
  await tutors.tryToSignIn(demoEmail('swimTutor'), 'not-the-password');
  await expect(tutors.page.getByRole('alert')).toBeVisible();
  await tutors.signIn(demoEmail('swimTutor'), demoPassword);
  await admins.signIn(demoEmail('swimAdmin'), demoPassword);
  await admins.settled();
  const { page } = admins;

  await admins.go('/access/sign-ins');
  const lines = page.getByRole('table', { name: 'Sign-ins' });
  await expect(lines.getByRole('row', { name: new RegExp(`${tutor}.*Wrong password`) })).toBeVisible();
  await page.getByLabel('Refused only').check();
  await expect(lines.getByRole('row', { name: /Signed in/ })).toHaveCount(0);
  await lines.getByRole('button', { name: tutor }).first().click();

  const sessions = page.getByRole('list', { name: `Where ${tutor} is signed in` });
  await sessions.getByRole('button', { name: /End the session/ }).click();
  await page.getByLabel('Reason, kept in the audit trail').fill('Tablet left at the pool');
  await page.getByRole('button', { name: 'End the session', exact: true }).click();
  await expect(page.getByText('1 session ended.')).toBeVisible();
  await expect(sessions.getByRole('listitem')).toHaveCount(0);
  expect(await central.sql(`select reason from audit.entry where action = 'sign-out'`)).toEqual([
    { reason: 'Tablet left at the pool' },
  ]);

  await page.getByRole('button', { name: `Suspend ${tutor}` }).click();
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  await expect(page.getByRole('button', { name: `Let in ${tutor}` })).toBeVisible();
  await admins.settled();
  expect(await central.sql('select status from app.users where email = $1', [demoEmail('swimTutor')])).toEqual([
    { status: 'suspended' },
  ]);
});

test('without a connection the people stay in sight, and it says what waits', async ({ launchDesk }) => {
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  desk.goOffline();
  await desk.go('/access');
  await page.getByRole('button', { name: demoPeople.swimTutor.name }).click();
  await expect(page.getByText(/Sessions and sign-ins are kept on the server/)).toBeVisible();
});
