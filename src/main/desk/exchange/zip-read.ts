import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { unreadable } from './refusals';

/**
 * The parts of a ZIP file (PKWARE APPNOTE 6.3), each as a stream.
 *
 * Security: a few kilobytes can claim to be gigabytes. Nothing is inflated as a whole, what a header says of a size is not believed, and
 * whoever reads a part says how much of it they can take.
 */

interface Entry {
  offset: number;
  packed: number;
  method: number;
}

const damaged = () =>
  unreadable(
    'This workbook is damaged or was cut off. Open it in the program it comes from, save it again, and choose it anew.',
  );
const mostEntries = 10_000;

export class ZipFile {
  private constructor(
    private readonly path: string,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(path: string): Promise<ZipFile> {
    const handle = await open(path, 'r');
    try {
      return new ZipFile(path, await directory(handle));
    } finally {
      await handle.close();
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  /** A whole part as text; empty where there is none. */
  async text(name: string, most: number): Promise<string> {
    if (!this.has(name)) return '';
    let text = '';
    for await (const piece of this.pieces(name, most)) text += piece;
    return text;
  }

  /** A part as text, piece by piece. @throws Refusal where it is damaged or more than `most` bytes */
  async *pieces(
    name: string,
    most: number,
    onPacked: (bytes: number) => void = () => undefined,
  ): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) throw damaged();
    if (entry.packed === 0) return;
    const start = await this.dataStart(entry);
    const source = createReadStream(this.path, { highWaterMark: 128 * 1024, start, end: start + entry.packed - 1 });
    source.on('data', (piece) => onPacked(piece.length));
    const out = entry.method === 8 ? createInflateRaw({ chunkSize: 128 * 1024 }) : new PassThrough();
    const flow = pipeline(source, out).catch(() => undefined);
    const decoder = new TextDecoder('utf-8');
    let inflated = 0;
    try {
      for await (const piece of out) {
        inflated += (piece as Buffer).length;
        if (inflated > most) {
          throw unreadable(
            'This workbook is too large once unpacked. Save the sheet as CSV, or split it into several workbooks.',
          );
        }
        yield decoder.decode(piece as Buffer, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw isZlib(error) ? damaged() : error;
    } finally {
      source.destroy();
      out.destroy();
      await flow;
    }
  }

  private async dataStart({ offset }: Entry): Promise<number> {
    const handle = await open(this.path, 'r');
    try {
      const head = await read(handle, offset, 30);
      if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw damaged();
      return offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    } finally {
      await handle.close();
    }
  }
}

const isZlib = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE');
};

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** The directory stands at the end, found by its own mark. */
async function directory(handle: FileHandle): Promise<Map<string, Entry>> {
  const { size } = await handle.stat();
  const tailLength = Math.min(size, 65_557);
  const tail = await read(handle, size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length) throw damaged();
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (at === 0xffffffff || count > mostEntries || at + length > size) throw damaged();
  const list = await read(handle, at, length);
  const entries = new Map<string, Entry>();
  for (let i = 0, seen = 0; seen < count; seen++) {
    if (i + 46 > list.length || list.readUInt32LE(i) !== 0x02014b50) throw damaged();
    const [nameLength, extra, comment] = [
      list.readUInt16LE(i + 28),
      list.readUInt16LE(i + 30),
      list.readUInt16LE(i + 32),
    ];
    if (list.readUInt16LE(i + 8) & 1)
      throw unreadable('This workbook is locked with a password. Save it without one and choose it again.');
    const name = list.toString('utf8', i + 46, i + 46 + nameLength).replaceAll('\\', '/');
    entries.set(name, {
      method: list.readUInt16LE(i + 10),
      packed: list.readUInt32LE(i + 20),
      offset: list.readUInt32LE(i + 42),
    });
    i += 46 + nameLength + extra + comment;
  }
  return entries;
}
