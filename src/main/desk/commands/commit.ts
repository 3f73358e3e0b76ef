import { newId } from '../../../shared/model';
import type { Saved } from '../../../shared/contract/requests';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { writeEdits, type UndoWrite } from '../local/write';
import { inverseOf } from './inverse';
import { withSeen } from './with-seen';

export interface Action {
  label: string;
  via: string;
  ops: LocalOp[];
  /** Without it the action becomes a step of undo; null: it is none. */
  undo?: UndoWrite | null;
}

/** More ops than these go out as several mutations: one row in conflict must not hold thousands back, nor one answer take minutes. */
export const mostOps = 2_000;

/** Carries out what was checked: one step of undo, and one mutation as long as it is not huge; then everybody is told. An action without effect writes nothing. */
export function commit(context: CommandContext, { label, via, ops: wanted, undo }: Action): Saved {
  const ops = withSeen(context.db, wanted);
  const mutationId = newId(context.now());
  const ids = [...new Set(ops.filter((op) => !op.implied).map((op) => op.id))];
  if (ops.length === 0) return { mutationId, ids };
  const step: UndoWrite | null = undo === undefined ? { kind: 'step', inverse: inverseOf(context.db, ops) } : undo;
  const at = context.now();
  const head = { at, label, via };
  const changes = writeEdits(
    context.db,
    ...partsOf(ops).map((part, i) => ({
      ...head,
      mutationId: i === 0 ? mutationId : newId(at),
      ops: part,
      undo: i > 0 || !step ? null : step.kind === 'step' ? { ...step, forward: ops } : step,
    })),
  );
  context.changed(changes);
  return { mutationId, ids };
}

/** What the server does by itself belongs to the op that makes it do so: such an action stays whole. */
function partsOf(ops: LocalOp[]): LocalOp[][] {
  if (ops.length <= mostOps || ops.some((op) => op.implied)) return [ops];
  return Array.from({ length: Math.ceil(ops.length / mostOps) }, (_, i) => ops.slice(i * mostOps, (i + 1) * mostOps));
}
