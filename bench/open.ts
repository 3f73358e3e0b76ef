/**
 * `open`: from the start of the process to a grid that can be used, against a blank page served by a bare process to the same engine. And how
 * both the store and the window open with a million rows, against a thousand.
 *
 * The window is measured where it was built (`npm run build`) and a Chromium is there; otherwise only the store is.
 */
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright';
import { view } from '../src/shared/contract/requests';
import { openStore } from '../src/main/desk/local/open';
import { pageRows } from '../src/main/desk/queries/page-rows';
import { Views } from '../src/main/desk/queries/views';
import { migrationsDir, tempStore, type TempStore } from '../src/main/desk/testing/temp-store';
import { withCentral } from './central';
import { alternate, type Bench, type BenchOptions, type Figure } from './measure';
import { facts, fillStudents } from './store-of-students';
import { gridIn, listening, preparedDesk, startRim, windowOpener } from './window';

const FEW = 1_000;

export const open: Bench = async (options) => {
  const n = options.rows ?? (options.quick ? 5_000 : 1_000_000);
  const figures = await openStores(options, n);
  const start = windowOpener();
  if (options.quick || !start) {
    options.log(
      options.quick
        ? 'the window is not opened with --quick'
        : 'no built window or no Chromium: only the store is measured',
    );
    return figures;
  }
  return [...(await openWindows(options, n, start)), ...figures];
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

async function openWindows({ log }: BenchOptions, n: number, start: () => Promise<Browser>): Promise<Figure[]> {
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
