/**
 * `scroll`: the grid of a million rows, scrolled as by a wheel and thrown to any depth, beside AG Grid's own client-side rows in the same engine:
 * the 95th of 100 frames, the share of rows that stand blank for longer than 100 ms, the heap; and from a click on a heading to the first rows.
 *
 * It needs `npm run build` and a Chromium; without them, and with `--quick`, nothing is measured.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { withCentral } from './central';
import type { Bench, Figure } from './measure';
import { gridIn, preparedDesk, startRim, windowOpener } from './window';

/** The package does not export its build for a script tag. */
const agGrid = resolve(import.meta.dirname, '../node_modules/ag-grid-community/dist/ag-grid-community.min.js');

export const scroll: Bench = async ({ quick, rows, log }) => {
  const start = quick ? null : windowOpener();
  if (!start) {
    log('no built window, no Chromium, or --quick: nothing is measured');
    return [];
  }
  const n = rows ?? 1_000_000;
  const ours = await measureOurs(n, start, log);
  log(`${n} client-side rows`);
  const theirs = await measureClientSide(n, start);
  const figure = (name: string, value: number, unit: string, goal: number | null, limit: number | null): Figure => ({
    ...{ name, value, unit, better: 'lower', goal, limit, n },
  });
  return [
    figure('scroll-p95', ours.p95, 'ms', Math.max(17, theirs.p95), theirs.p95),
    figure('scroll-blank', Math.max(0.001, ours.blank * 100), '%', 1, null),
    figure('scroll-throw', ours.throws, 'ms', 100, null),
    figure('scroll-heap', ours.heap, 'MB', theirs.heap / 20, theirs.heap),
    figure('scroll-sort', ours.sort, 'ms', null, theirs.sort),
    { ...figure('scroll-sort-gain', theirs.sort / ours.sort, 'x', 10, null), better: 'higher' },
  ];
};

interface Measured {
  p95: number;
  /** Of rows seen: blank for longer than 100 ms. */
  blank: number;
  /** After a throw to another depth, until every row in sight is there; the median, in milliseconds. */
  throws: number;
  heap: number;
  sort: number;
}

async function measureOurs(n: number, start: () => Promise<Browser>, log: (text: string) => void): Promise<Measured> {
  const dataDir = await withCentral((central) => preparedDesk(central, n, start, log));
  const rim = await startRim(dataDir);
  const browser = await start();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${rim.link}#/e/students`);
    await gridIn(page);
    const sort = await sortOurs(page);
    log('scrolling');
    return { ...(await scrolled(page, 'studentNumber')), sort };
  } finally {
    await browser.close();
    await rim.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** From a click on a heading to rows in the new order; the median of columns that were not sorted by before. */
async function sortOurs(page: Page): Promise<number> {
  const first = page.locator('.ag-row[row-index="0"]').first();
  const times: number[] = [];
  for (const label of ['Number', 'Phone', 'Joined']) {
    const before = await first.getAttribute('row-id');
    const begun = performance.now();
    await page.getByRole('columnheader', { name: label }).click();
    await page.waitForFunction(
      (id) => {
        const row = document.querySelector('.ag-row[row-index="0"]');
        return row !== null && row.getAttribute('row-id') !== id && (row.textContent ?? '').length > 5;
      },
      before,
      { timeout: 60_000 },
    );
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[1]!;
}

async function measureClientSide(n: number, start: () => Promise<Browser>): Promise<Measured> {
  const browser = await start();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent('<div id="grid" style="height: 560px"></div>');
    await page.addScriptTag({ path: agGrid });
    const sort = await page.evaluate(fillClientSide, n);
    return { ...(await scrolled(page, 'number')), sort };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: the same columns, all rows at hand. @returns milliseconds for a sort by a text */
function fillClientSide(n: number): number {
  const scattered = (i: number): string => ((i * 2_654_435_761) % 4_294_967_296).toString(36);
  const rows = Array.from({ length: n }, (_, i) => ({
    ...{
      first: `First ${i % 977}`,
      last: `Last ${scattered(i)}`,
      number: `STU-1990-${i}`,
      email: `${scattered(i)}@x.org`,
    },
    ...{ phone: `+234 803 ${scattered(i)}`, born: '2012-05-17', joined: '2026-01-15', status: 'active' },
  }));
  const { createGrid } = (globalThis as unknown as { agGrid: { createGrid: (...given: unknown[]) => unknown } }).agGrid;
  const api = createGrid(document.querySelector('#grid'), {
    ...{ rowData: rows, rowHeight: 32, rowBuffer: 20, animateRows: false },
    columnDefs: Object.keys(rows[0]!).map((field) => ({ field })),
  }) as { applyColumnState: (state: unknown) => void };
  const begun = performance.now();
  api.applyColumnState({ state: [{ colId: 'last', sort: 'asc' }] });
  return performance.now() - begun;
}

/** Scrolls for some seconds, then throws the rows to other depths. */
async function scrolled(page: Page, filled: string): Promise<Omit<Measured, 'sort'>> {
  await page.waitForTimeout(1_500);
  return page.evaluate(async (column) => {
    const view = document.querySelector<HTMLElement>('.ag-body-viewport, .ag-grid-viewport')!;
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const blankSince = new Map<string, number>();
    const seen = new Set<string>();
    const late = new Set<string>();
    const look = (now: number): number => {
      const box = view.getBoundingClientRect();
      let blank = 0;
      for (const row of document.querySelectorAll<HTMLElement>('.ag-center-cols-container .ag-row')) {
        const { top, bottom } = row.getBoundingClientRect();
        if (bottom <= box.top || top >= box.bottom) continue;
        const at = row.getAttribute('row-index')!;
        seen.add(at);
        const isBlank = (row.querySelector(`[col-id="${column}"]`)?.textContent ?? '') === '';
        if (!isBlank) blankSince.delete(at);
        else {
          blank++;
          const since = blankSince.get(at) ?? now;
          blankSince.set(at, since);
          if (now - since > 100) late.add(at);
        }
      }
      return blank;
    };
    const frames: number[] = [];
    let last = await frame();
    // A hand that spins the wheel: some 4,000 pixels a second.
    for (const begun = last; last - begun < 6_000;) {
      view.scrollTop += 66;
      const now = await frame();
      frames.push(now - last);
      last = now;
      look(now);
    }
    const throws: number[] = [];
    for (let at = 1; at <= 9; at++) {
      view.scrollTop = (view.scrollHeight * ((at * 37) % 100)) / 100;
      const begun = performance.now();
      await frame();
      while (look(performance.now()) > 0 && performance.now() - begun < 10_000) await frame();
      throws.push(performance.now() - begun);
    }
    const middle = (list: number[], part: number) => list.sort((a, b) => a - b)[Math.floor(list.length * part)]!;
    const { usedJSHeapSize } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory;
    return {
      p95: middle(frames, 0.95),
      blank: late.size / Math.max(1, seen.size),
      throws: middle(throws, 0.5),
      heap: usedJSHeapSize / 1024 / 1024,
    };
  }, filled);
}
