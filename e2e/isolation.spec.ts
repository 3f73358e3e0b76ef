import pg from 'pg';
import type { Page } from '@playwright/test';
import type { ProvostDoor } from '../src/shared/contract/door';
import type { RequestName } from '../src/shared/contract/requests';
import { demoEmail, demoPassword, expect, test } from './fixtures';

/** Speaks to the console past its screens, as somebody with the developer tools would. */
const ask = (page: Page, name: RequestName, input: object) =>
  page.evaluate(([request, given]) => (window as unknown as { provost: ProvostDoor }).provost.request(request, given), [
    name,
    input,
  ] as const) as Promise<{ ok: boolean; value?: unknown; problem?: { kind: string; message: string } }>;

const programOf = async (sql: (text: string, values?: unknown[]) => Promise<{ id: string }[]>, code: string) =>
  (await sql('select id from app.programs where code = $1', [code]))[0]!.id;

test('a program admin reaches no other program by grid, search or direct request', async ({ central, launchDesk }) => {
  const desk = await launchDesk();
  const { page } = desk;
  await desk.signIn(demoEmail('accraAdmin'), demoPassword);
  const lagos = await programOf((text, values) => central.sql<{ id: string }>(text, values), 'LAG-SWIM');
  const [theirs] = await central.sql<{ id: string; name: string }>(
    'select id, name from app.facilities where program_id = $1 order by name limit 1',
    [lagos],
  );

  await desk.go('/facilities');
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByText(theirs!.name, { exact: true })).toHaveCount(0);

  const hits = await ask(page, 'search.records', { text: theirs!.name });
  expect(JSON.stringify(hits.value)).not.toContain(theirs!.id);
  expect((await ask(page, 'rows.read', { entity: 'facilities', ids: [theirs!.id] })).value).toEqual([]);
  const page0 = await ask(page, 'rows.page', { view: { entity: 'facilities', programs: [lagos] }, from: 0, count: 10 });
  expect((page0.value as { total: number }).total).toBe(0);

  const into = await ask(page, 'rows.save', {
    label: 'A facility elsewhere',
    edits: [
      {
        op: 'insert',
        entity: 'facilities',
        id: '01980000-0000-7000-8000-000000000001',
        values: { programId: lagos, name: 'Not mine', facilityType: 'pool', status: 'active' },
      },
    ],
  });
  expect(into.ok).toBe(false);
  const onto = await ask(page, 'rows.save', {
    label: 'A name elsewhere',
    edits: [{ op: 'update', entity: 'facilities', id: theirs!.id, values: { name: 'Taken over' } }],
  });
  expect(onto.ok).toBe(false);
});

test('somebody with the client’s own password and psql reaches nothing without a session, and no other program with one', async ({
  central,
}) => {
  const client = new pg.Client({ connectionString: central.server });
  await client.connect();
  try {
    for (const statement of [
      'select * from app.students',
      'select * from auth.session',
      'select * from audit.entry',
      "update app.users set role = 'super_admin'",
      'create table public.mine (id int)',
      'create temp table mine (id int)',
      'set role provost_owner',
      'set role provost_engine',
    ]) {
      await expect(client.query(statement), statement).rejects.toThrow(
        /permission denied|must be able to|must be member/i,
      );
    }
    const call = async (text: string, values: unknown[]) =>
      (await client.query<{ r: unknown }>(text, values)).rows[0]?.r;
    expect(await call('select api.session($1) as r', ['guess'])).toEqual({ err: 'signed-out' });

    const device = '01980000-0000-7000-8000-00000000d0d0';
    const signedIn = (await call('select api.sign_in($1, $2, $3, $4, $5) as r', [
      demoEmail('accraAdmin'),
      demoPassword,
      device,
      'psql',
      'psql',
    ])) as { ok: true; token: string };
    expect(signedIn.ok).toBe(true);

    const lagos = await programOf((text, values) => central.sql<{ id: string }>(text, values), 'LAG-SWIM');
    // What the client could set by hand is worth nothing.
    await client.query("select set_config('provost.rank', '4', false), set_config('provost.programs', $1, false)", [
      `{${lagos}}`,
    ]);
    await expect(
      client.query('select * from api.load_students($1, $2, $3, null, 10)', [signedIn.token, 'people', lagos]),
    ).rejects.toThrow();
    const pulled = (await call('select api.pull($1, 1, $2, null, 5000) as r', [signedIn.token, '{}'])) as {
      changes: [string, string, string, string, { programId?: string } | null][];
    };
    expect(pulled.changes.length).toBeGreaterThan(0);
    expect(pulled.changes.filter(([, , , , row]) => row?.programId === lagos)).toEqual([]);

    const pushed = (await call('select api.push($1, $2, 1, $3) as r', [
      signedIn.token,
      device,
      JSON.stringify([
        {
          seq: 1,
          id: '01980000-0000-7000-8000-00000000beef',
          ops: [
            {
              entity: 'facilities',
              op: 'insert',
              id: '01980000-0000-7000-8000-00000000cafe',
              version: 0,
              patch: { programId: lagos, name: 'Not mine', facilityType: 'pool', status: 'active' },
            },
          ],
        },
      ]),
    ])) as { results: { status: string }[] };
    expect(pushed.results[0]?.status).toBe('rejected');
    expect(await central.sql("select from app.facilities where name = 'Not mine'")).toEqual([]);
  } finally {
    await client.end();
  }
});
