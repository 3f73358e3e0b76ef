/**
 * The server lives another life: it was restored from a backup, or another server took over. Cursors of the old life may lie in its future,
 * and it may have forgotten what it had acknowledged.
 *
 * Invariant: what this desk did in the last seven days is said again, under the ids it had: what the new life knows it answers as before,
 * what it lost it takes anew. Then every scope is loaded from the beginning over the rows that stand there, which are readable meanwhile,
 * and a comparison with the server takes away what only the old life knew.
 */
import type { ScopeKey } from '../../../shared/contract/wire';
import { isEntityName } from '../../../shared/entities';
import { enlist, putBase, recompute } from '../local/base-rows';
import { addChanged, type Changed } from '../local/changed';
import { putCursor, readCursors } from '../local/cursors';
import type { Writable } from '../local/handles';
import { setMeta, VERIFIED_AT } from '../local/meta';
import type { LocalOp } from '../local/replay';
import { rescueOf } from '../local/rescue';
import { readRow } from '../local/rows';
import { inTransaction, statement } from '../local/statements';

interface Journalled {
  position: number;
  mutationId: string;
  at: number;
  label: string;
  via: string;
  ops: string;
  scopes: string;
}

/** @returns the rows that may look different now */
export function beginNewEpoch(db: Writable, epoch: string): Changed {
  return inTransaction(db, () => {
    const changed: Changed = new Map();
    sayAgain(db);
    for (const cursor of readCursors(db)) putCursor(db, { ...cursor, state: 'stale', progress: null });
    for (const op of activeInserts(db)) {
      if (!isEntityName(op.entity)) continue;
      putBase(db, op.entity, op.id, null);
      recompute(db, op.entity, op.id);
      addChanged(changed, op.entity, op.id);
    }
    setMeta(db, 'epoch', epoch);
    setMeta(db, VERIFIED_AT, '0');
    return changed;
  });
}

/** Puts the journal back into the queue, before what waits there already: positions keep the order in which things were done. */
function sayAgain(db: Writable): void {
  const journal = statement(
    db,
    "select position, mutation_id as mutationId, at, label, via, ops, scopes from outbox where state in ('acknowledged', 'done') order by position",
  ).all() as Journalled[];
  const rescue = rescueOf(db);
  for (const { ops: text, scopes, position, ...rest } of journal) {
    const ops = JSON.parse(text) as LocalOp[];
    enlist(db, position, ops, (name, id) => readRow(db, name, id));
    rescue?.append({ t: 'edit', m: { ...rest, ops, scopes: JSON.parse(scopes) as ScopeKey[] } }, 'soon');
  }
  statement(
    db,
    `update outbox set state = 'pending', seq = null, result = null, settled_at = null
     where state in ('pending', 'in-flight', 'acknowledged', 'done')`,
  ).run();
}

function activeInserts(db: Writable): LocalOp[] {
  const rows = statement(db, "select ops from outbox where state = 'pending' order by position").all() as {
    ops: string;
  }[];
  return rows.flatMap((row) => (JSON.parse(row.ops) as LocalOp[]).filter((op) => op.op === 'insert'));
}
