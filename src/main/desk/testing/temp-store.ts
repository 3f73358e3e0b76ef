import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Store } from '../local/handles';
import { openStore, type OpenOptions } from '../local/open';

export const migrationsDir = resolve(import.meta.dirname, '../../../../drizzle/local');

/** A folder of its own for one test. */
export interface TempStore {
  folder: string;
  file: string;
  open(options?: Partial<OpenOptions>): Store;
  /** Closes what is open and removes the folder. */
  remove(): void;
}

export function tempStore(): TempStore {
  const folder = mkdtempSync(join(tmpdir(), 'provost-store-'));
  const file = join(folder, 'cache.db');
  const opened: Store[] = [];
  return {
    folder,
    file,
    open(options) {
      const store = openStore({ file, migrationsDir, ...options });
      opened.push(store);
      return store;
    },
    remove() {
      for (const store of opened) if (store.writer.open) store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
