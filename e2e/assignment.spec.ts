import { demoEmail, demoPassword, expect, test } from './fixtures';

const inSwim = "p.code = 'LAG-SWIM'";

test('a coordinator enrolls twenty-five students at once: each refusal has its reason, the total is the sum, and one undo takes all back', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimCoordinator'), demoPassword);
  await desk.settled();
  await desk.go('/enrollments/board');
  await expect(page.getByRole('heading', { name: 'Assignment board' })).toBeVisible();
  const before = await central.sql('select id from app.course_enrollments where deleted_at is null');

  desk.goOffline();
  await page.getByRole('button', { name: 'Enroll students' }).click();
  const panel = page.getByRole('complementary', { name: 'Enroll students' });
  await panel.getByLabel('Course').selectOption({ label: 'Water Confidence' });
  const boxes = panel.getByRole('list', { name: 'Students found' }).getByRole('checkbox');
  await expect(boxes.nth(24)).toBeVisible();
  for (let at = 0; at < 25; at++) await boxes.nth(at).check();
  await expect(panel.getByText('25 students chosen')).toBeVisible();

  // Every one of them has a place or a reason.
  const proposals = panel.getByRole('list', { name: 'Proposals' }).getByRole('listitem');
  const missing = panel.getByRole('region', { name: 'Not placed' }).getByRole('listitem');
  await expect.poll(async () => (await proposals.count()) + (await missing.count())).toBe(25);
  const texts = await missing.allInnerTexts();
  for (const text of texts) expect(text).toMatch(/already|No free seat|Age \d+|No date of birth|no price|maintenance/);
  const amount = (text: string): number => Number(/₦([\d,]+)/.exec(text)?.[1]?.replace(/,/g, '') ?? NaN);
  const prices = (await proposals.allInnerTexts()).map(amount);
  const placed = prices.length;
  expect(placed).toBeGreaterThan(1);
  await expect(panel.getByText(/^Total, \d+ students/)).toBeVisible();
  const total = await panel
    .getByText(/^Total/)
    .locator('..')
    .innerText();
  expect(amount(total)).toBe(prices.reduce((sum, price) => sum + price, 0));

  await panel.getByRole('button', { name: `Enroll ${placed} students` }).click();
  await expect(page.getByText(new RegExp(`${placed} students enrolled from`))).toBeVisible();
  await expect.poll(async () => (await desk.ask('sync.read', {})).waiting).toBe(1);
  desk.goOnline();
  await desk.settled();
  const held = await central.sql<{ type: string; price: number }>(
    `select assignment_type as type, price_agreed / 100 as price from app.course_enrollments where deleted_at is null and not id = any ($1)`,
    [before.map((row) => (row as { id: string }).id)],
  );
  expect(held).toHaveLength(placed);
  expect(new Set(held.map(({ type }) => type))).toEqual(new Set(['bulk_assigned']));
  expect(held.reduce((sum, { price }) => sum + Number(price), 0)).toBe(amount(total));

  await page.getByRole('button', { name: 'Close this panel' }).click();
  await page.keyboard.press('ControlOrMeta+Z');
  await desk.settled();
  await expect
    .poll(async () => (await central.sql('select id from app.course_enrollments where deleted_at is null')).length)
    .toBe(before.length);
});

