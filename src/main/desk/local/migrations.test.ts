import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../shared/model';
import { migrationsDir } from '../testing/temp-store';
import { openStore } from './open';

interface Journal {
  entries: { idx: number; tag: string; when: number }[];
}
const journal = JSON.parse(readFileSync(join(migrationsDir, 'meta/_journal.json'), 'utf8')) as Journal;

/** The migrations as they were when only the first so many existed. */
function older(folder: string, count: number): string {
  const dir = join(folder, `v${count}`);
  mkdirSync(join(dir, 'meta'), { recursive: true });
  const entries = journal.entries.slice(0, count);
  for (const { tag } of entries) cpSync(join(migrationsDir, `${tag}.sql`), join(dir, `${tag}.sql`));
  writeFileSync(join(dir, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return dir;
}

const tables = (db: Database.Database): string[] =>
  db
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'",
    )
    .pluck()
    .all() as string[];

describe('migrations of the local store', () => {
  it.each(journal.entries.map((entry) => entry.idx + 1))(
    'bring a store of version %i, with a row in every table, to the latest',
    (count) => {
      const folder = mkdtempSync(join(tmpdir(), 'provost-migrations-'));
      try {
        const file = join(folder, 'cache.db');
        openStore({ file, migrationsDir: older(folder, count) }).close();
        const db = new Database(file);
        const filled = tables(db);
        for (const table of filled) fill(db, table);
        const before = filled.map((table) => contents(db, table, columnsOf(db, table)));
        const columns = filled.map((table) => columnsOf(db, table));
        db.close();
        const store = openStore({ file, migrationsDir });
        filled.forEach((table, at) => {
          const now = contents(store.reader, table, columns[at] ?? []);
          // Opening writes facts about the store beside those that were there.
          if (table === 'meta') expect(now, table).toEqual(expect.arrayContaining(before[at] ?? []));
          else expect(now, table).toEqual(before[at]);
        });
        expect(store.reader.pragma('quick_check', { simple: true })).toBe('ok');
        store.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it('that break off in the middle leave the store as it was, and go through at the next start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'provost-migrations-'));
    try {
      const file = join(folder, 'cache.db');
      openStore({ file, migrationsDir }).close();
      const before = new Database(file);
      for (const table of tables(before)) fill(before, table);
      const rows = contents(before, 'students', columnsOf(before, 'students'));
      before.close();
      const next = older(folder, journal.entries.length);
      const entry = { idx: 99, version: '6', when: Date.now(), tag: '0099_next', breakpoints: true };
      writeFileSync(
        join(next, 'meta/_journal.json'),
        JSON.stringify({ ...journal, entries: [...journal.entries, entry] }),
      );
      const half =
        'create table half_done (x integer);\n--> statement-breakpoint\ninsert into students select * from students;';
      writeFileSync(
        join(next, '0099_next.sql'),
        `${half}\n--> statement-breakpoint\ninsert into no_such_table values (1);`,
      );
      expect(() => openStore({ file, migrationsDir: next })).toThrow();
      const between = new Database(file);
      expect(tables(between)).not.toContain('half_done');
      expect(contents(between, 'students', columnsOf(between, 'students'))).toEqual(rows);
      between.close();
      writeFileSync(join(next, '0099_next.sql'), 'create table half_done (x integer);');
      const store = openStore({ file, migrationsDir: next });
      expect(contents(store.reader, 'students', columnsOf(store.reader, 'students'))).toEqual(rows);
      store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('say all that the declarations say: nothing is left to generate', () => {
    const root = resolve(import.meta.dirname, '../../../..');
    const cache = join(root, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    const out = mkdtempSync(join(cache, 'provost-generate-'));
    try {
      cpSync(migrationsDir, out, { recursive: true });
      const tool = join(root, 'node_modules/drizzle-kit/bin.cjs');
      const schema = 'src/main/desk/local/schema.ts';
      const relative = out.slice(root.length + 1);
      const said = execFileSync(
        process.execPath,
        [tool, 'generate', '--dialect=sqlite', `--schema=${schema}`, `--out=${relative}`],
        { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      );
      expect(said).toContain('No schema changes');
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }, 60_000);
});

const columnsOf = (db: Database.Database, table: string): string[] =>
  (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
const contents = (db: Database.Database, table: string, columns: string[]): unknown[] =>
  db.prepare(`select ${columns.map((name) => `"${name}"`).join(', ')} from ${table} order by 1`).all();

/** One row with something in every column that asks for it. */
function fill(db: Database.Database, table: string): void {
  const columns = db.pragma(`table_info(${table})`) as {
    name: string;
    type: string;
    notnull: number;
    pk: number;
    dflt_value: unknown;
  }[];
  const asked = columns.filter(
    (column) => column.name !== 'rid' && (column.notnull || column.pk > 0) && column.dflt_value === null,
  );
  const names = asked.map((column) => column.name);
  const values = asked.map((column) => (column.type.toLowerCase() === 'integer' ? Date.now() : newId()));
  db.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(values);
}
