import { rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { CellState, CheckedRow } from '../../../shared/contract/exchange';
import type { SourceCell } from '../../../shared/rules/source-cell';
import { openDatabase } from '../local/driver';
import { newFileKey } from './disk-file';

/**
 * What was read of a file and what was found out about each line, in a file of its own beside it: a list of 200,000 lines costs no memory, and
 * any of them can be shown at once. Nothing in it is worth keeping.
 */

export interface SourceLine {
  n: number;
  cells: SourceCell[];
}

/** One field of a checked line, in canonical values. */
export interface CellVerdict {
  field: string;
  before: unknown;
  after: unknown;
  state: CellState;
  take: 'mine' | 'theirs' | null;
}

export interface Verdict {
  n: number;
  kind: CheckedRow['kind'];
  ticked: boolean;
  id: string | null;
  cells: CellVerdict[];
  issues: CheckedRow['issues'];
  note: string | null;
}

interface VerdictRow extends Omit<Verdict, 'cells' | 'issues' | 'ticked'> {
  ticked: number;
  cells: string;
  issues: string;
}

export class Scratch {
  readonly db: Database.Database;

  /** @param isSealed it is encrypted, under a key that lives as long as it does */
  constructor(file: string, isSealed = false) {
    rmSync(file, { force: true });
    this.db = openDatabase(file, isSealed ? newFileKey() : null);
    this.db.pragma('journal_mode = MEMORY');
    this.db.pragma('synchronous = OFF');
    this.db.exec(
      `create table source (n integer primary key, cells text not null);
       create table parsed (n integer primary key, row text not null);
       create table verdict (n integer primary key, kind text not null, ticked integer not null, id text, cells text not null,
         issues text not null, issue_count integer not null, note text);
       create index verdict_kind on verdict (kind, n)`,
    );
  }

  /** Lines are put many at a time: each commit costs more than the lines. */
  writer<T>(sql: string, toValues: (item: T) => unknown[]): { add(item: T): void; end(): void } {
    const insert = this.db.prepare<unknown[]>(sql);
    const many = this.db.transaction((items: T[]) => items.forEach((item) => insert.run(...toValues(item))));
    let held: T[] = [];
    const flush = (): void => {
      if (held.length > 0) many(held);
      held = [];
    };
    return {
      add(item) {
        held.push(item);
        if (held.length >= 500) flush();
      },
      end: flush,
    };
  }

  sourceWriter = () =>
    this.writer<SourceLine>('insert or replace into source values (?, ?)', ({ n, cells }) => [
      n,
      JSON.stringify(cells),
    ]);

  clearSource(): void {
    this.db.exec('delete from source; delete from parsed; delete from verdict');
  }

  lines(after: number, count: number): SourceLine[] {
    const rows = this.db.prepare<unknown[], { n: number; cells: string }>(
      'select n, cells from source where n > ? order by n limit ?',
    );
    return rows.all(after, count).map(({ n, cells }) => ({ n, cells: JSON.parse(cells) as SourceCell[] }));
  }

  line(n: number): SourceCell[] {
    const row = this.db.prepare<unknown[], { cells: string }>('select cells from source where n = ?').get(n);
    return row ? (JSON.parse(row.cells) as SourceCell[]) : [];
  }

  countLines(after: number): number {
    return this.db.prepare('select count(*) from source where n > ?').pluck().get(after) as number;
  }

  verdictWriter = () =>
    this.writer<Verdict>('insert or replace into verdict values (?, ?, ?, ?, ?, ?, ?, ?)', (v) => [
      v.n,
      v.kind,
      v.ticked ? 1 : 0,
      v.id,
      cellsText(v.cells),
      v.issues.length === 0 ? '[]' : JSON.stringify(v.issues),
      v.issues.length,
      v.note,
    ]);

  verdicts(where: string, values: unknown[], limit: number, offset = 0): Verdict[] {
    const rows = this.db.prepare<unknown[], VerdictRow>(
      `select n, kind, ticked, id, cells, issues, note from verdict where ${where} order by n limit ? offset ?`,
    );
    return rows.all(...values, limit, offset).map((row) => ({
      ...row,
      ticked: row.ticked === 1,
      cells: readCells(row.cells),
      issues: JSON.parse(row.issues) as Verdict['issues'],
    }));
  }

  /** Lines to be written, with their cells only where some were to be decided. */
  ticked(after: number, count: number): { n: number; kind: string; id: string; cells: CellVerdict[] | null }[] {
    const rows = this.db.prepare<unknown[], { n: number; kind: string; id: string; cells: string | null }>(
      `select n, kind, id, case kind when 'choose' then cells end as cells from verdict
       where ticked = 1 and id is not null and n > ? order by n limit ?`,
    );
    return rows.all(after, count).map((row) => ({ ...row, cells: row.cells === null ? null : readCells(row.cells) }));
  }

  close(): void {
    if (this.db.open) this.db.close();
  }
}

/** Of a new row only the values are kept: every cell of it is the file's. */
function cellsText(cells: readonly CellVerdict[]): string {
  const isNew = cells.length > 0 && cells.every(({ before, state }) => before === null && state === 'mine');
  return JSON.stringify(isNew ? Object.fromEntries(cells.map(({ field, after }) => [field, after])) : cells);
}

function readCells(text: string): CellVerdict[] {
  const read = JSON.parse(text) as CellVerdict[] | Record<string, unknown>;
  if (Array.isArray(read)) return read;
  return Object.entries(read).map(([field, after]) => ({ field, before: null, after, state: 'mine', take: null }));
}
