/**
 * A real PostgreSQL server without an installation: for the tests (thrown away afterwards) and for the demonstration (kept in a folder).
 *
 * Invariant: what a durable server has committed survives the death of this process and of the machine. Only throwaway servers run
 * with fsync off.
 * Security: the server listens on 127.0.0.1 only, has no Unix socket, and asks for a password that is random for each folder.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binariesFor, executable, findBinaries, majorVersion } from './postgres-binaries';
import { dwellingFor, serverIdentity, type Identity } from './postgres-identity';
import { clearStaleLock, isLive } from './postgres-lock';

export interface PostgresOptions {
  /** The folder that keeps the data. Without it, a temporary one that is removed by `stop`. */
  dir?: string;
  /** Survive a crash (fsync on). By default exactly the servers with a folder of their own do. */
  durable?: boolean;
  /** A TCP port on 127.0.0.1. By default a free one. */
  port?: number;
  /** More arguments for `postgres`, such as `['-c', 'max_connections=200']`. They win over ours. */
  flags?: readonly string[];
}

export interface RunningPostgres {
  /** The superuser's address, with the password. */
  readonly url: string;
  readonly port: number;
  readonly password: string;
  /** Where the data is: `dir`, unless the unprivileged user the server runs as cannot reach it. */
  readonly dir: string;
  /** Resolves when the server has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends the server in order (open transactions are rolled back) and removes a temporary folder. May be called twice. */
  stop(): Promise<void>;
}

const SUPERUSER = 'postgres';
const READY_WITHIN_MS = 60_000;
const FAST_STOP_WITHIN_MS = 15_000;
const KEPT_LOG_CHARACTERS = 16_000;
const THROWAWAY_FLAGS = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];
// The log is read for the line that says "ready", so it must be in English.
const ENGLISH = { LC_ALL: 'C', LANG: 'C' };

/**
 * Starts a server and resolves when it accepts connections. The first start in a folder creates the database cluster.
 * Throws an Error in words for people: no binaries, folder in use, data of another major version, or what the server itself said.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const identity = serverIdentity(options.dir);
  const { dir } = options;
  const isTemporary = dir === undefined;
  const isDurable = options.durable ?? !isTemporary;
  const home = dir === undefined ? mkdtempSync(join(tmpdir(), 'provost-pg-')) : dwellingFor(dir, identity);
  try {
    if (identity) chownSync(home, identity.uid, identity.gid);
    const bin = binariesFor(findBinaries(), home, identity);
    const data = join(home, 'data');
    const password = passwordOf(home);
    if (existsSync(join(data, 'PG_VERSION'))) {
      refuseOtherVersion(bin, data, identity);
      await clearStaleLock(home, data);
    } else {
      initialise(bin, home, password, isDurable, identity);
    }
    const server = await launch({
      bin,
      home,
      data,
      isDurable,
      identity,
      port: options.port,
      flags: options.flags ?? [],
    });
    return handle(server, { home, password, isTemporary, isDurable });
  } catch (error) {
    if (isTemporary) rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** One password per folder, made at the first start. Only the owner of the console may read it. */
function passwordOf(home: string): string {
  const file = join(home, 'superuser-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(18).toString('hex');
  writeFileSync(file, password + '\n', { mode: 0o600 });
  return password;
}

function refuseOtherVersion(bin: string, data: string, identity: Identity | undefined): void {
  const written = Number(readFileSync(join(data, 'PG_VERSION'), 'utf8').trim());
  const running = majorVersion(bin, identity);
  if (written !== running) {
    throw new Error(
      `The data in ${data} was written by PostgreSQL ${written}, and the programs found are version ${running}. ` +
        'Set PG_BIN to programs of that version, or remove the folder to begin anew.',
    );
  }
}

/** Creates the cluster beside its final name and renames it, so that an interrupted creation is never mistaken for data. */
function initialise(
  bin: string,
  home: string,
  password: string,
  isDurable: boolean,
  identity: Identity | undefined,
): void {
  const unfinished = join(home, 'data.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const passwordFile = join(home, 'initdb-password');
  writeFileSync(passwordFile, password + '\n', { mode: 0o600 });
  if (identity) chownSync(passwordFile, identity.uid, identity.gid);
  const result = spawnSync(
    executable(bin, 'initdb'),
    [
      ...['-D', unfinished, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-E', 'UTF8', '--locale=C', '--no-instructions', ...(isDurable ? [] : ['--no-sync'])],
    ],
    { ...identity, cwd: home, env: { ...process.env, ...ENGLISH }, encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
  renameSync(unfinished, join(home, 'data'));
}

interface Launch {
  bin: string;
  home: string;
  data: string;
  isDurable: boolean;
  identity: Identity | undefined;
  port: number | undefined;
  flags: readonly string[];
}

interface Server {
  process: ChildProcess;
  port: number;
  exited: Promise<void>;
}

/** A free port can be taken by somebody else before the server has it: then another one is tried. */
async function launch(wanted: Launch): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted.port ?? (await freePort());
    try {
      return await launchAt(port, wanted);
    } catch (error) {
      const isPortTaken = error instanceof Error && /could not bind|Address already in use/i.test(error.message);
      if (!isPortTaken || wanted.port !== undefined || attempt === 3) throw error;
    }
  }
}

async function launchAt(port: number, { bin, home, data, isDurable, identity, flags }: Launch): Promise<Server> {
  const child = spawn(
    executable(bin, 'postgres'),
    [
      ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=50', ...(isDurable ? [] : THROWAWAY_FLAGS), ...flags],
    ],
    {
      ...identity,
      cwd: home,
      env: { ...process.env, ...ENGLISH },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl+C in a terminal reaches the whole group: a durable server waits for our `stop` instead, after the last writes.
      detached: isDurable && process.platform !== 'win32',
    },
  );
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await ready(child);
  writeFileSync(join(home, 'owner.pid'), String(process.pid));
  return { process: child, port, exited };
}

function ready(child: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      reject(new Error(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} seconds.\n${log}`));
    }, READY_WITHIN_MS);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`PostgreSQL ended with code ${code} instead of starting.\n${log}`)));
    // Keeps reading for as long as the server lives: an unread pipe would fill and stop it.
    child.stderr?.on('data', (text: Buffer) => {
      log = (log + text.toString()).slice(-KEPT_LOG_CHARACTERS);
      if (!log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
  });
}

interface Kept {
  home: string;
  password: string;
  isTemporary: boolean;
  isDurable: boolean;
}

function handle(
  { process: child, port, exited }: Server,
  { home, password, isTemporary, isDurable }: Kept,
): RunningPostgres {
  const endWithUs = () => {
    child.kill(isDurable ? 'SIGINT' : 'SIGQUIT');
    if (isTemporary) removeBusyFolder(home);
  };
  process.once('exit', endWithUs);
  void exited.then(() => process.off('exit', endWithUs));

  const stop = async () => {
    if (isLive(child)) child.kill('SIGINT');
    const impatience = setTimeout(() => child.kill('SIGQUIT'), FAST_STOP_WITHIN_MS);
    await exited;
    clearTimeout(impatience);
    if (isTemporary) rmSync(home, { recursive: true, force: true });
  };
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    port,
    password,
    dir: home,
    exited,
    stop,
  };
}

/**
 * While this process exits nothing can be awaited, and the server still writes for a moment while its folder goes. `rmSync` with `force`
 * then returns without an error and leaves the folder behind.
 */
function removeBusyFolder(folder: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; attempt <= 20 && existsSync(folder); attempt++) {
    rmSync(folder, { recursive: true, force: true });
    Atomics.wait(clock, 0, 0, 50);
  }
}
