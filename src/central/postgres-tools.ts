/** Where `pg_dump` and `pg_restore` are: PostgreSQL's own tools make and read backups. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findBinaries } from './server/postgres-binaries';

type Tool = 'pg_dump' | 'pg_restore';
const suffix = process.platform === 'win32' ? '.exe' : '';

/** Folders to look in, the wanted one first. */
function folders(): string[] {
  const installed = ['/usr/lib/postgresql', '/Library/PostgreSQL', 'C:\\Program Files\\PostgreSQL'].flatMap((root) =>
    existsSync(root) ? readdirSync(root).map((version) => join(root, version, 'bin')) : [],
  );
  const given = process.env.PG_BIN ? [process.env.PG_BIN] : [];
  return [...given, ...installed, ...(process.env.PATH ?? '').split(delimiter), ...brought()];
}

function brought(): string[] {
  try {
    return [findBinaries()];
  } catch {
    return [];
  }
}

/**
 * The oldest tool that is new enough for the server: a dump by a much newer one may not be readable by what restores it.
 * @throws Error in words for people: what is missing, and where to get it
 */
export function findTool(tool: Tool, serverMajor: number, places: readonly string[] = folders()): string {
  const found = [...new Set(places)]
    .map((folder) => join(folder, tool + suffix))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, major: majorOf(path) }))
    .filter(({ major }) => major > 0);
  const fit = found.filter(({ major }) => major >= serverMajor).sort((a, b) => a.major - b.major)[0];
  if (fit) return fit.path;
  const seen =
    found.length === 0 ? 'None was found' : `Found: ${[...new Set(found.map(({ major }) => major))].join(', ')}`;
  throw new Error(
    `This needs ${tool} of PostgreSQL ${serverMajor} or newer. ${seen}. ` +
      `Install it (Debian: apt-get install postgresql-client-${serverMajor}), or set PG_BIN to the folder it is in.`,
  );
}

const majorOf = (path: string): number =>
  Number(/(\d+)(\.\d+)?/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0);

/**
 * Runs a tool against a database.
 * Security: the address travels in the environment, where other users of the machine cannot read it as they can read arguments.
 */
export async function runTool(path: string, args: readonly string[], url?: string): Promise<string> {
  const child = spawn(path, args, {
    env: { ...process.env, LC_ALL: 'C', ...(url === undefined ? {} : environmentOf(url)) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let printed = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4000)));
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${path} failed: ${said.trim() || `code ${code}`}`);
  return printed;
}

function environmentOf(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const mode = searchParams.get('sslmode');
  return {
    PGHOST: searchParams.get('host') ?? hostname,
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...(mode === null ? {} : { PGSSLMODE: mode }),
  };
}
