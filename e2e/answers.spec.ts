import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** What axe finds serious on the page as it stands. */
async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

test('money, offline: from a question to the course, its payments, a refund and back; the day at the top is marked while it is not today', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(240_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  desk.goOffline();

  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Search records, actions, screens' }).fill('money by month');
  await page.getByRole('option', { name: /Revenue and payments by program, course, month and currency/ }).click();
  await expect(page.getByRole('heading', { name: 'Revenue', level: 1 })).toBeVisible();
  const table = page.getByRole('table', { name: 'Revenue by course' });
  await expect(table).toBeVisible();
  expect.soft(await serious(page)).toEqual([]);
  const first = table.getByRole('row').nth(1);
  const before = await first.getByRole('cell').nth(2).innerText();
  await first.getByRole('button').click();
  const panel = page.getByRole('complementary', { name: 'Payments' });
  await panel
    .getByRole('button', { name: /^Record a refund of/ })
    .first()
    .click();
  await expect(page.getByText(/^Recorded: .* given back to/)).toBeVisible();
  await expect(first.getByRole('cell').nth(2)).not.toHaveText(before);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(first.getByRole('cell').nth(2)).toHaveText(before);

  await page.getByRole('group', { name: 'By' }).getByRole('button', { name: 'Month' }).click();
  const months = page.getByRole('table', { name: 'Revenue by month' });
  // The newest month is the first. On the first of a month nothing may have been paid in it yet.
  const [sum] = await central.sql<{ paid: string }>(
    `select sum(p.amount)::text as paid from app.payments p join app.programs g on g.id = p.program_id
     where g.code = 'LAG-SWIM' and p.deleted_at is null and p.status = 'succeeded'
     group by to_char(p.paid_at at time zone g.time_zone, 'YYYY-MM') order by to_char(p.paid_at at time zone g.time_zone, 'YYYY-MM') desc limit 1`,
  );
  const shown = await months.getByRole('row').nth(1).getByRole('cell').nth(1).innerText();
  expect(Number(shown.replace(/\D/g, '')) * 100).toBe(Number(sum!.paid));

  await desk.go('/e/course_enrollments');
  const total = async () =>
    (await desk.ask('rows.page', { view: { entity: 'course_enrollments' }, from: 0, count: 1 })).total;
  await page.getByLabel('As of', { exact: true }).fill('2020-01-15');
  await expect(page.getByText('Nobody was enrolled on 15 Jan 2020')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page.getByText(`${await total()} rows`)).toBeVisible();
});

test('learning: a tutor grades what they teach and goes on to the next; progress is told by course and cohort', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(240_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimTutor'), demoPassword);
  await desk.settled();
  await desk.go('/learning/grading');
  await expect(page.getByRole('heading', { name: 'Grading', level: 1 })).toBeVisible();
  const score = page.getByLabel(/^Score, of \d+$/);
  await expect(score).toBeVisible();
  expect.soft(await serious(page)).toEqual([]);
  const paper = page.getByRole('region', { name: /^Submission of / });
  const name = (await paper.getAttribute('aria-label'))!.replace('Submission of ', '');
  await score.fill('100000');
  await page.getByRole('button', { name: 'Save grade' }).click();
  await expect(page.getByText(/^A whole number from 0 to \d+\.$/)).toBeVisible();
  await score.fill('17');
  await page.getByLabel('Feedback').fill('Clear and complete.');
  await page.getByLabel('Feedback').press('ControlOrMeta+Enter');
  await expect(page.getByText(new RegExp(`^${name} has 17 of`))).toBeVisible();
  await desk.settled();
  const graded = await central.sql<{ name: string }>(
    `select s.first_name || ' ' || s.last_name as name from app.submissions b join app.students s on s.id = b.student_id
     where b.feedback = 'Clear and complete.' and b.score = 17 and b.graded_at > now() - interval '1 hour'`,
  );
  expect(graded).toEqual([{ name }]);

  await desk.go('/learning');
  const table = page.getByRole('table', { name: 'Progress' });
  await page.getByRole('group', { name: 'By' }).getByRole('button', { name: 'Cohort', exact: true }).click();
  await table.getByRole('row').nth(1).getByRole('button').click();
  await expect(page.getByRole('complementary', { name: 'Learners' }).getByRole('listitem').first()).toBeVisible();
  expect.soft(await serious(page)).toEqual([]);
  await desk.go('/commerce');
  await expect(page.getByText('Your role does not open this')).toBeVisible();
});

