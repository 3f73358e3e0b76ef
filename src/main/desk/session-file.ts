import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What this desk remembers between starts, beside the stores. */
export interface Remembered {
  /** The server as it was typed; sealed, as it may hold a password. */
  server: string | null;
  serverName: string | null;
  email: string;
  userId: string | null;
  /** The session's token, sealed by the computer's keychain; null after signing out. */
  token: string | null;
  /** This desk's name towards a server for each person who signed in: by server and email, in small letters. */
  devices: Record<string, string>;
}

const nothing: Remembered = { server: null, serverName: null, email: '', userId: null, token: null, devices: {} };
const fileIn = (dataDir: string): string => join(dataDir, 'session.json');

/** What cannot be read counts as never written: the person signs in again. */
export function readRemembered(dataDir: string): Remembered {
  try {
    return { ...nothing, ...(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Partial<Remembered>) };
  } catch {
    return { ...nothing };
  }
}

export function remember(dataDir: string, remembered: Remembered): void {
  const file = fileIn(dataDir);
  const fd = openSync(`${file}.new`, 'w', 0o600);
  try {
    writeSync(fd, JSON.stringify(remembered));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${file}.new`, file);
}
