/**
 * What a server that was killed leaves behind in its folder.
 *
 * Invariant: two servers never run on one folder, and neither a left-over lock nor an orphaned server prevents the next start.
 * PostgreSQL alone cannot tell: after a restart of a container its old process number often belongs to another process.
 */
import { spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ORPHAN_ENDS_WITHIN_MS = 20_000;

/** Removes a stale lock; ends a server whose console is gone; throws when the folder is really in use. */
export async function clearStaleLock(home: string, data: string): Promise<void> {
  // Windows locks files for as long as a process has them: PostgreSQL's own check is enough there.
  if (process.platform === 'win32') return;
  const lock = join(data, 'postmaster.pid');
  const server = pidIn(lock);
  if (server === undefined) return;
  if (isServerOf(server, data)) {
    const owner = pidIn(join(home, 'owner.pid'));
    if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
      throw new Error(`The database in ${home} is in use by process ${owner}. End that one first.`);
    }
    await endOrphan(server, data);
  }
  rmSync(lock, { force: true });
}

export const isLive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

function pidIn(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return pid > 0 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const isServerOf = (pid: number, data: string): boolean => isAlive(pid) && commandLine(pid).includes(data);

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

async function endOrphan(pid: number, data: string): Promise<void> {
  process.kill(pid, 'SIGINT');
  for (const end = Date.now() + ORPHAN_ENDS_WITHIN_MS; Date.now() < end; await pause(50)) {
    if (!isServerOf(pid, data)) return;
  }
  throw new Error(`The database server ${pid} was left behind by an earlier run and does not end.`);
}
