import type { Output, Parsed } from '../../../shared/contract/requests';
import type { Settled, Settlement } from '../../../shared/contract/needs-you';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { mergeChanged, type Changed } from '../local/changed';
import { withRoom } from '../local/disk';
import { counts, entryById } from '../local/outbox';
import { inTransaction } from '../local/statements';
import { letGo, reopen, writeEdits } from '../local/write';
import { inverseOf } from './inverse';
import { keptOps } from './kept-ops';
import { notFound } from './refuse';
import { withSeen } from './with-seen';

/** Settles changes that came back. What is kept goes again as a new mutation, built on what stands now. All of them, or none. */
export function resolveConflicts(context: CommandContext, settlements: readonly Settlement[]): Settled {
  const { db } = context;
  const sent: string[] = [];
  const settle = (): Changed => {
    const changed: Changed = new Map();
    sent.length = 0;
    for (const settlement of settlements) mergeChanged(changed, settleOne(context, settlement, sent));
    return changed;
  };
  context.changed(withRoom(db, () => inTransaction(db, settle)));
  const left = counts(db);
  return { left: left.conflicts + left.refused, sent };
}

function settleOne(context: CommandContext, settlement: Settlement, sent: string[]): Changed {
  const { db } = context;
  const entry = entryById(db, settlement.mutationId);
  if (!entry || (entry.state !== 'conflict' && entry.state !== 'rejected')) {
    throw notFound('This change was settled already.');
  }
  const ops = withSeen(db, keptOps(context, entry, settlement));
  const changed = letGo(db, entry.mutationId, ops.length > 0);
  if (ops.length === 0) return changed;
  const at = context.now();
  const mutationId = newId(at);
  sent.push(mutationId);
  const again = { mutationId, at, label: entry.label, via: 'resolve', ops, scopes: entry.scopes };
  return mergeChanged(changed, writeEdits(db, { ...again, undo: { kind: 'step', inverse: inverseOf(db, ops) } }));
}

/** Changes that were let go of wait for a decision again, where the journal still holds them. */
export function reopenChanges(context: CommandContext, { mutationIds }: Parsed<'sync.reopen'>): Output<'sync.reopen'> {
  const { db } = context;
  const changed: Changed = new Map();
  let reopened = 0;
  const all = (): void => {
    for (const id of mutationIds) {
      const back = reopen(db, id);
      if (back) reopened += 1;
      mergeChanged(changed, back ?? new Map());
    }
  };
  withRoom(db, () => inTransaction(db, all));
  if (reopened === 0) throw notFound('This change is no longer kept. Make it again where it is still wanted.');
  context.changed(changed);
  return { reopened };
}
