import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { MutationResult, ScopeKey, WireRow } from '../../../shared/contract/wire';
import { baseOf, dirtyIds, enlist, isDirty, putBase, recompute, show } from './base-rows';
import { addChanged, mergeChanged, type Changed } from './changed';
import { holdsScope } from './cursors';
import { withRoom } from './disk';
import { forgetIfLost } from './forget';
import type { Readable, Writable } from './handles';
import { getMeta } from './meta';
import { entryById } from './outbox';
import { replay, type LocalOp } from './replay';
import { rescueOf, type RescueState } from './rescue';
import { decodeArray, putRowArray, readRow, shapeOf } from './rows';
import { homeScope, joinScope, leaveAllScopes, leaveScope, scopesQuoting, standsElsewhere } from './scopes';
import { inTransaction, statement } from './statements';
import type { SqlValue } from './storage';
import { finish as finished, type Steps } from '../steps';
import { addStep, dropRefused, turnStep } from './undo-log';

/**
 * THE ONE DOOR through which rows change. Only commands and the sync come in here.
 *
 * Invariant: a local row is the server's row with this desk's active mutations (pending, in flight, acknowledged) applied in order.
 * Invariant: the server's version of a row is kept in `base_rows` exactly while an active mutation touches the row.
 * Invariant: row, outbox, base, undo step and rescue line stand together or not at all; a caller that got an answer can pull the plug.
 * Invariant: nothing a person did leaves the outbox without a final status.
 */

export type UndoWrite =
  /** `forward`: the whole action, where it goes out as several mutations. */
  | { kind: 'step'; inverse: LocalOp[]; forward?: LocalOp[] }
  /** The mutation undoes or redoes this step. */
  | { kind: 'turn'; id: number; state: 'done' | 'undone' };

export interface EditMutation {
  mutationId: string;
  at: number;
  label: string;
  via: string;
  ops: LocalOp[];
  undo: UndoWrite | null;
  /** What it quotes beside the rows as they stand here: of a change made again, that of the first. */
  scopes?: readonly ScopeKey[];
}

/** Writes what a person did, all of it or nothing. @throws Refusal `storage/disk-full`, and then nothing of it stands */
export function writeEdits(db: Writable, ...edits: EditMutation[]): Changed {
  try {
    return withRoom(db, () => inTransaction(db, () => finished(writingEdits(db, edits))));
  } catch (error) {
    for (const { mutationId } of edits) voidQuietly(db, mutationId);
    throw error;
  }
}

/** As `writeEdits`, step by step inside the transaction of `alone`. */
export function* writingEdits(
  db: Writable,
  edits: readonly EditMutation[],
  written: (ops: number) => void = () => undefined,
): Steps<Changed> {
  if (!db.inTransaction) throw new Error('Steps are written inside a transaction');
  const changed: Changed = new Map();
  const scopes = new Set<ScopeKey>();
  let ops = 0;
  for (const edit of edits) {
    for (const scope of yield* writeInside(db, edit, changed)) scopes.add(scope);
    written((ops += edit.ops.length));
  }
  for (const edit of edits) yield* writeUndo(db, edit, [...scopes]);
  return changed;
}

/** Ops between two breaths: a millisecond or two. */
const opsInStep = 50;

/** @returns the scopes it quotes rows of */
function* writeInside(db: Writable, edit: EditMutation, changed: Changed): Steps<ScopeKey[]> {
  const scopes = new Set<ScopeKey>(edit.scopes);
  const { lastInsertRowid } = statement(
    db,
    "insert into outbox (mutation_id, at, label, via, ops, state) values (?, ?, ?, ?, ?, 'pending')",
  ).run(edit.mutationId, edit.at, edit.label, edit.via, JSON.stringify(edit.ops));
  const user = getMeta(db, 'user');
  for (const [at, op] of edit.ops.entries()) {
    if (at % opsInStep === opsInStep - 1) yield;
    if (!isEntityName(op.entity) || op.op === 'reveal') continue;
    const row = readRow(db, op.entity, op.id);
    enlist(db, Number(lastInsertRowid), [op], () => row);
    // Earlier active ops are in the row already: only this one is new.
    const shown = replay(row, [{ at: edit.at, op }], user);
    show(db, op.entity, op.id, shown);
    const quoted = row ?? shown;
    if (quoted) for (const scope of scopesQuoting(db, op.entity, quoted)) scopes.add(scope);
    addChanged(changed, op.entity, op.id);
  }
  const { undo: _undo, ...m } = { ...edit, scopes: [...scopes] };
  statement(db, 'update outbox set scopes = ? where position = ?').run(JSON.stringify(m.scopes), lastInsertRowid);
  rescueOf(db)?.append({ t: 'edit', m }, 'soon');
  return m.scopes;
}

