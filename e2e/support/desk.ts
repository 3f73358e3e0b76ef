/** One desk in a journey: the built console, its data folder, and the wire between it and the central database. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { startWireProxy, type WireProxy } from '../../src/main/desk/testing/wire-proxy';
import type { ProvostDoor } from '../../src/shared/contract/door';
import { open as openOutcome } from '../../src/shared/contract/outcome';
import type { Input, Output, RequestName } from '../../src/shared/contract/requests';
import type { Central } from './central';

const checkout = resolve(import.meta.dirname, '../..');
const STANDIN = join(import.meta.dirname, 'standin');

/** The executable: real Electron's where its binary is and a screen to show it on; else the stand-in's. */
function electronExecutable(): string {
  const folder = join(checkout, 'node_modules/electron');
  const note = join(folder, 'path.txt');
  const own = existsSync(note) ? join(folder, 'dist', readFileSync(note, 'utf8').trim()) : '';
  const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  return existsSync(own) && hasScreen ? own : join(STANDIN, 'electron');
}

export interface DeskOptions {
  /** A folder to keep; by default a temporary one. */
  dataDir?: string;
  /** Shows the accounts of the demonstration on the sign-in screen. */
  withAccounts?: boolean;
  /** Linux without a keychain: what is sealed is sealed with a key that everybody knows. */
  withoutKeychain?: boolean;
}

export class Desk {
  app!: ElectronApplication;
  page!: Page;
  readonly dataDir: string;
  readonly #isTemporary: boolean;

  private constructor(
    private readonly central: Central,
    /** Faults are chosen here: `desk.wire.plan = (what) => …`. */
    readonly wire: WireProxy,
    private readonly options: DeskOptions,
  ) {
    this.#isTemporary = options.dataDir === undefined;
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'provost-desk-'));
  }

  static async launch(central: Central, options: DeskOptions = {}): Promise<Desk> {
    const desk = new Desk(central, await startWireProxy(central.server), options);
    await desk.open();
    return desk;
  }

  /** The address this desk signs in to: the wire's. */
  get server(): string {
    return this.wire.url;
  }
  readonly executable = electronExecutable();

  /** Starts the console: at first by `launch`, later after `kill9` or `quit`, on the same folder and the same wire. */
  async open(): Promise<void> {
    // Playwright asks the `electron` package for the executable, and that looks here first.
    if (dirname(this.executable) === STANDIN) process.env.ELECTRON_OVERRIDE_DIST_PATH = STANDIN;
    const { central, server, options, dataDir } = this;
    const offered: Record<string, string> = options.withAccounts
      ? { PROVOST_DEMO: JSON.stringify({ server, accounts: central.accounts }) }
      : { PROVOST_SERVER: server };
    this.app = await _electron.launch({
      args: ['.', `--user-data-dir=${dataDir}`, ...(options.withoutKeychain ? ['--password-store=basic'] : [])],
      cwd: checkout,
      env: { ...(process.env as Record<string, string>), ...offered },
    });
    this.page = await this.app.firstWindow();
    // The window exists before it shows anything.
    await this.page.waitForURL((url) => url.protocol !== 'about:', { waitUntil: 'domcontentloaded' });
  }

  /** Signs in on the sign-in screen and waits for the frame. */
  async signIn(email: string, password: string): Promise<void> {
    await this.tryToSignIn(email, password);
    await expect(this.page.getByRole('navigation', { name: 'Areas' })).toBeVisible();
  }

  /** Fills the sign-in screen in and sends it, whatever comes of it. */
  async tryToSignIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Opens a screen by its address within the console, such as `/facilities`. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = to;
    }, path);
  }

  /** Types another name over a cell of the grid on show, and waits until the grid shows it. */
  async rename(from: string, to: string): Promise<void> {
    await this.page.getByRole('gridcell', { name: from, exact: true }).click();
    await this.page.keyboard.press('F2');
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.type(to);
    await this.page.keyboard.press('Enter');
    await expect(this.page.getByRole('gridcell', { name: to, exact: true })).toBeVisible();
  }

  /** Speaks to the desk as its page does: throws the refusal where there is one. */
  async ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    const outcome = await this.page.evaluate(
      ([request, given]) => (window as unknown as { provost: ProvostDoor }).provost.request(request, given),
      [name, input] as [RequestName, Input<RequestName>],
    );
    return openOutcome(outcome) as Output<N>;
  }

  /** Waits until the first load is through and everything of this desk is on the server. */
  async settled(): Promise<void> {
    await expect
      .poll(
        async () => {
          const { connection, waiting, loading, lastSyncAt } = await this.ask('sync.read', {});
          return { connection, waiting, isLoading: loading !== null, isSynced: lastSyncAt !== null };
        },
        { timeout: 30_000 },
      )
      .toEqual({ connection: 'online', waiting: 0, isLoading: false, isSynced: true });
  }

  /** The end of a process without a word: no handler runs, nothing is flushed. */
  async kill9(): Promise<void> {
    const child = this.app.process();
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends the console in order; `open` starts it again. */
  async quit(): Promise<void> {
    await this.app.close();
  }

  goOffline(): void {
    this.wire.goDark();
  }
  goOnline(): void {
    this.wire.heal();
  }

  /** The end of the journey for this desk. */
  async close(): Promise<void> {
    await this.app.close().catch(() => undefined);
    await this.wire.close();
    if (this.#isTemporary) rmSync(this.dataDir, { recursive: true, force: true });
  }
}
