import { statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { readPart, readPieces, type DiskFile } from './disk-file';
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
    private readonly file: DiskFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(file: DiskFile): Promise<ZipFile> {
    return new ZipFile(file, await directory(file));
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
    const source = readPieces(this.file, { highWaterMark: 128 * 1024, start, end: start + entry.packed - 1 });
    source.on('data', (piece: Buffer) => onPacked(piece.length));
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
    const head = await readPart(this.file, offset, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== 0x04034b50) throw damaged();
    return offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  }
}

const isZlib = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE');
};

/** The directory stands at the end, found by its own mark. */
async function directory(file: DiskFile): Promise<Map<string, Entry>> {
  const { size } = statSync(file.path);
  const tailLength = Math.min(size, 65_557);
  const tail = await readPart(file, size - tailLength, tailLength);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length) throw damaged();
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (at === 0xffffffff || count > mostEntries || at + length > size) throw damaged();
  const list = await readPart(file, at, length);
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