function* writeUndo(db: Writable, { undo, ...edit }: EditMutation, scopes: readonly ScopeKey[]): Steps<void> {
  if (undo?.kind === 'step') {
    const { inverse, forward = edit.ops } = undo;
    const rows = new Set(forward.map((op) => `${op.entity} ${op.id}`)).size;
    yield* addStep(db, { ...edit, forward, inverse, rows }, scopes);
  }
  if (undo?.kind === 'turn') turnStep(db, undo.id, undo.state);
}

/** The line may be on disk though the commit was not: say so, and where even that fails the next opening compacts it away. */
function voidQuietly(db: Writable, id: string): void {
  try {
    rescueOf(db)?.append({ t: 'void', id }, 'soon');
  } catch {
    // The edit was refused and its caller is being told.
  }
}

/**
 * Takes in one change of the server: `P` put, `D` deleted, `L` left the scope.
 * @returns whether the local row may have changed
 */
export function putFromServer(
  db: Writable,
  scope: ScopeKey,
  name: EntityName,
  id: string,
  op: 'P' | 'D' | 'L',
  row: WireRow | null,
): boolean {
  if (op === 'P') {
    if (!row) throw new Error(`A put of ${name} came without its row`);
    if (homeScope(name, row) !== scope) joinScope(db, name, id, scope);
    return setServerRow(db, name, id, row);
  }
  if (op === 'D') leaveAllScopes(db, name, id);
  else if (!leaves(db, scope, name, id)) return false;
  return setServerRow(db, name, id, null);
}

/** Is this desk without the row, now that it left the scope? */
function leaves(db: Writable, scope: ScopeKey, name: EntityName, id: string): boolean {
  leaveScope(db, name, id, scope);
  if (standsElsewhere(db, name, id)) return false;
  const row = baseOf(db, name, id) ?? readRow(db, name, id);
  const home = row ? homeScope(name, row) : null;
  // A row that moved has another home by now: the scope it left has no say in it.
  return home === null || home === scope || !holdsScope(db, home);
}

function setServerRow(db: Writable, name: EntityName, id: string, row: WireRow | null): boolean {
  if (!isDirty(db, name, id)) return show(db, name, id, row);
  putBase(db, name, id, row);
  return recompute(db, name, id);
}

/**
 * For the first load of one entity in one scope: takes rows as they stream (see `putRowArray`), fast. Rows that carry unfinished mutations
 * (of a rescue file) are rebased. The array belongs to the loader afterwards. Make one for each transaction.
 */
export function serverLoader(db: Writable, scope: ScopeKey, name: EntityName): (values: SqlValue[]) => void {
  const dirty = dirtyIds(db, name);
  const { scope: kind } = entityOf(name);
  const owner = kind === 'program' ? 'programId' : kind === 'user' ? 'userId' : '';
  const ownerAt = shapeOf(name).columns.findIndex((column) => column.name === owner);
  // Asked once, not for every row: a row is at home here where its owner is the scope's.
  const holder = scope.slice(scope.indexOf(':') + 1);
  const isHome = homeScope(name, ownerAt < 0 ? {} : { [owner]: holder }) === scope;
  return (values) => {
    const id = values[0] as string;
    if (dirty.has(id)) {
      putFromServer(db, scope, name, id, 'P', decodeArray(name, values) as WireRow);
      return;
    }
    if (!isHome || (ownerAt >= 0 && values[ownerAt] !== holder)) joinScope(db, name, id, scope);
    putRowArray(db, name, values);
  };
}

