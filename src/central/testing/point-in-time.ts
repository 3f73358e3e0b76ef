/** The steps of docs/operations.md, with the server that `npm ci` brings: a base backup by the low-level functions, and archived WAL. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { startPostgres, type RunningPostgres } from '../server/embedded-postgres';

/** A server that archives its WAL, and everything needed to bring it back as it was at a moment. */
export interface Archived {
  readonly server: RunningPostgres;
  /** Copies the running server's files. @param client a superuser's */
  backUp(client: pg.Client): Promise<void>;
  /** Ends the server, and starts another one from the last backup, at the same address, as things stood at the moment. */
  bringBack(at: string): Promise<void>;
}

/** @param root a folder that the server's user may enter */
export async function startArchived(root: string, flags: readonly string[] = []): Promise<Archived> {
  const archive = join(root, 'wal');
  const base = join(root, 'base');
  mkdirSync(archive);
  chmodSync(archive, 0o777);
  const archiving = ['-c', 'archive_mode=on', '-c', `archive_command=cp %p ${archive}/%f`, '-c', 'wal_level=replica'];
  let lives = 1;
  const start = (port?: number): Promise<RunningPostgres> =>
    startPostgres({
      dir: join(root, `life-${lives}`),
      flags: [...archiving, ...flags],
      ...(port === undefined ? {} : { port }),
    });
  let server = await start();
  return {
    get server() {
      return server;
    },
    async backUp(client) {
      rmSync(base, { recursive: true, force: true });
      await client.query(`select pg_backup_start('base', true)`);
      cpSync(join(server.dir, 'data'), base, {
        recursive: true,
        filter: (path) => !/postmaster\.(pid|opts)$|pg_wal\/.+/.test(path),
      });
      const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
      writeFileSync(join(base, 'backup_label'), rows[0]!.labelfile);
    },
    async bringBack(at) {
      // What was committed is archived before the server ends.
      await server.stop();
      const home = join(root, `life-${++lives}`);
      const data = join(home, 'data');
      mkdirSync(home);
      copyFileSync(join(server.dir, 'superuser-password'), join(home, 'superuser-password'));
      cpSync(base, data, { recursive: true });
      mkdirSync(join(data, 'pg_wal'), { recursive: true });
      const { uid, gid } = statSync(join(server.dir, 'data'));
      appendFileSync(
        join(data, 'postgresql.auto.conf'),
        `restore_command = 'cp ${archive}/%f %p'\nrecovery_target_time = '${at}'\nrecovery_target_action = 'promote'\n`,
      );
      writeFileSync(join(data, 'recovery.signal'), '');
      spawnSync('chown', ['-R', `${uid}:${gid}`, data]);
      spawnSync('chmod', ['-R', 'u=rwX,go=', data]);
      const gone = server.dir;
      server = await start(server.port);
      if (existsSync(gone)) rmSync(gone, { recursive: true, force: true });
    },
  };
}
