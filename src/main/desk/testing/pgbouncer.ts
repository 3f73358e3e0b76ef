/** PgBouncer in transaction mode between desks and the server, with two connections for all of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOBODY = 65_534;
const places = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'];

/** Where it is installed; `npm test` fetches it where it may, and says so where it is missing. */
export const findPgBouncer = (): string | null => places.find((place) => existsSync(place)) ?? null;

export interface PgBouncer {
  /** The server's address, through the pooler. */
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function startPgBouncer(program: string, targetUrl: string): Promise<PgBouncer> {
  const target = new URL(targetUrl);
  const folder = mkdtempSync(join(tmpdir(), 'provost-pgbouncer-'));
  const port = await freePort();
  const quoted = (text: string): string => `"${decodeURIComponent(text).replaceAll('"', '""')}"`;
  writeFileSync(join(folder, 'users.txt'), `${quoted(target.username)} ${quoted(target.password)}\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 2
min_pool_size = 0
max_client_conn = 50
server_reset_query =
`,
  );
  // It does not run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot)
    for (const path of [folder, join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')])
      chownSync(path, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${port}`;

  let child: ChildProcess | null = null;
  async function start(): Promise<void> {
    child = spawn(program, [join(folder, 'pgbouncer.ini')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    let said = '';
    child.stderr?.on('data', (bytes: Buffer) => (said += String(bytes)));
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`PgBouncer did not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  async function stop(): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill('SIGKILL');
    await ended;
  }
  await start();
  return {
    url: url.href,
    start,
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
