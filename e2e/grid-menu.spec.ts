import type { Locator, Page } from '@playwright/test';
import type { Desk } from './support/desk';
import { demoEmail, demoPassword, expect, test } from './fixtures';

const cell = (page: Page, row: number, field: string): Locator =>
  page.locator(`.ag-row[row-index="${row - 1}"] .ag-cell[col-id="${field}"]`);

const menu = (page: Page): Locator => page.getByRole('menu', { name: 'What to do with the selected cells' });

async function openStudents(desk: Desk): Promise<Page> {
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/e/students');
  await expect(cell(desk.page, 1, 'firstName')).toHaveText(/\S/);
  return desk.page;
}

test('the menu of a cell opens by mouse and by key, and filters, fills and adds from there', async ({ launchDesk }) => {
  const page = await openStudents(await launchDesk());
  const first = await cell(page, 2, 'lastName').innerText();
  await cell(page, 2, 'lastName').click({ button: 'right' });
  await expect(menu(page).getByRole('menuitem', { name: /^Copy/ })).toContainText('Ctrl C');
  await menu(page)
    .getByRole('menuitem', { name: `Filter: Last name “${first}”` })
    .click();
  await expect(page.getByText(`is “${first}”`).first()).toBeVisible();
  await expect(cell(page, 1, 'lastName')).toHaveText(first);
  await page.getByRole('button', { name: 'Clear all' }).click();

  await cell(page, 1, 'phone').click();
  await cell(page, 3, 'phone').click({ modifiers: ['Shift'] });
  const above = await cell(page, 1, 'phone').innerText();
  await page.keyboard.press('Shift+F10');
  await expect(menu(page)).toBeVisible();
  await menu(page)
    .getByRole('menuitem', { name: /^Fill down/ })
    .press('Enter');
  await expect(cell(page, 3, 'phone')).toHaveText(above);

  await cell(page, 1, 'phone').click({ button: 'right' });
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(cell(page, 1, 'phone')).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await menu(page)
    .getByRole('menuitem', { name: /^Add student/ })
    .click();
  await expect(page.getByRole('form', { name: 'New student' })).toBeVisible();
});

test('one value for each of several columns goes to every selected row, as one step of undo', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  const page = await openStudents(desk);
  await cell(page, 1, 'email').click();
  await page.keyboard.press('ControlOrMeta+A');
  const rows = (await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1 })).total;
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  const dialog = page.getByRole('dialog', { name: `Set values in ${rows} rows` });
  // What the system keeps cannot be set.
  await expect(dialog.getByLabel('Number', { exact: true })).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Fill in at least one column.');
  await dialog.getByRole('textbox', { name: 'Date of birth' }).fill('nonsense');
  await expect(dialog.getByText(/is not a (date|day)/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Date of birth' }).fill('3 Mar 2012');
  await dialog.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Inactive' }).click();
  await dialog.getByRole('button', { name: `Set 2 columns in ${rows} rows` }).click();
  await expect(cell(page, 1, 'dateOfBirth')).toHaveText(/3 Mar 2012|Mar 3, 2012/);
  await expect(cell(page, 4, 'status')).toHaveText('Inactive');
  const where = [{ field: 'status', test: 'is' as const, value: 'inactive' }];
  expect((await desk.ask('rows.page', { view: { entity: 'students', where }, from: 0, count: 1 })).total).toBe(rows);
  expect((await desk.ask('history.read', {})).steps).toHaveLength(1);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(cell(page, 1, 'status')).not.toHaveText('Inactive');
});
