import type { Locator, Page } from '@playwright/test';
import type { Desk } from './support/desk';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** A cell by its row (from 1, as the grid numbers them) and the field of its column. */
const cell = (page: Page, row: number, field: string): Locator =>
  page.locator(`.ag-row[row-index="${row - 1}"] .ag-cell[col-id="${field}"]`);

async function texts(page: Page, field: string, from: number, to: number): Promise<string[]> {
  const all: string[] = [];
  for (let row = from; row <= to; row++) all.push((await cell(page, row, field).innerText()).trim());
  return all;
}

/** Pastes as another program would have copied it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', copied);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}

async function openPrices(desk: Desk): Promise<Page> {
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/e/facility_course_pricing');
  await expect(cell(desk.page, 1, 'price')).toHaveText(/₦/);
  return desk.page;
}

const status = (page: Page): Locator => page.getByRole('contentinfo');

test('a block from Excel is looked at before it is written, and one undo takes it back after a sort, a sync and a restart', async ({
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  let page = await openPrices(desk);
  const before = await desk.ask('rows.page', { view: { entity: 'facility_course_pricing' }, from: 0, count: 1000 });

  await cell(page, 3, 'price').click();
  await paste(page, '₦15,000\t1 Jan 2031\t\tYes\r\n15 000\t2 Jan 2031\t\tYes\r\nabc\t3 Jan 2031\t\tno\r\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Nothing is written yet');
  await expect(dialog).toContainText('“abc” is not an amount. Price in row 5');
  const bad = dialog.locator('td[data-state=bad]').getByRole('textbox');
  await expect(bad).toHaveValue('abc');
  await bad.fill('still not');
  await bad.press('Enter');
  await expect(dialog).toContainText('“still not” is not an amount.');
  await bad.fill('16,500');
  await bad.press('Enter');
  await expect(bad).toHaveCount(0);
  await expect(dialog).not.toContainText('is not an amount');
  expect((await desk.ask('sync.read', {})).waiting).toBe(0);
  expect((await desk.ask('history.read', {})).steps).toEqual([]);

  await dialog.getByRole('button', { name: /^Paste \d+ cells$/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(cell(page, 3, 'price')).toHaveText('₦15,000');
  await expect(cell(page, 4, 'price')).toHaveText('₦15,000');
  await expect(cell(page, 5, 'price')).toHaveText('₦16,500');
  await desk.settled();

  await page.locator('.ag-header-cell[col-id=price] .header-name').click();
  await expect(page.locator('.ag-header-cell[col-id=price] .header-sort')).toBeVisible();
  await desk.quit();
  await desk.open();
  page = desk.page;
  await desk.go('/e/facility_course_pricing');
  await expect(cell(page, 1, 'price')).toHaveText(/₦/);
  expect((await desk.ask('history.read', {})).steps).toHaveLength(1);
  await cell(page, 1, 'price').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect
    .poll(async () => {
      const now = await desk.ask('rows.page', { view: { entity: 'facility_course_pricing' }, from: 0, count: 1000 });
      const kept = ['id', 'price', 'effectiveDate', 'endDate', 'isActive'].map((name) => now.fields.indexOf(name));
      const values = (rows: unknown[][]) => rows.map((row) => kept.map((at) => row[at]));
      return JSON.stringify(values(now.rows)) === JSON.stringify(values(before.rows));
    })
    .toBe(true);
});

test('filling goes on with a series, and leaves alone what is locked or hidden by a filter', async ({ launchDesk }) => {
  const desk = await launchDesk();
  const page = await openPrices(desk);
  const type = async (row: number, amount: string) => {
    await cell(page, row, 'price').click();
    await page.keyboard.type(amount);
    await page.keyboard.press('Enter');
  };
  await type(3, '1000');
  await type(4, '2500');
  await expect(cell(page, 4, 'price')).toHaveText('₦2,500');
  await cell(page, 3, 'price').click();
  await cell(page, 4, 'price').click({ modifiers: ['Shift'] });
  await expect(status(page)).toContainText('Selected 1 × 2');
  await expect(status(page)).toContainText('Sum ₦3,500');

  const [, , , , , , , eighth] = await texts(page, 'price', 1, 8);
  await page.locator('.fill-handle').hover();
  await page.mouse.down();
  await cell(page, 5, 'price').hover();
  await cell(page, 7, 'price').hover();
  await page.mouse.up();
  await expect.poll(() => texts(page, 'price', 3, 7)).toEqual(['₦1,000', '₦2,500', '₦4,000', '₦5,500', '₦7,000']);
  await expect(cell(page, 8, 'price')).toHaveText(eighth!);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => texts(page, 'price', 3, 4)).toEqual(['₦1,000', '₦2,500']);
  await expect(cell(page, 5, 'price')).not.toHaveText('₦4,000');

  // Locked: a student's number is given by the central database.
  await desk.go('/e/students');
  await expect(cell(page, 1, 'studentNumber')).toHaveText(/STU/);
  const numbers = await texts(page, 'studentNumber', 1, 3);
  await cell(page, 1, 'studentNumber').click();
  await cell(page, 3, 'studentNumber').click({ modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+D');
  await expect(page.getByText(/2 cells were left alone: .*given by the central database/)).toBeVisible();
  expect(await texts(page, 'studentNumber', 1, 3)).toEqual(numbers);
});

test('what is copied in the grid pastes again, and a text is found and replaced in all of the view', async ({
  launchDesk,
}) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  const { page } = desk;
  await desk.go('/e/students');
  await expect(cell(page, 1, 'firstName')).toHaveText(/\S/);
  const [first, second] = await texts(page, 'firstName', 1, 2);
  await cell(page, 1, 'firstName').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ControlOrMeta+C');
  await cell(page, 5, 'firstName').click();
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('dialog').getByRole('button', { name: 'Paste 2 cells' }).click();
  await expect.poll(() => texts(page, 'firstName', 5, 6)).toEqual([first, second]);

  await page.keyboard.press('ControlOrMeta+H');
  const find = page.getByRole('search', { name: 'Find in the grid' });
  await find.getByLabel('Find', { exact: true }).fill('graduated');
  await expect(find.getByRole('status')).toHaveText(/^(\d+|Not found)$/);
  await find.getByLabel('Find', { exact: true }).fill('active');
  await find.getByLabel('Whole cell').check();
  await expect(find.getByRole('status')).toHaveText(/^\d+$/);
  const hits = Number(await find.getByRole('status').innerText());
  await find.getByLabel('Replace with').fill('Inactive');
  await find.getByRole('button', { name: 'Replace all…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Replace ${hits} cells` })
    .click();
  await expect(find.getByRole('status')).toHaveText('Not found');
  expect((await desk.ask('history.read', {})).steps).toHaveLength(2);
  await find.getByRole('button', { name: 'Close finding' }).click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(page.getByText(/^Undone: Replace/)).toBeVisible();
});

test('the keyboard selects as in a spreadsheet, and every cell tells its story', async ({ launchDesk }) => {
  const desk = await launchDesk();
  const page = await openPrices(desk);
  await cell(page, 2, 'price').click();
  await page.keyboard.press('ControlOrMeta+A');
  await expect(status(page)).toContainText(/Selected \d+ × 2\d\d/);
  await page.keyboard.press('Escape');
  await expect(status(page)).not.toContainText('Selected');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(status(page)).toContainText('Selected 2 × 2');
  await page.keyboard.press('Delete');
  await expect(page.getByText(/were left alone: Price is needed/)).toBeVisible();

  await cell(page, 2, 'price').click();
  await cell(page, 4, 'price').click({ modifiers: ['Shift'] });
  await page.keyboard.type('4321');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => texts(page, 'price', 2, 4)).toEqual(['₦4,321', '₦4,321', '₦4,321']);
  await expect(status(page)).toContainText('Sum ₦12,963');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByText(/Filled( by you on this desk|, )/)).toBeVisible();
});

test('a fill with a filter set leaves the rows between untouched', async ({ launchDesk }) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  const { page } = desk;
  const all = async () => {
    const { fields, rows } = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1000 });
    const [id, status, phone] = ['id', 'status', 'phone'].map((name) => fields.indexOf(name));
    return rows.map((row) => ({ id: row[id!], status: row[status!], phone: row[phone!] }));
  };
  const before = await all();
  expect(new Set(before.map((row) => row.status)).size).toBeGreaterThan(1);

  await desk.go('/e/students');
  await expect(cell(page, 1, 'status')).toHaveText(/\S/);
  await cell(page, 1, 'status').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Filter: Status “Active”/ }).click();
  const shown = before.filter((row) => row.status === 'active');
  await expect(status(page)).toContainText(`${shown.length} rows`);
  await cell(page, 1, 'phone').click();
  await page.keyboard.type('+234 1');
  await page.keyboard.press('Enter');
  await expect(cell(page, 1, 'phone')).toHaveText('+234 1');
  await cell(page, 1, 'phone').click();
  await page.keyboard.press('ControlOrMeta+Shift+End');
  await page.keyboard.press('ControlOrMeta+D');
  await expect(page.getByText(/^Filled \d+ cells/)).toBeVisible();
  const after = new Map((await all()).map((row) => [row.id, row]));
  for (const { id, status: stood, phone } of before)
    expect(after.get(id)!.phone).toBe(stood === 'active' ? '+234 1' : phone);
});

test('rows that were never loaded are copied, and what was cut is emptied by pasting it', async ({ launchDesk }) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  const page = await openPrices(desk);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { total } = await desk.ask('rows.page', {
    view: { entity: 'facility_course_pricing' },
    from: 0,
    count: 1,
  });
  expect(total).toBeGreaterThan(200);
  await cell(page, 1, 'price').click();
  await page.keyboard.press('ControlOrMeta+Space');
  await page.keyboard.press('ControlOrMeta+C');
  await expect(page.getByText(`Copied ${total} rows.`)).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trimEnd().split(/\r?\n/)).toHaveLength(total);

  await desk.go('/e/students');
  await expect(cell(page, 1, 'phone')).toHaveText(/\S/);
  const phone = await cell(page, 1, 'phone').innerText();
  await cell(page, 1, 'phone').click();
  await page.keyboard.press('ControlOrMeta+X');
  await expect(cell(page, 1, 'phone')).toHaveText(phone);
  await cell(page, 4, 'phone').click();
  await page.keyboard.press('ControlOrMeta+V');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Paste 2 cells' }).click();
  await expect(cell(page, 4, 'phone')).toHaveText(phone);
  await expect(cell(page, 1, 'phone')).toHaveText('');
  expect((await desk.ask('history.read', {})).steps).toHaveLength(1);
});