test('careers: a question is written as rows, moved and taken back; a step of a roadmap is done', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(240_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('superAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/careers');
  const questions = page.getByRole('list', { name: 'Questions' });
  await expect(questions.getByRole('listitem').first()).toBeVisible();
  expect.soft(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add question' }).click();
  const editor = page.getByRole('form', { name: 'New question' });
  await editor.getByLabel('Question', { exact: true }).fill('What would you do with a free hour?');
  await editor.getByRole('button', { name: 'Add question' }).click();
  await expect(editor.getByText('Every answer needs its words; take away those that have none.')).toBeVisible();
  await editor.getByLabel('Answer 1', { exact: true }).fill('Read');
  await editor.getByLabel('Answer 2', { exact: true }).fill('Build');
  await editor.getByLabel('Also count for').fill('patience');
  await editor.getByRole('button', { name: 'Add', exact: true }).click();
  await editor.getByLabel('patience for answer 1').fill('3');
  await editor.getByRole('button', { name: 'Add question' }).click();
  await expect(questions.getByText('What would you do with a free hour?')).toBeVisible();
  await page.getByRole('button', { name: 'Move up: What would you do with a free hour?' }).click();
  await desk.settled();
  const [row] = await central.sql<{ options: unknown; scoring: unknown; at: number; of: number }>(
    `select q.options, q.scoring, q.sequence_order as at, (select count(*)::int from app.assessment_questions x where x.assessment_id = q.assessment_id and x.deleted_at is null) as of
     from app.assessment_questions q where q.prompt = 'What would you do with a free hour?'`,
  );
  expect(row).toMatchObject({
    options: [
      { value: 'a', label: 'Read' },
      { value: 'b', label: 'Build' },
    ],
    scoring: { a: { patience: 3 }, b: 0 },
  });
  expect(row!.at).toBe(row!.of - 1);
  await page.getByRole('button', { name: 'Results' }).click();
  await expect(page.getByRole('complementary', { name: 'Results' })).toBeVisible();

  await desk.go('/careers/roadmaps');
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps.getByRole('listitem').first()).toBeVisible();
  expect.soft(await serious(page)).toEqual([]);
  await page.getByLabel('Next step').fill('Visit two workshops');
  await page.getByRole('button', { name: 'Add step' }).click();
  await page.getByLabel('Progress of Visit two workshops').selectOption('Completed');
  await desk.settled();
  const done = await central.sql<{ status: string }>(
    `select p.status from app.roadmap_progress p join app.roadmap_steps s on s.id = p.step_id where s.title = 'Visit two workshops'`,
  );
  expect(done).toEqual([{ status: 'completed' }]);
});

test('overview: programs are sorted by any number, and what needs me is one click away', async ({ launchDesk }) => {
  test.setTimeout(180_000);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('superAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/overview');
  await page.getByRole('button', { name: 'Compare programs' }).click();
  const table = page.getByRole('region', { name: 'Programs side by side' }).getByRole('table');
  await table.getByRole('button', { name: 'Students' }).click();
  await expect(table.getByRole('columnheader', { name: /Students/ })).toHaveAttribute('aria-sort', 'descending');
  const counts = (await table.locator('tbody tr td:nth-child(4)').allInnerTexts()).map((text) =>
    Number(text.replace(/\D/g, '')),
  );
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  await expect(page.getByRole('list', { name: 'Revenue by month, NGN' })).toBeVisible();
  await page.getByRole('button', { name: /^Open list: \d+ students without a guardian or emergency contact$/ }).click();
  await expect(
    page.getByRole('tab', { name: 'Without a guardian or emergency contact', selected: true }),
  ).toBeVisible();
});
