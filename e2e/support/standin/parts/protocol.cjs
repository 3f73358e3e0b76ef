'use strict';
/** `protocol` and `net`. */
const { readFile } = require('node:fs/promises');
const { fileURLToPath } = require('node:url');
const { schemes } = require('./chromium.cjs');

const protocol = {
  registerSchemesAsPrivileged(list) {
    for (const { scheme, privileges } of list) schemes.set(scheme, { privileges });
  },
  handle(scheme, handler) {
    if (schemes.get(scheme)?.handler) throw new Error(`The scheme ${scheme} already has a handler`);
    schemes.set(scheme, { ...schemes.get(scheme), handler });
  },
  unhandle: (scheme) => schemes.set(scheme, { ...schemes.get(scheme), handler: undefined }),
  isProtocolHandled: (scheme) => schemes.get(scheme)?.handler !== undefined,
};

const net = {
  isOnline: () => true,
  async fetch(input, options) {
    const url = typeof input === 'string' ? input : input.url;
    if (!url.startsWith('file:')) return fetch(input, options);
    return new globalThis.Response(await readFile(fileURLToPath(url)));
  },
};

module.exports = { net, protocol };
