/**
 * The first load of scopes that are new to this desk: entity by entity, parents first, in the order of ids, streamed.
 *
 * The cursor of a scope is a snapshot taken BEFORE its first row was read. Rows are read from later snapshots, so nothing is missed: the
 * pulls that follow bring whatever happened since, deletions included.
 * Invariant: rows and the note how far they reach are written in one transaction, so a load goes on where it was broken off (I11).
 * Invariant: no transaction of the local store stays open while the network is waited for: an edit of a person in between must be its own.
 */
import type { LoadProgress } from '../../../shared/contract/requests';
import type { ScopeKey } from '../../../shared/contract/wire';
import { entityNames, type EntityName } from '../../../shared/entities';
import { whenFree } from '../local/alone';
import { putCursor, readCursors, type Cursor } from '../local/cursors';
import type { Writable } from '../local/handles';
import { buildNextIndex, leaveOutIndexes } from '../local/late-indexes';
import { relaxed } from '../local/open';
import { inTransaction } from '../local/statements';
import { serverLoader } from '../local/write';
import type { Remote } from '../remote/connect';
import { countAhead, createRowReader } from '../remote/load-rows';
import { createPages, type LoadPage } from './load-pages';
import { createProgress, type ProgressCounter } from './load-progress';
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
  const progress = createProgress(plan.length, context.onProgress, () => performance.now());
  // While much is written, the log of writes is carried over into the store rarely: each time costs every page that was touched.
  db.pragma('wal_autocheckpoint = 20000');
  try {
    for (const [done, { entity, cursors }] of plan.entries()) {
      progress.table(entity, done);
      for (let at = 0; at < cursors.length; at += ARMS) {
        await loadEntity(context, entity, cursors.slice(at, at + ARMS), progress);
        if (context.isStopped()) return progress.rows;
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
  return progress.rows;
}

/**
 * Counts what is still to come, once a table turns out to be long. Nobody waits for it: the first rows are not to be late, and a short load needs
 * no forecast.
 */
async function forecast({ db, remote, token }: LoadContext, progress: ProgressCounter): Promise<void> {
  const come = progress.rows;
  const arms = loadingScopes(db).flatMap(({ scope, progress: reached }) =>
    entitiesIn(scope)
      .filter((entity) => reached?.[entity] !== true)
      .map((entity) => ({ scope, entity, after: (reached?.[entity] as string | undefined) ?? null })),
  );
  const ahead = await countAhead(remote, token, arms);
  if (ahead !== null) progress.counted(come + ahead);
}

/** One at a time: an edit of a person may pass between two. */
async function buildIndexes(db: Writable, entity?: EntityName): Promise<void> {
  while (db.open && relaxed(db, () => buildNextIndex(db, entity))) await othersTurn(db);
}

/** Between two strokes a person's edit may pass, and one that takes its time is waited for. */
async function othersTurn(db: Writable): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await whenFree(db);
}

async function loadEntity(
  context: LoadContext,
  entity: EntityName,
  cursors: readonly Cursor[],
  progress: ProgressCounter,
): Promise<void> {
  const { db, remote, token } = context;
  const pages = createPages(remote, token, entity, cursors);
  for (let number = 0; !context.isStopped(); number++) {
    const page = await pages.next();
    if (page === null) break;
    await writePage(db, entity, page);
    if (page.failure !== null) throw page.failure;
    progress.came(page.rows);
    if (number === 0 && page.rows > 0) context.onRows(entity);
    if (number === 0 && page.completed.length < page.arms.length) {
      if (!progress.isCounted) void forecast(context, progress);
      leaveOutIndexes(db, entity);
    }
    await context.breathe();
  }
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
    await othersTurn(db);
  } while (at < chunks.length);
  if (page.failure === null) reader.end();
}
