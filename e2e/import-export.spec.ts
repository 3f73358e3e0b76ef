import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import writeExcel from 'write-excel-file/node';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** Story 7: a workbook with other column names, all errors at once, the same file again, an undo that lists what was changed since. */

let folder: string;
test.beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'provost-import-'))));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Cell = string | number | Date;

async function workbook(name: string, rows: Cell[][]): Promise<string> {
  const path = join(folder, name);
  const cells = rows.map((row) =>
    row.map((value) => (value instanceof Date ? { value, type: Date, format: 'dd/mm/yyyy' } : { value })),
  );
  await (writeExcel(cells as never) as unknown as { toFile(to: string): Promise<void> }).toFile(path);
  return path;
}

const pupils = (count: number, bad: ReadonlySet<number> = new Set()): Cell[][] => [
  ['Surname', 'Given name', 'E-mail address', 'DOB', 'Mobile', 'Statut'],
  ...Array.from({ length: count }, (_, i): Cell[] => [
    `Import-${i}`,
    `Pupil`,
    bad.has(i) ? 'no address' : `pupil.${i}@import.example`,
    new Date(Date.UTC(2012, i % 12, 1 + (i % 28))),
    `+234 803 000 ${String(i).padStart(4, '0')}`,
    bad.has(i) ? 'asleep' : 'active',
  ]),
];

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Email').fill(demoEmail('swimAdmin'));
  await page.getByRole('textbox', { name: 'Password' }).fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
}

async function openGrid(page: Page, path: string, title: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), path);
  await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
}

async function give(page: Page, file: string) {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File to import').setInputFiles(file);
  await expect(dialog.getByRole('button', { name: /^Check \d+ lines/ })).toBeVisible();
  return dialog;
}

const shot = async (page: Page, name: string) => {
  const to = process.env['SHOTS'];
  if (to) await page.screenshot({ path: join(to, `${name}.png`) });
};

test('a workbook of 500 pupils with other column names imports once, shows all its errors, and is undone but for what was changed since', async ({
  page,
  browserRim,
}) => {
  test.setTimeout(240_000);
  await signIn(page, browserRim.link);
  await openGrid(page, '/e/students', 'Students');

  const bad = await workbook('pupils.xlsx', pupils(500, new Set([7, 450])));
  const first = await give(page, bad);
  await expect(first.getByLabel('Last name: column 1')).toHaveValue('Surname');
  await expect(first.getByLabel('First name: column 1')).toHaveValue('Given name');
  await expect(first.getByLabel('Date of birth: column 1')).toHaveValue('DOB');
  await shot(page, 'import-columns');
  const program = first.getByRole('combobox', { name: /belong to/ });
  if ((await program.count()) > 0) await program.selectOption({ index: 1 });
  await first.getByRole('button', { name: 'Check 500 lines' }).click();
  await expect(first.getByText('498 students to add · 4 errors on 2 lines')).toBeVisible({ timeout: 30_000 });
  const lines = first.getByRole('table', { name: 'Lines of the file' });
  await expect(lines.getByRole('row', { name: /^Line 9 / })).toContainText('Not an email address');
  await expect(lines.getByRole('row', { name: /^Line 452 / })).toContainText('Choose one of: Active');
  await shot(page, 'import-errors');

  const download = page.waitForEvent('download');
  await first.getByRole('button', { name: 'Save the 2 lines with errors as a file' }).click();
  expect((await download).suggestedFilename()).toBe('pupils - to correct.xlsx');

  await first.getByRole('button', { name: 'Import 498 lines' }).click();
  await expect(first.getByText(/Import 1: 498 students added/)).toBeVisible({ timeout: 30_000 });
  await shot(page, 'import-done');
  await first.getByRole('button', { name: 'Done', exact: true }).click();

  // The corrected file: what is there stays as it is, the two that were missing come.
  const good = await workbook('pupils-corrected.xlsx', pupils(500));
  const second = await give(page, good);
  if ((await program.count()) > 0) await program.selectOption({ index: 1 });
  await second.getByRole('button', { name: 'Check 500 lines' }).click();
  await expect(second.getByText('2 students to add · 498 unchanged')).toBeVisible({ timeout: 30_000 });
  await second.getByRole('button', { name: 'Import 2 lines' }).click();
  await expect(second.getByText(/Import 2: 2 students added/)).toBeVisible();
  await second.getByRole('button', { name: 'Done', exact: true }).click();

  // The same file again changes nothing.
  const third = await give(page, good);
  if ((await program.count()) > 0) await program.selectOption({ index: 1 });
  await third.getByRole('button', { name: 'Check 500 lines' }).click();
  await expect(third.getByText('500 unchanged', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(third.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await third.getByRole('button', { name: 'Back' }).click();

  // A change of 500 phones, one of which is changed by hand before it is taken back.
  const changed = pupils(500).map((row, i) => (i === 0 ? row : row.with(4, `+234 700 000 ${i}`)));
  await third.getByRole('button', { name: 'Back' }).click();
  await third.getByLabel('File to import').setInputFiles(await workbook('phones.xlsx', changed));
  if ((await program.count()) > 0) await program.selectOption({ index: 1 });
  await third.getByRole('button', { name: 'Check 500 lines' }).click();
  await expect(third.getByText('500 students to change in 500 cells')).toBeVisible({ timeout: 30_000 });
  await shot(page, 'import-changes');
  await third.getByRole('button', { name: 'Import 500 lines' }).click();
  await expect(third.getByText(/Import 3: 500 students changed/)).toBeVisible();
  await editPhone(page, 'Import-42');
  await third.getByRole('button', { name: 'Undo this import' }).click();
  await expect(third.getByText('The import was undone.')).toBeVisible();
  const left = third.getByRole('table', { name: 'Left alone' });
  await expect(left.getByRole('row')).toHaveCount(1);
  await expect(left.getByRole('row')).toContainText('Pupil Import-42');
  await shot(page, 'import-undone');
});

/** Changes a row through a second page of the same console, as somebody else at this desk would. */
async function editPhone(page: Page, lastName: string): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('gridcell').first()).toBeVisible();
  await other.getByRole('searchbox').first().fill(lastName);
  // Until the search is done another row stands there.
  await expect(other.locator('.ag-row[row-index="0"] [col-id=lastName]')).toHaveText(lastName);
  await expect(other.getByRole('contentinfo')).toContainText('11 rows');
  const cell = other.getByRole('gridcell', { name: /\+234 700/ }).first();
  await cell.click();
  await other.keyboard.press('F2');
  await other.keyboard.press('ControlOrMeta+A');
  await other.keyboard.type('+1 by hand');
  await other.keyboard.press('Enter');
  await expect(other.getByRole('gridcell', { name: '+1 by hand' })).toBeVisible();
  await other.close();
}

test('a workbook that was exported comes back with what was changed in it, and asks where others changed the same', async ({
  page,
  browserRim,
}) => {
  test.setTimeout(180_000);
  await signIn(page, browserRim.link);
  await openGrid(page, '/e/facilities', 'Facilities');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await shot(page, 'export');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /^Export \d+ rows$/ }).click();
  const path = join(folder, 'facilities.xlsx');
  await (await download).saveAs(path);

  // In the spreadsheet one capacity is changed; meanwhile, here, the same one and a name.
  const edited = await changeCell(path, 'Rowe Park Pool', 'Capacity', 77);
  await retype(page, 'Rowe Park Pool', 'Capacity', '66');

  const back = await give(page, edited);
  await expect(back.getByText(/exported from here/)).toBeVisible();
  await back.getByRole('button', { name: /^Check \d+ lines/ }).click();
  await expect(back.getByRole('tab', { name: /To decide 1/ })).toBeVisible({ timeout: 30_000 });
  await shot(page, 'round-trip');
  await expect(back.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  await back.getByRole('radio', { name: 'File: 77' }).click();
  await back.getByRole('button', { name: 'Import 1 line', exact: true }).click();
  await expect(back.getByText(/Import 1: 1 facility changed/)).toBeVisible();
  await back.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByRole('row', { name: /Rowe Park Pool/ }).getByRole('gridcell', { name: '77' })).toBeVisible();
});

