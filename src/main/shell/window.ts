/** The one window of the console. */
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import type { Log } from '../desk-messages';
import { smallestWindow } from './placement';
import type { WindowState } from './window-state';

export interface WindowParts {
  /** Where the window's page is. */
  url: string;
  preload: string;
  icon: string;
  state: WindowState;
  setFocused: (focused: boolean) => void;
  log: Log;
}

export function openWindow({ url, preload, icon, state, setFocused, log }: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    ...state.place,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Provost',
    icon,
    // Until the page has painted: its own two backgrounds, so that nothing flashes.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // A person's words stay on this computer: the spell checker would fetch dictionaries.
      spellcheck: false,
    },
  });
  if (state.isMaximized) window.maximize();
  state.follow(window);
  window.once('ready-to-show', () => window.show());
  window.on('focus', () => setFocused(true));
  window.on('blur', () => setFocused(false));
  offerReopening(window, log);
  window.loadURL(url).catch((error: unknown) => log.error('The window could not be loaded', error));
  return window;
}

/** What was typed into the grid is in the local store before the page says "saved", so a new page has all of it. */
function offerReopening(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error(`The window stopped: ${reason} (${exitCode})`);
    void ask(window, {
      message: 'The window stopped working.',
      detail:
        'Every edit that was saved is safe on this computer. Only a form that was still open has to be filled in again.',
      buttons: ['Open it again', 'Quit'],
    }).then((choice) => (choice === 0 ? window.reload() : window.destroy()));
  });
  window.on('unresponsive', () => {
    log.warn('The window does not respond');
    void ask(window, {
      message: 'The window has not answered for a while.',
      detail: 'It may be busy with something long. Every edit that was saved is safe on this computer.',
      buttons: ['Wait', 'Open it again'],
    }).then((choice) => {
      if (choice === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
    });
  });
}

async function ask(
  window: BrowserWindow,
  what: { message: string; detail: string; buttons: string[] },
): Promise<number> {
  if (window.isDestroyed()) return -1;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    ...what,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return window.isDestroyed() ? -1 : response;
}
