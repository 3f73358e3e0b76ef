import { createRequire } from 'node:module';
import Plain from 'better-sqlite3';

/**
 * SQLite in its two builds: the plain one, and the one that encrypts. The latter is loaded where a store is encrypted and only there.
 *
 * The cipher is AEGIS-256: authenticated, so that a page somebody changed does not read as another one, and several times quicker here than
 * ChaCha20-Poly1305 or SQLCipher's form (see decisions.md). The key is random, so nothing is derived from it at each opening.
 *
 * Security: keys are set by statements whose errors do not quote them; never by a URI, which errors do quote.
 */

/** 32 random bytes. */
export type StoreKey = Buffer;
export const keyBytes = 32;

const load = createRequire(import.meta.url);
let ciphers: typeof Plain | null = null;
export const withCiphers = (): typeof Plain => (ciphers ??= load('better-sqlite3-multiple-ciphers') as typeof Plain);

/** @param key null: as it is, without encryption */
export function openDatabase(file: string, key: StoreKey | null, options: Plain.Options = {}): Plain.Database {
  if (!key) return new Plain(file, options);
  const db = new (withCiphers())(file, options);
  try {
    unlock(db, key);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The cipher of a connection, also for what it attaches. */
export const chooseCipher = (db: Plain.Database): unknown => db.pragma("cipher = 'aegis'");

export function unlock(db: Plain.Database, key: StoreKey): void {
  chooseCipher(db);
  db.pragma(`key = '${keyText(key)}'`);
  // Security: what is sorted, or kept for a rollback of one statement, would go into files that are not encrypted.
  db.pragma('temp_store = MEMORY');
}

/** As `ATTACH … KEY` wants it. */
export const keyText = (key: StoreKey | null): string => (key ? `raw:${key.toString('hex')}` : '');
