import { demoEmail, demoPassword, expect, test } from './fixtures';

test('a session that was ended elsewhere keeps the work, and sends it after signing in again', async ({
  central,
  launchDesk,
}) => {
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.go('/facilities');
  await expect(page.getByRole('gridcell', { name: 'Rowe Park Pool' })).toBeVisible();

  desk.goOffline();
  await desk.rename('Rowe Park Pool', 'Rowe Park Pool, Yaba');
  await expect.poll(async () => (await desk.ask('sync.read', {})).waiting).toBe(1);
  await central.sql('update auth.session set revoked_at = now()');
  desk.goOnline();

  const again = page.getByRole('dialog', { name: /sign in again/i });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await again.getByRole('textbox', { name: 'Password' }).fill(demoPassword);
  await again.getByRole('button', { name: /sign in/i }).click();
  await expect(again).toBeHidden({ timeout: 30_000 });
  await desk.settled();
  expect(await central.sql("select from app.facilities where name = 'Rowe Park Pool, Yaba'")).toHaveLength(1);
});
