/**
 * The passwords of the servers this desk has signed in to. The login that all desks share is part of a server's address; people should
 * have to paste it once, not at every start.
 *
 * Security: sealed by the vault in a file of their own. The page never gets them back: it names a server, and the rim completes the address.
 * That login is everybody's and opens nothing by itself, so it is kept as well as the computer can, whatever the person says of their session.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log, Vault } from './desk-messages';
import { parseServer, serverName } from './desk/remote/server-address';

export interface ServerMemory {
  /** The address as typed or, where it has no password and this desk knows one for that server and login, the whole address. */
  complete(typed: string): Promise<string>;
  /** Keeps an address that worked. */
  remember(address: string): Promise<void>;
}

export interface ServerMemoryParts {
  dataDir: string;
  vault: Vault;
  log: Log;
  /** Addresses this start came with: known without ever having been signed in to. */
  given: readonly string[];
}

export function openServerMemory({ dataDir, vault, log, given }: ServerMemoryParts): ServerMemory {
  const file = join(dataDir, 'servers.json');
  const known = new Map<string, string>();
  for (const address of given) note(known, address);

  return {
    async complete(typed) {
      const key = keyOf(typed);
      if (!key || key.hasPassword) return typed;
      const found = known.get(key.name) ?? (await opened(sealedIn(file)[key.name], vault, log));
      return found ?? typed;
    },
    async remember(address) {
      const key = keyOf(address);
      if (!key?.hasPassword || known.get(key.name) === address) return;
      note(known, address);
      try {
        const sealed = await vault.seal(address);
        writeWhole(file, JSON.stringify({ ...sealedIn(file), [key.name]: sealed }, null, 2));
      } catch (error) {
        log.warn('The login of the server could not be kept: it has to be typed again at the next start', error);
      }
    },
  };
}

function note(known: Map<string, string>, address: string): void {
  const key = keyOf(address);
  if (key?.hasPassword) known.set(key.name, address);
}

/** Login and server; null for a text that is no address. */
function keyOf(text: string): { name: string; hasPassword: boolean } | null {
  try {
    const address = parseServer(text);
    return { name: `${address.user}@${serverName(address)}`, hasPassword: address.password !== undefined };
  } catch {
    return null;
  }
}

function sealedIn(file: string): Record<string, unknown> {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function opened(sealed: unknown, vault: Vault, log: Log): Promise<string | undefined> {
  if (typeof sealed !== 'string') return undefined;
  try {
    return await vault.open(sealed);
  } catch (error) {
    log.warn('The login of a server was kept, but cannot be opened on this computer any more', error);
    return undefined;
  }
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
