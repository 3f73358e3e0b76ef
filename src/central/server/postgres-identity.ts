/** Who the server runs as, and where that user can keep its data. PostgreSQL refuses to run as root. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Identity {
  uid: number;
  gid: number;
}

const NOBODY: Identity = { uid: 65534, gid: 65534 };

/** Undefined: the present user will do. Otherwise the owner of the data already in `dir`, or `postgres`, or `nobody`. */
export function serverIdentity(dir: string | undefined): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const data = dir && statSync(join(dir, 'data'), { throwIfNoEntry: false });
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid };
  return accountOf('postgres') ?? accountOf('nobody') ?? NOBODY;
}

function accountOf(name: string): Identity | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The folder in which the server lives: `dir`, created when needed. When root runs a checkout that other users cannot enter, it is a
 * folder below /var/tmp named after `dir` instead, which the next start finds again.
 * Security: /var/tmp is open to everybody, so a folder there that is not ours is refused.
 */
export function dwellingFor(dir: string, identity: Identity | undefined): string {
  const wanted = resolve(dir);
  mkdirSync(wanted, { recursive: true });
  if (!identity || canEnter(wanted, identity)) return wanted;
  const elsewhere = join('/var/tmp', `provost-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`);
  try {
    mkdirSync(elsewhere, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(elsewhere);
  if (!found.isDirectory() || (found.uid !== 0 && found.uid !== identity.uid)) {
    throw new Error(`${elsewhere} belongs to somebody else. Remove it, or run as a user other than root.`);
  }
  return elsewhere;
}

const canEnter = (dir: string, identity: Identity): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
