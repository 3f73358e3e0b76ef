import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { Refusal } from '../../../shared/contract/outcome';

/**
 * A full disk. A ballast file beside the store is let go of at the first refusal, so that the edit in hand and the ones that lead out of
 * the trouble still find room. Meanwhile pulls pause: what can be fetched again must not take the room of what cannot.
 */

const ballastBytes = 4 * 1024 * 1024;
const ballasts = new WeakMap<Database.Database, { file: string; full: boolean }>();

export function attachBallast(db: Database.Database, file: string): void {
  ballasts.set(db, { file, full: false });
  if (existsSync(file)) return;
  try {
    const fd = openSync(file, 'w', 0o600);
    try {
      const block = Buffer.alloc(1024 * 1024, 'ballast ');
      for (let written = 0; written < ballastBytes; written += block.length) writeSync(fd, block);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    // No room for ballast is no reason not to open: the store is read, and edits say what is wrong.
    rmSync(file, { force: true });
    if (!isNoSpace(error)) throw error;
    ballasts.set(db, { file, full: true });
  }
}

/** Was the disk full at the last write of this store? */
export const isDiskFull = (db: Database.Database): boolean => ballasts.get(db)?.full ?? false;

export const isNoSpace = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT';
};

/**
 * Runs a write. On a full disk it gives up the ballast and tries once more.
 * @throws Refusal `storage/disk-full`; nothing of the write stands then
 */
export function withRoom<T>(db: Database.Database, write: () => T): T {
  // Part of a larger whole: whoever began that tries all of it again.
  if (db.inTransaction) return write();
  const ballast = ballasts.get(db);
  try {
    const value = write();
    if (ballast?.full && existsSync(ballast.file)) ballast.full = false;
    return value;
  } catch (error) {
    if (!isNoSpace(error)) throw error;
  }
  if (ballast) {
    ballast.full = true;
    rmSync(ballast.file, { force: true });
  }
  try {
    return write();
  } catch (error) {
    if (!isNoSpace(error)) throw error;
    throw diskFull();
  }
}

export const diskFull = (): Refusal =>
  new Refusal({
    kind: 'storage',
    reason: 'disk-full',
    message:
      'The disk is full, so this change was not saved. Free some space and save again; what you typed is still here.',
  });
