import { demoEmail, demoPassword, expect, test, type Central } from './fixtures';

const zone = 'Europe/London';

interface Held {
  booking: string;
  mentor: string;
  name: string;
  client: string;
  day: string;
}

/** A mentor in London whose session is over, but was not yet said to be held. */
async function mentorWithOpenSession(central: Central): Promise<Held> {
  const [held] = await central.sql<Held>(
    `select b.id as booking, m.id as mentor, u.full_name as name, c.full_name as client,
       to_char(lower(b.period) at time zone '${zone}', 'YYYY-MM-DD') as day
     from app.bookings b join app.mentors m on m.id = b.mentor_id and m.is_active join app.users u on u.id = m.user_id
       join app.programs p on p.id = m.program_id and p.code = 'LAG-SWIM' join app.users c on c.id = b.client_id
     where b.status = 'completed' and not exists (select from app.booking_reviews r where r.booking_id = b.id) order by lower(b.period) desc limit 1`,
  );
  // What the rules refuse a desk, the fixture writes past them.
  await central.sql(`set session_replication_role = replica;
    update app.bookings set status = 'confirmed' where id = '${held!.booking}';
    update app.mentors set time_zone = '${zone}' where id = '${held!.mentor}'`);
  return held!;
}

test('a session that was held is completed and reviewed, and the reputation follows', async ({
  central,
  launchDesk,
}) => {
  const { mentor, name, booking, client, day } = await mentorWithOpenSession(central);
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('swimCoordinator'), demoPassword);
  await desk.settled();
  const before = await desk.ask('mentoring.feedback', { mentorId: mentor });
  await desk.go(`/mentoring/${mentor}`);
  await page.getByLabel('Show the week of').fill(day);
  await page.getByRole('button', { name: new RegExp(`^${client}, Confirmed`) }).click();
  await page.getByRole('button', { name: 'Complete', exact: true }).click();
  await page.getByRole('button', { name: 'Complete the session' }).click();

  const review = page.getByRole('form', { name: `Review by ${client}` });
  await expect(review.getByRole('button', { name: 'Save review' })).toBeDisabled();
  await review.getByLabel('Rating').selectOption('1');
  await review.getByLabel(`What ${client} said`).fill('Came late, left early.');
  await review.getByRole('button', { name: 'Save review' }).click();
  await expect(page.getByText(`Saved what ${client} thought of ${name}.`)).toBeVisible();
  await expect(review).toBeHidden();
  await page.getByRole('button', { name: 'Close this panel' }).click();
  const panel = page.getByRole('complementary', { name: 'Mentor' });
  await expect(panel.getByRole('listitem').filter({ hasText: 'Came late, left early.' })).toBeVisible();
  const now = await desk.ask('mentoring.feedback', { mentorId: mentor });
  expect(now.count).toBe(before.count + 1);
  expect(now.reputation).toBeCloseTo(((before.reputation ?? 0) * before.count + 1) / now.count, 1);
  await expect(page.getByRole('option', { name }).getByText(now.reputation!.toFixed(2))).toBeVisible();
  await desk.settled();
  expect(await central.sql('select rating from app.booking_reviews where booking_id = $1', [booking])).toEqual([
    { rating: 1 },
  ]);
});
