import { demoEmail, demoPassword, expect, test } from './fixtures';

const inSwim = "program_id = (select id from app.programs where code = 'LAG-SWIM')";

test('a card is dragged onto another facility by mouse and transferred from a day; others are paused, resumed, completed and withdrawn there', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(180_000);
  const [move] = await central.sql<Record<'id' | 'student' | 'course' | 'origin' | 'target', string>>(
    `select e.id, s.first_name || ' ' || s.last_name as student, c.name as course, f.name as origin, t.name as target
     from app.course_enrollments e join app.students s on s.id = e.student_id and s.status = 'active' join app.courses c on c.id = e.course_id and c.is_active
       join app.facilities f on f.id = e.facility_id and f.status = 'active'
       join app.facility_course_pricing x on (x.course_id, x.age_group, x.location_type, x.session_type) = (e.course_id, e.age_group, e.location_type, e.session_type)
         and x.facility_id <> e.facility_id and x.is_active and x.deleted_at is null and x.effective_date <= current_date and x.end_date is null
       join app.facilities t on t.id = x.facility_id and t.status = 'active'
     where e.${inSwim} and e.status = 'active' and e.deleted_at is null and e.enrollment_date < current_date
       and (select count(*) from app.course_enrollments o where o.facility_id = t.id and o.age_group = e.age_group and o.session_type = e.session_type
            and o.location_type = e.location_type and o.status in ('active', 'paused') and o.deleted_at is null) < t.capacity
       and not exists (select from app.course_enrollments o where o.student_id = e.student_id and o.facility_id = t.id and o.deleted_at is null)
     order by s.last_name, s.first_name limit 1`,
  );
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  await desk.go('/enrollments/board');
  await page.getByLabel('Course', { exact: true }).selectOption({ label: move!.course });
  const column = (name: string) => page.getByRole('region', { name, exact: true });
  const face = column(move!.origin).getByRole('button', { name: new RegExp(`^${move!.student} \\d.*${move!.course}`) });
  const target = (await column(move!.target).boundingBox())!;
  await face.hover();
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + 300, { steps: 12 });
  await expect(column(move!.target)).toHaveAttribute('data-over', 'true');
  await page.mouse.up();
  const panel = page.getByRole('complementary', { name: 'Transfer students' });
  await expect(panel.getByLabel('Facility', { exact: true }).locator('option:checked')).toHaveText(move!.target);
  await expect(panel.getByText(move!.student).first()).toBeVisible();
  await panel.getByRole('button', { name: 'Transfer 1 student' }).click();
  await expect(page.getByText(/1 student transferred from/)).toBeVisible();
  await desk.settled();
  const [after] = await central.sql<{ facility: string; ended: string }>(
    `select f.name as facility, (select o.status from app.course_enrollments o where o.id = $1) as ended
     from app.course_enrollments e join app.facilities f on f.id = e.facility_id join app.course_enrollments w on w.id = $1
     where e.student_id = w.student_id and e.course_id = w.course_id and e.status = 'active' and e.deleted_at is null order by e.created_at desc limit 1`,
    [move!.id],
  );
  expect(after).toEqual({ facility: move!.target, ended: 'withdrawn' });

  // One card after another, by the menu.
  await page.getByLabel('Course', { exact: true }).selectOption('');
  const act = async (name: string): Promise<void> => {
    await column(move!.origin)
      .getByRole('button', { name: /^What to do with/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await act('Pause');
  await expect(page.getByText(/1 enrollment paused; the seats are kept/)).toBeVisible();
  await act('Resume');
  await expect(page.getByText(/1 enrollment resumed/)).toBeVisible();
  for (const [item, verb, done] of [
    ['Complete…', 'Complete', 'completed'],
    ['Withdraw…', 'Withdraw', 'withdrawn'],
  ] as const) {
    const cards = column(move!.origin).getByRole('button', { name: /^What to do with/ });
    const before = await cards.count();
    await act(item);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `${verb} 1 enrollment` })
      .click();
    await expect(page.getByText(`1 enrollment ${done}.`)).toBeVisible();
    // The card leaves the board; a menu opened before would leave with it.
    await expect(cards).toHaveCount(before - 1);
  }
  await desk.settled();
});

