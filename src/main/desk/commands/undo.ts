import type { HistoryJump, HistoryOutcome } from '../../../shared/contract/requests';
import { Refusal } from '../../../shared/contract/outcome';
import type { CommandContext, Query } from '../context';
import { nextRedo, nextUndo, stepOfMutation, turnStep, wayTo, type UndoStep } from '../local/undo-log';
import { fitStep, Ground } from './fit-step';
import { commit } from './commit';
import { forbidden } from './refuse';

/** Takes the last step back, or the one asked for. It adds a mutation; nothing is erased. */
export function undo(context: CommandContext, { id }: { id?: string | undefined }): HistoryOutcome {
  const step = id ? stepOfMutation(context.db, id) : nextUndo(context.db);
  if (!step || step.state !== 'done') return { label: null, skipped: [] };
  return turn(context, step);
}

/** Brings the step undone last again. */
export function redo(context: CommandContext): HistoryOutcome {
  const step = nextRedo(context.db);
  return step ? turn(context, step) : { label: null, skipped: [] };
}

/** Goes to another place in the history, one step after the other, each a change of its own. It stops where a step may not be turned. */
export function goInHistory(context: CommandContext, { id }: { id: string | null }): HistoryJump {
  const jump: HistoryJump = { undo: 0, redo: 0, skipped: [], stops: null };
  for (const step of wayTo(context.db, id)) {
    try {
      jump.skipped.push(...turn(context, step).skipped);
      jump[step.state === 'done' ? 'undo' : 'redo']++;
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.kind !== 'forbidden') throw error;
      return { ...jump, stops: `“${step.label}” stays: ${error.problem.message}` };
    }
  }
  return jump;
}

/** What that would do and what it would leave alone, without going. */
export const previewHistory: Query<'history.preview'> = ({ read, session }, { id }) => {
  const jump: HistoryJump = { undo: 0, redo: 0, skipped: [], stops: null };
  const ground = new Ground(read, session);
  for (const step of wayTo(read, id)) {
    const fit = fitStep(ground, step.state === 'done' ? step.inverse : step.forward);
    if (fit.forbidden !== null) return { ...jump, stops: `“${step.label}” stays: ${fit.forbidden}` };
    ground.take(fit.ops);
    jump.skipped.push(...fit.skipped);
    jump[step.state === 'done' ? 'undo' : 'redo']++;
  }
  return jump;
};

function turn(context: CommandContext, step: UndoStep): HistoryOutcome {
  const isDone = step.state === 'done';
  const state = isDone ? 'undone' : 'done';
  const fit = fitStep(new Ground(context.db, context.session), isDone ? step.inverse : step.forward);
  if (fit.forbidden !== null) throw forbidden(fit.forbidden);
  const label = `${isDone ? 'Undo' : 'Redo'}: ${step.label}`.slice(0, 200);
  // Where nothing is left to do, the step is turned all the same, or it would stand in the way for ever.
  if (fit.ops.length > 0) {
    const via = isDone ? 'undo' : 'redo';
    commit(context, { label, via, ops: fit.ops, undo: { kind: 'turn', id: step.id, state } });
  } else turnStep(context.db, step.id, state);
  return { label: step.label, skipped: fit.skipped };
}
