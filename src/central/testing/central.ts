/** A provisioned and migrated central database for one test file: made from a template, thrown away afterwards. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Mutation, Op, PullResult, PushResult, SessionFacts, SignInResult } from '../../shared/contract/wire';
import { protocol } from '../../shared/contract/wire';
import { newId } from '../../shared/model';
import { migrate, releaseHash } from '../migrate';
import { clientUrl, provision } from '../provision';

/** One server for all test files, and the password of a role is the whole server's: whoever provisions there says this one. */
export const CLIENT_PASSWORD = 'client-of-the-tests';

export interface TestUser {
  id: string;
  email: string;
  password: string;
}

export interface NewUser {
  role: string;
  /** Ids of programs to be assigned to. */
  programs?: readonly string[];
  fullName?: string;
  email?: string;
  status?: string;
}

export interface FreshCentral {
  /** A superuser's address of this database. */
  readonly ownerUrl: string;
  /** What a desk is given. */
  readonly clientUrl: string;
  /** A superuser's connection, for arranging and for looking behind the curtain. */
  readonly sql: pg.Client;
  /** A new connection in place of one that the server ended. */
  reconnect(): Promise<void>;
  drop(): Promise<void>;
  addUser(user: NewUser): Promise<TestUser>;
  addProgram(code?: string): Promise<string>;
  /** A signed-in session without the cost of hashing a password. */
  openSession(userId: string, device?: string): Promise<string>;
  /** Connects as a desk does. Close it, or `drop` does. */
  desk(token?: string, device?: string): Promise<TestDesk>;
}

/** A desk's side of the wire, by hand. */
export interface TestDesk {
  readonly client: pg.Client;
  readonly device: string;
  token: string;
  call<T>(name: string, ...values: unknown[]): Promise<T>;
  signIn(email: string, password: string): Promise<SignInResult>;
  session(): Promise<SessionFacts | { err: string }>;
  /** Pushes ops as the next mutation and returns its result. */
  change(...ops: Op[]): Promise<Extract<PushResult, { lastSeq: number }>['results'][number]>;
  push(...mutations: Mutation[]): Promise<PushResult>;
  pull(cursors?: Record<string, string | null>, after?: unknown, limit?: number): Promise<PullResult>;
  close(): Promise<void>;
}

const serverUrl = (): string => {
  const url = process.env.PROVOST_TEST_PG_URL;
  if (!url) throw new Error('These tests need PostgreSQL: run them with “npm run pg”.');
  return url;
};
const inDatabase = (url: string, name: string): string =>
  Object.assign(new URL(url), { pathname: `/${name}` }).toString();

