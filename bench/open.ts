/**
 * `open`: from the start of the process to a grid that can be used, against a blank page served by a bare process to the same engine. And how
 * both the store and the window open with a million rows, against a thousand.
 *
 * The window is measured where it was built (`npm run build`) and a Chromium is there; otherwise only the store is.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { chromium, type Browser, type Page } from 'playwright';
import { stress, stressPlace } from '../src/central/seed/stress';
import type { FreshCentral } from '../src/central/testing/central';
import { view } from '../src/shared/contract/requests';
import { openStore } from '../src/main/desk/local/open';
import { pageRows } from '../src/main/desk/queries/page-rows';
import { Views } from '../src/main/desk/queries/views';
import { migrationsDir, tempStore, type TempStore } from '../src/main/desk/testing/temp-store';
import { withCentral } from './central';
import { alternate, type Bench, type BenchOptions, type Figure } from './measure';
import { facts, fillStudents } from './store-of-students';

const FEW = 1_000;
const entry = resolve(import.meta.dirname, '../out/main/browser.js');
const engine = (): string | undefined =>
  [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ].find((path) => path !== undefined && existsSync(path));

export const open: Bench = async (options) => {
  const n = options.rows ?? (options.quick ? 5_000 : 1_000_000);
  const figures = await openStores(options, n);
  const executable = engine();
  if (options.quick || !executable || !existsSync(entry)) {
    options.log(
      options.quick
        ? 'the window is not opened with --quick'
        : 'no built window or no Chromium: only the store is measured',
    );
    return figures;
  }
  return [...(await openWindows(options, n, executable)), ...figures];
};

/** Opening the store and showing the first page of students, many against few. */
async function openStores({ quick, log }: BenchOptions, n: number): Promise<Figure[]> {
  const stores: TempStore[] = [];
  const side = (rows: number) => {
    const temp = tempStore();
    stores.push(temp);
    const store = temp.open();
    fillStudents(store, rows);
    store.close();
    const asked = view.parse({ entity: 'students' });
    return {
      run() {
        const store = openStore({ file: temp.file, migrationsDir });
        const context = { read: store.reader, session: facts, views: new Views(), now: () => Date.now() };
        if (pageRows(context, { view: asked, from: 0, count: 100 }).rows.length !== 100)
          throw new Error('No page came.');
        store.close();
      },
    };
  };
  try {
    log(`making a store of ${n} rows`);
    const ms = await alternate(quick ? 2 : 7, { many: side(n), few: side(FEW) });
    return [
      { name: 'open-store', value: ms.many / ms.few, unit: 'x', better: 'lower', goal: 1.05, limit: 1, n },
      { name: 'open-store-ms', value: ms.many, unit: 'ms', better: 'lower', goal: null, limit: ms.few, n },
    ];
  } finally {
    for (const store of stores) store.remove();
  }
}

async function openWindows({ log }: BenchOptions, n: number, executable: string): Promise<Figure[]> {
  const start = () =>
    chromium.launch({
      executablePath: executable,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
  const few = await withCentral((central) => preparedDesk(central, FEW, start, log));
  const many = await withCentral((central) => preparedDesk(central, n, start, log));
  const window = (dataDir: string) => ({
    async run() {
      const rim = await startRim(dataDir);
      const browser = await start();
      const page = await browser.newPage();
      await page.goto(`${rim.link}#/e/students`);
      await gridIn(page);
      closing = async () => {
        await browser.close();
        await rim.stop();
      };
    },
    after: () => closing(),
  });
  let closing = async () => {};
  try {
    const ms = await alternate(7, {
      many: window(many),
      few: window(few),
      blank: {
        async run() {
          const server = await listening([
            '-e',
            `require('http').createServer((_, r) => r.end('<!doctype html><p>ready')).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port) })`,
          ]);
          const browser = await start();
          const page = await browser.newPage();
          await page.goto(server.link);
          await page.getByText('ready').waitFor();
          closing = async () => {
            await browser.close();
            await server.stop();
          };
        },
        after: () => closing(),
      },
    });
    return [
      { name: 'open', value: ms.many / ms.blank, unit: 'x', better: 'lower', goal: 1.8, limit: 1, n },
      { name: 'open-ms', value: ms.many, unit: 'ms', better: 'lower', goal: ms.blank * 1.8, limit: ms.blank, n },
      { name: 'open-growth', value: ms.many / ms.few, unit: 'x', better: 'lower', goal: 1.05, limit: 1, n },
    ];
  } finally {
    rmSync(few, { recursive: true, force: true });
    rmSync(many, { recursive: true, force: true });
  }
}

/** A data folder whose desk has signed in and holds `n` students. */
async function preparedDesk(
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
const gridIn = (page: Page): Promise<void> =>
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

const startRim = (dataDir: string, server?: string) =>
  listening([entry, `--data-dir=${dataDir}`], server === undefined ? {} : { PROVOST_SERVER: server });

/** Starts a Node process that prints an address, and waits for it. */
async function listening(
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
