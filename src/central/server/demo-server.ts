/**
 * The demonstration's PostgreSQL: always the same folder and, while nobody else takes it, the same port.
 *
 * Invariant: a desk knows its server by address. Another port would be another server to it, and what it keeps of the old one (its edits,
 * what can be undone) would not be found.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from './embedded-postgres';
import { dwellingFor, serverIdentity } from './postgres-identity';
import { clearStaleLock } from './postgres-lock';

export async function startDemoServer(dir: string): Promise<RunningPostgres> {
  const file = join(homeOf(dir), 'port');
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  const server = port ? await atPort(dir, port) : await startPostgres({ dir });
  writeFileSync(file, String(server.port));
  return server;
}

async function atPort(dir: string, port: number): Promise<RunningPostgres> {
  try {
    return await startPostgres({ dir, port });
  } catch (error) {
    const isTaken = error instanceof Error && /could not bind|Address already in use/i.test(error.message);
    if (!isTaken) throw error;
    return startPostgres({ dir });
  }
}

/** Removes everything the demonstration kept. Throws where it is running. */
export async function forgetDemoServer(dir: string): Promise<void> {
  const home = homeOf(dir);
  await clearStaleLock(home, join(home, 'data'));
  rmSync(home, { recursive: true, force: true });
}

const homeOf = (dir: string): string => dwellingFor(dir, serverIdentity(dir));
