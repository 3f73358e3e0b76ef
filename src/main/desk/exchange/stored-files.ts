import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { largestFile, pieceBytes, type StoredFile } from '../../../shared/contract/exchange';
import { newFileKey, turned, type DiskFile } from './disk-file';
import { notFound, tooMuch } from './refusals';

/**
 * Files on their way in or out, in a folder of the desk's own.
 *
 * Security: only ids of this desk's making lead to a file; a name is words for people and never part of a path. The folder is for this
 * person's account alone, and is emptied when a session begins and when it ends.
 */
export class StoredFiles {
  #known = new Map<string, { name: string; size: number | null; key: Buffer | null }>();

  /** @param isSealed what lies in the folder is encrypted */
  constructor(
    private readonly folder: string,
    readonly isSealed: boolean,
  ) {
    rmSync(folder, { recursive: true, force: true });
  }

  /** A new file: `size` bytes are to come, or null where the desk writes it itself. */
  begin(name: string, size: number | null): string {
    if (size !== null && size > largestFile) {
      throw tooMuch(
        `“${name}” has ${megabytes(size)} MB; at most ${megabytes(largestFile)} MB can be read. Save it in several smaller files.`,
      );
    }
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const file = randomUUID();
    closeSync(openSync(this.#at(file), 'w', 0o600));
    this.#known.set(file, { name, size, key: this.isSealed ? newFileKey() : null });
    return file;
  }

  put(file: string, at: number, data: string): { received: number } {
    const { size, name, key } = this.#facts(file);
    const path = this.#at(file);
    const bytes = turned({ path, key }, Buffer.from(data, 'base64'), at);
    if (size === null || at + bytes.length > size)
      throw tooMuch(`More of “${name}” came than was announced. Choose it again.`);
    const fd = openSync(path, 'r+');
    try {
      writeSync(fd, bytes, 0, bytes.length, at);
      return { received: fstatSync(fd).size };
    } finally {
      closeSync(fd);
    }
  }

  take(file: string, at: number): { data: string; size: number; name: string } {
    const { name, key } = this.#facts(file);
    const path = this.#at(file);
    const fd = openSync(path, 'r');
    try {
      const piece = Buffer.alloc(pieceBytes);
      const read = readSync(fd, piece, 0, pieceBytes, at);
      return {
        data: turned({ path, key }, piece.subarray(0, read), at).toString('base64'),
        size: fstatSync(fd).size,
        name,
      };
    } finally {
      closeSync(fd);
    }
  }

  /** Where a file lies, all of it. */
  place(file: string): DiskFile {
    const { size, name, key } = this.#facts(file);
    const path = this.#at(file);
    if (size !== null && statSync(path).size < size)
      throw notFound(`“${name}” did not arrive completely. Choose it again.`);
    return { path, key };
  }

  name(file: string): string {
    return this.#facts(file).name;
  }

  /** A place beside a file for what is worked out of it. */
  beside(file: string): string {
    this.#facts(file);
    return `${this.#at(file)}.db`;
  }

  stored(file: string): StoredFile {
    return { file, name: this.name(file), size: statSync(this.place(file).path).size };
  }

  drop(file: string): { dropped: boolean } {
    const dropped = this.#known.delete(file);
    for (const ending of ['', '.db', '.db-wal', '.db-shm', '.db-journal'])
      rmSync(`${this.#at(file)}${ending}`, { force: true });
    return { dropped };
  }

  clear(): void {
    this.#known.clear();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true, force: true });
  }

  #facts(file: string): { name: string; size: number | null; key: Buffer | null } {
    const facts = this.#known.get(file);
    if (!facts) throw notFound('This file is no longer kept here. Choose it again.');
    return facts;
  }

  readonly #at = (file: string): string => join(this.folder, file);
}

const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 0 });