test('six students are transferred from a date in one batch, their progress untouched; by keyboard', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/enrollments/board');
  // From the first open facility; anything else with a seat will do.
  const column = page.getByRole('region', { name: 'Rowe Park Pool' });
  const cards = column.locator('[aria-pressed]');
  await expect(cards.nth(6)).toBeVisible();
  for (let at = 0; at < 6; at++) {
    await cards.nth(at).focus();
    await page.keyboard.press('Space');
  }
  await expect(page.getByText('6 selected').first()).toBeVisible();
  await page.getByRole('group', { name: 'Selected students' }).getByRole('button', { name: 'Transfer…' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Transfer students' });
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await panel.getByLabel('From').fill(day);
  const button = panel.getByRole('button', { name: /^Transfer \d+ students?$/ });
  await expect(button).toBeEnabled();
  const placed = Number(/\d+/.exec(await button.innerText())?.[0]);
  await button.click();
  await expect(page.getByText(/transferred from/)).toBeVisible();
  await desk.settled();
  const moved = await central.sql<{ old: number; fresh: number; ended: boolean }>(
    `select (select count(*)::int from app.lesson_progress x where x.enrollment_id = a.id) as old,
       (select count(*)::int from app.lesson_progress x where x.enrollment_id = b.id) as fresh,
       a.status = 'withdrawn' and a.completion_date = $1::date - 1 and b.progress_percentage = a.progress_percentage as ended
     from app.course_enrollments b join app.course_enrollments a on a.student_id = b.student_id and a.course_id = b.course_id and a.id <> b.id
     where b.enrollment_date = $1::date and b.status in ('active', 'paused') and a.completion_date = $1::date - 1`,
    [day],
  );
  expect(moved).toHaveLength(placed);
  for (const { old, fresh, ended } of moved) expect([fresh, ended]).toEqual([old, true]);
});

test('a facility taken into maintenance names who is affected, and offers to transfer them', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/facilities/occupancy');
  const place = page.getByRole('region', { name: 'Rowe Park Pool' });
  await expect(place.getByRole('listitem').first()).toBeVisible();
  await place.getByLabel('Status of Rowe Park Pool').selectOption('maintenance');
  const question = page.getByRole('dialog');
  await expect(question.getByText(/\d+ enrollments there stay/)).toBeVisible();
  await question.getByRole('button', { name: 'Take into maintenance' }).click();
  await page.getByRole('button', { name: 'Transfer them…' }).click();
  const panel = page.getByRole('complementary', { name: 'Transfer students' });
  await expect(panel.getByRole('button', { name: /^Transfer \d+ students$/ })).toBeEnabled();
  await desk.settled();
  const status = await central.sql<{ status: string }>(
    `select f.status from app.facilities f join app.programs p on p.id = f.program_id where ${inSwim} and f.name = 'Rowe Park Pool'`,
  );
  expect(status).toEqual([{ status: 'maintenance' }]);
});

test('where a configuration has no price it is named: a coordinator is told who can add it, an admin adds it and enrolls', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const [student] = await central.sql<{ id: string; name: string }>(
    `select s.id, s.first_name || ' ' || s.last_name as name from app.students s join app.programs p on p.id = s.program_id and ${inSwim}
     where s.status = 'active' and s.deleted_at is null and not exists
       (select from app.course_enrollments e join app.courses c on c.id = e.course_id where e.student_id = s.id and c.name = 'Water Confidence')
     order by s.student_number limit 1`,
  );
  const missing = /Water Confidence at Rowe Park Pool for Adults, Our facility, Group has no price on/;
  const choose = async (email: string) => {
    const desk = await launchDesk();
    await desk.signIn(email, demoPassword);
    await desk.settled();
    await desk.go('/enrollments');
    await desk.page.getByRole('button', { name: /^Enroll/ }).click();
    const form = desk.page.getByRole('form', { name: 'Enroll a student' });
    const pick = async (label: string, text: string) => {
      await form.getByLabel(label, { exact: true }).click();
      await desk.page.keyboard.type(text);
      await desk.page.getByRole('option', { name: text }).first().click();
    };
    await pick('Student', student!.name);
    await pick('Course', 'Water Confidence');
    await form.getByRole('button', { name: 'Another configuration' }).click();
    await pick('Facility', 'Rowe Park Pool');
    await pick('Age group', 'Adults');
    await pick('Session', 'Group');
    await pick('Location', 'Our facility');
    await expect(form.getByText(missing)).toBeVisible();
    return { desk, form };
  };
  const coordinator = await choose(demoEmail('swimCoordinator'));
  await expect(coordinator.form.getByText(/program admins.* can add it/i)).toBeVisible();
  await expect(coordinator.form.getByRole('button', { name: 'Enroll', exact: true })).toBeDisabled();

  const { desk, form } = await choose(demoEmail('swimAdmin'));
  const price = form.getByRole('group', { name: 'A price for this combination' });
  await price.getByRole('textbox').fill('14 500');
  await price.getByRole('button', { name: 'Add a price' }).click();
  await form.getByRole('button', { name: `Enroll ${student!.name} at ₦14,500` }).click();
  await expect(desk.page.getByText(`${student!.name} is enrolled in`)).toBeVisible();
  await desk.settled();
  const [held] = await central.sql<{ price: string }>(
    'select price_agreed::text as price from app.course_enrollments where student_id = $1 and deleted_at is null order by created_at desc limit 1',
    [student!.id],
  );
  expect(held).toEqual({ price: '1450000' });
});
