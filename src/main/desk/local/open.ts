import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { Refusal, type StorageTrouble } from '../../../shared/contract/outcome';
import { attachBallast } from './disk';
import type { Readable, Store, Writable } from './handles';
import { takeLock, type StoreLock } from './lock';
import { getMeta, setMeta, VERIFIED_AT } from './meta';
import { pruneJournal } from './outbox';
import { scrubIfDue } from './purge';
import { compactRescue, gather, moveAside, pruneAside, restore } from './recover';
import { addFunctions } from './fold';
import { attachRescue } from './rescue';

export interface OpenOptions {
  file: string;
  migrationsDir: string;
  /** Called where another process took the lease over: stop writing. */
  onLockLost?: () => void;
}

/** Checking every page of a big store takes seconds: it is done after a crash, and always for stores up to this size. */
const alwaysCheckedBytes = 16 * 1024 * 1024;
const compactAboveBytes = 256 * 1024;

/**
 * Opens the store of one server and user, making or repairing it as needed.
 * @throws Refusal `storage` with `in-use`, `read-only`, `newer-version` or `disk-full`; the file is as it was then
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

function openLocked({ file, migrationsDir }: OpenOptions, lock: StoreLock): Store {
  const rescueFile = `${file}.rescue.jsonl`;
  const damaged = isDamaged(file, lock.afterCrash) ? moveAside(file, new Date()) : null;
  if (damaged !== null) rmSync(suspicion(file), { force: true });
  const writer = connect(file);
  try {
    refuseNewer(writer, migrationsDir);
    migrate(drizzle(writer), { migrationsFolder: migrationsDir });
    const recovered = damaged === null ? null : gather(damaged, rescueFile);
    if (recovered) restore(writer, recovered);
    pruneJournal(writer, Date.now());
    if (recovered || sizeOf(rescueFile) > compactAboveBytes || lock.afterCrash) compactRescue(writer, rescueFile);
    if (lock.afterCrash && getMeta(writer, VERIFIED_AT) !== null) setMeta(writer, VERIFIED_AT, '0');
    pruneAside(file, Date.now());
    const rescue = attachRescue(writer, rescueFile);
    scrubIfDue(writer);
    attachBallast(writer, `${file}.ballast`);
    const reader = openReader(file);
    return {
      file,
      writer,
      reader,
      recovered: recovered && damaged ? { from: damaged, mutations: recovered.mutations.length } : null,
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

/** One more reading connection, with a view of its own of the store. */
export function openReader(file: string): Readable {
  const reader = new Database(file, { readonly: true }) as Readable;
  reader.pragma('busy_timeout = 5000');
  // A view of a million rows is sorted in memory, not through files.
  reader.pragma('temp_store = MEMORY');
  reader.pragma('cache_size = -32000');
  addFunctions(reader);
  return reader;
}

function connect(file: string): Writable {
  const db = new Database(file) as Writable;
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

function isDamaged(file: string, afterCrash: boolean): boolean {
  if (!existsSync(file)) return false;
  let db: Database.Database | null = null;
  try {
    db = new Database(file);
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