/** Writes another number into the file as a spreadsheet would: the rest of the sheet stays byte for byte. */
async function changeCell(path: string, name: string, column: string, value: number): Promise<string> {
  const { unzipSync, zipSync, strFromU8, strToU8 } = await import('fflate');
  const parts = unzipSync(readFileSync(path));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
  const letter = new RegExp(`<c r="([A-Z]+)1"[^>]*><is><t[^>]*>${column}<`).exec(sheet)![1]!;
  const line = /r="[A-Z]+(\d+)"/.exec(sheet.slice(sheet.lastIndexOf('<c ', sheet.indexOf(`>${name}<`))))![1]!;
  const changed = sheet.replace(new RegExp(`(<c r="${letter}${line}"[^>]*><v>)[^<]*`), `$1${value}`);
  if (changed === sheet) throw new Error(`There is no number at ${letter}${line}.`);
  const to = path.replace('.xlsx', '-edited.xlsx');
  writeFileSync(to, zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(changed) }));
  return to;
}

async function retype(page: Page, row: string, column: string, value: string): Promise<void> {
  const index = await page.getByRole('columnheader', { name: column }).getAttribute('aria-colindex');
  const line = await page
    .getByRole('row', { name: new RegExp(row) })
    .first()
    .getAttribute('row-index');
  await page.locator(`[row-index="${line}"] [aria-colindex="${index}"]`).first().click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(value);
  await page.keyboard.press('Enter');
  await expect(page.locator(`[row-index="${line}"] [aria-colindex="${index}"]`).first()).toHaveText(value);
}

test('a grid as paper has headers, page numbers and nothing of the window', async ({ page, browserRim }) => {
  test.setTimeout(120_000);
  await signIn(page, browserRim.link);
  await openGrid(page, '/e/students', 'Students');
  // The browser’s own dialog cannot be driven: what it would print is kept when it would open.
  await page.evaluate(() => {
    window.print = () =>
      void ((window as unknown as { printed?: string }).printed =
        document.querySelector('.print-sheet')?.outerHTML ?? '');
  });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /PDF or paper/ }).check();
  await dialog.getByRole('button', { name: /^Print/ }).click();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { printed?: string }).printed?.length ?? 0))
    .toBeGreaterThan(1000);
  const sheet = await page.evaluate(() => (window as unknown as { printed: string }).printed);
  expect(sheet).toContain('<thead>');
  expect(sheet.match(/<tr>/g)!.length).toBeGreaterThan(20);
});
