/**
 * Chance that repeats: the same seed and label always give the same numbers and the same ids, on every machine.
 *
 * Each part of the generator draws from a stream of its own (a label), so that adding a draw in one part does not move the others.
 */
import { createHash } from 'node:crypto';

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A copy in random order (Fisher and Yates). */
  shuffle<T>(list: readonly T[]): T[];
}

type Label = readonly (string | number)[];

const digest = (seed: number, label: Label) =>
  createHash('sha256')
    .update([seed, ...label].join('/'))
    .digest();

/** sfc32, by Chris Doty-Humphrey: small, fast, passes PractRand. */
export function randomFor(seed: number, ...label: Label): Random {
  const start = digest(seed, label);
  let a = start.readInt32LE(0);
  let b = start.readInt32LE(4);
  let c = start.readInt32LE(8);
  let counter = start.readInt32LE(12);
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error(`Nothing to pick from for ${label.join('/')}.`);
    return list[int(0, list.length - 1)] as T;
  };
  const shuffle = <T>(list: readonly T[]): T[] => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = int(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  };
  return { next, int, chance: (probability) => next() < probability, pick, shuffle };
}

const FIRST_ID = Date.UTC(2025, 0, 6);
const ID_SPAN = 180 * 86_400_000;

/** A UUID of version 7's shape that depends on nothing but seed and key: seeding again gives every row the id it had. */
export function stableId(seed: number, ...key: Label): string {
  const bytes = digest(seed, key).subarray(0, 16);
  const at = FIRST_ID + Math.floor((bytes.readUInt32BE(0) / 2 ** 32) * ID_SPAN);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
