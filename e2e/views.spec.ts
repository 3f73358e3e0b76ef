import { demoEmail, demoPassword, expect, test } from './fixtures';
import type { Desk } from './support/desk';

async function open(desk: Desk, path: string): Promise<void> {
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go(path);
  await expect(desk.page.getByRole('tab', { name: /^All/ })).toBeVisible();
}

/** Rows the grid says it has. */
const rowsOf = async (desk: Desk): Promise<number> => {
  const text = await desk.page.getByRole('status').filter({ hasText: /rows?/ }).first().innerText();
  return Number(/([\d,.]+)\s*rows?/.exec(text)?.[1]?.replace(/\D/g, ''));
};

test('a view is filtered, sorted, grouped, saved under a name, changed, reverted, and found again after a restart', async ({
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  const { page } = desk;
  await open(desk, '/e/students');
  await expect.poll(() => rowsOf(desk)).toBeGreaterThan(10);
  const all = await rowsOf(desk);
  await expect(page.getByRole('tab', { name: `All ${all}` })).toBeVisible();

  // A condition, switched off and on again.
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Status', exact: true }).click();
  await page.getByRole('dialog', { name: 'Filter Status' }).getByRole('checkbox').first().check();
  await page.keyboard.press('Escape');
  await expect.poll(() => rowsOf(desk)).toBeLessThan(all);
  const some = await rowsOf(desk);
  await page.getByRole('switch', { name: 'Use this condition' }).click();
  await expect.poll(() => rowsOf(desk)).toBe(all);
  await page.getByRole('switch', { name: 'Use this condition' }).click();
  await expect.poll(() => rowsOf(desk)).toBe(some);
  await expect(page.getByRole('tab', { name: /All.*changed/ })).toBeVisible();

  // Groups, and one of them alone.
  await page.getByRole('button', { name: 'Group', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Joined' }).click();
  const groups = page.getByRole('listbox', { name: 'Groups by Joined' });
  await expect(groups.getByRole('option').first()).toContainText('All');
  await groups.getByRole('option').nth(1).click();
  await expect.poll(() => rowsOf(desk)).toBeLessThan(some);
  await groups.getByRole('option').first().click();

  // Figures over all rows.
  await page.getByRole('button', { name: 'Figures', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Email' }).click();
  await expect(page.getByRole('region', { name: 'Figures over all rows' })).toContainText(/Email.*filled in\s*\d/s);

  // Under a name.
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('My intake');
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  const mine = page.getByRole('tab', { name: /^My intake/ });
  await expect(mine).toHaveAttribute('aria-selected', 'true');
  await expect(mine).not.toContainText('changed');
  await expect(page.getByRole('tab', { name: /^All/ })).not.toContainText('changed');

  // Back and forward go between views.
  await page.getByRole('tab', { name: /^All/ }).click();
  await expect.poll(() => rowsOf(desk)).toBe(all);
  await page.goBack();
  await expect(mine).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => rowsOf(desk)).toBe(some);

  // Changed, reverted, changed and saved.
  await page.getByRole('button', { name: /^Remove the condition on Status/ }).click();
  await expect(mine).toContainText('changed');
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect.poll(() => rowsOf(desk)).toBe(some);
  await page.getByRole('button', { name: /^Remove the condition on Status/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(mine).not.toContainText('changed');

  // It opens first from now on, on this desk and after a restart; renamed and deleted like anything else.
  await page.getByRole('button', { name: 'More for the view My intake' }).click();
  await page.getByRole('menuitem', { name: 'Open first', exact: true }).click();
  await desk.settled();
  await desk.quit();
  await desk.open();
  await desk.go('/e/students');
  await expect(desk.page.getByRole('tab', { name: /^My intake/ })).toHaveAttribute('aria-selected', 'true');
  await expect(desk.page.getByRole('listbox', { name: 'Groups by Joined' })).toBeVisible();
  await desk.page.getByRole('button', { name: 'More for the view My intake' }).click();
  await desk.page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await expect(desk.page.getByRole('tab', { name: /^My intake/ })).toHaveCount(0);
});

test('a view shared with a program is there for the others of the program', async ({ launchDesk }) => {
  test.setTimeout(180_000);
  const admin = await launchDesk();
  await open(admin, '/e/facilities');
  await admin.page.getByRole('searchbox', { name: /Search facilities/ }).fill('pool');
  await expect(admin.page.getByRole('tab', { name: /All.*changed/ })).toBeVisible();
  await admin.page.getByRole('button', { name: 'Save view' }).click();
  await admin.page.getByRole('dialog').getByLabel('Name').fill('Pools');
  await admin.page
    .getByRole('dialog')
    .getByRole('radio', { name: /^Everybody in/ })
    .first()
    .check();
  await admin.page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  await expect(admin.page.getByRole('tab', { name: /^Pools/ })).toHaveAttribute('aria-selected', 'true');
  await admin.settled();

  const coordinator = await launchDesk();
  await coordinator.signIn(demoEmail('swimCoordinator'), demoPassword);
  await coordinator.settled();
  await coordinator.go('/e/facilities');
  await coordinator.page.getByRole('tab', { name: /^Pools/ }).click();
  await expect(coordinator.page.getByRole('searchbox', { name: /Search facilities/ })).toHaveValue('pool');
});

test('several conditions of which any must hold find what either finds', async ({ launchDesk }) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  const { page } = desk;
  await open(desk, '/e/facilities');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Several conditions/ }).click();
  const builder = page.getByRole('dialog', { name: 'Several conditions' });
  for (const [at, word] of ['Rowe', 'VI Sports'].entries()) {
    await builder.getByRole('button', { name: 'Condition' }).click();
    await builder.getByLabel('Column').nth(at).selectOption('Name');
    await builder.getByLabel('Name to compare with').nth(at).fill(word);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => rowsOf(desk)).toBe(2);
  await expect(page.getByRole('gridcell', { name: 'Rowe Park Pool' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'VI Sports Complex' })).toBeVisible();
});

test('what the overview counts is what its list shows', async ({ launchDesk }) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/overview');
  const list = page.getByRole('button', { name: /Open list: .* without a guardian/ });
  const [, count] = /(\d[\d,.]*) students? without/.exec((await list.getAttribute('aria-label')) ?? '') ?? [];
  await list.click();
  await expect(page.getByRole('tab', { name: /^Without a guardian/, selected: true })).toBeVisible();
  await expect.poll(() => rowsOf(desk)).toBe(Number(count?.replace(/\D/g, '')));
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
});
