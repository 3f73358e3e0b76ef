// Finds pg_dump and its kin for the tests of backups, and gets them where the machine has none: `npm ci` brings the server alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const NEEDED = ['postgres', 'initdb', 'pg_dump', 'pg_restore'];
const MINUTE = 60_000;

function find() {
  const installed = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).map((v) => `${DEBIAN_FOLDER}/${v}/bin`) : [];
  return [process.env.PG_BIN, ...installed].find((bin) => bin && NEEDED.every((tool) => existsSync(`${bin}/${tool}`)));
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 5 * MINUTE, env }).status === 0;
}

const POOLERS = [
  '/usr/sbin/pgbouncer',
  '/usr/bin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
];

/** Says where PgBouncer is. Without it, the tests of a pooler are left out, and that is said too. */
export function ensurePgBouncer() {
  const find = () => POOLERS.find((place) => existsSync(place));
  if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No PgBouncer found: installing the Debian package.');
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'pgbouncer');
  }
  return find() ?? 'None: the tests behind a pooler are left out. Install the package pgbouncer.';
}

/** Says where they are. Without them, the tests of backups are left out, and that is said too. */
export function ensurePostgresTools() {
  if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No PostgreSQL with pg_dump found: installing the Debian package.');
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
  }
  return (
    find() ?? 'None: the tests of `central -- backup` and `restore` are left out. Set PG_BIN to a full PostgreSQL.'
  );
}