async function withAdmin<T>(server: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** One template per state of the migrations and of the generated SQL. */
async function template(server: string): Promise<string> {
  const folder = fileURLToPath(new URL('../../../drizzle/central', import.meta.url));
  const hash = createHash('sha256').update(releaseHash());
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.sql')) hash.update(readFileSync(join(folder, file)));
  const name = `provost_template_${hash.digest('hex').slice(0, 16)}`;
  return withAdmin(server, async (admin) => {
    await admin.query('select pg_advisory_lock(7766865)');
    const there = await admin.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (there.rowCount === 1) return name;
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} encoding 'UTF8' template template0`);
    const url = inDatabase(server, name);
    await provision(url, { clientPassword: CLIENT_PASSWORD });
    await migrate(url);
    await admin.query(`alter database ${name} is_template true`);
    return name;
  });
}

/** @param server a superuser's address of another server than that of the tests */
export async function freshCentral(server = serverUrl()): Promise<FreshCentral> {
  const from = await template(server);
  const name = `provost_test_${randomBytes(6).toString('hex')}`;
  await withAdmin(server, async (admin) => {
    await admin.query(`create database ${name} template ${from}`);
    // Rights on a database are not copied with it.
    await admin.query(`revoke all on database ${name} from public`);
    await admin.query(`grant connect on database ${name} to provost_client, provost_owner`);
    await admin.query(`grant create on database ${name} to provost_owner`);
  });
  const ownerUrl = inDatabase(server, name);
  let sql = await connected(ownerUrl);
  const desks: TestDesk[] = [];
  const asClient = clientUrl(ownerUrl, CLIENT_PASSWORD);

  const central: FreshCentral = {
    ownerUrl,
    clientUrl: asClient,
    get sql() {
      return sql;
    },
    async reconnect() {
      await sql.end().catch(() => undefined);
      sql = await connected(ownerUrl);
    },
    async drop() {
      for (const desk of desks) await desk.close().catch(() => undefined);
      await sql.end();
      await withAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
    async addUser({ role, programs = [], fullName, email, status = 'active' }) {
      const id = newId();
      const address = email ?? `${role}-${id.slice(-8)}@example.org`;
      const password = `password-${id.slice(-8)}`;
      await sql.query(
        'insert into app.users (id, full_name, email, username, role, status) values ($1, $2, $3, $4, $5, $6)',
        [id, fullName ?? `${role} ${id.slice(-4)}`, address, `u-${id.slice(-12)}`, role, status],
      );
      // Cost 4 instead of 12: a thousandth of the time, and the same code.
      await sql.query(
        `insert into auth.credential (user_id, password_hash) values ($1, ext.crypt($2, ext.gen_salt('bf', 4)))`,
        [id, password],
      );
      for (const program of programs) {
        await sql.query('insert into app.user_program_assignments (id, program_id, user_id) values ($1, $2, $3)', [
          newId(),
          program,
          id,
        ]);
      }
      return { id, email: address, password };
    },
    async addProgram(code = `P${randomBytes(3).toString('hex')}`) {
      const institution = newId();
      const id = newId();
      await sql.query('insert into app.institutions (id, name) values ($1, $2)', [
        institution,
        `Institution of ${code}`,
      ]);
      await sql.query(
        `insert into app.programs (id, institution_id, code, name, program_type) values ($1, $2, $3, $4, 'certificate')`,
        [id, institution, code, `Program ${code}`],
      );
      return id;
    },
    async openSession(userId, device) {
      const token = randomBytes(32).toString('hex');
      await sql.query(
        `insert into auth.session (id, token_hash, user_id, device_id, device_name, expires_at)
         values (sync.new_id(), sha256(convert_to($1, 'UTF8')), $2, $3, 'Test desk', now() + interval '1 day')`,
        [token, userId, device ?? null],
      );
      return token;
    },
    async desk(token = '', device = newId()) {
      const opened = await openDesk(asClient, token, device);
      desks.push(opened);
      return opened;
    },
  };
  return central;
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends is told by the next query.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function openDesk(url: string, token: string, device: string): Promise<TestDesk> {
  const client = await connected(url);
  let seq = 0;
  const desk: TestDesk = {
    client,
    device,
    token,
    async call<T>(name: string, ...values: unknown[]) {
      const holes = values.map((_, at) => `$${at + 1}`).join(', ');
      const { rows } = await client.query<{ r: T }>(`select api.${name}(${holes}) as r`, values);
      return rows[0]!.r;
    },
    async signIn(email, password) {
      const result = await desk.call<SignInResult>('sign_in', email, password, device, 'Test desk', 'tests');
      if (result.ok) desk.token = result.token;
      return result;
    },
    session: () => desk.call('session', desk.token),
    push: (...mutations) => desk.call('push', desk.token, device, protocol, JSON.stringify(mutations)),
    async change(...ops) {
      const answer = await desk.push({ seq: seq + 1, id: newId(), via: 'typed', ops });
      if ('err' in answer) throw new Error(`push: ${answer.err}`);
      seq = answer.lastSeq;
      return answer.results[0]!;
    },
    pull: (cursors = {}, after = null, limit = 1000) =>
      desk.call(
        'pull',
        desk.token,
        protocol,
        JSON.stringify(cursors),
        after === null ? null : JSON.stringify(after),
        limit,
      ),
    close: () => client.end(),
  };
  return desk;
}
