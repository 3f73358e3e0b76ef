/** What a console is started with: command line and environment, the same for both rims. */
import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { AppInfo } from '../shared/contract/requests';

/** The value of the last `--name=value` or `--name value`. */
export function option(args: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  args.forEach((arg, index) => {
    if (arg.startsWith(`--${name}=`)) found = arg.slice(name.length + 3);
    else if (arg === `--${name}` && args[index + 1]?.startsWith('--') === false) found = args[index + 1];
  });
  return found || undefined;
}

/** The folder asked for, absolute: `--data-dir`, or Chromium's own `--user-data-dir`. */
export function askedDataDir(args: readonly string[]): string | undefined {
  const dir = option(args, 'data-dir') ?? option(args, 'user-data-dir');
  return dir === undefined ? undefined : resolve(dir);
}

/** Where Electron keeps a person's data, for a console that runs without Electron. */
export function usualDataDir(name: string): string {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), name);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', name);
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), name);
}

const demo = z.object({
  server: z.string(),
  accounts: z.array(
    z.object({ email: z.string(), password: z.string(), name: z.string(), role: z.string(), note: z.string() }),
  ),
});

/** The demonstration server that `npm start` runs, in PROVOST_DEMO as JSON. Null without one. */
export function demonstration(env: NodeJS.ProcessEnv): AppInfo['demo'] {
  try {
    return env.PROVOST_DEMO ? demo.parse(JSON.parse(env.PROVOST_DEMO)) : null;
  } catch {
    return null;
  }
}

/** The server to offer at first: PROVOST_SERVER, else the demonstration's. A packaged console is started with neither. */
export function offeredServer(env: NodeJS.ProcessEnv): string | undefined {
  return env.PROVOST_SERVER || demonstration(env)?.server;
}

/** "ada on front-desk": how the audit trail names this computer. */
export function deskName(): string {
  try {
    return `${userInfo().username} on ${hostname()}`.slice(0, 100);
  } catch {
    // A user without an entry in the system's list of users.
    return hostname().slice(0, 100);
  }
}