const settledAs: Record<MutationResult['status'], RescueState> = {
  applied: 'acknowledged',
  merged: 'acknowledged',
  noop: 'acknowledged',
  conflict: 'conflict',
  rejected: 'rejected',
};

/** Files what the server said of a mutation. A conflict or a refusal takes its effect back and waits, explained, for a person. */
export function settle(db: Writable, mutationId: string, result: MutationResult): Changed {
  const state = settledAs[result.status];
  return inTransaction(db, () => {
    const changed = transition(db, mutationId, ['pending', 'in-flight'], state, result);
    const refused = state === 'acknowledged' ? null : entryById(db, mutationId);
    if (refused) dropRefused(db, refused);
    return changed;
  });
}

/**
 * Ends acknowledged mutations: their effects are in the server's rows.
 * Invariant: called only after a complete pull that began after they were acknowledged, in the transaction that makes it live.
 */
export function finish(db: Writable, mutationIds: readonly string[]): Changed {
  return inTransaction(db, () => {
    const changed: Changed = new Map();
    for (const id of mutationIds) mergeChanged(changed, transition(db, id, ['acknowledged'], 'done', null));
    return changed;
  });
}

/**
 * Lets go of a conflicting or refused mutation.
 * @param isSentAgain another mutation took its place, so letting go of this one is not to be taken back
 */
export function letGo(db: Writable, mutationId: string, isSentAgain = false): Changed {
  return inTransaction(db, () => {
    const changed = transition(db, mutationId, ['conflict', 'rejected'], 'discarded', null);
    if (isSentAgain) statement(db, 'update outbox set result = null where mutation_id = ?').run(mutationId);
    return changed;
  });
}

/**
 * Takes letting go back: the change waits for its person again. It takes no effect by that.
 * @returns null where it is not kept any more
 */
export function reopen(db: Writable, mutationId: string): Changed | null {
  const entry = entryById(db, mutationId);
  if (entry?.state !== 'discarded' || !entry.result) return null;
  const state = settledAs[entry.result.status];
  if (state === 'acknowledged') return null;
  const { result, label, via, at, ops, scopes } = entry;
  statement(db, 'update outbox set state = ?, settled_at = null where position = ?').run(state, entry.position);
  // Nothing of it is active, so no row's base is to be kept.
  enlist(db, entry.position, ops, null);
  rescueOf(db)?.append({ t: 'edit', m: { mutationId, at, label, via, ops, scopes } }, 'soon');
  rescueOf(db)?.append({ t: 'settled', id: mutationId, state, result }, 'soon');
  const changed: Changed = new Map();
  for (const op of ops) if (isEntityName(op.entity)) addChanged(changed, op.entity, op.id);
  return changed;
}

function transition(
  db: Writable,
  mutationId: string,
  from: readonly string[],
  to: RescueState,
  result: MutationResult | null,
): Changed {
  const changed: Changed = new Map();
  const entry = entryHead(db, mutationId);
  if (!entry || !from.includes(entry.state)) return changed;
  statement(db, 'update outbox set state = ?, result = coalesce(?, result), settled_at = ? where position = ?').run(
    to,
    result && JSON.stringify(result),
    Date.now(),
    entry.position,
  );
  rescueOf(db)?.append({ t: 'settled', id: mutationId, state: to, result }, 'soon');
  const rows = statement(db, 'select entity, row_id as id from outbox_rows where position = ?').all(entry.position) as {
    entity: EntityName;
    id: string;
  }[];
  if (to === 'done' || to === 'discarded')
    statement(db, 'delete from outbox_rows where position = ?').run(entry.position);
  for (const row of rows) {
    if (to !== 'acknowledged') recompute(db, row.entity, row.id);
    addChanged(changed, row.entity, row.id);
  }
  if (to === 'done' || to === 'discarded') forgetIfLost(db, entry.position);
  return changed;
}

const entryHead = (db: Readable, mutationId: string): { position: number; state: string } | undefined =>
  statement(db, 'select position, state from outbox where mutation_id = ?').get(mutationId) as
    { position: number; state: string } | undefined;
