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
  const [published] = await central.sql<{ line: string; lesson: string; program: string; course: string }>(`
    select coalesce(c.line_id, c.id::text) as line, l.id as lesson, c.program_id as program, c.course_id as course
    from app.curricula c join app.modules m on m.curriculum_id = c.id and m.sequence_order = 1
      join app.lessons l on l.module_id = m.id and l.sequence_order = 1 join app.courses k on k.id = c.course_id
    join app.programs p on p.id = k.program_id
    where k.name = 'Backstroke Foundations' and p.code = 'LAG-SWIM' and c.state = 'published' order by c.sequence_order limit 1`);
  const [learner] = await central.sql<{ id: string; done: boolean }>(
    `select e.id, p.id is not null as done from app.course_enrollments e
       left join app.lesson_progress p on p.enrollment_id = e.id and p.lesson_id = $2 and p.completed and p.deleted_at is null
     where e.course_id = $1 and e.status = 'active' and e.deleted_at is null order by (p.id is null) limit 1`,
    [published!.course, published!.lesson],
  );
  if (!learner!.done)
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
    `select state from app.curricula where coalesce(line_id, id::text) = $1 order by version`,
    [published!.line],
  );
  expect(states.slice(-2).map((row) => row.state)).toEqual(['archived', 'published']);
  const moved = await central.sql(
    `select from app.lesson_progress p join app.lessons l on l.id = p.lesson_id join app.modules m on m.id = l.module_id
       join app.curricula c on c.id = m.curriculum_id where p.enrollment_id = $1 and p.completed and c.state = 'published' and c.line_id = $2`,
    [learner!.id, published!.line],
  );
  expect(moved).toHaveLength(1);
});

