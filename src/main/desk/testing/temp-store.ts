import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Store } from '../local/handles';
import { openStore } from '../local/open';

export const migrationsDir = resolve(import.meta.dirname, '../../../../drizzle/local');

/** A folder of its own for one test. */
export interface TempStore {
  folder: string;
  file: string;
  open(): Store;
  /** Closes what is open and removes the folder. */
  remove(): void;
}

let emptyStore: string | null = null;

/** An empty store that stands ready to be copied: making its tables takes longer than most of what a desk of a test does. */
function readyStore(): string {
  if (emptyStore !== null && existsSync(emptyStore)) return emptyStore;
  const { file, folder } = tempStore();
  openStore({ file, migrationsDir }).close();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (emptyStore = file);
}

/** @param isReady begins with a copy of an empty store, where its making is not what is tested */
export function tempStore(isReady = false): TempStore {
  const folder = mkdtempSync(join(tmpdir(), 'provost-store-'));
  const file = join(folder, 'cache.db');
  if (isReady) copyFileSync(readyStore(), file);
  const opened: Store[] = [];
  return {
    folder,
    file,
    open() {
      const store = openStore({ file, migrationsDir });
      opened.push(store);
      return store;
    },
    remove() {
      for (const store of opened) if (store.writer.open) store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
