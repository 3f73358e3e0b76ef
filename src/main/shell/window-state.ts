/** Where the window was when it was last closed. */
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { Log } from '../desk-messages';
import { placeOn, type Place } from './placement';
import { openStore } from './settings';

const SETTLED_AFTER_MS = 400;

export interface WindowState {
  place: Partial<Rectangle> & { width: number; height: number };
  isMaximized: boolean;
  /** Writes down where this window is, now and after each move. */
  follow(window: BrowserWindow): void;
}

export function openWindowState(dataDir: string, log: Log): WindowState {
  const store = openStore<{ place?: Place; isMaximized?: boolean }>(dataDir, 'window', log);
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  return {
    place: placeOn(workAreas, store.get('place')),
    isMaximized: store.get('isMaximized') === true,
    follow(window) {
      let timer: NodeJS.Timeout | undefined;
      const save = () => {
        clearTimeout(timer);
        if (window.isDestroyed() || window.isMinimized()) return;
        try {
          store.set({ place: window.getNormalBounds(), isMaximized: window.isMaximized() });
        } catch (error) {
          log.warn('Where the window stands could not be written down', error);
        }
      };
      const saveSoon = () => {
        clearTimeout(timer);
        timer = setTimeout(save, SETTLED_AFTER_MS);
      };
      for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event as 'resize', saveSoon);
      window.on('close', save);
    },
  };
}
