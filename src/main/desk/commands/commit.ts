import { newId } from '../../../shared/model';
import type { Saved } from '../../../shared/contract/requests';
import type { CommandContext } from '../context';
import type { Changed } from '../local/changed';
import type { LocalOp } from '../local/replay';
import { finish, type Steps } from '../steps';
import { writeEdits, writingEdits, type EditMutation, type UndoWrite } from '../local/write';
import { inverseSteps } from './inverse';
import { withSeen } from './with-seen';

export interface Action {
  label: string;
  via: string;
  ops: LocalOp[];
  /** Without it the action becomes a step of undo; null: it is none. */
  undo?: UndoWrite | null;
  /** Told how many ops are written so far. */
  written?: (count: number) => void;
}

/** More ops than these go out as several mutations: one row in conflict must not hold thousands back, nor one answer take minutes. */
export const mostOps = 2_000;

/** Carries out what was checked: one step of undo, and one mutation as long as it is not huge; then everybody is told. An action without effect writes nothing. */
export function commit(context: CommandContext, action: Action): Saved {
  const { saved, edits } = finish(prepared(context, action));
  if (edits.length > 0) context.changed(writeEdits(context.db, ...edits));
  return saved;
}

/** `commit` in steps, inside the transaction of whoever walks them and tells everybody afterwards. */
export function* committing(context: CommandContext, action: Action): Steps<{ saved: Saved; changed: Changed }> {
  const { saved, edits } = yield* prepared(context, action);
  return { saved, changed: yield* writingEdits(context.db, edits, action.written) };
}

function* prepared(
  context: CommandContext,
  { label, via, ops: wanted, undo }: Action,
): Steps<{ saved: Saved; edits: EditMutation[] }> {
  const ops = withSeen(context.db, wanted);
  const at = context.now();
  const mutationId = newId(at);
  const ids = [...new Set(ops.filter((op) => !op.implied).map((op) => op.id))];
  if (ops.length === 0) return { saved: { mutationId, ids }, edits: [] };
  const step: UndoWrite | null =
    undo === undefined ? { kind: 'step', inverse: yield* inverseSteps(context.db, ops) } : undo;
  const edits = partsOf(ops).map((part, i) => ({
    ...{ at, label, via },
    mutationId: i === 0 ? mutationId : newId(at),
    ops: part,
    undo: i > 0 || !step ? null : step.kind === 'step' ? { ...step, forward: ops } : step,
  }));
  return { saved: { mutationId, ids }, edits };
}

/** What the server does by itself belongs to the op that makes it do so: such an action stays whole. */
function partsOf(ops: LocalOp[]): LocalOp[][] {
  if (ops.length <= mostOps || ops.some((op) => op.implied)) return [ops];
  return Array.from({ length: Math.ceil(ops.length / mostOps) }, (_, i) => ops.slice(i * mostOps, (i + 1) * mostOps));
}
