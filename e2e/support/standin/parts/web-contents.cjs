'use strict';
/** `webContents`: a Chromium page, its preload in an isolated world, and the messages between it and the main process. */
const { EventEmitter } = require('node:events');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const chromium = require('./chromium.cjs');
const { ipcMain } = require('./ipc-main.cjs');
const { session } = require('./session.cjs');
const { decode, encode } = require('../wire.cjs');
const { isolatedWorld } = require('../page/isolated-world.cjs');
const { mainWorld } = require('../page/main-world.cjs');

/** The name Electron gives its own. */
const WORLD = 'Electron Isolated Context';
/** The function by which the isolated world calls out. The page's own world never sees it. */
const CALL = '__standinCall';
/** What the wire's file says, as an expression that runs in a page. */
const wire = `(() => { const module = { exports: {} }; ${readFileSync(join(__dirname, '../wire.cjs'), 'utf8')}; return module.exports; })()`;

let lastId = 0;

class WebContents extends EventEmitter {
  id = ++lastId;
  session = session.defaultSession;
  #window;
  #world = null;
  #unsent = [];
  #decideOpening = () => ({ action: 'allow' });

  constructor(window) {
    super();
    this.#window = window;
  }

  getURL() {
    return this.page ? chromium.fromWeb(this.page.url()) : '';
  }
  get mainFrame() {
    const url = this.getURL();
    return { url, origin: url.split('/').slice(0, 3).join('/'), parent: null };
  }
  getType() {
    return 'window';
  }
  isDestroyed() {
    return this.#window.isDestroyed();
  }

  /** Until the preload listens, messages wait in order. */
  send(channel, ...args) {
    const message = encode([channel, ...args]);
    if (this.#world === null) this.#unsent.push(message);
    else this.#run(`standin.receive(${JSON.stringify(message)})`);
  }
  #run(expression) {
    // A page that goes away meanwhile needs no message any more.
    this.cdp.send('Runtime.evaluate', { contextId: this.#world, expression }).catch(() => undefined);
  }

  /** Takes the page over before its first navigation. */
  async attach(page, preload) {
    this.page = page;
    this.cdp = await chromium.newSession(page);
    this.targetId = (await this.cdp.send('Target.getTargetInfo')).targetInfo.targetId;
    this.cdp.on('Runtime.executionContextsCleared', () => (this.#world = null));
    this.cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === CALL) void this.#hear(JSON.parse(payload), executionContextId);
    });
    this.cdp.on('Page.windowOpen', ({ url }) => this.#decideOpening({ url, disposition: 'new-window' }));
    await this.cdp.send('Page.enable');
    await this.cdp.send('Runtime.enable');
    await this.cdp.send('Runtime.addBinding', { name: CALL, executionContextName: WORLD });
    await this.#install(preload);
    this.#passOn(page);
  }

  async #install(preload) {
    const key = JSON.stringify(`standin-${Math.random().toString(36).slice(2)}`);
    const code = preload ? readFileSync(preload, 'utf8') : '';
    const inTopFrame = (body) => `if (self === top) { ${body} }`;
    await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: WORLD,
      source: inTopFrame(
        `globalThis.standin = (${isolatedWorld})(${key}, ${wire}, ${CALL}); standin.run((require, module, exports, process) => { ${code}\n });`,
      ),
    });
    await this.cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: inTopFrame(`(${mainWorld})(${key}, ${wire});`),
    });
  }

  #passOn(page) {
    page.on('popup', (popup) => void popup.close().catch(() => undefined));
    page.on('domcontentloaded', () => this.emit('dom-ready', {}));
    page.on('load', () => this.emit('did-finish-load', {}));
    page.on('console', (message) => this.emit('console-message', { level: message.type(), message: message.text() }));
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('close', () => this.#window.gone());
  }

  /** What the preload said. */
  async #hear({ type, id, channel, args }, contextId) {
    if (type === 'ready') {
      this.#world = contextId;
      for (const message of this.#unsent.splice(0)) this.#run(`standin.receive(${JSON.stringify(message)})`);
      return;
    }
    const reply = (to, ...values) => this.send(to, ...values);
    const event = { sender: this, senderFrame: this.mainFrame, frameId: 0, processId: this.id, type: 'frame', reply };
    if (type === 'send') {
      ipcMain.emit(channel, event, ...decode(args));
      return;
    }
    const answer = await invoke(channel, event, args);
    const expression = `standin.answer(${id}, ${JSON.stringify(answer)})`;
    await this.cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  }

  /** Whether this page may go there of its own accord. */
  mayNavigate(url) {
    let isPrevented = false;
    this.emit('will-navigate', { url, isMainFrame: true, preventDefault: () => (isPrevented = true) }, url);
    return !isPrevented;
  }
  setWindowOpenHandler(decide) {
    this.#decideOpening = decide;
  }

  reload() {
    this.cdp?.send('Page.reload').catch(() => undefined);
  }
  close() {
    this.#window.close();
  }
  focus() {}
  forcefullyCrashRenderer() {
    this.cdp.send('Page.crash').catch(() => undefined);
  }
  openDevTools() {}
  closeDevTools() {}
  isDevToolsOpened() {
    return false;
  }
  setZoomFactor() {}
  setZoomLevel() {}
  getZoomFactor() {
    return 1;
  }
  executeJavaScript(code) {
    return this.page.evaluate(code);
  }
  printToPDF({ pageSize, landscape } = {}) {
    return this.page.pdf({
      printBackground: true,
      landscape,
      ...(typeof pageSize === 'string' ? { format: pageSize } : {}),
    });
  }
  async capturePage() {
    const image = await this.page.screenshot();
    return { toPNG: () => image };
  }
}

async function invoke(channel, event, args) {
  try {
    const handler = ipcMain.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return { value: encode(await handler(event, ...decode(args))) };
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { error: `Error invoking remote method '${channel}': ${text}` };
  }
}

module.exports = { WebContents };
