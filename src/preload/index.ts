/**
 * The page's only way out: two doors.
 *
 * Security: runs sandboxed. It hands on names and data, never an Electron object: with `ipcRenderer` itself a page could speak on any
 * channel, and with the event object it could reach the sender.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { ProvostDoor } from '../shared/contract/door';

type Callback = (payload: unknown) => void;

const listeners = new Map<string, Set<Callback>>();

ipcRenderer.on('event', (_event, name: string, payload: unknown) => {
  for (const callback of listeners.get(name) ?? []) callback(payload);
});

function listen(event: string, callback: Callback): () => void {
  const callbacks = listeners.get(event) ?? new Set();
  listeners.set(event, callbacks.add(callback));
  return () => {
    callbacks.delete(callback);
  };
}

contextBridge.exposeInMainWorld('provost', {
  request: (name, input) => ipcRenderer.invoke('request', name, input),
  listen: (event, callback) => listen(event, callback as Callback),
} satisfies ProvostDoor);
