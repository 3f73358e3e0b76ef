import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoEmail, demoPassword, expect, test } from './fixtures';
import type { Desk } from './support/desk';

const shot = (name: string) => (process.env.PROVOST_SHOTS ? `${process.env.PROVOST_SHOTS}/${name}.png` : null);

/** Files beside the stores of this desk that hold a word in plain letters. */
const filesWith = (desk: Desk, word: string): string[] =>
  readdirSync(join(desk.dataDir, 'stores'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(word))
    .map(({ name }) => name);

test('a super admin switches encryption on; the next start encrypts, offline, with the change that waits', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('superAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/access');
  await desk.page.getByRole('button', { name: 'Data on computers' }).click();
  const dialog = desk.page.getByRole('dialog', { name: 'Data on computers' });
  await expect(dialog).toContainText('These copies are not encrypted.');
  await expect(dialog).toContainText('changes that were not sent yet are lost');
  for (const scheme of ['light', 'dark'] as const) {
    const path = shot(`encryption-${scheme}`);
    await desk.page.emulateMedia({ colorScheme: scheme });
    if (path) await desk.page.screenshot({ path });
  }
  await dialog.getByRole('button', { name: 'Encrypt data on every computer' }).click();
  await expect(dialog).toBeHidden();
  await desk.settled();
  await desk.ask('sync.now', {});
  await desk.go('/sync');
  await expect(desk.page.getByText('Not encrypted yet: at the next start')).toBeVisible();

  desk.goOffline();
  const page = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1 });
  const id = page.rows[0]?.[page.fields.indexOf('id')] as string;
  await desk.ask('rows.save', {
    edits: [{ op: 'update', entity: 'students', id, values: { address: 'Quillfeather Lane' } }],
    label: 'Address of a student',
  });
  expect(filesWith(desk, 'Quillfeather')).not.toEqual([]);
  await desk.quit();

  await desk.open();
  await desk.go('/sync');
  await expect(desk.page.getByText('Encrypted', { exact: true })).toBeVisible();
  expect(filesWith(desk, 'Quillfeather')).toEqual([]);
  expect(await desk.ask('sync.read', {})).toMatchObject({ waiting: 1 });
  const path = shot('encrypted-kept');
  if (path) await desk.page.screenshot({ path });
  desk.goOnline();
  await desk.settled();
});
