/**
 * Brings this desk up to the server's rows in all scopes of its user.
 *
 * A round reads pages until the server has no more; its cursor is the snapshot of its FIRST page, because later pages see later snapshots
 * and a row changed between two pages may have been passed. Rounds repeat until one fits a page: that page is one snapshot, so what is
 * staged then is exactly the server's state at it.
 *
 * Invariant: rows, cursors, the purge of lost scopes and the end of acknowledged mutations become true in ONE local transaction (I5, I11).
 * Invariant: only mutations acknowledged before the pull began are ended by it: their effects are in the snapshot.
 * Security: a scope the user lost is purged in that same transaction, and its bytes with it (I12).
 */
import type { ScopeKey, SessionFacts } from '../../../shared/contract/wire';
import { addChanged, mergeChanged, type Changed } from '../local/changed';
import { isDirty } from '../local/base-rows';
import { putCursor, readCursors } from '../local/cursors';
import type { Writable } from '../local/handles';
import { getMeta, setMeta } from '../local/meta';
import { relaxed } from '../local/open';
import { acknowledgedIds } from '../local/outbox';
import { purgeScope, scrubIfDue } from '../local/purge';
import { inTransaction } from '../local/statements';
import { finish, putFromServer } from '../local/write';
import type { Remote } from '../remote/connect';
import { readChanges, type Cursors, type Page } from '../remote/read-changes';
import { RemoteError } from '../remote/remote-error';
import { titleOf } from '../queries/titles';
import { arrivalOf, keepArrivals } from './arrivals';
import { createStaging, type Staging } from './staging';

export interface PullContext {
  db: Writable;
  remote: Remote;
  token: string;
  now(): number;
  /** Rows a page. */
  pageSize?: number;
}

export type PullOutcome =
  | { end: 'done'; changed: Changed; session: SessionFacts; purged: ScopeKey[] }
  /** Scopes too large for a page are new: load them from this snapshot on, then pull again. */
  | { end: 'load'; scopes: ScopeKey[]; snapshot: string; session: SessionFacts; epoch: string }
  | { end: 'epoch-changed'; epoch: string }
  | { end: 'signed-out' | 'protocol-too-old' };

interface Pulled {
  session: SessionFacts;
  snapshot: string;
  epoch: string;
  staging: Staging;
}

const FIRST_PAGE = 1_000;
/** A desk that holds nothing asks whether there is little or much; a long page would only be thrown away for a load. */
const VERY_FIRST_PAGE = 200;
/** Once a round is known to be long, fewer round trips count for more than a quick first answer. */
const NEXT_PAGE = 5_000;
/** A server busier than this desk can follow would keep it reading for ever: after so many, the rest is left to the next pull. */
const MOST_ROUNDS = 60;
const MOST_RESTARTS = 20;

export async function pullAll(context: PullContext): Promise<PullOutcome> {
  const { db } = context;
  const acknowledged = acknowledgedIds(db);
  for (let restarts = 0; restarts < MOST_RESTARTS; restarts++) {
    const read = await readRounds(context);
    if (read === 'scopes-changed') continue;
    if ('end' in read) return read;
    const flipped = flip(context, read, acknowledged);
    scrubIfDue(db);
    return { end: 'done', session: read.session, ...flipped };
  }
  throw new RemoteError('retry', 'What you may see keeps changing. Trying again shortly.', 'scopes');
}

async function readRounds(
  context: PullContext,
): Promise<Pulled | 'scopes-changed' | Exclude<PullOutcome, { end: 'done' }>> {
  const { db, remote, token } = context;
  const known = getMeta(db, 'epoch');
  const staging = createStaging();
  let cursors: Cursors = Object.fromEntries(
    readCursors(db)
      .filter((cursor) => cursor.state !== 'stale')
      .map((cursor) => [cursor.scope, cursor.snapshot]),
  );
  const holdsNothing = Object.keys(cursors).length === 0;
  let held: readonly ScopeKey[] | null = null;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let first: Page | null = null;
    let after: unknown = null;
    let pages = 0;
    do {
      const limit = context.pageSize ?? (after !== null ? NEXT_PAGE : holdsNothing ? VERY_FIRST_PAGE : FIRST_PAGE);
      const page = await readChanges(remote, token, cursors, after, limit);
      if ('err' in page) {
        if (page.err === 'standby')
          throw new RemoteError(
            'connection',
            'The server is a copy that cannot be synced with. Use the main one.',
            'standby',
          );
        return { end: page.err };
      }
      if (known !== null && page.epoch !== known) return { end: 'epoch-changed', epoch: page.epoch };
      if (held !== null && !isSame(held, page.session.scopes)) return 'scopes-changed';
      held = page.session.scopes;
      if (first === null) {
        const fresh = held.filter((scope) => cursors[scope] === undefined);
        if (fresh.length > 0 && page.after !== null) {
          return { end: 'load', scopes: fresh, snapshot: page.snapshot, session: page.session, epoch: page.epoch };
        }
        first = page;
      }
      staging.take(page.changes);
      after = page.after;
      pages += 1;
    } while (after !== null);
    const { snapshot, session, epoch } = first;
    cursors = Object.fromEntries(session.scopes.map((scope) => [scope, snapshot]));
    if (pages === 1) return { session, snapshot, epoch, staging };
  }
  throw new RemoteError(
    'retry',
    'The server changes faster than this computer can follow. Trying again shortly.',
    'rounds',
  );
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  const all = new Set(a);
  return b.every((scope) => all.has(scope));
};

