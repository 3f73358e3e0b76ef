/** The steps of docs/operations.md, with the server that `npm ci` brings: a base backup by the low-level functions, and archived WAL. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../shared/model';
import { becomeOwner, migrate } from './migrate';
import { provision } from './provision';
import { startPostgres, type RunningPostgres } from './server/embedded-postgres';
import { markRestored, verifyAudit } from './upkeep';

let root: string;
const running: RunningPostgres[] = [];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'provost-pitr-'));
  chmodSync(root, 0o755);
});
afterAll(async () => {
  for (const server of running) await server.stop();
  for (const server of running) rmSync(server.dir, { recursive: true, force: true });
  rmSync(root, { recursive: true, force: true });
});

async function connected(server: RunningPostgres): Promise<pg.Client> {
  const client = new pg.Client(server.url);
  await client.connect();
  return client;
}
const institutions = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ name: string }>('select name from app.institutions order by name')).rows.map(
    ({ name }) => name,
  );

test.skipIf(process.platform === 'win32')(
  'brings the database back to the moment before an accident, as another epoch',
  async () => {
    const archive = join(root, 'wal');
    mkdirSync(archive);
    chmodSync(archive, 0o777);
    const first = await startPostgres({
      dir: join(root, 'first'),
      flags: ['-c', 'archive_mode=on', '-c', `archive_command=cp %p ${archive}/%f`, '-c', 'wal_level=replica'],
    });
    running.push(first);
    await provision(first.url, { clientPassword: 'of-the-test' });
    await migrate(first.url);
    const client = await connected(first);
    const add = (name: string): Promise<unknown> =>
      client.query('insert into app.institutions (id, name) values ($1, $2)', [newId(), name]);
    await add('before the base backup');

    await client.query(`select pg_backup_start('base', true)`);
    const base = join(root, 'base');
    cpSync(join(first.dir, 'data'), base, {
      recursive: true,
      filter: (path) => !/postmaster\.(pid|opts)$|pg_wal\/.+/.test(path),
    });
    const { rows: stopped } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    writeFileSync(join(base, 'backup_label'), stopped[0]!.labelfile);

    await add('after the base backup');
    const { rows } = await client.query<{ at: string; epoch: string }>(
      'select clock_timestamp()::text as at, sync.epoch() as epoch',
    );
    const { at, epoch } = rows[0]!;
    await client.query(`update app.institutions set name = name || ', ruined'`);
    await client.end();
    // What was committed is archived before the server ends.
    await first.stop();

    const home = join(root, 'second');
    mkdirSync(home);
    copyFileSync(join(first.dir, 'superuser-password'), join(home, 'superuser-password'));
    const data = join(home, 'data');
    cpSync(base, data, { recursive: true });
    mkdirSync(join(data, 'pg_wal'), { recursive: true });
    appendFileSync(
      join(data, 'postgresql.auto.conf'),
      `restore_command = 'cp ${archive}/%f %p'\nrecovery_target_time = '${at}'\nrecovery_target_action = 'promote'\n`,
    );
    writeFileSync(join(data, 'recovery.signal'), '');
    const { uid, gid } = statSync(join(first.dir, 'data'));
    spawnSync('chown', ['-R', `${uid}:${gid}`, data]);
    spawnSync('chmod', ['-R', 'u=rwX,go=', data]);

    const second = await startPostgres({ dir: home });
    running.push(second);
    const back = await connected(second);
    expect(await institutions(back)).toEqual(['after the base backup', 'before the base backup']);
    expect((await back.query<{ epoch: string }>('select sync.epoch() as epoch')).rows[0]!.epoch).not.toBe(epoch);
    await becomeOwner(back);
    await markRestored(back);
    expect((await verifyAudit(back)).filter(({ problem }) => problem !== null)).toEqual([]);
    await back.end();
  },
  180_000,
);
