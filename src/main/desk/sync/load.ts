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
import { loadRows } from '../remote/load-rows';
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

/** The first rows of an entity are on screen at once; after that, long pages cost least. */
const FIRST_PAGE = 1_000;
const PAGE = 50_000;
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
  for (const [done, { entity, cursors }] of plan.entries()) {
    for (let at = 0; at < cursors.length; at += ARMS) {
      rows = await loadEntity(
        context,
        entity,
        cursors.slice(at, at + ARMS),
        (more) => {
          context.onProgress({ entity, rows: more, done, of: plan.length });
        },
        rows,
      );
      if (context.isStopped()) return rows;
    }
    context.onRows(entity);
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
  let rows = before;
  for (let page = 0; !context.isStopped(); page++) {
    const open = cursors.filter((cursor) => cursor.progress?.[entity] !== true);
    if (open.length === 0) break;
    const limit = page === 0 ? FIRST_PAGE : Math.max(FIRST_PAGE, Math.floor(PAGE / open.length));
    const arms = open.map((cursor) => ({
      scope: cursor.scope,
      after: (cursor.progress?.[entity] as string | undefined) ?? null,
    }));
    const stroke = createStroke(context.db, entity, open);
    const came = await loadRows(context.remote, context.token, entity, arms, limit, (arm, values) => {
      stroke.add(arm, values);
    });
    stroke.write((arm) => ((came[arm] as number) < limit ? true : null));
    const total = came.reduce((sum, count) => sum + count, 0);
    rows += total;
    report(rows);
    if (page === 0 && total > 0) context.onRows(entity);
    await context.breathe();
  }
  return rows;
}

interface Stroke {
  add(arm: number, values: CopyRow): void;
  /** Writes what is gathered. @param isComplete true for an arm that has no more rows of this entity */
  write(isComplete?: (arm: number) => true | null): void;
}

/** Gathers streamed rows and writes them, with how far they reach, a few thousand in one transaction. */
function createStroke(db: Writable, entity: EntityName, cursors: readonly Cursor[]): Stroke {
  let gathered: [arm: number, values: CopyRow][] = [];
  function write(isComplete: (arm: number) => true | null = () => null): void {
    const reached = new Map<number, string | true>();
    relaxed(db, () =>
      inTransaction(db, () => {
        const loaders = cursors.map((cursor) => serverLoader(db, cursor.scope, entity));
        for (const [arm, values] of gathered) {
          reached.set(arm, values[0] as string);
          loaders[arm]?.(values);
        }
        for (const [arm, cursor] of cursors.entries()) {
          const mark = isComplete(arm) ?? reached.get(arm);
          if (mark === undefined) continue;
          cursor.progress = { ...cursor.progress, [entity]: mark };
          putCursor(db, cursor);
        }
      }),
    );
    gathered = [];
  }
  return {
    add(arm, values) {
      gathered.push([arm, values]);
      if (gathered.length >= STROKE) write();
    },
    write,
  };
}