function flip(
  context: PullContext,
  pulled: Pulled,
  acknowledged: readonly string[],
): { changed: Changed; purged: ScopeKey[] } {
  const { db } = context;
  const { session, snapshot, epoch, staging } = pulled;
  const stood = readCursors(db);
  const before = stood.map((cursor) => cursor.scope);
  const held = new Set<ScopeKey>(session.scopes);
  const purged = before.filter((scope) => !held.has(scope));
  const changed: Changed = new Map();
  // Nothing happened: the old cursors say the same as the new ones, and an idle desk writes nothing.
  if (
    staging.size === 0 &&
    acknowledged.length === 0 &&
    stood.every((cursor) => cursor.state === 'live') &&
    isSame(before, session.scopes) &&
    getMeta(db, 'epoch') === epoch
  ) {
    keepSession(db, session);
    return { changed, purged };
  }
  relaxed(db, () =>
    inTransaction(db, () => {
      // The cursors first: they say which scopes are held, which decides whether a row that left one is still at home here.
      for (const scope of session.scopes) putCursor(db, { scope, snapshot, state: 'live', progress: null });
      keepArrivals(db, newsOf(db, staging, before, session.userId, context.now()));
      writeStaged(db, staging, held, changed);
      for (const scope of purged) mergeChanged(changed, purgeScope(db, scope));
      mergeChanged(changed, finish(db, acknowledged));
      setMeta(db, 'epoch', epoch);
      setMeta(db, 'last_sync_at', String(context.now()));
      keepSession(db, session);
    }),
  );
  return { changed, purged };
}

/** More than this at once is a load and no news. */
const MOST_NEWS = 2_000;

/** What others did to rows of scopes this desk held already, as told to its person. Read before the rows are written, so that what goes has a name. */
function newsOf(db: Writable, staging: Staging, before: readonly ScopeKey[], me: string, now: number) {
  if (staging.size > MOST_NEWS) return [];
  const known = new Set(before);
  return [...staging.rows()].flatMap(({ entity, id, row, scopes }) => {
    const isNews = [...scopes.keys()].some((scope) => known.has(scope));
    if (!isNews || row?.updatedBy === me || isDirty(db, entity, id)) return [];
    const title = titleOf(db, entity, id);
    return row === null && title === '' ? [] : [arrivalOf(entity, id, row === null ? title : '', row, now)];
  });
}

/** A row that stands in one scope and left another is written last as standing. */
function writeStaged(db: Writable, staging: Staging, held: ReadonlySet<ScopeKey>, changed: Changed): void {
  for (const { entity, id, row, scopes } of staging.rows()) {
    let isChanged = false;
    for (const [scope, standing] of scopes) {
      if (standing === 'put' || !held.has(scope)) continue;
      isChanged = putFromServer(db, scope, entity, id, standing === 'deleted' ? 'D' : 'L', null) || isChanged;
    }
    for (const [scope, standing] of scopes) {
      if (standing === 'put' && held.has(scope))
        isChanged = putFromServer(db, scope, entity, id, 'P', row) || isChanged;
    }
    if (isChanged) addChanged(changed, entity, id);
  }
}

/** Who the user is and what they may, for the checks of this desk while it is offline. */
function keepSession(db: Writable, session: SessionFacts): void {
  const text = JSON.stringify(session);
  if (getMeta(db, 'session') !== text) setMeta(db, 'session', text);
}
