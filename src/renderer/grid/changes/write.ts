import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import type { EntityName } from '../../../shared/entities';
import { counted } from '../../ui/moment';
import { notify } from '../../ui/notify';
import type { Sheet } from '../sheet';
import { countsOf, editsOf, isWritten, type PlannedRow } from './plan';

export interface Act {
  /** "Paste", "Fill", "Clear": what the step of undo is called. */
  verb: string;
  /** "Pasted 12 cells". */
  done: string;
  via: string;
}

/** Writes what of a plan can stand: one save, one step of undo. What was left alone is said. */
export async function writePlan(sheet: Sheet, plan: readonly PlannedRow[], { verb, done, via }: Act): Promise<boolean> {
  const { edits } = editsOf(plan, sheet.entity.name as EntityName, sheet.given());
  const left = leftAlone(plan);
  if (edits.length === 0) {
    notify.info(left ?? 'Nothing would change: the cells hold this already.');
    return false;
  }
  learnTitles(sheet, plan);
  const cells = counted(countsOf(plan).changes, 'cell');
  try {
    const { mutationId } = await request('rows.save', {
      edits,
      label: `${verb} ${cells} in ${sheet.entity.labels.many.toLowerCase()}`,
      via,
    });
    const message = `${done} ${cells}.${left ? ` ${left}` : ''}`;
    notify.done(message, { undo: () => takeBack(mutationId) });
    return true;
  } catch (error) {
    told(error);
    return false;
  }
}

const told = (error: unknown): void => notify.problem(problemOf(error));

/** "3 cells were left alone: …", with the first reason of each kind. */
function leftAlone(plan: readonly PlannedRow[]): string | null {
  const why = new Map<string, number>();
  for (const row of plan) {
    for (const cell of row.cells) {
      if (cell.why !== null && cell.state !== 'same') why.set(cell.why, (why.get(cell.why) ?? 0) + 1);
    }
    if (row.why !== null && !isWritten(row)) why.set(row.why, (why.get(row.why) ?? 0) + 1);
  }
  const count = [...why.values()].reduce((a, b) => a + b, 0);
  const [reason] = why.keys();
  if (count === 0 || reason === undefined) return null;
  return `${count === 1 ? '1 cell was' : `${count} cells were`} left alone: ${reason}`;
}

/** The names of rows that cells refer to now, until a page brings them. */
function learnTitles({ context, entity }: Sheet, plan: readonly PlannedRow[]): void {
  for (const { cells } of plan) {
    for (const { field, value, text, state } of cells) {
      if (state === 'changes' && entity.fields[field]?.kind === 'reference' && typeof value === 'string') {
        context.learn(value, text);
      }
    }
  }
}
