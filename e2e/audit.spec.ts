import { demoEmail, demoPassword, expect, test } from './fixtures';

test('putting one field back adds an entry, and the chain check names the entry that was tampered with', async ({
  central,
  launchDesk,
}) => {
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('superAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/facilities');
  await desk.rename('Rowe Park Pool', 'Rowe Park, renamed');
  await desk.settled();

  await desk.go('/audit');
  await page.getByRole('button', { name: /Rowe Park Pool → Rowe Park, renamed/ }).click();
  const panel = page.getByRole('complementary', { name: 'What was done' });
  await panel.getByRole('button', { name: /^Put back name of/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Taken back' })).toContainText('Rowe Park Pool');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/restore.png` });
  await dialog.getByRole('button', { name: 'Take 1 change back' }).click();
  await expect(dialog).toBeHidden();
  await desk.settled();

  const [facility] = await central.sql<{ id: string }>(`select id from app.facilities where name = 'Rowe Park Pool'`);
  const entries = await central.sql<{ id: string; via: string; user_id: string }>(
    'select id, via, user_id from audit.entry where row_id = $1 order by id desc',
    [facility!.id],
  );
  expect(entries.slice(0, 2).map(({ via }) => via)).toEqual(['restore', 'typed']);

  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(dialog.getByText(/The audit trail is whole/)).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  await central.sql(
    `do $do$ begin set local session_replication_role = replica;
       update audit.entry set changes = '{"name": ["x", "y"]}' where id = ${Number(entries[1]!.id)}; end $do$`,
  );
  await page.getByRole('button', { name: 'Verify' }).click();
  const broken = dialog.getByRole('alert');
  await expect(broken).toContainText(`breaks at entry ${Number(entries[1]!.id).toLocaleString('en')}`, {
    timeout: 30_000,
  });
  await expect(broken).toContainText('Folake Adeyinka');
  await expect(broken).toContainText('Today');
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/broken.png` });
});

test('the trail is filtered, says when nothing matches, and what still works without the server', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/facilities');
  await desk.rename('Rowe Park Pool', 'Rowe Park, renamed');
  await desk.settled();
  await desk.go('/audit');
  await expect(page.getByRole('button', { name: /Rowe Park, renamed/ })).toBeVisible();
  if (process.env.SHOTS) {
    for (const theme of ['light', 'dark'] as const) {
      await desk.ask('settings.write', { theme });
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: `${process.env.SHOTS}/list-${theme}-${width}.png` });
      }
    }
    await page.getByRole('button', { name: /Rowe Park, renamed/ }).click();
    await expect(page.getByRole('button', { name: /^Put back name/ })).toBeVisible();
    await page.screenshot({ path: `${process.env.SHOTS}/batch.png` });
    await page.keyboard.press('Escape');
  }
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Facilities' });
  await page.getByLabel('Act', { exact: true }).selectOption({ label: 'Confidential details revealed' });
  await expect(page.getByText('Nothing was done that matches')).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByRole('button', { name: /Rowe Park, renamed/ })).toBeVisible();

  desk.goOffline();
  await page.getByLabel('How', { exact: true }).selectOption({ label: 'Pasted' });
  await expect(page.getByText(/press Ctrl\+Alt\+Z/)).toBeVisible({ timeout: 40_000 });
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/offline.png` });
});
