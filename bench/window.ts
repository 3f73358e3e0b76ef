/** What the benches of the window share: the built console, an engine to show it, and a desk that holds many students. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { chromium, type Browser, type Page } from 'playwright';
import { stress, stressPlace } from '../src/central/seed/stress';
import type { FreshCentral } from '../src/central/testing/central';

const entry = resolve(import.meta.dirname, '../out/main/browser.js');
const engine = (): string | undefined =>
  [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ].find((path) => path !== undefined && existsSync(path));

/** How a window is opened; null where the console was not built or there is no Chromium. */
export function windowOpener(): (() => Promise<Browser>) | null {
  const executablePath = engine();
  if (executablePath === undefined || !existsSync(entry)) return null;
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--enable-precise-memory-info'];
  return () => chromium.launch({ executablePath, args });
}

/** A data folder whose desk has signed in and holds `n` students. */
export async function preparedDesk(
  central: FreshCentral,
  n: number,
  start: () => Promise<Browser>,
  log: (text: string) => void,
): Promise<string> {
  log(`loading ${n} rows into a desk with a window`);
  await stress(central.sql, { entity: 'students', rows: n });
  const { email, password } = await central.addUser({ role: 'program_admin', programs: [stressPlace.programId] });
  const dataDir = mkdtempSync(join(tmpdir(), 'provost-bench-'));
  const rim = await startRim(dataDir, central.clientUrl);
  const browser = await start();
  try {
    const page = await browser.newPage();
    await page.goto(`${rim.link}#/e/students`);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await gridIn(page);
    await loaded(dataDir, n);
  } finally {
    await browser.close();
    await rim.stop();
  }
  return dataDir;
}

/** A cell with a student in it: rows that are still waiting for their page have cells too. */
export const gridIn = (page: Page): Promise<void> =>
  page.getByRole('gridcell').filter({ hasText: 'STU-1990-' }).first().waitFor({ timeout: 120_000 });

/** Until every scope of the desk's store is live and its search is built, so that no work is left over for later starts. */
async function loaded(dataDir: string, n: number): Promise<void> {
  for (let second = 0; second < 600; second++) {
    const file = globSync(join(dataDir, 'stores', '*', 'cache.db'))[0];
    if (file) {
      const db = new Database(file, { readonly: true });
      const held = db.prepare('select count(*) from students').pluck().get();
      const loading = db.prepare(`select count(*) from cursors where state <> 'live'`).pluck().get();
      db.close();
      if (held === n && loading === 0) return pause(5_000 + n / 50);
    }
    await pause(1_000);
  }
  throw new Error('The desk did not finish loading.');
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export const startRim = (dataDir: string, server?: string) =>
  listening([entry, `--data-dir=${dataDir}`], server === undefined ? {} : { PROVOST_SERVER: server });

/** Starts a Node process that prints an address, and waits for it. */
export async function listening(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ link: string; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const link = await new Promise<string>((done, fail) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const address = /http:\/\/\S+$/.exec(line)?.[0];
        if (address) done(address);
      });
    }
    void ended.then(() => fail(new Error('The process ended before it printed its address.')));
  });
  return {
    link,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
