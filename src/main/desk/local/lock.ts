import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { Refusal } from '../../../shared/contract/outcome';

/**
 * One process per store: a lock file that names its holder, and a lease the holder renews. A holder that died leaves a lock nobody renews.
 */

const leaseMs = 60_000;
const renewMs = 10_000;
const heldHere = new Set<string>();

export interface StoreLock {
  /** The last holder did not let go in order: it crashed, or the power went. */
  afterCrash: boolean;
  release(): void;
}

interface Holder {
  pid: number;
  host: string;
  token: string;
}

/** @throws Refusal `storage/in-use`; system errors of a folder that cannot be written pass through */
export function takeLock(file: string, onLost: () => void = () => undefined): StoreLock {
  const token = randomUUID();
  let afterCrash = false;
  if (!create(file, token)) {
    if (isHeld(file)) throw inUse();
    afterCrash = true;
    rmSync(file, { force: true });
    if (!create(file, token)) throw inUse();
  }
  heldHere.add(token);
  const timer = setInterval(() => {
    if (holderOf(file)?.token !== token) return onLost();
    const now = new Date();
    utimesSync(file, now, now);
  }, renewMs);
  timer.unref();
  return {
    afterCrash,
    release() {
      clearInterval(timer);
      heldHere.delete(token);
      if (holderOf(file)?.token === token) rmSync(file, { force: true });
    },
  };
}

function create(file: string, token: string): boolean {
  let fd: number;
  try {
    fd = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, JSON.stringify({ pid: process.pid, host: hostname(), token } satisfies Holder));
  } finally {
    closeSync(fd);
  }
  return true;
}

function holderOf(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isHeld(file: string): boolean {
  const holder = holderOf(file);
  if (!holder) return false;
  const renewedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // A clock that was set back must not keep a dead holder's lease fresh for the years between.
  const fresh = Math.abs(Date.now() - renewedAt) < leaseMs;
  if (holder.host === hostname()) {
    if (holder.pid === process.pid) return heldHere.has(holder.token);
    // A live process with an old lease is another program that was given the same number.
    return fresh && isAlive(holder.pid);
  }
  return fresh;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const inUse = (): Refusal =>
  new Refusal({
    kind: 'storage',
    reason: 'in-use',
    message: 'Another Provost console is using this data folder. Close it, or start this one with a folder of its own.',
  });