test('a deep copy in another program takes what changes in its source, node by node', async ({
  central,
  launchDesk,
}, info) => {
  test.setTimeout(240_000);
  const desk = await launchDesk();
  const { page } = desk;
  const look = (name: string) =>
    process.env['PROVOST_SHOTS'] ? page.screenshot({ path: info.outputPath(`${name}.png`) }) : Promise.resolve();
  await desk.signIn(demoEmail('superAdmin'), demoPassword);
  await desk.settled();
  const [source] = await central.sql<{ id: string; program: string; course: string; lessons: number }>(`
    select c.id, c.program_id as program, c.course_id as course, count(l.id)::int as lessons from app.curricula c
      join app.courses k on k.id = c.course_id and k.name = 'Backstroke Foundations' join app.programs p on p.id = c.program_id and p.code = 'LAG-SWIM'
      join app.modules m on m.curriculum_id = c.id and m.deleted_at is null left join app.lessons l on l.module_id = m.id and l.deleted_at is null
    where c.state = 'published' and c.deleted_at is null group by c.id order by c.sequence_order limit 1`);
  await desk.go(`/curriculum/${source!.course}`);
  const tree = page.getByRole('tree');
  await tree
    .getByRole('treeitem', { name: /Published v/ })
    .first()
    .click();
  const [other] = await central.sql<{ id: string; name: string }>(
    'select id, name from app.programs where id <> $1 order by name limit 1',
    [source!.program],
  );

  await page.getByRole('button', { name: 'More for this curriculum' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate to…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Duplicate/ });
  const prices = dialog.getByRole('checkbox', { name: /Prices of the course/ });
  await expect(prices).not.toBeChecked();
  await dialog.getByLabel('Program').selectOption(other!.id);
  await expect(dialog.getByText(/another program has its own/)).toBeVisible();
  await expect(prices).toBeDisabled();
  await expect(dialog.getByText(new RegExp(`${source!.lessons} lessons`))).toBeVisible();
  await look('duplicate');
  await dialog.getByLabel('Name of the copy').fill('Our backstroke');
  await dialog.getByRole('button', { name: 'Duplicate' }).click();
  await expect(tree.getByRole('treeitem', { name: /Our backstroke/ })).toBeVisible();
  await desk.settled();
  const [copy] = await central.sql<{ course: string; source: string; lessons: number; shared: number; prices: number }>(
    `select c.course_id as course, c.source_id as source, count(l.id)::int as lessons,
       (select count(*)::int from app.lessons x join app.modules y on y.id = x.module_id where y.curriculum_id::text = c.source_id and x.id in (select l.id from app.lessons l join app.modules m on m.id = l.module_id where m.curriculum_id = c.id)) as shared,
       (select count(*)::int from app.facility_course_pricing p where p.course_id = c.course_id) as prices
     from app.curricula c join app.modules m on m.curriculum_id = c.id left join app.lessons l on l.module_id = m.id
     where c.name = 'Our backstroke' and c.program_id = $1 group by c.id`,
    [other!.id],
  );
  expect(copy).toMatchObject({ source: source!.id, lessons: source!.lessons, shared: 0, prices: 0 });

  // The source goes on: one lesson renamed, another moved to the end of its module.
  const lessons = await central.sql<{ id: string; name: string }>(
    `select l.id, l.name from app.lessons l join app.modules m on m.id = l.module_id
     where m.curriculum_id = $1 and m.sequence_order = 1 and l.deleted_at is null order by l.sequence_order`,
    [source!.id],
  );
  const { ids: drafts } = await desk.ask('curriculum.draft', { curriculumId: source!.id });
  const { nodes } = await desk.ask('curriculum.outline', {
    courseId: source!.course,
  });
  const module = nodes.find((node) => node.parentId === drafts[0])!;
  const inside = nodes.filter((node) => node.parentId === module.id);
  await desk.ask('rows.save', {
    edits: [{ op: 'update', entity: 'lessons', id: inside[1]!.id, values: { name: 'Kick with a board' } }],
    label: 'Rename',
  });
  const move = { ids: [inside[0]!.id], parentId: module.id, position: inside.length };
  await desk.ask('curriculum.move', { entity: 'lessons', ...move });
  const impact = await desk.ask('curriculum.impact', { curriculumId: drafts[0]! });
  await desk.ask('curriculum.publish', {
    curriculumId: drafts[0]!,
    mapping: impact.lost.map(({ id }) => ({ from: id, to: null })),
  });
  await desk.go(`/curriculum/${copy!.course}`);
  await tree.getByRole('treeitem', { name: /Our backstroke/ }).click();
  const pill = page.getByRole('button', { name: 'Source changed: 1 moved, 1 renamed' });
  await pill.click();
  const panel = page.getByRole('complementary', { name: 'Source changed' });
  const renamed = panel.getByRole('listitem').filter({ hasText: 'Kick with a board' });
  await expect(renamed.getByRole('radio', { name: 'Take' })).toBeChecked();
  await look('source');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await look('source-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const moved = panel.getByRole('listitem').filter({ hasText: lessons[0]!.name });
  await moved.getByRole('radio', { name: 'Keep mine' }).check();
  await panel.getByRole('button', { name: 'Take 1 change', exact: true }).click();
  await expect(pill).toBeHidden();
  const first = tree.getByRole('treeitem', { level: 3 });
  await expect(first.nth(0)).toContainText(lessons[0]!.name);
  await expect(first.nth(1)).toContainText('Kick with a board');
  await desk.settled();

  // An outline written elsewhere is shown before it is pasted; nodes are copied as they are.
  await first.nth(1).click();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '- Warm up\n\t- Shoulders (5 min)\n\t- Hips\n');
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const preview = page.getByRole('dialog', { name: 'Paste an outline' });
  await look('paste');
  await preview.getByRole('button', { name: 'Paste 1 module with 2 lessons' }).click();
  await expect(tree.getByRole('treeitem', { name: /Warm up/ })).toBeVisible();
  await tree.getByRole('treeitem', { name: /Shoulders/ }).click();
  await page.keyboard.press('ControlOrMeta+C');
  await page.keyboard.press('ControlOrMeta+V');
  await expect(tree.getByRole('treeitem', { name: /Shoulders/ })).toHaveCount(2);

  await page.keyboard.press('ControlOrMeta+F');
  await page.keyboard.type('shoulders');
  await expect(tree.getByRole('treeitem')).toHaveCount(4);
  await look('filter');
  await page.keyboard.press('Escape');
  await expect(tree.getByRole('treeitem', { name: /Hips/ })).toBeVisible();
});
