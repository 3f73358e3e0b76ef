/** Settings of the browser rim: the same file that electron-store keeps, so that both rims share it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../desk-messages';
import { changedSettings, settingsFrom, type SettingsStore } from '../settings';

export function openSettingsFile(dataDir: string, log: Log): SettingsStore {
  const file = join(dataDir, 'settings.json');
  let now = settingsFrom(readJson(file, log));
  return {
    read: () => now,
    write(change) {
      now = changedSettings(now, change);
      writeWhole(file, JSON.stringify(now, null, '\t'));
      return now;
    },
  };
}

/** Invariant: the file is either the old one or the new one, whenever the power goes. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.new`;
  writeFileSync(beside, text, { mode: 0o600, flush: true });
  renameSync(beside, file);
}

/** A file that cannot be read is set aside, not overwritten. */
function readJson(file: string, log: Log): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const aside = file.replace(/\.json$/, `.unreadable-${Date.now()}.json`);
    log.warn(`${file} could not be read. It is kept as ${aside}, and the console begins with what it comes with`);
    try {
      renameSync(file, aside);
    } catch {
      // A folder that cannot be written to: the settings of this session live in memory.
    }
    return null;
  }
}
