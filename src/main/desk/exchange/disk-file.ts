import { createCipheriv, randomBytes, type Cipheriv } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';

/**
 * A file on its way in or out. Beside an encrypted store it is encrypted too, under a key that lives only in memory: the folder is emptied
 * when a session begins and ends, so nobody needs it later. AES-256-CTR, because any part of a file is read without the rest.
 *
 * Security: against whoever reads the disk. What is written twice at one place would show its difference; each place is written once.
 */
export interface DiskFile {
  path: string;
  /** Null: as it is. */
  key: Buffer | null;
}

export const newFileKey = (): Buffer => randomBytes(32);

const blockBytes = 16;

/** The cipher as it stands at a place of a file. */
function cipherAt(key: Buffer, at: number): Cipheriv {
  const counter = Buffer.alloc(blockBytes);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / blockBytes)), 8);
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  cipher.update(Buffer.alloc(at % blockBytes));
  return cipher;
}

/** What stands on the disk for these bytes at that place, and the other way round. */
export const turned = ({ key }: DiskFile, bytes: Buffer, at: number): Buffer =>
  key ? cipherAt(key, at).update(bytes) : bytes;

/** Turns what is written from the beginning on, piece by piece. */
export function turner({ key }: DiskFile): (bytes: Buffer) => Buffer {
  const cipher = key && cipherAt(key, 0);
  return (bytes) => (cipher ? cipher.update(bytes) : bytes);
}

export function readPieces(
  { path, key }: DiskFile,
  { start = 0, ...range }: { start?: number; end?: number; highWaterMark?: number } = {},
): Readable {
  const source = createReadStream(path, { start, ...range });
  // What goes wrong shows at the end that is read.
  return key ? pipeline(source, cipherAt(key, start), () => undefined) : source;
}

/** As much of `length` bytes as there is. */
export async function readPart(file: DiskFile, at: number, length: number): Promise<Buffer> {
  const handle = await open(file.path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    return turned(file, buffer.subarray(0, bytesRead), at);
  } finally {
    await handle.close();
  }
}

export const readWhole = (file: DiskFile): Buffer => turned(file, readFileSync(file.path), 0);

export const writeWhole = (file: DiskFile, text: string): void =>
  writeFileSync(file.path, turned(file, Buffer.from(text), 0));
