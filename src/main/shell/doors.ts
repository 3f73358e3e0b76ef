/** The page's two doors on this side: requests come in, events go out. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { Log } from '../desk-messages';
import type { Rim } from '../rim';

/**
 * Security: the sender is checked before anything else. Only the top frame of a page of the console's own origin is answered.
 */
export function openDoors(rim: Rim, trusted: (url: string) => boolean, log: Log): void {
  ipcMain.handle('request', (event, name: unknown, input: unknown) => {
    if (!isTrusted(event, trusted)) {
      log.warn('A request came from a page that is not the console’s and was refused');
      return { ok: false, problem: { kind: 'forbidden', message: 'Only the console itself may ask that.' } };
    }
    return rim.answer(name, input);
  });
}

function isTrusted({ senderFrame }: IpcMainInvokeEvent, trusted: (url: string) => boolean): boolean {
  return senderFrame !== null && senderFrame.parent === null && trusted(senderFrame.url);
}

/** Passes the rim's events on for as long as the window lives. */
export function sendEvents(rim: Rim, window: BrowserWindow): void {
  const stop = rim.listen((event, payload) => {
    if (!window.isDestroyed()) window.webContents.send('event', event, payload);
  });
  window.once('closed', stop);
}
