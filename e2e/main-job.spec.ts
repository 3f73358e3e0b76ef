import { demoEmail, demoPassword, expect, test } from './fixtures';

test('an admin edits a curriculum without network, a coordinator enrolls a student, both sync, and the audit trail tells who did what', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const admin = await launchDesk();
  await admin.signIn(demoEmail('swimAdmin'), demoPassword);
  await admin.settled();
  await admin.go('/curriculum');
  await admin.page.getByRole('option', { name: /Backstroke Foundations/ }).click();
  const tree = admin.page.getByRole('tree');
  const names = async () =>
    (await tree.getByRole('treeitem', { level: 3 }).allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  const lesson = tree.getByRole('treeitem', { name: /Games with floating straight/ }).first();
  await expect(lesson).toBeVisible();

  // The network is gone. What is published stays as it is; in the next draft a lesson is renamed, moved up, and rewritten, by keyboard.
  admin.goOffline();
  await lesson.click();
  await admin.page.keyboard.press('F2');
  await expect(admin.page.getByText(/is published and stays as it is/).first()).toBeVisible();
  await admin.page.getByRole('button', { name: 'Start the next draft' }).click();
  await expect(admin.page.getByRole('button', { name: /^Publish version \d+…$/ })).toBeVisible();
  await lesson.click();
  await admin.page.keyboard.press('F2');
  await admin.page.keyboard.press('ControlOrMeta+A');
  await admin.page.keyboard.type('Games on the back');
  await admin.page.keyboard.press('Enter');
  await admin.page.keyboard.press('Escape');
  const renamed = tree.getByRole('treeitem', { name: /Games on the back/ }).first();
  await expect(renamed).toBeVisible();
  await renamed.click();
  await admin.page.keyboard.press('Alt+ArrowUp');
  await expect.poll(async () => (await names())[2]).toMatch(/1\.1\.3 Games on the back/);

  const content = admin.page.getByRole('textbox', { name: 'Content of Games on the back' });
  await content.click();
  await admin.page.keyboard.press('ControlOrMeta+A');
  await admin.page.keyboard.type('## Aim\n\nFloat on the back for *ten seconds*, then stand up calmly.');
  await admin.page.keyboard.press('ControlOrMeta+Enter');
  await expect(admin.page.getByText(/waiting/).first()).toBeVisible();
  await expect.poll(async () => (await admin.ask('sync.read', {})).waiting).toBe(4);

  // On another desk, a student is enrolled at a facility at the price in force.
  const coordinator = await launchDesk();
  const { page } = coordinator;
  await coordinator.signIn(demoEmail('swimCoordinator'), demoPassword);
  await coordinator.settled();
  const [student] = await central.sql<{ id: string; name: string }>(`
    select s.id, s.first_name || ' ' || s.last_name as name from app.students s join app.programs p on p.id = s.program_id
    where p.code = 'LAG-SWIM' and s.deleted_at is null and s.status = 'active' and not exists
      (select from app.course_enrollments e join app.courses c on c.id = e.course_id
       where e.student_id = s.id and c.name = 'Water Confidence')
    order by s.student_number limit 1`);
  await coordinator.go('/enrollments');
  await page.getByRole('button', { name: /^Enroll/ }).click();
  const form = page.getByRole('form', { name: 'Enroll a student' });
  const pick = async (label: string, text: string) => {
    await form.getByLabel(label).click();
    await page.keyboard.type(text);
    await page
      .getByRole('option', { name: new RegExp(text) })
      .first()
      .click();
  };
  await pick('Student', student!.name);
  await pick('Course', 'Water Confidence');
  const offer = form.getByRole('radio', { disabled: false }).first();
  await offer.check();
  const enroll = form.getByRole('button', { name: new RegExp(`^Enroll ${student!.name} at ₦`) });
  const price = (await enroll.innerText()).match(/₦([\d,]+)/)?.[1]?.replace(/,/g, '');
  await enroll.click();
  await expect(page.getByText(new RegExp(`${student!.name} is enrolled`))).toBeVisible();
  await coordinator.settled();

  // Both arrive centrally, exactly as they were made.
  admin.goOnline();
  await admin.settled();
  const lessons = await central.sql<{ sequence_order: number; content: string }>(
    "select sequence_order, content from app.lessons where name = 'Games on the back'",
  );
  expect(lessons).toEqual([
    { sequence_order: 3, content: expect.stringContaining('*ten seconds*') as unknown as string },
  ]);
  const enrollments = await central.sql<{ price: string; by: string }>(
    `select e.price_agreed / 100 as price, u.full_name as by from app.course_enrollments e join app.users u on u.id = e.assigned_by
     where e.student_id = $1 and e.enrollment_date = (select max(enrollment_date) from app.course_enrollments where student_id = $1)
       and e.course_id = (select id from app.courses where name = 'Water Confidence' limit 1)`,
    [student!.id],
  );
  expect(enrollments).toEqual([{ price, by: 'Tunde Bakare' }]);

  // Each desk shows the other's work, and the trail says whose it was.
  await coordinator.go('/curriculum');
  await page.getByRole('option', { name: /Backstroke Foundations/ }).click();
  await expect(page.getByRole('treeitem', { name: /1\.1\.3 Games on the back/ }).first()).toBeVisible({
    timeout: 90_000,
  });
  await page
    .getByRole('treeitem', { name: /Games on the back/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('complementary', { name: 'History' });
  await expect(history.getByText(/Amaka Obi/).first()).toBeVisible();
  await expect(history.getByText('Games with floating straight').first()).toBeVisible();

  await admin.go('/enrollments');
  await admin.page.getByRole('searchbox', { name: /Search enrollments/ }).fill(student!.name);
  await admin.page.getByRole('gridcell', { name: 'Water Confidence' }).first().click();
  await admin.page.getByRole('tab', { name: /History/ }).click();
  await expect(admin.page.getByText(/Tunde Bakare/).first()).toBeVisible();

  const verified = await central.sql<{ problem: string | null }>(
    'select problem from audit.verify() where problem is not null',
  );
  expect(verified).toEqual([]);
});
