import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { startPostgres, type RunningPostgres } from './embedded-postgres';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

describe('a server with a folder of its own', () => {
  let dir: string;
  let running: RunningPostgres | undefined;
  const start = async (port?: number) => (running = await startPostgres(port === undefined ? { dir } : { dir, port }));

  beforeEach(() => {
    const parent = mkdtempSync(join(tmpdir(), 'provost-test-'));
    chmodSync(parent, 0o755);
    dir = join(parent, 'server');
  });
  afterEach(async () => {
    await running?.stop();
    if (running) rmSync(running.dir, { recursive: true, force: true });
    rmSync(join(dir, '..'), { recursive: true, force: true });
  });

  test('keeps its data, its password and its port over a restart', async () => {
    const first = await start();
    expect(await ask(first.url, 'select version() as answer')).toMatch(/^PostgreSQL 1[5-9]/);
    expect(await ask(first.url, `select current_setting('fsync') as answer`)).toBe('on');
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();

    const second = await start(first.port);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
  });

  test.runIf(process.getuid?.() === 0)('finds a place elsewhere when root keeps the checkout to itself', async () => {
    chmodSync(join(dir, '..'), 0o700);
    const first = await start();
    expect(first.dir).not.toBe(dir);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await start();
    expect(second.dir).toBe(first.dir);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
  });

  test('starts again after a kill, though the old process number now belongs to somebody else', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    const lock = join(first.dir, 'data', 'postmaster.pid');
    process.kill(Number.parseInt(readFileSync(lock, 'utf8'), 10), 'SIGKILL');
    await first.exited;
    expect(existsSync(lock)).toBe(true);
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid)));

    const second = await start();
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
  });

  test('takes over from a server whose console was killed', async () => {
    const module = join(import.meta.dirname, 'embedded-postgres.ts');
    const console = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--eval',
        `import(process.argv[1]).then((m) => m.startPostgres({ dir: process.argv[2] })).then(() => process.stdout.write('ready'))`,
        module,
        dir,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(console.stdout, 'data');
    console.kill('SIGKILL');
    await once(console, 'close');

    const next = await start();
    expect(await ask(next.url, 'select 42 as answer')).toBe(42);
  });

  test('refuses a second console on the same folder while the first one lives', async () => {
    const first = await start();
    const parent = process.ppid;
    writeFileSync(join(first.dir, 'owner.pid'), String(parent));
    await expect(startPostgres({ dir })).rejects.toThrow(`in use by process ${parent}`);
  });
});

test('the server of this test run is a throwaway', async () => {
  expect(process.env.PROVOST_TEST_PG_URL).toBe(inject('postgresUrl'));
  expect(await ask(inject('postgresUrl'), `select current_setting('fsync') as answer`)).toBe('off');
});
