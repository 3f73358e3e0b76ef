import type { Page } from '@playwright/test';
import type { EntityName } from '../src/shared/entities';
import type { Edit, EnrollmentChoice } from '../src/shared/contract/requests';
import { newId, type AnyRow } from '../src/shared/model';
import { demoEmail, demoPassword, expect, test } from './fixtures';
import type { Desk } from './support/desk';

/** Story 15 of product.md: two desks meet in every way, and one of them settles it in the sync centre. */

test.describe.configure({ mode: 'parallel', timeout: 240_000 });

/** Pictures of what is on show, for whoever wants to look: both themes, both sizes. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.PROVOST_SHOTS;
  if (!folder) return;
  const size = page.viewportSize();
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  if (size) await page.setViewportSize(size);
}

const rowsOf = async (desk: Desk, entity: EntityName, search = '', count = 20): Promise<AnyRow[]> => {
  const { rows, fields } = await desk.ask('rows.page', { view: { entity, search }, from: 0, count });
  return rows.map((row) => Object.fromEntries(fields.map((field, at) => [field, row[at]])) as AnyRow);
};
const save = (desk: Desk, label: string, ...edits: Edit[]) => desk.ask('rows.save', { edits, label });
const change = (desk: Desk, entity: EntityName, id: string, values: Record<string, unknown>, label: string) =>
  save(desk, label, { op: 'update', entity, id, values });
const nameOf = (row: AnyRow) => `${String(row['firstName'])} ${String(row['lastName'])}`;
const card = (page: Page, name: RegExp | string) => page.getByRole('region', { name });

/** Two desks of two people that know the same; `mine` is offline, so that what it does meets what `theirs` did. */
async function twoDesks(launchDesk: () => Promise<Desk>): Promise<{ mine: Desk; theirs: Desk; programId: string }> {
  const [mine, theirs] = [await launchDesk(), await launchDesk()];
  await mine.signIn(demoEmail('swimAdmin'), demoPassword);
  await theirs.signIn(demoEmail('superAdmin'), demoPassword);
  await mine.settled();
  await theirs.settled();
  const [program] = await rowsOf(mine, 'programs');
  return { mine, theirs, programId: program!.id };
}

async function syncedAgain(mine: Desk, theirs: Desk): Promise<void> {
  await theirs.settled();
  mine.goOnline();
  await mine.ask('sync.now', {});
  await expect.poll(async () => (await mine.ask('sync.read', {})).waiting, { timeout: 60_000 }).toBe(0);
}

async function moduleOf(desk: Desk, programId: string): Promise<{ module: string; lesson: string; name: string }> {
  const [course] = await rowsOf(desk, 'courses');
  const [curriculum, module, lesson] = [newId(), newId(), newId()];
  const name = `Deep water ${module.slice(-4)}`;
  await save(
    desk,
    'A module',
    {
      op: 'insert',
      entity: 'curricula',
      id: curriculum,
      values: { programId, courseId: course!.id, name: `Plan ${name}` },
    },
    { op: 'insert', entity: 'modules', id: module, values: { programId, curriculumId: curriculum, name } },
    {
      op: 'insert',
      entity: 'lessons',
      id: lesson,
      values: { programId, moduleId: module, name: 'Breathing', durationMinutes: 30 },
    },
  );
  return { module, lesson, name };
}

