import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomeOwner, migrate } from './migrate';
import { provision } from './provision';
import { CLIENT_PASSWORD } from './testing/central';
import { verifyAudit } from './upkeep';

const folder = fileURLToPath(new URL('../../drizzle/central', import.meta.url));
interface Journal {
  entries: { idx: number; tag: string }[];
}
const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;

let kept: string;
beforeAll(() => {
  kept = mkdtempSync(join(tmpdir(), 'provost-central-migrations-'));
});
afterAll(() => rmSync(kept, { recursive: true, force: true }));

/** The migrations as they were when only the first so many existed. */
function older(count: number): string {
  const dir = join(kept, `v${count}`);
  mkdirSync(join(dir, 'meta'), { recursive: true });
  const entries = journal.entries.slice(0, count);
  for (const { tag } of entries) cpSync(join(folder, `${tag}.sql`), join(dir, `${tag}.sql`));
  writeFileSync(join(dir, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return dir;
}

interface Column {
  table: string;
  column: string;
  type: string;
  asked: boolean;
  check: string | null;
}

const columnsOf = async (client: pg.Client): Promise<Column[]> =>
  (
    await client.query<Column>(`
      select n.nspname || '.' || c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
          a.attnotnull and not a.atthasdef and a.attidentity = '' as asked,
          (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check
        from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('app', 'auth', 'sync', 'audit') order by 1, a.attnum`)
  ).rows;

let made = 0;
/** A value that every check of its column accepts, and that differs from row to row. */
function valueFor({ type, check, column }: Column): unknown {
  const n = ++made;
  const listed = /ARRAY\['([^']+)'/.exec(check ?? '')?.[1] ?? /= '([^']+)'::text/.exec(check ?? '')?.[1];
  if (listed) return listed;
  if (check?.includes('[A-Z]{3}')) return 'NGN';
  if (check?.includes('[0-3]):[0-5]')) return '09:30';
  if (column === 'email') return `n${n}@example.org`;
  if (column === 'recurrence') return 'FREQ=WEEKLY;COUNT=4';
  switch (type) {
    case 'uuid':
      return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    case 'boolean':
      return true;
    case 'jsonb':
      return check?.includes('array') ? '[]' : '{}';
    case 'date':
      return '2026-03-01';
    case 'tstzrange':
      return '[2026-03-01 09:00+00,2026-03-01 10:00+00)';
    case 'bytea':
      return Buffer.from([n]);
    case '"char"':
      return 'P';
    default:
      if (type.startsWith('timestamp')) return '2026-03-01T09:00:00Z';
      if (type === 'bigint') return n;
      return type === 'text' ? `n-${n}` : 5;
  }
}

/** Columns that a check over several columns asks for. */
const askedTogether = ['app.payments.enrollment_id'];

const people = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b'];
const isOfPerson = ({ table, column }: Column): boolean =>
  table === 'app.users' ? column === 'id' : column === 'user_id' && table !== 'audit.entry';

/** Two rows in every table there is, whatever they refer to: triggers and foreign keys are left out, checks are not. */
async function fill(client: pg.Client): Promise<string[]> {
  const columns = await columnsOf(client);
  const tables = [...new Set(columns.map(({ table }) => table))].filter(
    (table) => !['sync.release', 'audit.progress', 'audit.month'].includes(table),
  );
  await client.query('set session_replication_role = replica');
  for (const table of tables) {
    const asked = columns.filter(
      (column) => column.table === table && (column.asked || askedTogether.includes(`${table}.${column.column}`)),
    );
    for (let row = 0; row < 2; row++) {
      await client.query(
        `insert into ${table} (${asked.map(({ column }) => `"${column}"`).join(', ')}) values (${asked.map((_, at) => `$${at + 1}`).join(', ')})`,
        // A migration that copies a table looks at its references anew.
        asked.map((column) => (isOfPerson(column) ? people[row] : valueFor(column))),
      );
    }
  }
  await client.query('set session_replication_role = origin');
  return tables;
}

/** Each table's rows, as what its columns of then hold. */
async function contents(client: pg.Client, tables: readonly string[], columns: readonly Column[]): Promise<unknown> {
  const found: Record<string, unknown> = {};
  for (const table of tables) {
    const names = columns.filter((column) => column.table === table).map(({ column }) => `"${column}"`);
    const { rows } = await client.query<{ row: unknown }>(
      `select to_jsonb(t) as row from (select ${names.join(', ')} from ${table}) t order by to_jsonb(t)::text`,
    );
    expect(rows, table).toHaveLength(2);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

describe('migrations of the central database', () => {
  const name = `provost_test_${randomBytes(6).toString('hex')}`;
  const server = process.env.PROVOST_TEST_PG_URL ?? '';
  const url = server && Object.assign(new URL(server), { pathname: `/${name}` }).toString();
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client(server);
    await client.connect();
    await client.query(text);
    await client.end();
  };
  let client: pg.Client;
  beforeEach(async () => {
    await admin(`create database ${name} encoding 'UTF8' template template0`);
    await provision(url, { clientPassword: CLIENT_PASSWORD });
    client = new pg.Client(url);
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await admin(`drop database if exists ${name} with (force)`);
  });

  test.each(journal.entries.map(({ idx, tag }) => [tag, idx + 1] as const))(
    'bring a database of %s, with rows in every table, to the latest',
    async (_tag, count) => {
      await becomeOwner(client);
      await runMigrations(drizzle(client), { migrationsFolder: older(count) });
      await client.query('reset role');
      const columns = await columnsOf(client);
      const tables = await fill(client);
      const before = await contents(client, tables, columns);
      expect((await migrate(url)).migrations).toBe(journal.entries.length - count);
      expect(await contents(client, tables, columns)).toEqual(before);
    },
    120_000,
  );

  test('keep an audit trail that was sealed before it had months, and cut it where its months were', async () => {
    const before = journal.entries.findIndex(({ tag }) => tag.endsWith('audit_months'));
    await becomeOwner(client);
    await runMigrations(drizzle(client), { migrationsFolder: older(before) });
    // Three months, sealed as `audit.seal_up` does it: each link is the hash of the one before and the entry's text.
    await client.query(`
      insert into audit.entry (at, program_id, db_user, tbl, row_id, action)
        select timestamptz '2026-01-20 00:00+00' + make_interval(days => n * 10), null, 'test', 5, gen_random_uuid(), 'insert' from generate_series(0, 7) n`);
    await client.query(`
      do $do$
      declare
        e audit.entry;
        previous bytea := '';
        n bigint := 0;
      begin
        for e in select * from audit.entry order by id loop
          n := n + 1;
          previous := sha256(previous || convert_to(jsonb_build_array(e.id, (extract(epoch from e.at) * 1000)::bigint, e.program_id, e.user_id, e.device_id,
            e.mutation_id, e.via, e.db_user, e.tbl, e.row_id, e.action, e.old_version, e.new_version, e.changes, e.reason)::text, 'UTF8'));
          insert into audit.seal values (e.id, '00000000-0000-0000-0000-000000000000', n, previous);
        end loop;
        insert into audit.chain values ('00000000-0000-0000-0000-000000000000', n, previous);
      end
      $do$`);
    await migrate(url);
    const { rows } = await client.query<{ name: string; n: number }>(
      `select m.name, (select count(*)::int from audit.entry e where e.tableoid = ('audit.entry_' || m.name)::regclass) as n from audit.month m order by 1`,
    );
    expect(rows.map((row) => [row.name, row.n])).toEqual([
      ['2026_01', 2],
      ['2026_02', 2],
      ['2026_03', 4],
    ]);
    const chains = await verifyAudit(client);
    expect(chains).toMatchObject([{ program: 'Outside programs', entries: 8, problem: null }]);
    await client.query(
      `insert into audit.entry (at, db_user, tbl, row_id, action) values (now(), 'test', 5, gen_random_uuid(), 'insert')`,
    );
    expect(await verifyAudit(client)).toMatchObject([{ entries: 9, problem: null }]);
  });

  test('cut sessions and notifications where their months were; who was signed in stays so, and notifications arrive', async () => {
    const before = journal.entries.findIndex(({ tag }) => tag === '0010_months');
    await becomeOwner(client);
    await runMigrations(drizzle(client), { migrationsFolder: older(before) });
    await client.query('reset role');
    await client.query(`
      insert into app.users (id, full_name, email, username, role, status)
        values ('00000000-0000-7000-8000-000000000001', 'Ada', 'ada@example.org', 'ada', 'super_admin', 'active');
      insert into auth.session (token_hash, user_id, created_at, expires_at)
        select sha256(convert_to('token-' || n, 'UTF8')), '00000000-0000-7000-8000-000000000001', now() - n * interval '40 days', now() + interval '1 day'
          from generate_series(0, 3) n;
      insert into app.notifications (id, user_id, type, title, message, created_at)
        select gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'booking', 'Booked', 'n', now() - n * interval '40 days' from generate_series(0, 3) n`);
    await migrate(url);
    const { rows } = await client.query<{ sessions: number; parts: number; outside: number; notifications: number }>(
      `select (select count(*)::int from auth.session) as sessions, (select count(*)::int from sync.parts_of('auth.session')) as parts,
        (select count(*)::int from auth.session s where right(s.tableoid::regclass::text, 7) <> to_char(s.created_at at time zone 'UTC', 'YYYY_MM')) as outside,
        (select count(*)::int from app.notifications) as notifications`,
    );
    expect(rows[0]).toMatchObject({ sessions: 4, outside: 0, notifications: 4 });
    expect(rows[0]!.parts).toBeGreaterThanOrEqual(5);
    for (const n of [0, 3]) {
      const asked = await client.query<{ r: unknown }>('select api.session($1) as r', [`token-${n}`]);
      expect(asked.rows[0]?.r).toMatchObject({ fullName: 'Ada' });
    }
    await client.query(
      `select sync.notify(array['00000000-0000-7000-8000-000000000001'::uuid], 'booking', 'Booked', 'At nine')`,
    );
    const told = await client.query(
      `select from sync.head h join app.notifications n on n.id = h.row_id where n.message = 'At nine' and h.op = 'P'`,
    );
    expect(told.rowCount).toBe(1);
    const login = new pg.Client({
      connectionString: Object.assign(new URL(url), {
        username: 'provost_client',
        password: CLIENT_PASSWORD,
      }).toString(),
    });
    await login.connect();
    expect((await login.query<{ r: unknown }>('select api.session($1) as r', ['token-0'])).rows[0]?.r).toMatchObject({
      fullName: 'Ada',
    });
    await login.end();
  }, 60_000);
});