test('students wait where every seat is taken, and seats that become free are offered to them in their order', async ({
  central,
  launchDesk,
}, info) => {
  test.setTimeout(180_000);
  await central.sql(`update app.programs set uses_waitlist = true where code = 'LAG-SWIM'`);
  const setCapacity = (capacity: number) =>
    central.sql(`update app.facilities set capacity = ${capacity} where ${inSwim} and name = 'Rowe Park Pool'`);
  await setCapacity(0);
  const desk = await launchDesk();
  const { page } = desk;
  const look = (name: string) =>
    process.env['PROVOST_SHOTS'] ? page.screenshot({ path: info.outputPath(`${name}.png`) }) : Promise.resolve();
  await desk.signIn(demoEmail('swimCoordinator'), demoPassword);
  await desk.settled();
  await desk.go('/enrollments/board');
  await page.getByRole('button', { name: 'Enroll students' }).click();
  const panel = page.getByRole('complementary', { name: 'Enroll students' });
  await panel.getByLabel('Course').selectOption({ label: 'Water Confidence' });
  await panel.getByLabel('Facility', { exact: true }).selectOption({ label: 'Rowe Park Pool' });
  const boxes = panel.getByRole('list', { name: 'Students found' }).getByRole('checkbox');
  await expect(boxes.nth(19)).toBeVisible();
  for (let at = 0; at < 20; at++) await boxes.nth(at).check();
  const put = panel.getByRole('button', { name: /^Put \d+ students on the waitlist$/ });
  await expect(put).toBeVisible();
  const count = Number(/\d+/.exec(await put.innerText())?.[0]);
  await look('full');
  await put.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${count} students put on the waitlist.`)).toBeVisible();
  await page.getByRole('button', { name: 'Close this panel' }).click();
  const column = page.getByRole('region', { name: 'Rowe Park Pool', exact: true });
  await desk.settled();
  const standing = () =>
    central.sql<{ status: string; n: number }>(
      `select e.status, count(*)::int as n from app.course_enrollments e where e.${inSwim} and e.deleted_at is null
         and e.created_at > now() - interval '10 minutes' and e.created_by is not null and e.enrollment_date = current_date group by 1`,
    );
  expect(await standing()).toEqual([{ status: 'waitlisted', n: count }]);

  // The form for one student offers the same; it is taken back at once.
  const [alone] = await central.sql<{ name: string }>(
    `select s.first_name || ' ' || s.last_name as name from app.students s where s.${inSwim} and s.status = 'active' and s.deleted_at is null and not exists
       (select from app.course_enrollments e join app.courses c on c.id = e.course_id where e.student_id = s.id and c.name = 'Water Confidence')
     order by s.student_number limit 1`,
  );
  await desk.go('/enrollments');
  await page.getByRole('button', { name: /^Enroll/ }).click();
  const form = page.getByRole('form', { name: 'Enroll a student' });
  await form.getByLabel('Course', { exact: true }).click();
  await page.keyboard.type('Water Confidence');
  await page.getByRole('option', { name: 'Water Confidence' }).first().click();
  await form.getByLabel('Student', { exact: true }).click();
  await page.keyboard.type(alone!.name);
  await page.getByRole('option').first().click();
  const full = form.getByRole('region', { name: 'Rowe Park Pool' }).getByRole('radio', { disabled: false }).first();
  await full.check();
  await expect(form.getByText('Rowe Park Pool is full')).toBeVisible();
  await look('form');
  await form.getByRole('button', { name: /^Put on the waitlist/ }).click();
  const said = page.getByRole('status').filter({ hasText: /waits for a seat in Water Confidence at Rowe Park Pool/ });
  await said.getByRole('button', { name: 'Undo' }).click();
  await desk.settled();
  expect(await standing()).toEqual([{ status: 'waitlisted', n: count }]);
  await desk.go('/enrollments/board');

  await setCapacity(1000);
  await desk.settled();
  const offer = column.getByRole('button', { name: /offer/ }).first();
  await column
    .getByText(/\d+ waiting/)
    .first()
    .scrollIntoViewIfNeeded();
  await expect(offer).toBeVisible({ timeout: 60_000 });
  await look('offered');
  await offer.click();
  const seats = page.getByRole('complementary', { name: 'Give seats to the waiting' });
  const give = seats.getByRole('button', { name: /^Give \d+ seats?$/ });
  await expect(give).toBeEnabled();
  await look('seats');
  const given = Number(/\d+/.exec(await give.innerText())?.[0]);
  await give.click();
  await expect(page.getByText(/seated from/)).toBeVisible();
  await desk.settled();
  const after = new Map((await standing()).map(({ status, n }) => [status, n]));
  expect([after.get('active'), after.get('waitlisted') ?? 0]).toEqual([given, count - given]);
});
