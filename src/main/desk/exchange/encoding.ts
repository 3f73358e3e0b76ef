import { analyse } from 'chardet';
import { readPieces, type DiskFile } from './disk-file';
import type { Work } from './jobs';
import { unreadable } from './refusals';

/** How a text file is written. `label` is what `TextDecoder` calls it. */
export interface Encoding {
  label: string;
  /** Bytes of the mark at the beginning. */
  mark: number;
}

const sampleBytes = 128 * 1024;
const pieceSize = 256 * 1024;

/**
 * Finds out how a file is written. Its own mark is believed; what is UTF-8 from end to end is UTF-8; UTF-16 without a mark shows by its zeros; the
 * rest is guessed from how letters follow each other, and Windows-1252 where nothing speaks for another one.
 */
export async function detectEncoding(file: DiskFile, work: Work): Promise<Encoding> {
  const sample = await firstBytes(file, sampleBytes);
  const [a, b, c] = sample;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', mark: 2 };
  const wide = zeros(sample);
  if (wide) return { label: wide, mark: 0 };
  if (sample.includes(0))
    throw unreadable(
      'This is not a text file: it holds bytes that no table of text has. Choose a CSV or an XLSX file.',
    );
  if (await isUtf8(file, work)) return { label: 'utf-8', mark: 0 };
  return { label: guess(sample), mark: 0 };
}

/** Every other byte of Latin text in UTF-16 is zero. */
function zeros(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.1) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.1 ? 'utf-16be' : null;
}

function guess(sample: Buffer): string {
  for (const { name, confidence } of analyse(sample)) {
    if (confidence < 30) break;
    // What is called Latin-1 is Windows-1252 in practice, and in the decoder too.
    const label = name === 'ISO-8859-1' ? 'windows-1252' : name.toLowerCase();
    if (label !== 'utf-8' && isKnown(label)) return label;
  }
  return 'windows-1252';
}

export function isKnown(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

async function isUtf8(file: DiskFile, work: Work): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of readPieces(file, { highWaterMark: pieceSize })) {
      decoder.decode(piece as Buffer, { stream: true });
      await work.breathe();
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

export async function firstBytes(file: DiskFile, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(file, { end: count - 1 })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** The text of a file, piece by piece. */
export async function* decoded(
  file: DiskFile,
  { label, mark }: Encoding,
  onBytes: (count: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  for await (const piece of readPieces(file, { start: mark, highWaterMark: pieceSize })) {
    onBytes((piece as Buffer).length);
    yield decoder.decode(piece as Buffer, { stream: true });
  }
  yield decoder.decode();
}
