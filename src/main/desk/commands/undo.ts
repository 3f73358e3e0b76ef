import type { HistoryOutcome } from '../../../shared/contract/requests';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { sameValue } from '../../../shared/rules/canonical-json';
import { whyNot } from '../../../shared/rules/permit';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { nextRedo, nextUndo, stepOfMutation, turnStep, type UndoStep } from '../local/undo-log';
import { blockersOf, contentsOf } from '../queries/removal';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import { whyFrozenIn } from './curriculum-states';
import { forbidden } from './refuse';

/** Takes the last step back, or the one asked for. It adds a mutation; nothing is erased. */
export function undo(context: CommandContext, { id }: { id?: string | undefined }): HistoryOutcome {
  const step = id ? stepOfMutation(context.db, id) : nextUndo(context.db);
  if (!step || step.state !== 'done') return { label: null, skipped: [] };
  return turn(context, step, step.inverse, 'undone');
}

/** Brings the step undone last again. */
export function redo(context: CommandContext): HistoryOutcome {
  const step = nextRedo(context.db);
  return step ? turn(context, step, step.forward, 'done') : { label: null, skipped: [] };
}

function turn(
  context: CommandContext,
  step: UndoStep,
  wanted: readonly LocalOp[],
  state: UndoStep['state'],
): HistoryOutcome {
  const skipped: HistoryOutcome['skipped'] = [];
  const going = new Set(wanted.filter((op) => op.op === 'delete').map((op) => op.id));
  const ops = wanted.flatMap((op) => {
    const fit = fitted(context, op, going, skipped);
    return fit ? [fit] : [];
  });
  const via = state === 'undone' ? 'undo' : 'redo';
  const label = `${state === 'undone' ? 'Undo' : 'Redo'}: ${step.label}`.slice(0, 200);
  // Where nothing is left to do, the step is turned all the same, or it would stand in the way for ever.
  if (ops.length > 0) commit(context, { label, via, ops, undo: { kind: 'turn', id: step.id, state } });
  else turnStep(context.db, step.id, state);
  return { label: step.label, skipped };
}

/** What of an op can still be done: fields others changed since are left alone and listed. */
function fitted(
  context: CommandContext,
  op: LocalOp,
  going: ReadonlySet<string>,
  skipped: HistoryOutcome['skipped'],
): LocalOp | null {
  if (!isEntityName(op.entity)) return null;
  const name = op.entity;
  const row = readRow(context.db, name, op.id);
  const leave = (field: string): null => {
    if (!op.implied) skipped.push({ entity: name, id: op.id, title: titleOf(context.db, name, op.id), field });
    return null;
  };
  const permit = (verb: 'create' | 'update' | 'remove', of: Record<string, unknown>): void => {
    const reason = op.implied ? null : whyNot(context.session, entityOf(name), verb, of);
    if (reason) throw forbidden(reason);
  };
  const frozen = whyFrozenIn(context.db, name, row ?? op.row ?? {});
  if (frozen !== null) return leave('');
  switch (op.op) {
    case 'update': {
      if (!row) return leave('');
      const fields = Object.keys(op.patch ?? {}).filter(
        (field) => sameValue(row[field], op.base?.[field]) || leave(field),
      );
      if (fields.length === 0) return null;
      permit('update', row);
      const pick = (from: Record<string, unknown>): Record<string, unknown> =>
        Object.fromEntries(fields.map((field) => [field, from[field] ?? null]));
      return { ...op, version: row.rowVersion, base: pick(row), patch: pick(op.patch!) };
    }
    case 'delete': {
      if (!row) return null;
      if (!op.implied && isHeld(context, name, op.id, going)) return leave('');
      permit('remove', row);
      return { ...op, version: row.rowVersion };
    }
    case 'restore':
      if (row) return null;
      permit('remove', op.row ?? {});
      return op;
    case 'insert':
      // Once the server has seen and deleted the row, only a restore brings it back; before, it is the same for this desk.
      if (row) return null;
      permit('create', { ...op.patch, id: op.id });
      return { entity: name, op: 'restore', id: op.id, version: 0, row: shownAgain(op) };
    case 'reveal':
      return null;
  }
}

const shownAgain = (op: LocalOp): Record<string, unknown> => {
  const empty = Object.fromEntries(Object.keys(entityOf(op.entity as EntityName).fields).map((field) => [field, null]));
  const stamp = { rowVersion: 0, createdAt: null, updatedAt: null, createdBy: null, updatedBy: null };
  return { ...empty, ...op.row, ...op.patch, ...stamp, id: op.id };
};

/** Others have built on the row since. */
function isHeld(context: CommandContext, name: EntityName, id: string, going: ReadonlySet<string>): boolean {
  const contents = contentsOf(context.db, name, [id]);
  const isBuiltOn = [...contents.values()].some((ids) => [...ids].some((part) => !going.has(part)));
  return isBuiltOn || blockersOf(context.db, contents).some((blocker) => !going.has(blocker.id));
}
