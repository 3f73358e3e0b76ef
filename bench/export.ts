/** `export`: 100,000 rows as a workbook and as CSV, against reading the same rows and joining their values; and the memory it takes at most. */
import { join } from 'node:path';
import { requests } from '../src/shared/contract/requests';
import type { CommandContext } from '../src/main/desk/context';
import { Exchange } from '../src/main/desk/exchange/exchange';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { Views } from '../src/main/desk/queries/views';
import { finished } from './import';
import type { Bench, Figure } from './measure';
import { facts, fillStudents } from './store-of-students';

const columns = [
  'studentNumber',
  'firstName',
  'lastName',
  'email',
  'phone',
  'dateOfBirth',
  'enrollmentDate',
  'status',
  'createdAt',
];

export const exportFile: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 1_000 : 100_000);
  const temp = tempStore();
  try {
    const store = temp.open();
    fillStudents(store, n);
    const context: CommandContext = {
      db: store.writer,
      read: store.reader,
      session: facts,
      views: new Views(),
      now: () => Date.now(),
      changed: () => undefined,
    };
    const exchange = new Exchange(join(temp.folder, 'exchange'), false, (error) => {
      throw error;
    });
    let start = performance.now();
    const bare = store.reader.prepare('select * from students').raw().all() as unknown[][];
    const size = bare.map((row) => row.join(',')).join('\n').length;
    const plain = performance.now() - start;
    bare.length = 0;
    if (size === 0) throw new Error('Nothing was read.');
    const figures: Figure[] = [];
    for (const format of ['csv', 'xlsx'] as const) {
      log(`writing ${n} rows as ${format}`);
      const before = process.memoryUsage.rss();
      const peak = { rss: before };
      start = performance.now();
      const asked = requests['export.start'].parse({
        view: { entity: 'students' },
        columns,
        format,
        name: 'S',
        roundTrip: format === 'xlsx',
      });
      await finished(exchange, exchange.export(() => context, asked).job, peak);
      const ms = performance.now() - start;
      figures.push({
        name: `export-${format}`,
        value: ms / plain,
        unit: 'x',
        better: 'lower',
        goal: null,
        limit: 1,
        n,
      });
      figures.push({
        name: `export-${format}-ms`,
        value: ms,
        unit: 'ms',
        better: 'lower',
        goal: null,
        limit: plain,
        n,
      });
      figures.push({
        name: `export-${format}-memory`,
        value: Math.max(1, (peak.rss - before) / 1024 / 1024),
        unit: 'MB',
        better: 'lower',
        goal: null,
        limit: null,
        n,
      });
    }
    await exchange.close();
    return figures;
  } finally {
    temp.remove();
  }
};
