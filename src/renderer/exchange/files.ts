import { pieceBytes, type StoredFile } from '../../shared/contract/exchange';
import { request } from '../client/request';

/** Told how far it is, from 0 to 1. */
type Progress = (part: number) => void;

/** Brings a file to the desk, piece by piece. @returns what the desk calls it */
export async function bringIn(name: string, content: Blob, onProgress: Progress, signal: AbortSignal): Promise<string> {
  const { file } = await request('files.begin', { name: name.slice(0, 255), size: content.size });
  for (let at = 0; at < content.size; at += pieceBytes) {
    if (signal.aborted) {
      await request('files.drop', { file });
      throw new DOMException('Cancelled', 'AbortError');
    }
    const piece = await content.slice(at, at + pieceBytes).arrayBuffer();
    await request('files.put', { file, at, data: toBase64(new Uint8Array(piece)) });
    onProgress(Math.min(1, (at + piece.byteLength) / content.size));
  }
  return file;
}

/** Fetches a file from the desk and lets go of it there. */
export async function fetchFile({ file, size }: StoredFile): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < size || at === 0;) {
    const { data } = await request('files.take', { file, at });
    const piece = fromBase64(data);
    if (piece.length === 0) break;
    pieces.push(piece);
    at += piece.length;
  }
  void request('files.drop', { file });
  return new Blob(pieces);
}

/** Gives a file to the person: the system asks where to keep it, or keeps it where downloads go. */
export const handOut = async (stored: StoredFile): Promise<void> => offer(stored.name, await fetchFile(stored));

/** The same with what was made here. */
export function offer(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const slice = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += slice) text += String.fromCharCode(...bytes.subarray(at, at + slice));
  return btoa(text);
}

const fromBase64 = (data: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
