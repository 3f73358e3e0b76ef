/** Needs a PostgreSQL with all its tools: `npm ci` brings the server alone, so `npm test` installs them where it can. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../shared/model';
import { backup, manifestOf, restore, verifyBackup, type Manifest } from './backup';
import { findTool } from './postgres-tools';
import { startPostgres, type RunningPostgres } from './server/embedded-postgres';
import { freshCentral, type FreshCentral } from './testing/central';
import { student } from './testing/ops';

const installed = '/usr/lib/postgresql';
const complete = [
  process.env.PG_BIN ?? '',
  ...(existsSync(installed) ? readdirSync(installed).map((v) => join(installed, v, 'bin')) : []),
]
  .filter(
    (bin) => bin !== '' && ['postgres', 'initdb', 'pg_dump', 'pg_restore'].every((tool) => existsSync(join(bin, tool))),
  )
  .at(-1);

describe('the tools of PostgreSQL', () => {
  test('that are missing are asked for in words, with the version that is needed', () => {
    expect(() => findTool('pg_dump', 18, [])).toThrow('pg_dump of PostgreSQL 18 or newer. None was found');
  });

  test.runIf(complete)('that are older than the server are not used', () => {
    expect(() => findTool('pg_dump', 99, [complete!])).toThrow(/Found: \d+\. Install it/);
    expect(findTool('pg_dump', 10, [complete!])).toBe(join(complete!, 'pg_dump'));
  });
});

describe.runIf(complete)('a backup', () => {
  let server: RunningPostgres;
  let central: FreshCentral;
  let dir: string;
  let file: string;
  let manifest: Manifest;
  let studentId: string;
  const databases: string[] = [];

  const { PG_BIN, PROVOST_TEST_PG_URL } = process.env;

  beforeAll(async () => {
    process.env.PG_BIN = complete;
    server = await startPostgres({ flags: ['-c', 'max_connections=50'] });
    process.env.PROVOST_TEST_PG_URL = server.url;
    central = await freshCentral();
    const program = await central.addProgram('SWIM');
    const admin = await central.addUser({ role: 'program_admin', programs: [program] });
    const desk = await central.desk(await central.openSession(admin.id));
    studentId = newId();
    await desk.change(student(program, studentId, { firstName: 'Ọlá' }));
    dir = mkdtempSync(join(tmpdir(), 'provost-backup-'));
    file = join(dir, 'first.dump');
    manifest = await backup(central.ownerUrl, file);
  });
  afterAll(async () => {
    await central?.drop();
    await server?.stop();
    Object.assign(process.env, { PROVOST_TEST_PG_URL });
    if (PG_BIN === undefined) delete process.env.PG_BIN;
    else process.env.PG_BIN = PG_BIN;
    rmSync(dir, { recursive: true, force: true });
  });

  async function emptyDatabase(): Promise<string> {
    const name = `restored_${databases.length}`;
    databases.push(name);
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`create database ${name} encoding 'UTF8' template template0`);
    await admin.end();
    return Object.assign(new URL(server.url), { pathname: `/${name}` }).toString();
  }
  async function ask<T>(url: string, text: string): Promise<T> {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<{ answer: T }>(text);
    await client.end();
    return rows[0]!.answer;
  }

  test('says in its manifest what is in it', () => {
    expect(manifest).toMatchObject({ provost: 'backup', file: 'first.dump', rows: { 'app.students': 1 } });
    expect(manifest.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(manifest.roots).length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(manifestOf(file), 'utf8'))).toEqual(manifest);
  });

  test('is whole, and is found out when it is not', async () => {
    expect(await verifyBackup(file)).toBeNull();
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1]! ^= 1;
    writeFileSync(file, changed);
    expect(await verifyBackup(file)).toContain('SHA-256 differs');
    await expect(restore(await emptyDatabase(), file)).rejects.toThrow('SHA-256 differs');
    writeFileSync(file, bytes);
    expect(await verifyBackup(join(dir, 'other.dump'))).toContain('There is no');
  });

  test('never overwrites another', async () => {
    await expect(backup(central.ownerUrl, file)).rejects.toThrow('never overwritten');
  });

  test('is restored into an empty database, row for row and chain for chain, as another epoch', async () => {
    const url = await emptyDatabase();
    const { differences, migrations } = await restore(url, file);
    expect(differences).toEqual([]);
    expect(migrations).toBe(0);
    expect(await ask(url, `select first_name as answer from app.students where id = '${studentId}'`)).toBe('Ọlá');
    expect(await ask(url, 'select sync.epoch() as answer')).not.toBe(manifest.epoch);
    expect(
      await ask(
        url,
        `select bool_and(relforcerowsecurity) as answer from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'`,
      ),
    ).toBe(true);
    expect(
      await ask(
        url,
        `select has_function_privilege('provost_client', 'pg_terminate_backend(integer, bigint)', 'execute') as answer`,
      ),
    ).toBe(false);
    await expect(restore(url, file)).rejects.toThrow('is not empty');
  });

  test('is not put over anything that is there', async () => {
    const url = await emptyDatabase();
    const client = new pg.Client(url);
    await client.connect();
    await client.query('create table public.mine (it int)');
    await client.end();
    await expect(restore(url, file)).rejects.toThrow('is not empty: it holds public.mine');
  });
});
