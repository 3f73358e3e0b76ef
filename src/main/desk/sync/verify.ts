/**
 * Proof that a desk stands where the server stands: both count and hash the rows of a scope, in 256 buckets, and compare.
 *
 * It should never find anything. Where it does, the bucket's rows are fetched anew: a store that is wrong must not stay wrong (I1).
 */
import { createHash } from 'node:crypto';
import type { Digest, ScopeKey } from '../../../shared/contract/wire';
import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf } from '../../../shared/model';
import { baseOf, dirtyIds } from '../local/base-rows';
import { putCursor, readCursors } from '../local/cursors';
import type { Readable, Writable } from '../local/handles';
import { getMeta, setMeta, VERIFIED_AT } from '../local/meta';
import { homeScope } from '../local/scopes';
import { inTransaction, statement } from '../local/statements';
import { putFromServer } from '../local/write';
import type { Remote } from '../remote/connect';
import { readDigest } from '../remote/history';
import { runCycle, type CycleContext } from './cycle';
import { entitiesIn } from './scope-entities';

interface HeldRow {
  entity: EntityName;
  id: string;
  version: number;
}

const bucketOf = (id: string): string => id.slice(-2);

/** The server's rows of a scope as this desk knows them: what a person changed and did not send yet does not count. */
function heldRows(db: Readable, scope: ScopeKey): HeldRow[] {
  return entitiesIn(scope).flatMap((entity) => {
    const dirty = dirtyIds(db, entity);
    const clean = rowsOf(db, entity, scope).filter((row) => !dirty.has(row.id));
    const changed = [...dirty].flatMap((id) => {
      const base = baseOf(db, entity, id);
      return base && standsIn(db, entity, id, base, scope) ? [{ entity, id, version: base.rowVersion }] : [];
    });
    return [...clean, ...changed];
  });
}

export const heldCount = (db: Readable, scope: ScopeKey): number => heldRows(db, scope).length;

function rowsOf(db: Readable, entity: EntityName, scope: ScopeKey): HeldRow[] {
  const holder = scope.slice(scope.indexOf(':') + 1);
  const { scope: kind } = entityOf(entity);
  const owner = kind === 'program' ? 'programId' : kind === 'user' ? 'userId' : null;
  const isHome = homeScope(entity, owner === null ? {} : { [owner]: holder }) === scope;
  const from = isHome
    ? `${entity} t ${owner === null ? '' : `where t.${columnOf(owner)} = @holder`}`
    : `scope_rows s join ${entity} t on t.id = s.row_id where s.scope = @scope and s.entity = @entity`;
  const sql = `select t.id, t.row_version as version from ${from}`;
  const given = isHome ? (owner === null ? {} : { holder }) : { scope, entity };
  return (statement(db, sql).all(given) as { id: string; version: number }[]).map((row) => ({ entity, ...row }));
}

const standsIn = (
  db: Readable,
  entity: EntityName,
  id: string,
  row: Record<string, unknown>,
  scope: ScopeKey,
): boolean =>
  homeScope(entity, row) === scope ||
  statement(db, 'select 1 from scope_rows where entity = ? and row_id = ? and scope = ?').get(entity, id, scope) !==
    undefined;

/** As `api.digest` makes it: MD5 over the lines `entity:id:version`, sorted by entity and id. */
export function digestOf(rows: readonly HeldRow[]): Digest {
  const buckets = new Map<string, HeldRow[]>();
  for (const row of rows) {
    const bucket = buckets.get(bucketOf(row.id));
    if (bucket) bucket.push(row);
    else buckets.set(bucketOf(row.id), [row]);
  }
  const digest: Digest = {};
  for (const [bucket, members] of buckets) {
    const order = (row: HeldRow): string => `${row.entity}:${row.id}`;
    members.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const lines = members.map((row) => `${order(row)}:${row.version}`).join('\n');
    digest[bucket] = [members.length, createHash('md5').update(lines).digest('hex')];
  }
  return digest;
}

/** Buckets of the scope in which this desk and the server differ; null where the session has ended. */
export async function differingBuckets(
  db: Readable,
  remote: Remote,
  token: string,
  scope: ScopeKey,
): Promise<Set<string> | null> {
  const theirs = await readDigest(remote, token, scope);
  if (theirs === null) return null;
  const ours = digestOf(heldRows(db, scope));
  const all = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return new Set([...all].filter((bucket) => String(ours[bucket]) !== String(theirs[bucket])));
}

/** Lets go of the buckets' rows and has the scope loaded once more. What a person did to them stays. */
export function fetchAnew(db: Writable, scope: ScopeKey, buckets: ReadonlySet<string>): void {
  inTransaction(db, () => {
    for (const { entity, id } of heldRows(db, scope)) {
      if (buckets.has(bucketOf(id))) putFromServer(db, scope, entity, id, 'L', null);
    }
    const cursor = readCursors(db).find((one) => one.scope === scope);
    if (cursor) putCursor(db, { ...cursor, state: 'loading', progress: {} });
  });
}

const VERIFY_EVERY_MS = 7 * 24 * 3_600_000;
/** A row may change between the pull and the comparison: only what differs again and again is wrong. */
const MOST_COMPARISONS = 3;

/**
 * Once a week, proves every scope equal to the server's. @returns the scopes that were not, and are fetched anew
 */
export async function verifyIfDue(context: CycleContext): Promise<ScopeKey[]> {
  const db = context.store.writer;
  const now = context.now();
  const verifiedAt = getMeta(db, VERIFIED_AT);
  if (verifiedAt !== null && Math.abs(now - Number(verifiedAt)) < VERIFY_EVERY_MS) return [];
  // What was loaded just now need not be proven.
  const wrong = verifiedAt === null ? [] : await verifyScopes(context);
  if (!context.isStopped()) setMeta(db, VERIFIED_AT, String(now));
  return wrong;
}

export async function verifyScopes(context: CycleContext): Promise<ScopeKey[]> {
  const { remote, token } = context;
  const db = context.store.writer;
  const wrong: ScopeKey[] = [];
  for (const { scope, state } of readCursors(db)) {
    if (context.isStopped()) break;
    if (state !== 'live') continue;
    let buckets = await differingBuckets(db, remote, token, scope);
    for (let again = 1; again < MOST_COMPARISONS && buckets !== null && buckets.size > 0; again++) {
      await runCycle(context);
      const still = await differingBuckets(db, remote, token, scope);
      buckets = still && new Set([...still].filter((bucket) => buckets?.has(bucket)));
    }
    if (buckets === null || buckets.size === 0) continue;
    fetchAnew(db, scope, buckets);
    wrong.push(scope);
  }
  if (wrong.length > 0) await runCycle(context);
  return wrong;
}
