/**
 * `import`: 50,000 lines of CSV, read, matched, checked by every rule and written with outbox and undo, against plain inserts of the same rows into
 * a copy of the same table with the same indexes. And the memory it takes at most, and the longest time the desk was held by it.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { exchangeRequests, type JobResult } from '../src/shared/contract/exchange';
import type { CommandContext } from '../src/main/desk/context';
import { Exchange } from '../src/main/desk/exchange/exchange';
import { alone } from '../src/main/desk/local/alone';
import { shapeOf } from '../src/main/desk/local/rows';
import { newId } from '../src/shared/model';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { Views } from '../src/main/desk/queries/views';
import { median, type Bench } from './measure';
import { facts, fillStudents } from './store-of-students';

const programId = facts.programs[0] as string;

const csvOf = (rows: number): string =>
  `First name,Last name,Email,Phone,Date of birth,Status\n${Array.from(
    { length: rows },
    (_, i) => `Given ${i % 977},Family ${i},import.${i}@example.org,+234 80 ${i},20${10 + (i % 10)}-05-17,active`,
  ).join('\n')}\n`;

/** Waits for a job, and watches the memory meanwhile. */
export async function finished(exchange: Exchange, job: string, peak: { rss: number }): Promise<JobResult> {
  for (;;) {
    const state = exchange.jobs.read(job);
    peak.rss = Math.max(peak.rss, process.memoryUsage.rss());
    if (state.state === 'done') return state.result;
    if (state.state !== 'running') throw new Error(`The job ended as ${JSON.stringify(state)}.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export const importFile: Bench = async ({ quick, rows, log }) => {
  const n = rows ?? (quick ? 500 : 50_000);
  const temp = tempStore();
  try {
    const store = temp.open();
    fillStudents(store, quick ? 500 : 50_000);
    const views = new Views();
    const context: CommandContext = {
      db: store.writer,
      read: store.reader,
      session: facts,
      views,
      now: () => Date.now(),
      changed: (changes) =>
        views.changed(store.reader, Object.fromEntries([...changes.keys()].map((name) => [name, 'many']))),
    };
    const exchange = new Exchange(join(temp.folder, 'exchange'), false, (error) => {
      throw error;
    });
    const bytes = Buffer.from(csvOf(n));
    const file = exchange.files.begin('students.csv', bytes.length);
    for (let at = 0; at < bytes.length; at += 500_000) {
      exchange.files.put(file, at, bytes.subarray(at, at + 500_000).toString('base64'));
    }
    const bareFile = `${temp.file}.bare`;
    store.writer.exec(`vacuum into '${bareFile}'`);
    log(`importing ${n} lines`);
    const before = process.memoryUsage.rss();
    const peak = { rss: before };
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    let start = performance.now();
    const lap = (): number => {
      const now = performance.now();
      const ms = now - start;
      start = now;
      return ms;
    };
    await finished(exchange, exchange.open({ file }).job, peak);
    const read = lap();
    const { suggested } = exchange.columns(context, { file, entity: 'students', header: 1 });
    const given = { file, entity: 'students', programId, header: 1, mapping: suggested };
    const asked = exchangeRequests['import.check'].parse(given);
    await finished(exchange, exchange.check(() => context, asked).job, peak);
    const check = lap();
    const apply = exchange.apply(
      () => context,
      (work) => alone(store, work),
      { file },
    );
    const done = await finished(exchange, apply.job, peak);
    const write = lap();
    held.disable();
    const plain = median(Array.from({ length: quick ? 1 : 3 }, () => plainInserts(bareFile, n)));
    if (done.kind !== 'applied' || done.applied.created !== n) throw new Error('Not all lines were imported.');
    await exchange.close();
    const all = read + check + write;
    const figure = (name: string, value: number, unit: string, limit: number | null, goal: number | null = null) =>
      ({ name, value, unit, better: 'lower', goal, limit, n }) as const;
    return [
      figure('import', all / plain, 'x', 1, 5),
      figure('import-write', write / plain, 'x', 1),
      figure('import-read-ms', read, 'ms', null),
      figure('import-check-ms', check, 'ms', null),
      figure('import-write-ms', write, 'ms', plain),
      figure('import-held-ms', held.max / 1e6, 'ms', null, 100),
      figure('import-memory', Math.max(1, (peak.rss - before) / 1024 / 1024), 'MB', null),
    ];
  } finally {
    temp.remove();
  }
};

/** The rows of the file, as values already, into a copy of the table: one prepared statement, one durable transaction. Milliseconds. */
function plainInserts(file: string, n: number): number {
  const bare = new Database(file);
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  const columns = shapeOf('students').columns;
  const at = (name: string): number => columns.findIndex((column) => column.name === name);
  const values = {
    id: at('id'),
    number: at('studentNumber'),
    first: at('firstName'),
    last: at('lastName'),
    email: at('email'),
  };
  const sample = bare.prepare<[], (string | number | null)[]>('select * from students limit 1').raw().get()!.slice(1);
  const rows = Array.from({ length: n }, (_, i) => {
    const row = [...sample];
    row[values.id] = newId();
    row[values.number] = null;
    row[values.first] = `Given ${i % 977}`;
    row[values.last] = `Family ${i}`;
    row[values.email] = `import.${i}@example.org`;
    return row;
  });
  const names = columns.map(({ column }) => column).join(', ');
  const insert = bare.prepare(`insert into students (${names}) values (${columns.map(() => '?').join(', ')})`);
  const start = performance.now();
  bare.transaction(() => rows.forEach((row) => insert.run(row)))();
  const ms = performance.now() - start;
  bare.exec("delete from students where email like 'import.%'");
  bare.close();
  return ms;
}
