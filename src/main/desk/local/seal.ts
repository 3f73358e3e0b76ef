import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { StoreKey } from './driver';

/** Single texts under a store's key: AES-256-GCM, with a key of their own that follows from it. */

const nonceBytes = 12;
const tagBytes = 16;
const derived = new WeakMap<StoreKey, Buffer>();

function keyOf(key: StoreKey): Buffer {
  const known = derived.get(key);
  if (known) return known;
  const made = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'provost rescue file', 32));
  derived.set(key, made);
  return made;
}

export function sealText(key: StoreKey, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** Null where it was not sealed under this key, or is not as it was. */
export function openText(key: StoreKey, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, nonceBytes));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
