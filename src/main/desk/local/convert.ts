import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { chooseCipher, keyText, openDatabase, unlock, withCiphers, type StoreKey } from './driver';
import { addFunctions } from './fold';
import { isRescueSealed, syncFolder } from './rescue';

/**
 * Encrypts a store, or takes its encryption off, at an opening.
 *
 * Invariant: whenever it ends, however it ends, `file` is a whole store, either the old or the new one. The new one is made beside it,
 * proven equal in everything that is not on the server, and then takes its place by one rename. What form a store has is read from its
 * first bytes and noted nowhere, so that no note can be wrong about it.
 */

const plainHeader = Buffer.from('SQLite format 3\0', 'latin1');
export const keyFileOf = (file: string): string => `${file}.key`;

const firstBytes = (file: string): Buffer => {
  if (!existsSync(file)) return Buffer.alloc(0);
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(plainHeader.length);
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(fd);
  }
};

/** Is there a store with anything in it, and one that does not begin as a plain one does? Encrypted, then, or damaged. */
export const isUnlikePlain = (file: string): boolean => {
  const found = firstBytes(file);
  return found.length > 0 && !found.equals(plainHeader);
};

/** An encrypted store: without its key nothing of it can be read, and nothing may be done to it. */
export const isLocked = (file: string): boolean =>
  isUnlikePlain(file) && (existsSync(keyFileOf(file)) || isRescueSealed(`${file}.rescue.jsonl`));

/** What an interrupted conversion left. */
export function dropLeftovers(file: string): void {
  for (const name of ['.converting', '.converting-host']) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + name + suffix, { force: true });
  }
}

/**
 * @param from the key it has; null where it is not encrypted
 * @param to the key it is to have
 * @throws what SQLite or the system say; the store is then as it was
 */
export function convert(file: string, from: StoreKey | null, to: StoreKey | null): void {
  const next = `${file}.converting`;
  try {
    // Its log of writes must not stay behind and be taken for the new one's.
    alone(file, from);
    copy(file, from, next, to);
    chmodSync(next, 0o600);
    bringToDisk(next);
    renameSync(next, file);
    syncFolder(dirname(file));
  } finally {
    dropLeftovers(file);
  }
}

function alone(file: string, key: StoreKey | null): void {
  const db = openDatabase(file, key);
  try {
    if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error('Somebody else reads it');
  } finally {
    db.close();
  }
}

/** `VACUUM INTO` gives the copy the key of the connection's main database: an empty one made for that. */
function copy(file: string, from: StoreKey | null, next: string, to: StoreKey | null): void {
  const db = new (withCiphers())(to ? `${next}-host` : ':memory:');
  try {
    chooseCipher(db);
    if (to) {
      unlock(db, to);
      db.exec('create table host (one)');
    }
    db.pragma('temp_store = MEMORY');
    addFunctions(db);
    db.prepare('attach ? as old key ?').run(file, keyText(from));
    db.prepare('vacuum old into ?').run(next);
    db.prepare('attach ? as new key ?').run(next, keyText(to));
    prove(db);
  } finally {
    db.close();
  }
}

/** What stands here and nowhere else is compared by content; what could be fetched again, by number. */
const irreplaceable = ['meta', 'outbox', 'outbox_rows', 'base_rows', 'undo_log', 'cursors', 'scope_rows'];

function prove(db: Database.Database): void {
  if (db.pragma('new.quick_check(1)', { simple: true }) !== 'ok') throw new Error('The converted store is not whole');
  const tables = db
    .prepare("select name from old.sqlite_schema where type = 'table' and rootpage > 0")
    .pluck()
    .all() as string[];
  for (const table of tables) {
    const count = (of: string): unknown => db.prepare(`select count(*) from ${of}."${table}"`).pluck().get();
    if (count('old') !== count('new')) throw new Error(`The converted store has other rows in ${table}`);
    if (!irreplaceable.includes(table)) continue;
    const rest = `select 1 from (select * from old."${table}" except select * from new."${table}") limit 1`;
    if (db.prepare(rest).get()) throw new Error(`The converted store has other content in ${table}`);
  }
}

function bringToDisk(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
