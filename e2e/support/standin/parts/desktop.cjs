'use strict';
/** The desktop around a window: dialogs, clipboard, screens, keychain. None is shown; a journey can replace any answer. */
const { createCipheriv, createDecipheriv, createHash, randomBytes } = require('node:crypto');
const { EventEmitter } = require('node:events');

const dialog = {
  /** The last argument has the options, with or without a window before it. */
  showMessageBox: async (...args) => ({ response: args.at(-1).defaultId ?? 0, checkboxChecked: false }),
  showMessageBoxSync: () => 0,
  showErrorBox: (title, content) => console.error(`[dialog] ${title}: ${content}`),
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
};

const shell = {
  /** What would have been opened outside. */
  opened: [],
  async openExternal(url) {
    shell.opened.push(url);
  },
  async openPath(path) {
    shell.opened.push(path);
    return '';
  },
  showItemInFolder: (path) => shell.opened.push(path),
  beep() {},
};

let clipped = '';
const clipboard = {
  readText: () => clipped,
  writeText: (text) => (clipped = text),
  clear: () => (clipped = ''),
};

/** No keychain: the key is made from the user's name. It keeps secrets out of plain sight, as the tests want, and protects nothing. */
const key = () =>
  createHash('sha256')
    .update(`standin ${process.env.USER ?? ''}`)
    .digest();
const safeStorage = {
  isEncryptionAvailable: () => true,
  isAsyncEncryptionAvailable: async () => true,
  /** The switch of Chromium that makes Electron do without a keychain. */
  getSelectedStorageBackend: () => (process.argv.includes('--password-store=basic') ? 'basic_text' : 'gnome_libsecret'),
  encryptString(text) {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  },
  decryptString(bytes) {
    const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
  },
  encryptStringAsync: async (text) => safeStorage.encryptString(text),
  decryptStringAsync: async (bytes) => ({ result: safeStorage.decryptString(bytes), shouldReEncrypt: false }),
};

const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
  scaleFactor: 1,
};
const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
});

class Notification extends EventEmitter {
  static shown = [];
  static isSupported() {
    return true;
  }
  constructor(options) {
    super();
    this.options = options;
  }
  show() {
    Notification.shown.push(this.options);
    this.emit('show');
  }
  close() {}
}

const image = { isEmpty: () => true, toPNG: () => Buffer.alloc(0), resize: () => image };

module.exports = {
  clipboard,
  crashReporter: { start() {} },
  dialog,
  nativeImage: { createEmpty: () => image, createFromPath: () => image },
  nativeTheme: Object.assign(new EventEmitter(), { themeSource: 'system', shouldUseDarkColors: false }),
  Notification,
  safeStorage,
  screen,
  shell,
};
