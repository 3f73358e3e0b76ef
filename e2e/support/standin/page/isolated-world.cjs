'use strict';
/**
 * Runs in the isolated world of a page, as text: gives the preload its `require('electron')`, and serves what the preload exposes to the
 * page's own world. The two worlds share the document but no objects, so they speak in DOM events with text in them: everything is cloned,
 * nothing shared, as with Electron's contextBridge.
 */
function isolatedWorld(key, { encode, decode }, call) {
  const waiting = new Map();
  const listeners = new Map();
  let lastId = 0;

  const tellMain = (message) => call(JSON.stringify(message));
  const ipcRenderer = {
    invoke(channel, ...args) {
      const encoded = encode(args);
      return new Promise((resolve, reject) => {
        waiting.set(++lastId, { resolve, reject });
        tellMain({ type: 'invoke', id: lastId, channel, args: encoded });
      });
    },
    send: (channel, ...args) => tellMain({ type: 'send', channel, args: encode(args) }),
    on(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    once(channel, listener) {
      const first = (...args) => {
        ipcRenderer.off(channel, first);
        listener(...args);
      };
      return ipcRenderer.on(channel, first);
    },
    off(channel, listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    removeListener: (channel, listener) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  const exposed = {};
  const functions = [];
  const tellPage = (message) =>
    document.dispatchEvent(new globalThis.CustomEvent(`${key}-page`, { detail: JSON.stringify(message) }));
  const reference = (fn) => ({ fn: functions.push(fn) - 1 });
  /** The shape of an exposed object: functions by number, the rest by value. */
  const shapeOf = (value) => {
    if (typeof value === 'function') return reference(value);
    const isPlain = value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
    if (!isPlain) return { value: encode(value) };
    return { object: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shapeOf(item)])) };
  };
  const pass = (value) => (typeof value === 'function' ? reference(value) : { value: encode(value) });
  const messageOf = (error) => String(error?.message ?? error);
  const take = (item) =>
    'callback' in item
      ? (...args) => tellPage({ type: 'callback', callback: item.callback, args: args.map(pass) })
      : decode(item.value);

  document.addEventListener(`${key}-preload`, ({ detail }) => {
    const message = JSON.parse(detail);
    if (message.type === 'hello') return tellPage({ type: 'shape', shape: exposed });
    const { id } = message;
    try {
      const result = functions[message.fn](...message.args.map(take));
      if (typeof result?.then !== 'function') return tellPage({ type: 'returned', id, result: pass(result) });
      tellPage({ type: 'returned', id, isPromise: true });
      result.then(
        (value) => tellPage({ type: 'settled', id, result: pass(value) }),
        (error) => tellPage({ type: 'settled', id, error: messageOf(error) }),
      );
    } catch (error) {
      tellPage({ type: 'returned', id, error: messageOf(error) });
    }
  });

  const contextBridge = {
    exposeInMainWorld(name, value) {
      if (name in exposed) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed[name] = shapeOf(value);
    },
  };
  const electron = { contextBridge, ipcRenderer, webFrame: {}, webUtils: { getPathForFile: ({ name }) => name } };
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload has only electron)`);
  };
  const process = { sandboxed: true, contextIsolated: true, type: 'renderer', platform: 'linux', env: {}, argv: [] };

  return {
    run(preload) {
      const module = { exports: {} };
      preload(require, module, module.exports, process);
      tellMain({ type: 'ready' });
    },
    answer(id, { value, error }) {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(decode(value));
      else reject(new Error(error));
    },
    receive(message) {
      const [channel, ...args] = decode(message);
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({ sender: ipcRenderer, ports: [] }, ...args);
    },
  };
}

module.exports = { isolatedWorld };
