/**
 * Secrets at rest without a keychain: AES-256-GCM with a key in a file that only this person may read.
 *
 * Security: it protects a copied store or a backup without the key file. It cannot protect against somebody who reads this person's files.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradedVault } from '../vault-leave';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function openVault(dataDir: string): GradedVault {
  const key = keyIn(dataDir);
  return {
    keychain: () => Promise.resolve('open'),
    async seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new Error('What was kept on this computer cannot be opened with its key. Sign in again.');
      }
    },
  };
}

function keyIn(dataDir: string): Buffer {
  const file = join(dataDir, 'vault.key');
  const found = read(file);
  if (found) return found;
  const key = randomBytes(KEY_BYTES);
  mkdirSync(dataDir, { recursive: true });
  try {
    // Fails where the file exists: of two consoles that start at once, one makes the key and the other takes it.
    writeFileSync(file, key, { mode: 0o600, flag: 'wx', flush: true });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = read(file);
    if (other) return other;
    // A torn key opens nothing that was sealed: begin with a new one.
    writeFileSync(file, key, { mode: 0o600, flush: true });
    return key;
  }
}

function read(file: string): Buffer | null {
  try {
    const key = readFileSync(file);
    return key.length === KEY_BYTES ? key : null;
  } catch {
    return null;
  }
}
