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
import { buildNextIndex, leaveOutIndexes } from '../local/late-indexes';
import { relaxed } from '../local/open';
import { inTransaction } from '../local/statements';
import { serverLoader } from '../local/write';
import type { Remote } from '../remote/connect';
import { createRowReader } from '../remote/load-rows';
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

/** Bytes written at a stroke: some 50 ms in which an edit of a person would have to wait. */
const STROKE_BYTES = 1_500_000;
/** Scopes in one statement: it must stay well under what a parser takes in its stride. */
const ARMS = 60;

/** Notes that these scopes are to be loaded, from this snapshot on. Those already loading keep theirs. */
export function beginLoad(db: Writable, scopes: readonly ScopeKey[], snapshot: string): void {
  const known = new Set(readCursors(db).flatMap(({ scope, state }) => (state === 'stale' ? [] : [scope])));
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
      await buildIndexes(db, entity);
      context.onRows(entity);
    }
    await buildIndexes(db);
  } finally {
    if (db.open) db.pragma('wal_autocheckpoint = 1000');
  }
  inTransaction(db, () => {
    for (const { scope, snapshot } of loading) putCursor(db, { scope, snapshot, state: 'live', progress: null });
  });
  return rows;
}

/** One at a time: an edit of a person may pass between two. */
async function buildIndexes(db: Writable, entity?: EntityName): Promise<void> {
  while (db.open && relaxed(db, () => buildNextIndex(db, entity)))
    await new Promise((resolve) => setImmediate(resolve));
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
    rows += page.rows;
    report(rows);
    if (number === 0 && page.rows > 0) context.onRows(entity);
    if (number === 0 && page.completed.length < page.arms.length) leaveOutIndexes(db, entity);
    await context.breathe();
  }
  return rows;
}

/** Writes a page with how far it reaches, some thousands of rows in one transaction; between two of them a person's edit may pass. */
async function writePage(db: Writable, entity: EntityName, page: LoadPage): Promise<void> {
  const { arms, chunks } = page;
  let loaders: ReturnType<typeof serverLoader>[] = [];
  let marks = new Map<number, string | true>();
  const reader = createRowReader(entity, arms, (arm, values) => {
    marks.set(arm, values[0] as string);
    loaders[arm]?.(values);
  });
  let at = 0;
  const stroke = (): void => {
    marks = new Map();
    // What is dirty may have changed since the last stroke.
    loaders = arms.map(({ scope }) => serverLoader(db, scope, entity));
    for (let bytes = 0; at < chunks.length && bytes < STROKE_BYTES; at++) {
      const chunk = chunks[at] as Buffer;
      bytes += chunk.length;
      reader.push(chunk);
    }
    if (at === chunks.length) for (const arm of page.completed) marks.set(arm, true);
    for (const [arm, mark] of marks) {
      const { cursor } = arms[arm] as (typeof arms)[number];
      cursor.progress = { ...cursor.progress, [entity]: mark };
      putCursor(db, cursor);
    }
  };
  do {
    relaxed(db, () => inTransaction(db, stroke));
    await new Promise((resolve) => setImmediate(resolve));
  } while (at < chunks.length);
  if (page.failure === null) reader.end();
}
