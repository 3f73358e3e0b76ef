/** Settings of the Electron rim, kept by electron-store in the data folder. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import type { Settings } from '../../shared/contract/requests';
import type { Log } from '../desk-messages';
import { changedSettings, settingsFrom, type SettingsStore } from '../settings';

export function openSettings(dataDir: string, log: Log): SettingsStore {
  const store = openStore<Settings>(dataDir, 'settings', log);
  return {
    read: () => settingsFrom(store.store),
    write(change) {
      const now = changedSettings(settingsFrom(store.store), change);
      store.store = now;
      return now;
    },
  };
}

/** A store whose file cannot be read is set aside, not overwritten, and begins anew. */
export function openStore<T extends object>(dataDir: string, name: string, log: Log): Store<T> {
  const open = () => new Store<T>({ name, cwd: dataDir });
  try {
    return open();
  } catch (error) {
    const file = join(dataDir, `${name}.json`);
    const aside = join(dataDir, `${name}.unreadable-${Date.now()}.json`);
    log.warn(
      `${file} could not be read. It is kept as ${aside}, and the console begins with what it comes with`,
      error,
    );
    renameSync(file, aside);
    return open();
  }
}
