/** The entry of the browser rim: `node out/main/browser.js [--port N] [--data-dir DIR]`. Prints the address to open. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { protocol } from '../../shared/contract/wire';
import { DeskHost } from '../desk-host';
import type { DeskSetup, Log } from '../desk-messages';
import { redact } from '../redact';
import { createRim } from '../rim';
import { openServerMemory } from '../server-memory';
import { askedDataDir, demonstration, deskName, offeredServer, option, usualDataDir } from '../start-options';
import { withLeave } from '../vault-leave';
import { startConsoleServer } from './server';
import { openSettingsFile } from './settings';
import { openVault } from './vault';

const here = import.meta.dirname;
const checkout = join(here, '..', '..');

const say = (text: string) => process.stdout.write(`${text}\n`);

const write =
  (level: string) =>
  (message: string, ...details: unknown[]) =>
    void process.stderr.write(`${level}: ${[message, ...details].map((part) => asText(redact(part))).join(' ')}\n`);
const log: Log = { info: () => undefined, warn: write('warning'), error: write('error') };

const asText = (part: unknown) => (typeof part === 'string' ? part : JSON.stringify(part));

async function start(): Promise<void> {
  const port = Number(option(process.argv, 'port') ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number up to 65535.');
  const dataDir = askedDataDir(process.argv) ?? usualDataDir('Provost');
  mkdirSync(dataDir, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
  const setup: DeskSetup = {
    dataDir,
    migrationsDir: join(checkout, 'drizzle', 'local'),
    shell: 'browser',
    version,
    demo: demonstration(process.env),
    deskName: deskName(),
  };
  const settings = openSettingsFile(dataDir, log);
  const file = openVault(dataDir);
  const vault = withLeave(file, () => settings.read().staySignedIn === true);
  const offered = offeredServer(process.env);
  if (offered) settings.write({ server: offered });
  const servers = openServerMemory({ dataDir, vault: file, log, given: offered ? [offered] : [] });
  const host = new DeskHost({ entry: join(here, 'worker.js'), setup, vault, log });
  const info = { version, shell: setup.shell, protocol, demo: setup.demo, dataDir };
  const rim = createRim({ host, settings, servers, keychain: () => file.keychain(), info });
  const setFocused = (focused: boolean) => host.setFocused(focused);
  try {
    const server = await startConsoleServer({ root: join(here, '..', 'renderer'), rim, port, log, setFocused });
    // `npm start` reads this line: keep the address at its end.
    say(`Open this address in your browser (it works once): ${server.newLink()}`);
    if (process.stdin.isTTY) offerNewLinks(() => server.newLink());
    endOnSignals(async () => {
      await server.close();
      await host.close();
    });
  } catch (error) {
    await host.close();
    throw error;
  }
}

function offerNewLinks(newLink: () => string): void {
  say('Press Enter for a new address, Ctrl+C to end.');
  process.stdin.on('data', () => say(newLink()));
}

function endOnSignals(close: () => Promise<void>): void {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    void close().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // Started by `npm start`: when that ends, whatever way, the console does too.
  if (process.send) process.on('disconnect', end);
}

start().catch((error: unknown) => {
  process.stderr.write(
    `The console could not start. ${asText(redact(error instanceof Error ? error.message : error))}\n`,
  );
  process.exit(1);
});
