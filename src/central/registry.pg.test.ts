import { to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allEntities } from '../shared/entities';
import { loadColumns, newId, type Entity, type FieldKind, type FieldOf } from '../shared/model';
import { migrate } from './migrate';
import * as schema from './schema';
import { freshCentral, type FreshCentral } from './testing/central';
import { toPgTable } from './tables';

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

const ours = `('app', 'auth', 'sync', 'audit', 'api', 'drizzle')`;
const names = async (text: string): Promise<string[]> =>
  (await central.sql.query<{ name: string }>(text)).rows.map((row) => row.name);

describe('the schema', () => {
  test('drizzle-kit sees a table for every entity', () => {
    const seen = new Set<unknown>(Object.values(schema));
    expect(allEntities.filter((entity) => !seen.has(toPgTable(entity))).map((e) => e.name)).toEqual([]);
  });

  test('row-level security is on and forced for every table of every schema', async () => {
    expect(
      await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname in ${ours} and not (c.relrowsecurity and c.relforcerowsecurity)`),
    ).toEqual([]);
  });

  test('every table belongs to the owner, every api function to the engine', async () => {
    expect(
      await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ${ours} and c.relkind in ('r', 'p', 'v', 'S') and pg_get_userbyid(c.relowner) <> 'provost_owner'
      union all select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'api' and (pg_get_userbyid(p.proowner) <> 'provost_engine' or not p.prosecdef)`),
    ).toEqual([]);
  });

  test('no role of ours may go past row-level security', async () => {
    expect(
      await names(
        `select rolname as name from pg_roles where rolname like 'provost%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
      ),
    ).toEqual([]);
  });

  test('every function with rights of its own names its search path', async () => {
    expect(
      await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ${ours} and p.prosecdef and not coalesce(p.proconfig, '{}') @> '{"search_path=pg_catalog, pg_temp"}'`),
    ).toEqual([]);
  });

  test('the client may call the api and nothing else of ours', async () => {
    expect(
      await names(`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('app', 'auth', 'sync', 'audit', 'ext', 'drizzle', 'public') and has_function_privilege('provost_client', p.oid, 'execute')`),
    ).toEqual([]);
    expect(
      await names(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm') and (n.nspname in ${ours} or n.nspname in ('ext', 'public'))
          and has_table_privilege('provost_client', c.oid, 'select, insert, update, delete, truncate, references, trigger')`),
    ).toEqual([]);
    const called = await names(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'api' and has_function_privilege('provost_client', p.oid, 'execute') order by 1`);
    const loads = allEntities.map((entity) => `load_${entity.name}`);
    const api = [
      'ask',
      'bring',
      'change_password',
      'digest',
      'hello',
      'history',
      'pull',
      'push',
      'rehearse',
      'rows_ahead',
      'seal_roots',
      'session',
      'sign_in',
      'sign_out',
    ];
    expect(called).toEqual([...api, ...loads].sort());
  });

  test('the body of every function is sound', async () => {
    await central.sql.query('begin');
    await central.sql.query('set local check_function_bodies = on');
    const { rows } = await central.sql.query<{ text: string }>(
      `select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${ours} and p.prokind = 'f'`,
    );
    for (const { text } of rows) await central.sql.query(text);
    await central.sql.query('rollback');
    expect(rows.length).toBeGreaterThan(200);
  });

  test('migrating again changes nothing', async () => {
    expect(await migrate(central.ownerUrl)).toEqual({ migrations: 0, isReleased: false });
  });

  test('making functions and policies anew leaves them as they were', async () => {
    const all = `select string_agg(pg_get_functiondef(p.oid), '' order by p.oid::regprocedure::text) || (select count(*) from pg_policies) || (select count(*) from pg_trigger)
      as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ${ours} and p.prokind = 'f'`;
    const before = await names(all);
    await central.sql.query(`update sync.release set sql_hash = 'older'`);
    expect(await migrate(central.ownerUrl)).toEqual({ migrations: 0, isReleased: true });
    expect(await names(all)).toEqual(before);
  });
});

const samples: { [K in FieldKind]: (field: FieldOf<K>) => unknown } = {
  text: (field) => 'Ọ̀ṣun “x”\n'.repeat(3).slice(0, field.options.max),
  markdown: () => '# Title\n\n* one\t\\ two',
  email: () => 'ada@example.org',
  slug: () => 'a-slug',
  url: () => 'https://example.org/a?b=c',
  integer: (field) => field.options.min ?? 7,
  money: () => 9_007_199_254_740_991,
  currency: () => 'NGN',
  percent: () => 42,
  boolean: () => true,
  choice: (field) => field.options.values[0],
  option: () => 'adults',
  reference: () => newId(),
  list: () => ['a', 'b "c"', 'd\te'],
  json: () => ({ deep: [1, 2.5, null, { yes: true }] }),
  date: () => '2026-02-28',
  timestamp: () => 1_700_000_000_123,
  time: () => '09:30',
  timeRange: () => [1_700_000_000_001, 1_700_000_000_999],
  recurrence: () => 'FREQ=WEEKLY;BYDAY=MO',
  order: () => 3,
  sensitive: () => ({ name: 'Ngozi', phone: '1' }),
  generated: () => 'STU-2026-0001',
};
const sampleRow = (entity: Entity): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entity.fields).map(([name, field]) => [
      name,
      (samples[field.kind] as (f: unknown) => unknown)(field),
    ]),
  );

describe.each(allEntities.map((entity) => [entity.name, entity] as const))('%s', (name, entity) => {
  test('canonical values become a row and come back the same', async () => {
    const row = sampleRow(entity);
    const { rows } = await central.sql.query<{ back: Record<string, unknown> }>(
      `select sync.json_${name}(sync.record_${name}(sync.blank_${name}(), $1)) as back`,
      [JSON.stringify(row)],
    );
    expect(rows[0]?.back).toMatchObject(row);
  });

  test('is streamed in the declared order of columns', async () => {
    const root = await central.addUser({ role: 'super_admin' });
    const desk = await central.desk(await central.openSession(root.id));
    const session = await desk.session();
    if ('err' in session) throw new Error(session.err);
    for (const key of session.scopes) {
      const [scopeClass, owner] = key.split(':');
      const stream = desk.client.query(
        copyTo(
          `copy (select * from api.load_${name}('${desk.token}', '${scopeClass}', '${owner}')) to stdout with (header, format csv)`,
        ),
      );
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      expect(text.split('\n')[0]).toBe(
        loadColumns(entity)
          .map(({ column }) => column)
          .join(','),
      );
    }
    await desk.close();
  });
});
