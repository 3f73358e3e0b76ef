import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshCentral, type FreshCentral } from './testing/central';

let central: FreshCentral;
beforeAll(async () => {
  central = await freshCentral();
});
afterAll(() => central.drop());

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url));

/** The command as an operator runs it. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', cli, ...args], {
    encoding: 'utf8',
    env: { ...process.env, PROVOST_CENTRAL_URL: central.ownerUrl },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the command', () => {
  test('explains itself, and says what is wrong with a question', () => {
    expect(run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('verify-audit') as string });
    expect(run('dance')).toMatchObject({ code: 2, err: expect.stringContaining('no command “dance”') as string });
    expect(run('restore')).toMatchObject({ code: 2, err: expect.stringContaining('--file') as string });
    expect(run('verify-backup', '--file', 'nowhere.dump')).toMatchObject({
      code: 1,
      out: expect.stringContaining('no nowhere.dump') as string,
    });
    expect(run('create-admin')).toMatchObject({ code: 2, err: expect.stringContaining('--email') as string });
  });

  test('never shows the address, which holds a password', () => {
    const { code, err } = run('status', '--url', 'postgres://postgres:very-secret@127.0.0.1:1/provost');
    expect(code).toBe(1);
    expect(err).toContain('Nothing answers');
    expect(err).not.toContain('very-secret');
  });

  test('makes a super admin once, with a password shown once', () => {
    const args = ['create-admin', '--email', 'ada@example.org', '--name', 'Ada Obi'];
    const { code, out } = run(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/([a-z2-9]{5}-){3}[a-z2-9]{5}/);
    expect(run(...args)).toMatchObject({ code: 1, err: expect.stringContaining('already') as string });
  });

  test('migrates, reports, verifies and tidies a database that is in order', () => {
    expect(run('migrate')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') as string });
    expect(run('status')).toMatchObject({ code: 0, out: expect.stringContaining('up to date') as string });
    expect(run('verify-audit')).toMatchObject({ code: 0, out: expect.stringContaining('whole') as string });
    expect(run('tidy').code).toBe(0);
  });

  test('marks a restored database, so that every cursor of before is worth nothing', async () => {
    const epoch = async (): Promise<string | undefined> =>
      (await central.sql.query<{ e: string }>('select sync.epoch() as e')).rows[0]?.e;
    const before = await epoch();
    expect(run('restored').code).toBe(0);
    expect(await epoch()).not.toBe(before);
  });

  test('says that verification failed by its exit code, and names the entry', async () => {
    await central.sql.query('begin');
    await central.sql.query('set local session_replication_role = replica');
    const { rows } = await central.sql.query<{ id: string }>(
      `update audit.entry set via = 'forged' where id = (select min(id) from audit.entry) returning id`,
    );
    await central.sql.query('commit');
    expect(run('verify-audit')).toMatchObject({
      code: 1,
      out: expect.stringContaining(`entry ${rows[0]!.id}`) as string,
    });
  });
});
