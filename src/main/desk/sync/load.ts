/**
 * The first load of scopes that are new to this desk: entity by entity, parents first, in the order of ids, streamed.
 *
 * The cursor of a scope is a snapshot taken BEFORE its first row was read. Rows are read from later snapshots, so nothing is missed: the
 * pulls that follow bring whatever happened since, deletions included.
 * Invariant: rows and the note how far they reach are written in one transaction, so a load goes on where it was broken off (I11).
 * Invariant: no transaction of the local store stays open while the network is waited for: an edit of a person in between must be its own.
 */
import type { ScopeKey } from '../../../shared/contract/wire';
import { entityNames, type EntityName } from '../../../shared/entities';
import { putCursor, readCursors, type Cursor } from '../local/cursors';
import type { Writable } from '../local/handles';
import { relaxed } from '../local/open';
import { inTransaction } from '../local/statements';
import { serverLoader } from '../local/write';
import type { CopyRow } from '../remote/copy-text';
import type { Remote } from '../remote/connect';
import { createPages, type LoadPage } from './load-pages';
import { entitiesIn } from './scope-entities';

export interface LoadContext {
  db: Writable;
  remote: Remote;
  token: string;
  /** Rows of an entity became visible. */
  onRows(entity: EntityName): void;
  onProgress(progress: LoadProgress): void;
  /** Between two pages: lets edits be pushed meanwhile. */
  breathe(): Promise<void>;
  isStopped(): boolean;
}

export interface LoadProgress {
  entity: EntityName;
  rows: number;
  /** Entities done, of how many. */
  done: number;
  of: number;
}

/** Rows written at a stroke: some 20 ms in which an edit of a person would have to wait. */
const STROKE = 4_000;
/** Scopes in one statement: it must stay well under what a parser takes in its stride. */
const ARMS = 60;

/** Notes that these scopes are to be loaded, from this snapshot on. Those already loading keep theirs. */
export function beginLoad(db: Writable, scopes: readonly ScopeKey[], snapshot: string): void {
  const known = new Set(readCursors(db).map((cursor) => cursor.scope));
  inTransaction(db, () => {
    for (const scope of scopes)
      if (!known.has(scope)) putCursor(db, { scope, snapshot, state: 'loading', progress: {} });
  });
}

export const loadingScopes = (db: Writable): Cursor[] => readCursors(db).filter((cursor) => cursor.state === 'loading');

/** Loads whatever is noted as loading, to the end. Where it throws, calling it again goes on. @returns rows loaded */
export async function loadAll(context: LoadContext): Promise<number> {
  const { db } = context;
  const loading = loadingScopes(db);
  const plan = entityNames
    .map((entity) => ({ entity, cursors: loading.filter((cursor) => entitiesIn(cursor.scope).includes(entity)) }))
    .filter((step) => step.cursors.length > 0);
  let rows = 0;
  // While much is written, the log of writes is carried over into the store rarely: each time costs every page that was touched.
  db.pragma('wal_autocheckpoint = 20000');
  try {
    for (const [done, { entity, cursors }] of plan.entries()) {
      const report = (more: number): void => context.onProgress({ entity, rows: more, done, of: plan.length });
      for (let at = 0; at < cursors.length; at += ARMS) {
        rows = await loadEntity(context, entity, cursors.slice(at, at + ARMS), report, rows);
        if (context.isStopped()) return rows;
      }
      context.onRows(entity);
    }
  } finally {
    if (db.open) db.pragma('wal_autocheckpoint = 1000');
  }
  inTransaction(db, () => {
    for (const { scope, snapshot } of loading) putCursor(db, { scope, snapshot, state: 'live', progress: null });
  });
  return rows;
}

async function loadEntity(
  context: LoadContext,
  entity: EntityName,
  cursors: readonly Cursor[],
  report: (rows: number) => void,
  before: number,
): Promise<number> {
  const { db, remote, token } = context;
  const pages = createPages(remote, token, entity, cursors);
  let rows = before;
  for (let number = 0; !context.isStopped(); number++) {
    const page = await pages.next();
    if (page === null) break;
    await writePage(db, entity, page);
    if (page.failure !== null) throw page.failure;
    rows += page.rows.length;
    report(rows);
    if (number === 0 && page.rows.length > 0) context.onRows(entity);
    await context.breathe();
  }
  return rows;
}

/** Writes a page with how far it reaches, a few thousand rows in one transaction; between two of them a person's edit may pass. */
async function writePage(db: Writable, entity: EntityName, page: LoadPage): Promise<void> {
  for (let from = 0; from < page.rows.length; from += STROKE) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    write(db, entity, page, from, Math.min(from + STROKE, page.rows.length));
  }
  if (page.completed.length > 0) write(db, entity, page, 0, 0);
}

function write(db: Writable, entity: EntityName, page: LoadPage, from: number, to: number): void {
  const { cursors, rows, arms } = page;
  const marks = new Map<number, string | true>();
  relaxed(db, () =>
    inTransaction(db, () => {
      const loaders = cursors.map((cursor) => serverLoader(db, cursor.scope, entity));
      for (let at = from; at < to; at++) {
        const values = rows[at] as CopyRow;
        const arm = arms[at] as number;
        marks.set(arm, values[0] as string);
        loaders[arm]?.(values);
      }
      if (to === 0) for (const arm of page.completed) marks.set(arm, true);
      for (const [arm, mark] of marks) {
        const cursor = cursors[arm] as Cursor;
        cursor.progress = { ...cursor.progress, [entity]: mark };
        putCursor(db, cursor);
      }
    }),
  );
}
