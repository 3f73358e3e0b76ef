'use strict';
/** `BrowserWindow` and the list of web contents. A window is a Chromium page of its size; nothing is drawn around it. */
const { EventEmitter } = require('node:events');
const { resolve } = require('node:path');
const { app } = require('./app.cjs');
const chromium = require('./chromium.cjs');
const { WebContents } = require('./web-contents.cjs');

const { windows } = app;

class BrowserWindow extends EventEmitter {
  #bounds;
  #title;
  #isDestroyed = false;
  #isMaximized = false;
  #isMinimized = false;
  #isVisible;
  #isShownOnce = false;
  /** Where the main process itself sends the page: such a navigation asks nobody. */
  #sentTo = '';
  #attached;

  static getAllWindows() {
    return [...windows];
  }
  static getFocusedWindow() {
    return [...windows].at(-1) ?? null;
  }
  static fromWebContents(contents) {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id) {
    return [...windows].find((window) => window.id === id) ?? null;
  }

  constructor({ x = 0, y = 0, width = 800, height = 600, show = true, title = '', webPreferences = {} } = {}) {
    super();
    const { nodeIntegration, contextIsolation, sandbox, webSecurity, preload } = webPreferences;
    if (nodeIntegration || contextIsolation === false || sandbox === false || webSecurity === false) {
      throw new Error('The stand-in refuses insecure webPreferences');
    }
    this.#bounds = { x, y, width, height };
    this.#title = title;
    this.#isVisible = show;
    this.webContents = new WebContents(this);
    this.id = this.webContents.id;
    windows.add(this);
    this.webContents.on('did-finish-load', () => this.#loaded());
    this.#attached = app.begin().then(async () => {
      const page = await chromium.takePage();
      await page.setViewportSize({ width, height });
      await this.webContents.attach(page, preload);
    });
    app.emit('browser-window-created', {}, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url) {
    await this.#attached;
    this.#sentTo = url;
    await this.webContents.page.goto(chromium.toWeb(url));
  }
  loadFile(file) {
    return this.loadURL(`file://${resolve(file)}`);
  }
  isSentTo(url) {
    return url === this.#sentTo;
  }
  #loaded() {
    if (this.#isShownOnce) return;
    this.#isShownOnce = true;
    this.emit('ready-to-show');
  }

  close() {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }
  destroy() {
    this.webContents.page?.close().catch(() => undefined);
    this.gone();
  }
  /** The page is closed, whoever closed it. */
  gone() {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.delete(this);
    this.emit('closed');
    if (windows.size === 0) app.allWindowsClosed();
  }
  isDestroyed() {
    return this.#isDestroyed;
  }
  reload() {
    this.webContents.reload();
  }

  show() {
    this.#isVisible = true;
    this.emit('show');
    this.emit('focus');
  }
  hide() {
    this.#isVisible = false;
    this.emit('hide');
  }
  focus() {
    this.emit('focus');
  }
  blur() {
    this.emit('blur');
  }
  minimize() {
    this.#isMinimized = true;
    this.emit('minimize');
  }
  restore() {
    this.#isMinimized = false;
    this.emit('restore');
  }
  maximize() {
    this.#isMaximized = true;
    this.emit('maximize');
  }
  unmaximize() {
    this.#isMaximized = false;
    this.emit('unmaximize');
  }
  isVisible() {
    return this.#isVisible;
  }
  isFocused() {
    return BrowserWindow.getFocusedWindow() === this;
  }
  isMinimized() {
    return this.#isMinimized;
  }
  isMaximized() {
    return this.#isMaximized;
  }
  isFullScreen() {
    return false;
  }

  getBounds() {
    return { ...this.#bounds };
  }
  getNormalBounds() {
    return { ...this.#bounds };
  }
  setBounds(bounds) {
    Object.assign(this.#bounds, bounds);
    const { width, height } = this.#bounds;
    void this.webContents.page?.setViewportSize({ width, height });
    this.emit('resize');
  }
  getTitle() {
    return this.#title;
  }
  setTitle(title) {
    this.#title = title;
  }
  setMinimumSize() {}
  setMenu() {}
  setMenuBarVisibility() {}
  setBackgroundColor() {}
  setProgressBar() {}
  setFullScreen() {}
  flashFrame() {}
}

chromium.whenNavigating((page, url) => {
  const window = [...windows].find((candidate) => candidate.webContents.page === page);
  return !window || window.isSentTo(url) || window.webContents.mayNavigate(url);
});

const webContents = {
  getAllWebContents: () => [...windows].map((window) => window.webContents),
  fromId: (id) => BrowserWindow.fromId(id)?.webContents,
  fromDevToolsTargetId: (id) => webContents.getAllWebContents().find((contents) => contents.targetId === id),
};

module.exports = { BrowserWindow, webContents };
