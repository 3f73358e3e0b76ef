import type { ScopeKey } from '../../../shared/contract/wire';
import type { Readable, Writable } from './handles';
import { statement } from './statements';

/**
 * How far a scope has been read. While it loads, `progress` tells the last id of each entity, or true where it is complete.
 * `stale`: the rows are of another life of the server, in which its snapshots mean nothing: they are shown until they are loaded anew.
 */
export interface Cursor {
  scope: ScopeKey;
  snapshot: string;
  state: 'loading' | 'live' | 'stale';
  progress: Record<string, string | true> | null;
}

interface CursorRow extends Omit<Cursor, 'progress'> {
  progress: string | null;
}

export const readCursors = (db: Readable): Cursor[] =>
  (statement(db, 'select scope, snapshot, state, progress from cursors order by scope').all() as CursorRow[]).map(
    (row) => ({
      ...row,
      progress: row.progress === null ? null : (JSON.parse(row.progress) as Cursor['progress']),
    }),
  );

/** Invariant: called in the transaction that makes the rows up to this snapshot durable. */
export function putCursor(db: Writable, cursor: Cursor): void {
  statement(
    db,
    `insert into cursors (scope, snapshot, state, progress) values (?, ?, ?, ?)
     on conflict (scope) do update set snapshot = excluded.snapshot, state = excluded.state, progress = excluded.progress`,
  ).run(cursor.scope, cursor.snapshot, cursor.state, cursor.progress && JSON.stringify(cursor.progress));
}

export function dropCursor(db: Writable, scope: ScopeKey): void {
  statement(db, 'delete from cursors where scope = ?').run(scope);
}

export const holdsScope = (db: Readable, scope: string): boolean =>
  statement(db, 'select 1 from cursors where scope = ?').get(scope) !== undefined;
