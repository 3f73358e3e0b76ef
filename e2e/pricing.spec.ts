import { demoEmail, demoPassword, expect, test } from './fixtures';

interface Price {
  id: string;
  price: string;
  effective_date: string;
  end_date: string | null;
}

test('a matrix is copied with 12.5 % more, rounded up, from a day in the future; the day before keeps its prices, and one undo takes exactly that back', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const pricesAt = (facility: string) =>
    central.sql<Price>(
      `select p.id, p.price::text, p.effective_date::text, p.end_date::text from app.facility_course_pricing p
       join app.facilities f on f.id = p.facility_id where f.name = $1 and p.is_active and p.deleted_at is null order by p.id`,
      [facility],
    );
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  const before = { from: await pricesAt('Rowe Park Pool'), to: await pricesAt('Federal Palace') };

  await desk.go('/pricing');
  await expect(page.getByRole('grid', { name: 'Prices' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy matrix…' }).click();
  const panel = page.getByRole('complementary', { name: 'Simulate a change' });
  await panel.getByRole('combobox', { name: 'From' }).selectOption({ label: 'Rowe Park Pool' });
  await panel.getByRole('combobox', { name: 'To' }).selectOption({ label: 'Federal Palace' });
  await panel.getByRole('textbox', { name: 'Change' }).fill('+12.5');
  await panel.getByRole('combobox', { name: 'Round' }).selectOption('up');
  await panel.getByRole('combobox', { name: 'Step' }).selectOption({ label: '₦500' });
  await panel.getByLabel('From', { exact: true }).last().fill('2027-03-17');
  const apply = panel.getByRole('button', { name: /^Apply \d+ prices as one batch$/ });
  await expect(apply).toBeVisible();
  const count = Number((await apply.innerText()).match(/\d+/)?.[0]);
  expect(count).toBeGreaterThan(3);
  await apply.click();
  await expect(page.getByText(/prices from 17 Mar 2027 saved/)).toBeVisible();
  await desk.settled();

  const started = (await pricesAt('Federal Palace')).filter((row) => row.effective_date === '2027-03-17');
  expect(started).toHaveLength(count);
  const [pair] = await central.sql<{ was: string; now: string }>(
    `select s.price::text as was, t.price::text as now from app.facility_course_pricing s
       join app.facility_course_pricing t on (t.course_id, t.age_group, t.location_type, t.session_type) = (s.course_id, s.age_group, s.location_type, s.session_type)
       join app.facilities a on a.id = s.facility_id and a.name = 'Rowe Park Pool'
       join app.facilities b on b.id = t.facility_id and b.name = 'Federal Palace'
     where t.effective_date = '2027-03-17' and s.is_active and t.is_active and s.deleted_at is null and t.deleted_at is null
       and daterange(s.effective_date, s.end_date, '[]') @> date '2027-03-17' limit 1`,
  );
  expect(Number(pair!.now)).toBe(Math.ceil((Number(pair!.was) * 1.125) / 50_000) * 50_000);
  expect(await pricesAt('Rowe Park Pool')).toEqual(before.from);
  const on = (rows: Price[], day: string) =>
    rows
      .filter((row) => row.effective_date <= day && (row.end_date === null || row.end_date >= day))
      .map((row) => row.price)
      .sort();
  expect(on(await pricesAt('Federal Palace'), '2027-03-16')).toEqual(on(before.to, '2027-03-16'));

  await page.getByRole('button', { name: 'Undo' }).first().click();
  await desk.settled();
  await expect.poll(() => pricesAt('Federal Palace')).toEqual(before.to);
});

test('a price is typed into a cell, a block is pasted with a bad value seen first, and a coordinator is told who may', async ({
  launchDesk,
}) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/pricing');
  const grid = page.getByRole('grid', { name: 'Prices' });
  await grid.focus();
  const first = page.locator('#price-1-0');
  await page.keyboard.type('17500');
  await page.keyboard.press('Enter');
  await expect(first).toHaveText('17,500');
  await page.keyboard.press('ArrowUp');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '₦18,000\tabc\n19 500\t20000');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  const dialog = page.getByRole('dialog', { name: 'Paste 4 prices' });
  await expect(dialog.getByText(/3 prices will hold from/)).toBeVisible();
  await expect(dialog.locator('td[data-bad]')).toHaveText('abc');
  await expect(first).toHaveText('17,500');
  await dialog.getByRole('button', { name: 'Set 3 prices' }).click();
  await expect(first).toHaveText('18,000');
  await expect(page.locator('#price-2-1')).toHaveText('20,000');
  await grid.focus();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect(first).toHaveText('17,500');

  const other = await launchDesk();
  await other.signIn(demoEmail('swimCoordinator'), demoPassword);
  await other.settled();
  await other.go('/pricing');
  await other.page.getByRole('grid', { name: 'Prices' }).focus();
  await other.page.keyboard.type('1');
  await expect(other.page.getByText(/Only program admins can add prices/).first()).toBeVisible();
});
