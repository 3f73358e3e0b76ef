import { open, type FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { createDeflateRaw, crc32, type DeflateRaw } from 'node:zlib';
import { turner, type DiskFile } from './disk-file';

/** Writes a ZIP file as its parts come: nothing is held but the piece in hand. Sizes stand behind each part (APPNOTE 4.3.9). */
export class ZipWriter {
  #at = 0;
  #parts: { name: string; crc: number; packed: number; size: number; offset: number }[] = [];
  #deflate: DeflateRaw | null = null;
  #pumped: Promise<void> = Promise.resolve();

  private constructor(
    private readonly handle: FileHandle,
    private readonly turn: (bytes: Buffer) => Buffer,
  ) {}

  static async create(file: DiskFile): Promise<ZipWriter> {
    return new ZipWriter(await open(file.path, 'w', 0o600), turner(file));
  }

  async begin(name: string): Promise<void> {
    this.#parts.push({ name, crc: 0, packed: 0, size: 0, offset: this.#at });
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(0x0808, 6);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(0x21, 12);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    await this.#put(Buffer.concat([head, Buffer.from(name)]));
    // Level 3: a third of the time of the standard one, a tenth larger.
    this.#deflate = createDeflateRaw({ level: 3 });
    this.#pumped = this.#pump(this.#deflate);
  }

  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const part = this.#parts.at(-1)!;
    part.crc = crc32(bytes, part.crc);
    part.size += bytes.length;
    if (!this.#deflate!.write(bytes)) await once(this.#deflate!, 'drain');
  }

  async end(): Promise<void> {
    this.#deflate!.end();
    await this.#pumped;
    const part = this.#parts.at(-1)!;
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(0x08074b50, 0);
    tail.writeUInt32LE(part.crc, 4);
    tail.writeUInt32LE(part.packed, 8);
    tail.writeUInt32LE(part.size, 12);
    await this.#put(tail);
  }

  async part(name: string, text: string): Promise<void> {
    await this.begin(name);
    await this.write(text);
    await this.end();
  }

  async close(): Promise<void> {
    const start = this.#at;
    for (const { name, crc, packed, size, offset } of this.#parts) {
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      entry.writeUInt16LE(20, 4);
      entry.writeUInt16LE(20, 6);
      entry.writeUInt16LE(0x0808, 8);
      entry.writeUInt16LE(8, 10);
      entry.writeUInt16LE(0x21, 14);
      entry.writeUInt32LE(crc, 16);
      entry.writeUInt32LE(packed, 20);
      entry.writeUInt32LE(size, 24);
      entry.writeUInt16LE(Buffer.byteLength(name), 28);
      entry.writeUInt32LE(offset, 42);
      await this.#put(Buffer.concat([entry, Buffer.from(name)]));
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#parts.length, 8);
    end.writeUInt16LE(this.#parts.length, 10);
    end.writeUInt32LE(this.#at - start, 12);
    end.writeUInt32LE(start, 16);
    await this.#put(end);
    await this.handle.close();
  }

  /** Gives up: what was written so far is of no use. */
  async abandon(): Promise<void> {
    this.#deflate?.destroy();
    await this.#pumped.catch(() => undefined);
    await this.handle.close().catch(() => undefined);
  }

  async #pump(deflate: DeflateRaw): Promise<void> {
    const part = this.#parts.at(-1)!;
    for await (const piece of deflate) {
      part.packed += (piece as Buffer).length;
      await this.#put(piece as Buffer);
    }
  }

  async #put(bytes: Buffer): Promise<void> {
    this.#at += bytes.length;
    await this.handle.write(this.turn(bytes));
  }
}
