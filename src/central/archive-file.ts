/**
 * Files of what was taken out of the database: gzipped lines of JSON, a header first, a footer last. A file of the audit trail can be
 * verified by itself: it says where each chain began and ended, and holds the text that was hashed.
 *
 * Invariant: a file has its name only once it is whole and on the disk.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { open, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** The end of a chain, or its beginning here. */
export interface ChainEnd {
  seq: number;
  hash: string;
}
export type ChainEnds = Record<string, ChainEnd>;

export interface AuditLine {
  chain: string;
  seq: number;
  hash: string;
  /** What was hashed, to the letter. */
  text: string;
}

interface Header {
  provost: 'archive';
  kind: string;
  name: string;
  from?: ChainEnds;
}
interface Footer {
  rows: number;
  to?: ChainEnds;
}

export interface CheckedArchive {
  file: string;
  kind: string;
  rows: number;
  from: ChainEnds;
  to: ChainEnds;
  /** Null where the file is whole. */
  problem: string | null;
}

const ending = '.jsonl.gz';

/** @returns the file's path and the hash of its bytes */
export async function writeArchive(
  dir: string,
  header: Omit<Header, 'provost'>,
  lines: AsyncIterable<unknown>,
  footer: () => Omit<Footer, 'rows'>,
): Promise<{ file: string; sha256: string; rows: number }> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${header.kind}-${header.name}${ending}`);
  if (existsSync(file)) throw new Error(`${file} exists already. Move it away, or choose another folder.`);
  let rows = 0;
  async function* text(): AsyncGenerator<string> {
    yield JSON.stringify({ provost: 'archive', ...header } satisfies Header) + '\n';
    for await (const line of lines) {
      rows++;
      yield JSON.stringify(line) + '\n';
    }
    yield JSON.stringify({ rows, ...footer() } satisfies Footer) + '\n';
  }
  const unfinished = `${file}.unfinished`;
  await pipeline(Readable.from(text()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
  const handle = await open(unfinished, 'r+');
  await handle.sync();
  await handle.close();
  await rename(unfinished, file);
  return { file, sha256: await hashOfFile(file), rows };
}

export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Reads a file to its end and says whether it is whole, and whether every link of its chains fits. */
export async function checkArchive(file: string): Promise<CheckedArchive> {
  const found: CheckedArchive = { file: basename(file), kind: '', rows: 0, from: {}, to: {}, problem: null };
  const input = createReadStream(file);
  const unpacked = createGunzip();
  input.on('error', (error) => unpacked.destroy(error));
  input.pipe(unpacked);
  let waiting: string | null = null;
  let header: Header | undefined;
  try {
    for await (const line of createInterface({ input: unpacked, crlfDelay: Infinity })) {
      if (!header) {
        header = JSON.parse(line) as Header;
        if (header.provost !== 'archive') return { ...found, problem: 'this is no archive' };
        found.kind = header.kind;
        found.from = header.from ?? {};
        found.to = { ...found.from };
        continue;
      }
      if (waiting !== null) {
        found.rows++;
        if (found.kind === 'audit') found.problem = linkOnto(found.to, JSON.parse(waiting) as AuditLine);
        if (found.problem !== null) return found;
      }
      waiting = line;
    }
    found.problem = waiting === null ? 'the end is missing' : wrongAtTheEnd(found, JSON.parse(waiting) as Footer);
  } catch (error) {
    found.problem = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    input.destroy();
  }
  return found;
}

/** Adds one link to the ends, or says why it does not fit. */
function linkOnto(ends: ChainEnds, { chain, seq, hash, text }: AuditLine): string | null {
  const end = ends[chain] ?? { seq: 0, hash: '' };
  const entry = String((JSON.parse(text) as unknown[])[0]);
  if (seq !== end.seq + 1) return `links are missing before entry ${entry}`;
  const made = createHash('sha256').update(Buffer.from(end.hash, 'hex')).update(text, 'utf8').digest('hex');
  if (made !== hash) return `entry ${entry} was altered, or its seal was`;
  ends[chain] = { seq, hash };
  return null;
}

function wrongAtTheEnd({ rows, to }: CheckedArchive, footer: Footer): string | null {
  if (footer.rows !== rows) return 'the end is missing, or lines are';
  const differs = Object.entries(footer.to ?? {}).some(([chain, end]) => to[chain]?.hash !== end.hash);
  return differs ? 'a chain does not end where it did' : null;
}

/** The files of one kind, oldest first. */
export async function archivesIn(dir: string, kind: string): Promise<string[]> {
  const names = await readdir(dir);
  return names
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith(ending))
    .sort()
    .map((name) => join(dir, name));
}
