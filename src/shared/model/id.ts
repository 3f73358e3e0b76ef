/** 16 random bytes; injected in tests that must repeat. */
export type RandomBytes = (into: Uint8Array) => Uint8Array;

interface Crypto {
  getRandomValues(into: Uint8Array): Uint8Array;
}
const webCrypto = (globalThis as unknown as { crypto: Crypto }).crypto;

/** Asking the system for randomness costs more than an id does: it is asked for many at once. */
const pool = new Uint8Array(16 * 256);
let used = pool.length;
const fromPool: RandomBytes = (into) => {
  if (used === pool.length) {
    webCrypto.getRandomValues(pool);
    used = 0;
  }
  into.set(pool.subarray(used, used + into.length));
  used += into.length;
  return into;
};

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits. Sortable by time of making.
 * @param now milliseconds since 1970
 */
export function newId(now: number = Date.now(), random: RandomBytes = fromPool): string {
  const bytes = random(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  let hex = '';
  for (const byte of bytes) hex += hexOf[byte];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