test('fields, deletions and a refusal meet; each is a card that says who did what, and is settled by mouse', async ({
  central,
  launchDesk,
}) => {
  const { mine, theirs, programId } = await twoDesks(launchDesk);
  const { page } = mine;
  const students = await rowsOf(mine, 'students', '', 12);
  const [a, b, c, merged, edited] = students as [AnyRow, AnyRow, AnyRow, AnyRow, AnyRow];
  const [kept, lost] = [await moduleOf(mine, programId), await moduleOf(mine, programId)];
  const fresh = [newId(), newId()] as const;
  for (const id of fresh)
    await save(mine, 'Add', {
      op: 'insert',
      entity: 'students',
      id,
      values: { programId, firstName: 'Zuri', lastName: id.slice(-4), status: 'active' },
    });
  await mine.settled();
  await theirs.ask('sync.now', {});

  mine.goOffline();
  for (const [at, one] of [a, b, c].entries())
    await change(theirs, 'students', one.id, { phone: `0803 000 000${at}` }, 'Phone');
  await change(theirs, 'students', merged.id, { address: '1 Marina' }, 'Address');
  await change(theirs, 'students', fresh[0], { phone: '0805 111' }, 'Phone');
  await save(theirs, 'Delete', { op: 'delete', entity: 'students', id: fresh[1] });
  await save(theirs, 'Lesson', {
    op: 'insert',
    entity: 'lessons',
    id: newId(),
    values: { programId, moduleId: kept.module, name: 'Deep end entry' },
  });
  await save(theirs, 'Delete', { op: 'delete', entity: 'modules', id: lost.module });
  const code = `NEW-${newId().slice(-4)}`;
  await save(theirs, 'Course', {
    op: 'insert',
    entity: 'courses',
    id: newId(),
    values: { programId, code, name: 'Theirs', slug: `theirs-${code.toLowerCase()}` },
  });

  for (const [at, one] of [a, b, c].entries())
    await change(
      mine,
      'students',
      one.id,
      { phone: `0809 999 999${at}`, ...(at === 0 ? { address: 'Yaba' } : {}) },
      `Phone of ${nameOf(one)}`,
    );
  await change(mine, 'students', merged.id, { phone: '0809 1' }, `Phone of ${nameOf(merged)}`);
  await save(mine, 'Delete Zuri', { op: 'delete', entity: 'students', id: fresh[0] });
  await change(mine, 'students', fresh[1], { phone: '0809 2', address: 'Surulere' }, 'Phone and address of Zuri');
  await save(mine, `Delete ${kept.name}`, { op: 'delete', entity: 'modules', id: kept.module });
  await save(mine, 'Add Sculling', {
    op: 'insert',
    entity: 'lessons',
    id: newId(),
    values: { programId, moduleId: lost.module, name: 'Sculling' },
  });
  const course = newId();
  await save(mine, 'Add course Masters', {
    op: 'insert',
    entity: 'courses',
    id: course,
    values: { programId, code, name: 'Masters', slug: `masters-${code.toLowerCase()}` },
  });
  await save(mine, 'Add curriculum of Masters', {
    op: 'insert',
    entity: 'curricula',
    id: newId(),
    values: { programId, courseId: course, name: 'Masters 1' },
  });
  await change(mine, 'students', edited.id, { address: 'never blocked' }, `Address of ${nameOf(edited)}`);
  await mine.go('/sync');
  await page.getByRole('tab', { name: /Waiting/ }).click();
  await expect(page.getByRole('row', { name: /Add course Masters/ })).toBeVisible();
  await look(page, 'waiting-offline');
  await syncedAgain(mine, theirs);

  // What nobody else touched and what merges went through; nothing of it waited for what is to be decided.
  const [through] = await central.sql<{ phone: string; address: string }>(
    'select phone, address from app.students where id = $1',
    [merged.id],
  );
  expect(through).toEqual({ phone: '0809 1', address: '1 Marina' });
  expect(
    await central.sql("select from app.students where id = $1 and address = 'never blocked'", [edited.id]),
  ).toHaveLength(1);

  await page.getByRole('tab', { name: /Needs you/ }).click();
  const alike = page.getByRole('region', { name: /3 alike: Phone of students/ });
  await expect(alike).toContainText('Folake Adeyinka');
  await look(page, 'needs-you');

  // One of the three takes a third value, the other two go together.
  const first = card(page, nameOf(a));
  await expect(first).toContainText('Your 1 other field is kept either way.');
  await first.getByRole('button', { name: 'Type another value for Phone' }).click();
  await first.getByRole('textbox', { name: 'Another value for Phone' }).fill('0807 123 4567');
  await expect(first).toContainText('The value you typed replaces both.');
  await first.scrollIntoViewIfNeeded();
  await look(page, 'third-value');
  await first.getByRole('button', { name: 'Save these choices' }).click();
  await expect(first).toBeHidden();
  await page
    .getByRole('region', { name: /2 alike/ })
    .getByRole('button', { name: 'Take theirs in all 2' })
    .click();
  await expect(card(page, nameOf(b))).toBeHidden();

  const gone = card(page, /^Student “Zuri/).filter({ hasText: 'Changed here, deleted there' });
  await expect(gone).toContainText('Brings back the student');
  await gone.getByRole('button', { name: 'Restore the student' }).click();
  await expect(gone).toBeHidden();
  const changed = card(page, /^Student “Zuri/).filter({ hasText: 'Deleted here, changed there' });
  await expect(changed).toContainText('Keeping');
  await changed.getByRole('radio', { name: 'Deleted', exact: true }).check();
  await expect(changed).toContainText('takes Folake Adeyinka’s work with it');
  await look(page, 'delete-anyway');
  await changed.getByRole('button', { name: 'Delete the student anyway' }).click();
  await expect(changed).toBeHidden();

  const addedTo = card(page, `Module “${kept.name}”`);
  await expect(addedTo).toContainText('Added lesson “Deep end entry”');
  await addedTo.getByRole('button', { name: 'Keep the module' }).click();
  await expect(addedTo).toBeHidden();
  const hung = card(page, `Module “${lost.name}”`);
  await expect(hung).toContainText('Added lesson “Sculling”');
  await expect(hung).toContainText('with its 1 lesson');
  await hung.getByRole('button', { name: 'Let it stay deleted' }).click();
  await expect(hung).toBeHidden();
  // It was a slip: it waits again, and is restored.
  await page.getByRole('status').filter({ hasText: 'stays deleted' }).getByRole('button', { name: 'Undo' }).click();
  await hung.getByRole('button', { name: 'Restore the module' }).click();
  await expect(hung).toBeHidden();

  const refused = card(page, 'Add course Masters');
  await expect(refused).toContainText('Another course has the same');
  await expect(refused.getByRole('listitem').filter({ hasText: 'Add curriculum of Masters' })).toBeVisible();
  await look(page, 'refused');
  await refused.getByRole('button', { name: 'Write a message…' }).click();
  await expect(refused.getByRole('textbox', { name: 'Message to pass on' })).toHaveValue(
    /Could you do this for me in Provost\?[^]*Add course Masters/,
  );
  await refused.getByRole('button', { name: 'Discard…' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('Add curriculum of Masters');
  await question.getByRole('button', { name: 'Keep it here' }).click();
  await refused.getByRole('button', { name: 'Edit…' }).click();
  await refused.getByRole('textbox', { name: 'Code' }).fill(`${code}-M`);
  await look(page, 'edit-and-resend');
  await refused.getByRole('button', { name: 'Send as edited' }).click();
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  await look(page, 'nothing-needs-you');
  await mine.settled();
  await theirs.ask('sync.now', {});

  const phones = await central.sql<{ id: string; phone: string }>(
    'select id, phone from app.students where id = any ($1)',
    [[a.id, b.id, c.id]],
  );
  expect(Object.fromEntries(phones.map(({ id, phone }) => [id, phone]))).toEqual({
    [a.id]: '0807 123 4567',
    [b.id]: '0803 000 0001',
    [c.id]: '0803 000 0002',
  });
  const live = await central.sql<{ id: string }>(
    `select id from app.students where id = any ($1) and deleted_at is null union all select id from app.modules where id = any ($2) and deleted_at is null
     union all select id from app.courses where id = $3 and code = $4`,
    [fresh, [kept.module, lost.module], course, `${code}-M`],
  );
  expect(new Set(live.map(({ id }) => id))).toEqual(new Set([fresh[1], kept.module, lost.module, course]));
  expect(
    await central.sql("select from app.lessons where name in ('Sculling', 'Deep end entry') and deleted_at is null"),
  ).toHaveLength(2);
  expect(
    await central.sql('select from app.curricula where course_id = $1 and deleted_at is null', [course]),
  ).toHaveLength(1);
});

test('by keyboard alone: a field, a deletion and a discarded refusal, and the keyboard goes on at the next card', async ({
  central,
  launchDesk,
}) => {
  const { mine, theirs, programId } = await twoDesks(launchDesk);
  const { page } = mine;
  const [one] = (await rowsOf(mine, 'students', '', 1)) as [AnyRow];
  const kept = await moduleOf(mine, programId);
  await mine.settled();
  await theirs.ask('sync.now', {});
  mine.goOffline();
  await change(theirs, 'students', one.id, { phone: '0803 1', address: 'Theirs' }, 'Phone');
  await save(theirs, 'Lesson', {
    op: 'insert',
    entity: 'lessons',
    id: newId(),
    values: { programId, moduleId: kept.module, name: 'Deep end entry' },
  });
  const code = `KEY-${newId().slice(-4)}`;
  await save(theirs, 'Course', {
    op: 'insert',
    entity: 'courses',
    id: newId(),
    values: { programId, code, name: 'Theirs', slug: code.toLowerCase() },
  });
  await change(mine, 'students', one.id, { phone: '0809 9', address: 'Mine' }, `Phone of ${nameOf(one)}`);
  await save(mine, `Delete ${kept.name}`, { op: 'delete', entity: 'modules', id: kept.module });
  await save(mine, 'Add course Keys', {
    op: 'insert',
    entity: 'courses',
    id: newId(),
    values: { programId, code, name: 'Keys', slug: `keys-${code.toLowerCase()}` },
  });
  await syncedAgain(mine, theirs);
  await mine.go('/sync');

  /** Walks with Tab as far as needed, and no further than a screen is long. */
  const tabTo = async (target: ReturnType<Page['getByRole']>) => {
    for (let step = 0; step < 120; step++) {
      if (await target.evaluate((node) => node === document.activeElement).catch(() => false)) return;
      await page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  };
  const conflict = card(page, nameOf(one));
  await expect(conflict).toBeVisible();
  await page.getByRole('tab', { name: /Needs you/ }).focus();
  await tabTo(conflict.getByRole('radio', { name: /mine, Address/ }));
  await page.keyboard.press('ArrowRight');
  await expect(conflict.getByRole('radio', { name: /theirs, Address/ })).toBeChecked();
  await tabTo(conflict.getByRole('button', { name: 'Save these choices' }));
  await page.keyboard.press('Enter');
  await expect(conflict).toBeHidden();
  // Not lost at the top of the window: the next card has it.
  await expect(page.locator('[data-card]:focus')).toHaveCount(1);

  const clash = card(page, `Module “${kept.name}”`);
  await tabTo(clash.getByRole('radio', { name: /Added lesson/ }));
  await page.keyboard.press('ArrowLeft');
  await expect(clash.getByRole('radio', { name: 'Deleted', exact: true })).toBeChecked();
  await tabTo(clash.getByRole('button', { name: 'Delete the module anyway' }));
  await page.keyboard.press('Enter');
  await expect(clash).toBeHidden();

  const refused = card(page, 'Add course Keys');
  await tabTo(refused.getByRole('button', { name: 'Discard…' }));
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Discard “Add course Keys”?' });
  await tabTo(question.getByRole('button', { name: 'Discard it' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  await mine.settled();
  expect(
    await central.sql("select from app.students where id = $1 and phone = '0809 9' and address = 'Theirs'", [one.id]),
  ).toHaveLength(1);
  expect(await central.sql('select from app.modules where id = $1 and deleted_at is null', [kept.module])).toHaveLength(
    0,
  );
});

test('the last seat taken twice overflows visibly, with who holds it, and goes over with a reason', async ({
  central,
  launchDesk,
}) => {
  const { mine, theirs } = await twoDesks(launchDesk);
  const { page } = mine;
  const date = new Date().toISOString().slice(0, 10);
  const found = await anOpenSeat(mine, date);
  const { seat, courseId } = found;
  await change(theirs, 'facilities', seat.facilityId, { capacity: seat.taken + 1 }, 'One seat is left');
  await theirs.settled();
  await mine.ask('sync.now', {});
  const configuration = {
    courseId,
    facilityId: seat.facilityId,
    ageGroup: seat.ageGroup,
    locationType: seat.locationType,
    sessionType: seat.sessionType,
    date,
  };
  mine.goOffline();
  await theirs.ask('enrollment.create', { ...configuration, studentId: found.students[0] });
  await mine.ask('enrollment.create', { ...configuration, studentId: found.students[1] });
  await syncedAgain(mine, theirs);
  await mine.go('/sync');
  const full = page.getByRole('region').filter({ hasText: 'Seat taken twice' });
  await expect(full).toContainText(/full|seat|capacity/i);
  await expect(full.getByRole('link', { name: 'Find another seat on the assignment board' })).toBeVisible();
  await look(page, 'seat-taken-twice');
  await full.getByRole('button', { name: 'Go over with a reason…' }).click();
  await full.getByRole('textbox').first().fill('The coach agreed to one more');
  await full.getByRole('button', { name: 'Send as edited' }).click();
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  await mine.settled();
  const held = await central.sql(
    "select from app.course_enrollments where student_id = any ($1) and course_id = $2 and status = 'active' and deleted_at is null",
    [found.students, courseId],
  );
  expect(held).toHaveLength(2);
});

/** A course and a configuration with a seat, and two students who may take it. */
async function anOpenSeat(
  desk: Desk,
  date: string,
): Promise<{ seat: EnrollmentChoice; courseId: string; students: [string, string] }> {
  const students = await rowsOf(desk, 'students', '', 60);
  for (const course of await rowsOf(desk, 'courses')) {
    const options = await desk.ask('enrollment.options', { courseId: course.id, date });
    for (const seat of options.filter(({ blocked, capacity }) => blocked === null && capacity !== null)) {
      const able: string[] = [];
      for (const { id } of students) {
        const own = await desk.ask('enrollment.options', { courseId: course.id, date, studentId: id });
        const isSame = (one: EnrollmentChoice) =>
          one.facilityId === seat.facilityId &&
          one.ageGroup === seat.ageGroup &&
          one.locationType === seat.locationType &&
          one.sessionType === seat.sessionType;
        if (own.some((one) => isSame(one) && one.blocked === null)) able.push(id);
        if (able.length === 2) return { seat, courseId: course.id, students: able as [string, string] };
      }
    }
  }
  throw new Error('No course of the demonstration has an open seat for two students.');
}
