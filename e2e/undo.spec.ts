import { demoEmail, demoPassword, expect, test } from './fixtures';

test('killed in the middle of offline edits, the console has them all, and still undoes them', async ({
  central,
  launchDesk,
}) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.go('/facilities');
  await expect(desk.page.getByRole('gridcell', { name: 'Rowe Park Pool' })).toBeVisible();

  desk.goOffline();
  await desk.rename('Rowe Park Pool', 'Rowe Park, first');
  await desk.rename('Rowe Park, first', 'Rowe Park, second');
  await desk.rename('VI Sports Complex', 'VI Sports, renamed');
  // The grid shows a value as soon as it is typed; saved is what the desk has counted.
  await expect.poll(async () => (await desk.ask('sync.read', {})).waiting).toBe(3);
  await desk.kill9();

  await desk.open();
  await desk.go('/facilities');
  await expect(desk.page.getByRole('gridcell', { name: 'Rowe Park, second' })).toBeVisible();
  await expect(desk.page.getByRole('gridcell', { name: 'VI Sports, renamed' })).toBeVisible();
  await expect(desk.page.getByText(/3 (changes )?waiting/).first()).toBeVisible();

  // The undo log survived as well: the last of the three is taken back, as a change of its own.
  await desk.page.getByRole('button', { name: /^Undo/ }).click();
  await expect(desk.page.getByRole('gridcell', { name: 'VI Sports Complex' })).toBeVisible();

  desk.goOnline();
  await expect
    .poll(
      async () =>
        (await central.sql<{ name: string }>('select name from app.facilities order by name')).map(({ name }) => name),
      { timeout: 60_000 },
    )
    .toEqual(expect.arrayContaining(['Rowe Park, second', 'VI Sports Complex']));
});
