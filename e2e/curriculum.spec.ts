import { demoEmail, demoPassword, expect, test } from './fixtures';

test('a draft says what it changes, asks where progress goes, and publishing archives the version before it', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/curriculum');
  await page.getByRole('option', { name: /Backstroke Foundations/ }).click();
  const tree = page.getByRole('tree');
  await tree
    .getByRole('treeitem', { name: /Published v/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Start the next draft' }).click();
  const publish = page.getByRole('button', { name: /^Publish version \d+…$/ });
  await expect(publish).toBeVisible();

  // A learner has progress on the first lesson of the published version.
  const [published] = await central.sql<{ id: string; lesson: string; program: string; course: string }>(`
    select c.id, l.id as lesson, c.program_id as program, c.course_id as course
    from app.curricula c join app.modules m on m.curriculum_id = c.id and m.sequence_order = 1
      join app.lessons l on l.module_id = m.id and l.sequence_order = 1 join app.courses k on k.id = c.course_id
    where k.name = 'Backstroke Foundations' and c.state = 'published' order by c.sequence_order limit 1`);
  await central.sql(`delete from app.lesson_progress where lesson_id = $1`, [published!.lesson]);
  const [learner] = await central.sql<{ id: string }>(
    `select id from app.course_enrollments where course_id = $1 and status = 'active' and deleted_at is null limit 1`,
    [published!.course],
  );
  await central.sql(
    `insert into app.lesson_progress (id, program_id, enrollment_id, lesson_id, completed) values (gen_random_uuid(), $1, $2, $3, true)`,
    [published!.program, learner!.id, published!.lesson],
  );
  await desk.settled();

  const lessons = tree.getByRole('treeitem', { level: 3 });
  await lessons.nth(2).click();
  await page.keyboard.press('F2');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Over twelve metres');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await lessons.nth(1).click();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(lessons.nth(1)).toContainText('Over twelve metres');
  await lessons.nth(0).click();
  await page.keyboard.press('Delete');
  await expect(lessons.nth(0)).toContainText('Over twelve metres');
  await page.getByRole('button', { name: /^Compare with v/ }).click();
  const panel = page.getByRole('complementary', { name: 'Changes' });
  const count = (word: string) => panel.locator('dl div').filter({ hasText: word }).locator('dd').first();
  await expect(count('moved')).toHaveText('1');
  await expect(count('renamed')).toHaveText('1');
  await expect(count('removed')).toHaveText('1');
  await expect(count('added')).toHaveText('0');

  await publish.click();
  const dialog = page.getByRole('dialog', { name: /Publish version/ });
  const target = dialog.getByRole('combobox', { name: /^Progress on/ });
  await expect(target).toBeVisible();
  const confirm = dialog.getByRole('button', { name: /^Publish version/ });
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await target.selectOption({ index: 2 });
  await confirm.click();
  await expect(page.getByText(/^Published version/)).toBeVisible();
  await desk.settled();
  const states = await central.sql<{ state: string }>(
    `select state from app.curricula where id = $1 or line_id = $1::text order by version`,
    [published!.id],
  );
  expect(states.slice(-2).map((row) => row.state)).toEqual(['archived', 'published']);
  const moved = await central.sql(
    `select from app.lesson_progress p join app.lessons l on l.id = p.lesson_id join app.modules m on m.id = l.module_id
       join app.curricula c on c.id = m.curriculum_id where p.enrollment_id = $1 and p.completed and c.line_id = $2`,
    [learner!.id, published!.id],
  );
  expect(moved).toHaveLength(1);
});
