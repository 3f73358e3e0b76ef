import { demoEmail, demoPassword, expect, test } from './fixtures';

const EDITS = 50;

test('kill -9 in the middle of offline edits loses nothing that was saved, and nothing arrives twice', async ({
  central,
  launchDesk,
}) => {
  test.setTimeout(120_000);
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  const students = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: EDITS });
  const ids = students.rows.map((row) => row[students.fields.indexOf('id')] as string);
  expect(ids).toHaveLength(EDITS);

  desk.goOffline();
  // The page saves as fast as it can; the process is killed while it does.
  const saved = new Set<string>();
  const edits = (async () => {
    for (const id of ids) {
      await desk.ask('rows.save', {
        edits: [{ op: 'update', entity: 'students', id, values: { address: `offline ${id}` } }],
        label: 'Address of a student',
      });
      saved.add(id);
    }
  })().catch(() => undefined);
  await expect.poll(() => saved.size, { intervals: [20] }).toBeGreaterThan(EDITS / 3);
  await desk.kill9();
  await edits;

  await desk.open();
  const { waiting } = await desk.ask('sync.read', {});
  // The last one may have been saved without anybody hearing of it.
  expect(waiting).toBeGreaterThanOrEqual(saved.size);
  expect(waiting).toBeLessThanOrEqual(saved.size + 1);

  desk.goOnline();
  await desk.settled();
  const arrived = await central.sql<{ id: string }>(`select id from app.students where address = 'offline ' || id`);
  const missing = [...saved].filter((id) => !arrived.some((row) => row.id === id));
  expect(missing).toEqual([]);
  expect(arrived).toHaveLength(waiting);
});

test('an acknowledgement that is lost on its way back applies the edit exactly once', async ({
  central,
  launchDesk,
}) => {
  const desk = await launchDesk();
  await desk.signIn(demoEmail('swimAdmin'), demoPassword);
  await desk.settled();
  const page = await desk.ask('rows.page', { view: { entity: 'students' }, from: 0, count: 1 });
  const id = page.rows[0]?.[page.fields.indexOf('id')] as string;
  const versionOf = async () =>
    (await central.sql<{ v: string }>('select row_version as v from app.students where id = $1', [id]))[0]?.v;
  const before = Number(await versionOf());

  let lost = 0;
  desk.wire.plan = (what) => (what === 'push' && lost++ === 0 ? 'lose-answer' : 'pass');
  await desk.ask('rows.save', {
    edits: [{ op: 'update', entity: 'students', id, values: { address: 'once' } }],
    label: 'Address of a student',
  });
  await desk.settled();
  expect(lost).toBeGreaterThan(1);
  expect(Number(await versionOf())).toBe(before + 1);
});
