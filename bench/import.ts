/**
 * `import`: 50,000 lines of CSV, read, matched, checked by every rule and written with outbox and undo, against the barest inserts of the same rows
 * into the same table. And the memory it takes at most.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { exchangeRequests, type JobResult } from '../src/shared/contract/exchange';
import type { CommandContext } from '../src/main/desk/context';
import { Exchange } from '../src/main/desk/exchange/exchange';
import { tempStore } from '../src/main/desk/testing/temp-store';
import { Views } from '../src/main/desk/queries/views';
import type { Bench } from './measure';
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
    log(`importing ${n} lines`);
    const before = process.memoryUsage.rss();
    const peak = { rss: before };
    const times: Record<'read' | 'check' | 'apply', number> = { read: 0, check: 0, apply: 0 };
    let start = performance.now();
    await finished(exchange, exchange.open({ file }).job, peak);
    times.read = performance.now() - start;
    const { suggested } = exchange.columns(context, { file, entity: 'students', header: 1 });
    const asked = exchangeRequests['import.check'].parse({
      file,
      entity: 'students',
      programId,
      header: 1,
      mapping: suggested,
    });
    start = performance.now();
    await finished(exchange, exchange.check(() => context, asked).job, peak);
    times.check = performance.now() - start;
    start = performance.now();
    const { created } = exchange.apply(context, { file });
    times.apply = performance.now() - start;
    peak.rss = Math.max(peak.rss, process.memoryUsage.rss());
    if (created !== n) throw new Error(`${created} of ${n} lines were imported.`);
    exchange.close();

    const bare = new Database(`${temp.file}.bare`);
    bare.pragma('journal_mode = WAL');
    bare.exec(
      'create table s (rid integer primary key, id text unique, first text, last text, email text, phone text, born text, status text)',
    );
    const insert = bare.prepare(
      'insert into s (id, first, last, email, phone, born, status) values (?, ?, ?, ?, ?, ?, ?)',
    );
    const lines = bytes.toString('utf8').split('\n').slice(1, -1);
    start = performance.now();
    bare.transaction(() => lines.forEach((line) => insert.run(randomUUID(), ...line.split(','))))();
    const plain = performance.now() - start;
    bare.close();
    const all = times.read + times.check + times.apply;
    const figure = (name: string, value: number, unit: string, limit: number | null) =>
      ({ name, value, unit, better: 'lower', goal: null, limit, n }) as const;
    return [
      figure('import', all / plain, 'x', 1),
      figure('import-apply', times.apply / plain, 'x', 1),
      figure('import-read-ms', times.read, 'ms', null),
      figure('import-check-ms', times.check, 'ms', null),
      figure('import-apply-ms', times.apply, 'ms', plain),
      figure('import-memory', Math.max(1, (peak.rss - before) / 1024 / 1024), 'MB', null),
    ];
  } finally {
    temp.remove();
  }
};
