import type { Outcome } from '../../shared/contract/outcome';
import { socketDoor } from './socket-door';

/**
 * The two ways through to the desk: ask, and be told. In the desktop window the preload puts it on `window.provost`; in an ordinary browser
 * the same words go over a WebSocket.
 */
export interface Door {
  request(name: string, input: unknown): Promise<Outcome<unknown>>;
  /** Returns how to stop listening. */
  listen(event: string, callback: (payload: unknown) => void): () => void;
}

/** Told by a door that has just been shut, for as long as it takes to open again. No desk sends it. */
export const doorClosed = 'door.closed';
/** Told by a door that was shut for a while: everything known may be old. No desk sends it. */
export const doorReopened = 'door.reopened';

declare global {
  interface Window {
    provost?: Door;
  }
}

let opened: Door | undefined;

/** The door of this window, opened at first use. */
export function door(): Door {
  opened ??= window.provost ?? socketDoor(doorAddress(window.location), { closed: doorClosed, reopened: doorReopened });
  return opened;
}

export function doorAddress(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/door`;
}
