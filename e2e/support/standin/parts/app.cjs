'use strict';
/** `app`: when it is ready, where its folders are, that it runs once, and how it ends. */
const { EventEmitter } = require('node:events');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { homedir, tmpdir } = require('node:os');
const { join } = require('node:path');
const chromium = require('./chromium.cjs');

const root = process.env.STANDIN_APP ?? process.cwd();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const userDataSwitch = process.argv.find((arg) => arg.startsWith('--user-data-dir='))?.split('=')[1];

class App extends EventEmitter {
  isPackaged = false;
  name = manifest.productName ?? manifest.name;
  /** Windows register themselves here: `quit` closes them. */
  windows = new Set();
  #paths = {
    userData: userDataSwitch ?? join(tmpdir(), `standin-${manifest.name}`),
    home: homedir(),
    temp: tmpdir(),
    appData: tmpdir(),
    downloads: tmpdir(),
    documents: tmpdir(),
    exe: process.execPath,
  };
  #ready;
  #isReady = false;
  #isQuitting = false;
  commandLine = {
    appendSwitch() {},
    appendArgument() {},
    removeSwitch() {},
    hasSwitch: (name) => process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
    getSwitchValue: (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
  };

  begin() {
    this.#ready ??= chromium.start().then(() => {
      this.#isReady = true;
      this.emit('ready', {}, {});
      return {};
    });
    return this.#ready;
  }
  whenReady() {
    return this.begin();
  }
  isReady() {
    return this.#isReady;
  }

  getPath(name) {
    const path = name === 'logs' ? join(this.#paths.userData, 'logs') : this.#paths[name];
    if (!path) throw new Error(`Failed to get '${name}' path`);
    return path;
  }
  setPath(name, path) {
    this.#paths[name] = path;
  }
  getAppPath() {
    return root;
  }
  getVersion() {
    return manifest.version;
  }
  getName() {
    return this.name;
  }
  setName(name) {
    this.name = name;
  }
  getLocale() {
    return 'en-GB';
  }
  getPreferredSystemLanguages() {
    return ['en-GB'];
  }

  /** The lock is a file with a process number; the first one hears of a second by a signal. */
  requestSingleInstanceLock() {
    const folder = this.#paths.userData;
    const file = join(folder, 'standin.lock');
    const owner = ownerOf(file);
    if (owner !== undefined && owner !== process.pid) {
      process.kill(owner, 'SIGUSR2');
      return false;
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, String(process.pid));
    process.once('exit', () => rmSync(file, { force: true }));
    process.on('SIGUSR2', () => this.emit('second-instance', {}, [], '', undefined));
    return true;
  }

  quit() {
    if (!this.#isAllowed('before-quit')) return;
    this.#isQuitting = true;
    for (const window of [...this.windows]) window.close();
    this.#isQuitting = false;
    if (this.windows.size > 0 || !this.#isAllowed('will-quit')) return;
    void this.exit(0);
  }
  async exit(code = 0) {
    this.emit('quit', {}, code);
    await chromium.stop();
    process.exit(code);
  }
  /** Told by the last window. */
  allWindowsClosed() {
    if (this.#isQuitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
  #isAllowed(event) {
    let isPrevented = false;
    this.emit(event, { preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }

  focus() {}
  relaunch() {}
  enableSandbox() {}
  disableHardwareAcceleration() {}
  setAppUserModelId() {}
  setAboutPanelOptions(options) {
    this.aboutPanelOptions = options;
  }
  showAboutPanel() {}
}

/** The process that holds the lock. A number that now belongs to another program holds nothing. */
function ownerOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.cjs')
      ? pid
      : undefined;
  } catch {
    return undefined;
  }
}

const app = new App();
chromium.whenGone(() => process.exit(0));

module.exports = { app };
