/**
 * `initial-sync`: an empty desk until it stands where the server stands, against the same rows by COPY piped into plain prepared inserts, into
 * the same table with the same indexes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { stress, stressPlace } from '../src/central/seed/stress';
import { copyOf } from '../src/central/sql/rows';
import { entityOf } from '../src/shared/entities';
import { loadColumns } from '../src/shared/model';
import type { TestDesk } from '../src/main/desk/testing/test-desk';
import { stressDesks, withCentral } from './central';
import { alternate, ratio, type Bench } from './measure';

const entity = entityOf('students');
const ROWS_PER_TRANSACTION = 50_000;

export const initialSync: Bench = ({ quick, rows, log }) =>
  withCentral(async (central) => {
    const n = rows ?? (quick ? 2_000 : 200_000);
    log(`making ${n} rows`);
    await stress(central.sql, { entity: 'students', rows: n });
    const newDesk = await stressDesks(central);
    let desk: TestDesk | null = null;
    let schema: string[] = [];
    const close = async () => {
      await desk?.close();
      desk = null;
    };
    const ms = await alternate(quick ? 1 : 3, {
      ours: {
        async before() {
          desk = await newDesk();
          schema = desk.db
            .prepare<[], string>(`select sql from sqlite_master where tbl_name = 'students' and sql is not null`)
            .pluck()
            .all();
        },
        run: () => desk?.turn(),
        async after() {
          const held = desk?.db.prepare('select count(*) from students').pluck().get();
          if (held !== n) throw new Error(`The desk holds ${String(held)} of ${n} rows.`);
          await close();
        },
      },
      bare: bareLoad(central.sql, () => schema, n),
    });
    const rate = (time: number) => Math.round(n / (time / 1000));
    return [
      ratio('initial-sync', ms.bare / ms.ours, 'higher', 1, n),
      {
        name: 'initial-sync-rate',
        value: rate(ms.ours),
        unit: 'rows/s',
        better: 'higher',
        goal: rate(ms.bare),
        limit: rate(ms.bare),
        n,
      },
    ];
  });

/** COPY, split, prepared insert: nothing else. */
function bareLoad(sql: pg.Client, schema: () => string[], n: number) {
  let folder = '';
  const columns = loadColumns(entity);
  const query = `copy (select ${columns.map(({ field, column }) => bareColumn(field, column)).join(', ')} from app.students where program_id = '${stressPlace.programId}' order by id) to stdout`;
  return {
    before: () => void (folder = mkdtempSync(join(tmpdir(), 'provost-bench-'))),
    async run() {
      const db = new Database(join(folder, 'bare.db'));
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      db.pragma('cache_size = -32000');
      for (const statement of schema()) db.exec(statement);
      const names = columns.map(({ column }) => column);
      const insert = db.prepare(
        `insert into students (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      );
      let tail = '';
      let count = 0;
      db.exec('begin');
      const stream = sql.query(copyTo(query));
      stream.setEncoding('utf8');
      for await (const chunk of stream as AsyncIterable<string>) {
        const lines = (tail + chunk).split('\n');
        tail = lines.pop() ?? '';
        for (const line of lines) {
          insert.run(line.split('\t').map((cell) => (cell === '\\N' ? null : cell)));
          if (++count % ROWS_PER_TRANSACTION === 0) db.exec('commit; begin');
        }
      }
      db.exec('commit');
      db.close();
      if (count !== n) throw new Error(`The bare load holds ${count} of ${n} rows.`);
    },
    after: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function bareColumn(name: string, column: string): string {
  const field = entity.fields[name];
  if (field) return copyOf(field, column);
  return name === 'createdAt' || name === 'updatedAt' ? `(extract(epoch from ${column}) * 1000)::bigint` : column;
}
