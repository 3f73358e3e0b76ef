/** The Electron entry: opens, wires, starts. The only file that sees everything. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, safeStorage } from 'electron';
import { protocol } from '../shared/contract/wire';
import { DeskHost } from './desk-host';
import type { DeskSetup } from './desk-messages';
import { createRim } from './rim';
import { openServerMemory } from './server-memory';
import { openDoors, sendEvents } from './shell/doors';
import { lockPages } from './shell/locks';
import { openLog } from './shell/log';
import { sendOrder, setMenu } from './shell/menu';
import { watchForMishaps } from './shell/mishaps';
import { consoleOrigin, declareConsoleScheme, serveConsole } from './shell/protocol';
import { printWindow } from './shell/print';
import { openSettings } from './shell/settings';
import { openSystemVault } from './shell/vault';
import { openWindow } from './shell/window';
import { openWindowState } from './shell/window-state';
import { askedDataDir, demonstration, deskName, offeredServer } from './start-options';
import { withLeave } from './vault-leave';

// The bundler puts this file and the worker into out/main.
const here = import.meta.dirname;
const checkout = join(here, '..', '..');

const dataDir = askedDataDir(process.argv) ?? app.getPath('userData');
mkdirSync(dataDir, { recursive: true });
// Before the lock: there is one console for each data folder, not one for each computer.
app.setPath('userData', dataDir);
app.setName('Provost');

const log = openLog(dataDir, !app.isPackaged);
watchForMishaps(log);

if (app.requestSingleInstanceLock()) {
  declareConsoleScheme();
  app.whenReady().then(start, (error: unknown) => log.error('Electron did not start', error));
} else {
  // The first console hears of it and comes to the front.
  app.quit();
}

function start(): void {
  // electron-vite serves the sources while somebody develops; a packaged console never listens to the environment.
  const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  const url = developmentUrl ?? `${consoleOrigin}/`;
  const trusted = (address: string) => address === url || address.startsWith(`${url.replace(/\/$/, '')}/`);
  serveConsole(join(here, '..', 'renderer'));
  lockPages(trusted);

  const setup: DeskSetup = {
    dataDir,
    migrationsDir: join(checkout, 'drizzle', 'local'),
    shell: 'electron',
    version: app.getVersion(),
    demo: demonstration(process.env),
    deskName: deskName(),
  };
  const settings = openSettings(dataDir, log);
  const system = openSystemVault(safeStorage, process.platform);
  const vault = withLeave(system, () => settings.read().staySignedIn === true);
  const host = new DeskHost({ entry: join(here, 'worker.js'), setup, vault, log });
  const { version, shell, demo } = setup;
  const offered = offeredServer(process.env);
  if (offered) settings.write({ server: offered });
  const servers = openServerMemory({ dataDir, vault: system, log, given: offered ? [offered] : [] });
  const rim = createRim({
    host,
    settings,
    servers,
    keychain: () => system.keychain(),
    info: { version, shell, protocol, demo, dataDir },
    print: (name) => printWindow(BrowserWindow.getAllWindows()[0] ?? null, name, log),
  });
  openDoors(rim, trusted, log);

  const icon = join(checkout, 'resources', 'icon.png');
  const open = () => {
    const window = openWindow({
      url,
      preload: join(here, '..', 'preload', 'index.cjs'),
      icon,
      state: openWindowState(dataDir, log),
      setFocused: (focused) => host.setFocused(focused),
      log,
    });
    sendEvents(rim, window);
  };
  setMenu((command) => sendOrder(BrowserWindow.getAllWindows()[0] ?? null, command), !app.isPackaged);
  app.setAboutPanelOptions({ applicationName: 'Provost', applicationVersion: version, iconPath: icon, copyright: '' });
  open();

  app.on('second-instance', () => bringToFront());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitAfter(() => host.close());
}

function bringToFront(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Holds the end back until the desk has written down what is open. */
function quitAfter(close: () => Promise<void>): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}
