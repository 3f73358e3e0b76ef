import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, mkdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../../shared/contract/outcome';
import type { Vault } from '../desk-messages';
import { isLocked, keyFileOf } from './local/convert';
import { keyBytes, type StoreKey } from './local/driver';
import { syncFolder } from './local/rescue';

/**
 * The key of a store, in a file beside it: sealed by the vault, with whether the server asks for encryption, as it last said.
 *
 * Invariant: a key is on disk before anything is encrypted with it, and is deleted when nothing is any more.
 * Security: it is opened for the worker that opens the store; it is never logged and never in an answer.
 */

interface KeyFile {
  sealed: string;
  encrypt: boolean;
}

export interface Protection {
  key: StoreKey | null;
  encrypt: boolean;
}

/**
 * How a store is to be opened.
 * @param asked what the server asks for; undefined where it did not say, so that what it said last counts
 * @param anew the person gives up what a lost key leaves unreadable
 * @throws Refusal `storage/no-keychain` where a key is wanted and cannot be kept
 */
export async function protectionOf(
  file: string,
  vault: Vault,
  asked: boolean | undefined,
  anew = false,
): Promise<Protection> {
  const kept = read(file);
  const encrypt = asked ?? kept?.encrypt ?? false;
  if (!kept && !encrypt && !anew) return { key: null, encrypt };
  const key = kept && (await opened(kept, vault));
  if (key) {
    if (kept.encrypt !== encrypt) write(file, { ...kept, encrypt });
    return { key, encrypt };
  }
  // Without its key an encrypted store is left alone, unless the person says otherwise.
  if (isLocked(file) && !anew) return { key: null, encrypt };
  if (encrypt || anew) return { key: await make(file, vault, encrypt), encrypt };
  return { key: null, encrypt };
}

/** Where the server says something else than before, the store follows at its next opening. */
export async function followPolicy(file: string, vault: Vault, asked: boolean | undefined): Promise<void> {
  const kept = read(file);
  if (asked === undefined || asked === (kept?.encrypt ?? false)) return;
  if (kept) write(file, { ...kept, encrypt: asked });
  else await make(file, vault, asked);
}

/** After an opening that left nothing encrypted. */
export const dropKey = (file: string): void => rmSync(keyFileOf(file), { force: true });

async function make(file: string, vault: Vault, encrypt: boolean): Promise<StoreKey> {
  const key = randomBytes(keyBytes);
  let sealed: string;
  try {
    sealed = await vault.seal(key.toString('base64'));
  } catch {
    throw new Refusal({
      kind: 'storage',
      reason: 'no-keychain',
      message:
        'This server asks that data on computers be encrypted, and this computer has no keychain that would keep the key. Unlock or set up the keychain (on Linux: GNOME Keyring or KWallet) and sign in again. What you changed here before is safe.',
    });
  }
  write(file, { sealed, encrypt });
  return key;
}

async function opened({ sealed }: KeyFile, vault: Vault): Promise<StoreKey | null> {
  try {
    const key = Buffer.from(await vault.open(sealed), 'base64');
    return key.length === keyBytes ? key : null;
  } catch {
    return null;
  }
}

function read(file: string): KeyFile | null {
  try {
    const found = JSON.parse(readFileSync(keyFileOf(file), 'utf8')) as Partial<KeyFile>;
    return { sealed: String(found.sealed), encrypt: found.encrypt === true };
  } catch (error) {
    // One that cannot be read is a lost one: whether something was encrypted with it shows in the store.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : { sealed: '', encrypt: false };
  }
}

function write(file: string, content: KeyFile): void {
  const target = keyFileOf(file);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const fd = openSync(`${target}.new`, 'w', 0o600);
  try {
    writeSync(fd, JSON.stringify(content));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${target}.new`, target);
  syncFolder(dirname(target));
}
