import { newId } from '../../../shared/model';
import type { Saved } from '../../../shared/contract/requests';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { writeEdits, type UndoWrite } from '../local/write';
import { inverseOf } from './inverse';

export interface Action {
  label: string;
  via: string;
  ops: LocalOp[];
  /** Without it the action becomes a step of undo; null: it is none. */
  undo?: UndoWrite | null;
}

/** Carries out what was checked: one mutation, one step of undo, then everybody is told. An action without effect writes nothing. */
export function commit(context: CommandContext, { label, via, ops, undo }: Action): Saved {
  const mutationId = newId(context.now());
  const ids = [...new Set(ops.filter((op) => !op.implied).map((op) => op.id))];
  if (ops.length === 0) return { mutationId, ids };
  const step: UndoWrite | null = undo === undefined ? { kind: 'step', inverse: inverseOf(context.db, ops) } : undo;
  const changes = writeEdits(context.db, { mutationId, at: context.now(), label, via, ops, undo: step });
  context.changed(changes);
  return { mutationId, ids };
}
