import type { HistoryJump, HistoryOutcome } from '../../../shared/contract/requests';
import { Refusal } from '../../../shared/contract/outcome';
import type { CommandContext, Query } from '../context';
import { nextRedo, nextUndo, stepOfMutation, turnStep, wayTo, type UndoStep } from '../local/undo-log';
import type { Alone } from '../local/alone';
import { bitByBit, finish, type Steps } from '../steps';
import { fitStep, fitting, Ground } from './fit-step';
import { commit, committing, mostOps, type Action } from './commit';
import { forbidden } from './refuse';

/** What Ctrl+Z takes back, or the step asked for; null where there is none. */
export function stepToUndo(context: CommandContext, { id }: { id?: string | undefined }): UndoStep | null {
  const step = id ? stepOfMutation(context.db, id) : nextUndo(context.db);
  return step?.state === 'done' ? step : null;
}

const nothing: HistoryOutcome = { label: null, skipped: [] };

/** Takes the last step back, or the one asked for. It adds a mutation; nothing is erased. */
export function undo(context: CommandContext, asked: { id?: string | undefined }): HistoryOutcome {
  const step = stepToUndo(context, asked);
  return step ? turn(context, step) : nothing;
}

/** Brings the step undone last again. */
export function redo(context: CommandContext): HistoryOutcome {
  const step = nextRedo(context.db);
  return step ? turn(context, step) : nothing;
}

/** Turns a step of thousands of rows bit by bit: others are answered meanwhile. */
export async function turnAlone(
  context: CommandContext,
  { alone, breathe }: BitByBit,
  step: UndoStep | null,
): Promise<HistoryOutcome> {
  if (!step) return nothing;
  if (step.rows <= mostOps) return turn(context, step);
  const { outcome, changed } = await alone(async (db) => {
    const on = { ...context, db };
    const made = await bitByBit(turning(on, step), breathe);
    if (made.action) return { ...made, changed: (await bitByBit(committing(on, made.action), breathe)).changed };
    turnStep(db, step.id, made.state);
    return { ...made, changed: null };
  });
  if (changed) context.changed(changed);
  return outcome;
}

interface BitByBit {
  alone: Alone;
  breathe: () => Promise<void> | null;
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
  const { action, outcome, state } = finish(turning(context, step));
  // Where nothing is left to do, the step is turned all the same, or it would stand in the way for ever.
  if (action) commit(context, action);
  else turnStep(context.db, step.id, state);
  return outcome;
}

interface Turning {
  /** Null where nothing is left to do. */
  action: Action | null;
  state: UndoStep['state'];
  outcome: HistoryOutcome;
}

function* turning(context: CommandContext, step: UndoStep): Steps<Turning> {
  const isDone = step.state === 'done';
  const state = isDone ? 'undone' : 'done';
  const fit = yield* fitting(new Ground(context.db, context.session), isDone ? step.inverse : step.forward);
  if (fit.forbidden !== null) throw forbidden(fit.forbidden);
  const label = `${isDone ? 'Undo' : 'Redo'}: ${step.label}`.slice(0, 200);
  const undo: Action['undo'] = { kind: 'turn', id: step.id, state };
  const action = fit.ops.length > 0 ? { label, via: isDone ? 'undo' : 'redo', ops: fit.ops, undo } : null;
  return { action, state, outcome: { label: step.label, skipped: fit.skipped } };
}
