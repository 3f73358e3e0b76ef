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

/**
 * Checking every page of a big store takes seconds: it is done after a crash, and always for stores so small that nobody notices. An empty one has a
 * megabyte already.
 */
const alwaysCheckedBytes = 4 * 1024 * 1024;
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
    // Also where the console was ended after the damaged store had been moved aside and before the new one had what was rescued.
    const rescued = damaged !== null || isBlank(writer) ? gather(damaged, rescueFile, key) : null;
    if (rescued) restore(writer, rescued);
    const recovered = damaged !== null || (rescued?.mutations.length ?? 0) > 0 ? rescued : null;
    pruneJournal(writer, Date.now());
    const isOtherwiseSealed = sealingOf(rescueFile) === (form.key === null);
    if (recovered || isOtherwiseSealed || sizeOf(rescueFile) > compactAboveBytes || lock.afterCrash) {
      compactRescue(writer, rescueFile, form.key);
    }
    if (lock.afterCrash && getMeta(writer, VERIFIED_AT) !== null) setMeta(writer, VERIFIED_AT, '0');
    const rescue = attachRescue(writer, rescueFile, form.key);
    pruneAside(file, Date.now(), (aside) => mayStay(aside, form.key));
    const from = damaged !== null && existsSync(damaged) ? damaged : null;
    scrubIfDue(writer);
    attachBallast(writer, `${file}.ballast`);
    const reader = openReader(file, form.key);
    return {
      file,
      writer,
      reader,
      ...form,
      recovered: recovered && { from, mutations: recovered.mutations.length, unreadable: recovered.unreadable },
      close() {
        rescue.close();
        reader.close();
        writer.close();
        lock.release();
      },
    };
  } catch (error) {
    writer.close();
    throw error;
  }
}

/**
 * Security: beside an encrypted store no damaged one stays, because how it was kept cannot be told from what is left of it. But one whose key
 * was lost may hold changes for whoever finds the key.
 */
const mayStay = (aside: string, key: StoreKey | null): boolean => key === null || existsSync(`${aside}.rescue.jsonl`);

/** A store nobody has used yet: what is in its rescue file is of one that stood here before. */
const isBlank = (db: Readable): boolean =>
  db.prepare('select not exists (select 1 from meta) and not exists (select 1 from outbox)').pluck().get() === 1;

/** Encrypts the store or takes that off, where it is not as it should be. Where that cannot be done it stays as it is. */
function giveForm(file: string, now: StoreKey | null, wanted: StoreKey | null): Pick<Store, 'key' | 'unconverted'> {
  if (sizeOf(file) === 0 || now === wanted) return { key: wanted, unconverted: null };
  try {
    convert(file, now, wanted);
    return { key: wanted, unconverted: null };
  } catch (error) {
    return { key: now, unconverted: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** One more reading connection, with a view of its own of the store. */
export function openReader(file: string, key: StoreKey | null): Readable {
  const reader = openDatabase(file, key, { readonly: true }) as Readable;
  reader.pragma('busy_timeout = 5000');
  // A view of a million rows is sorted in memory, not through files.
  reader.pragma('temp_store = MEMORY');
  reader.pragma('cache_size = -32000');
  addFunctions(reader);
  return reader;
}

/** A writing connection. SQLite lets one of them write at a time. */
export function connect(file: string, key: StoreKey | null): Writable {
  const db = openDatabase(file, key) as Writable;
  chmodSync(file, 0o600);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('busy_timeout = 5000');
  db.pragma('foreign_keys = OFF');
  // Security: a row that left this desk leaves no bytes in free pages.
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -32000');
  return db;
}

/**
 * Runs work whose loss costs only a second fetch (rows and their cursor, together) without waiting for the disk.
 * Invariant: never for what a person did.
 */
export function relaxed<T>(db: Writable, work: () => T): T {
  if (db.inTransaction) return work();
  db.pragma('synchronous = NORMAL');
  try {
    return work();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

function isDamaged(file: string, key: StoreKey | null, afterCrash: boolean): boolean {
  if (!existsSync(file)) return false;
  let db: Database.Database | null = null;
  try {
    db = openDatabase(file, key);
    db.pragma('journal_mode = WAL');
    db.prepare('select count(*) from sqlite_master').get();
    const check = afterCrash || existsSync(suspicion(file)) || sizeOf(file) <= alwaysCheckedBytes;
    const isWrong = check && db.pragma('quick_check(1)', { simple: true }) !== 'ok';
    if (!isWrong) rmSync(suspicion(file), { force: true });
    return isWrong;
  } catch (error) {
    if (isCorruption(error)) return true;
    throw error;
  } finally {
    db?.close();
  }
}

const suspicion = (file: string): string => `${file}.suspect`;

/** Something read of the store was damaged: it is checked whole at its next opening, however large it is and however it was closed. */
export function suspect(file: string): void {
  try {
    writeFileSync(suspicion(file), '', { mode: 0o600 });
  } catch {
    // Where nothing can be written, the crash check is what is left.
  }
}

export const isCorruption = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code));

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** A newer console has migrated this store: an older one must not touch it. */
function refuseNewer(db: Readable, migrationsDir: string): void {
  const known = db.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!known) return;
  const { last } = db.prepare('select max(created_at) as last from __drizzle_migrations').get() as {
    last: number | null;
  };
  const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  if (last !== null && last > Math.max(...journal.entries.map((entry) => entry.when))) {
    throw trouble(
      'newer-version',
      'The data on this computer was last used by a newer Provost. Update this console to open it; nothing has been changed.',
    );
  }
}

function keyLost(unsent: number | null): Refusal {
  const lost =
    unsent === 0
      ? 'Nothing waited to be sent, so nothing would be lost.'
      : unsent === 1
        ? '1 change that was not sent yet could then no longer be read.'
        : `${unsent ?? 'Any'} changes that were not sent yet could then no longer be read.`;
  return trouble(
    'key-lost',
    `Your data on this computer is encrypted, and the computer’s keychain does not give its key. Unlock the keychain and try again. Where the key is gone for good, everything can be loaded again from the server. ${lost}`,
  );
}

/** A step that breaks off leaves the store as it was: each stands whole or not at all. */
function bringUpToDate(db: Writable, migrationsDir: string): void {
  try {
    migrate(drizzle(db), { migrationsFolder: migrationsDir });
  } catch (error) {
    const known = toRefusal(error);
    if (known instanceof Refusal) throw known;
    throw new Refusal(
      {
        kind: 'storage',
        reason: 'not-updated',
        message:
          'The data on this computer could not be brought up to date for this version of Provost. It is as it was before: try again, or go back to the version you used before and ask for help.',
      },
      { cause: error },
    );
  }
}

const trouble = (reason: StorageTrouble, message: string): Refusal => new Refusal({ kind: 'storage', reason, message });

function onFolder<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toRefusal(error);
  }
}

/** What the operating system or SQLite said, as a problem for people; a bug stays one. */
function toRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const code = String((error as { code?: unknown }).code);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code) || /^SQLITE_(READONLY|CANTOPEN)/.test(code)) {
    return trouble(
      'read-only',
      'Provost cannot write to its data folder. Allow writing to it, or start with another folder.',
    );
  }
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code)) {
    return trouble('disk-full', 'The disk is full. Free some space and start again; everything saved so far is safe.');
  }
  if (isCorruption(error)) {
    return trouble(
      'corrupt',
      'The data on this computer is damaged. Start Provost again: it will repair what it can and load the rest.',
    );
  }
  return error;
}
