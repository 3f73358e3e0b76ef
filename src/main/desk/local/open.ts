import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { Refusal, type StorageTrouble } from '../../../shared/contract/outcome';
import { convert, dropLeftovers, isLocked, isUnlikePlain } from './convert';
import { attachBallast } from './disk';
import { openDatabase, type StoreKey } from './driver';
import type { Readable, Store, Writable } from './handles';
import { takeLock, type StoreLock } from './lock';
import { getMeta, setMeta, VERIFIED_AT } from './meta';
import { pruneJournal } from './outbox';
import { scrubIfDue } from './purge';
import { compactRescue, gather, moveAside, pruneAside, restore } from './recover';
import { addFunctions } from './fold';
import { attachRescue, countUnsent, readRescue, sealingOf } from './rescue';

export interface OpenOptions {
  file: string;
  migrationsDir: string;
  /** The key of this store, where there is one. */
  key?: StoreKey | null;
  /** Is it to be encrypted? It is converted where it is not as it should be. */
  encrypt?: boolean;
  /** What a lost key leaves unreadable is given up: the store is moved aside and begun anew. */
  anew?: boolean;
  /** Called where another process took the lease over: stop writing. */
  onLockLost?: () => void;
}

/** Checking every page of a big store takes seconds: it is done after a crash, and always for stores up to this size. */
const alwaysCheckedBytes = 16 * 1024 * 1024;
const compactAboveBytes = 256 * 1024;

/**
 * Opens the store of one server and user, making or repairing it as needed.
 * @throws Refusal `storage` with `in-use`, `read-only`, `newer-version`, `key-lost` or `disk-full`; the file is as it was then
 */
export function openStore(options: OpenOptions): Store {
  const { file } = options;
  const lock = onFolder(() => {
    // Security: what is here is for this person's account on this computer alone.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return takeLock(`${file}.lock`, options.onLockLost);
  });
  try {
    return openLocked(options, lock);
  } catch (error) {
    lock.release();
    throw toRefusal(error);
  }
}

function openLocked(options: OpenOptions, lock: StoreLock): Store {
  const { file, migrationsDir, key = null, encrypt = false, anew = false } = options;
  const rescueFile = `${file}.rescue.jsonl`;
  if (!key && isLocked(file)) throw keyLost(countUnsent(file));
  dropLeftovers(file);
  const found = isUnlikePlain(file) ? key : null;
  const isBroken = isDamaged(file, found, lock.afterCrash);
  // A wrong key looks like a damaged store. It is for the person to say that what it hides is given up.
  if (isBroken && !anew && readRescue(rescueFile, key).unreadable > 0) throw keyLost(countUnsent(file));
  const damaged = isBroken ? moveAside(file, new Date()) : null;
  if (damaged !== null) rmSync(suspicion(file), { force: true });
  const form = giveForm(file, found, encrypt ? key : null);
  const writer = connect(file, form.key);
  try {
    refuseNewer(writer, migrationsDir);
    bringUpToDate(writer, migrationsDir);
    const recovered = damaged === null ? null : gather(damaged, rescueFile, key);
    if (recovered) restore(writer, recovered);
    pruneJournal(writer, Date.now());
    const isOtherwiseSealed = sealingOf(rescueFile) === (form.key === null);
    if (recovered || isOtherwiseSealed || sizeOf(rescueFile) > compactAboveBytes || lock.afterCrash) {
      compactRescue(writer, rescueFile, form.key);
    }
    if (lock.afterCrash && getMeta(writer, VERIFIED_AT) !== null) setMeta(writer, VERIFIED_AT, '0');
    const rescue = attachRescue(writer, rescueFile, form.key);
    pruneAside(file, Date.now(), (aside) => mayStay(aside, form.key));
    const from = damaged !== null && existsSync(damaged) ? damaged : null;
    if (recovered || sizeOf(rescueFile) > compactAboveBytes || lock.afterCrash) compactRescue(writer, rescueFile);
    if (lock.afterCrash && getMeta(writer, VERIFIED_AT) !== null) setMeta(writer, VERIFIED_AT, '0');
    pruneAside(file, Date.now());
    const rescue = attachRescue(writer, rescueFile);
