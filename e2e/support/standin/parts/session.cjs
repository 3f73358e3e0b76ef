'use strict';
/** `session`: keeps what it is told. A journey can ask the handlers itself; Chromium grants a page nothing of its own accord. */
const { EventEmitter } = require('node:events');
const { protocol } = require('./protocol.cjs');

class Session extends EventEmitter {
  protocol = protocol;
  webRequest = { onBeforeRequest() {}, onBeforeSendHeaders() {}, onHeadersReceived() {} };

  setPermissionRequestHandler(handler) {
    this.permissionRequestHandler = handler;
  }
  setPermissionCheckHandler(handler) {
    this.permissionCheckHandler = handler;
  }
  setSpellCheckerEnabled() {}
  registerPreloadScript() {
    return 'standin';
  }
  getPreloadScripts() {
    return [];
  }
  setPreloads() {}
  getPreloads() {
    return [];
  }
  async setProxy() {}
  async clearStorageData() {}
}

const defaultSession = new Session();

module.exports = { session: { defaultSession, fromPartition: () => new Session() } };
