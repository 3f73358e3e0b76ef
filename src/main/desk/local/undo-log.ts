import type { Readable, Writable } from './handles';
import type { LocalOp } from './replay';
import { statement } from './statements';

/** One step of undo per human action; undoing adds history and erases none. */
export interface UndoStep {
  id: number;
  mutationId: string;
  at: number;
  label: string;
  forward: LocalOp[];
  inverse: LocalOp[];
  rows: number;
  state: 'done' | 'undone';
}

interface StepRow extends Omit<UndoStep, 'forward' | 'inverse'> {
  forward: string;
  inverse: string;
}

const columns = 'id, mutation_id as mutationId, at, label, forward, inverse, rows, state';
const kept = 200;

const stepOf = (row: StepRow | undefined): UndoStep | null =>
  row ? { ...row, forward: JSON.parse(row.forward) as LocalOp[], inverse: JSON.parse(row.inverse) as LocalOp[] } : null;

const one = (db: Readable, tail: string, ...values: unknown[]): UndoStep | null =>
  stepOf(statement(db, `select ${columns} from undo_log ${tail} limit 1`).get(...values) as StepRow | undefined);

/** The step Ctrl+Z takes back. */
export const nextUndo = (db: Readable): UndoStep | null => one(db, "where state = 'done' order by id desc");

/** The step Ctrl+Shift+Z brings again: of those undone, the earliest. */
export const nextRedo = (db: Readable): UndoStep | null => one(db, "where state = 'undone' order by id");

export const stepOfMutation = (db: Readable, mutationId: string): UndoStep | null =>
  one(db, 'where mutation_id = ?', mutationId);

export const listSteps = (
  db: Readable,
  limit: number,
): Pick<UndoStep, 'mutationId' | 'at' | 'label' | 'rows' | 'state'>[] =>
  statement(db, 'select mutation_id as mutationId, at, label, rows, state from undo_log order by id desc limit ?').all(
    limit,
  ) as Pick<UndoStep, 'mutationId' | 'at' | 'label' | 'rows' | 'state'>[];

/** A new edit: what was undone before can no longer be brought again. */
export function addStep(db: Writable, step: Omit<UndoStep, 'id' | 'state'>): void {
  statement(db, "delete from undo_log where state = 'undone'").run();
  const { lastInsertRowid } = statement(
    db,
    "insert into undo_log (mutation_id, at, label, forward, inverse, rows, state) values (?, ?, ?, ?, ?, ?, 'done')",
  ).run(step.mutationId, step.at, step.label, JSON.stringify(step.forward), JSON.stringify(step.inverse), step.rows);
  statement(db, 'delete from undo_log where id <= ?').run(Number(lastInsertRowid) - kept);
}

export function turnStep(db: Writable, id: number, state: UndoStep['state']): void {
  statement(db, 'update undo_log set state = ? where id = ?').run(state, id);
}

/** A refused mutation has no effect that could be undone. */
export function dropStepOf(db: Writable, mutationId: string): void {
  statement(db, 'delete from undo_log where mutation_id = ?').run(mutationId);
}

/** Forgets every step that touches one of these rows: they left this desk, and so must their contents. */
export function dropStepsTouching(db: Writable, gone: (entity: string, id: string) => boolean): void {
  const steps = statement(db, `select ${columns} from undo_log`).all() as StepRow[];
  for (const row of steps) {
    const step = stepOf(row)!;
    if ([...step.forward, ...step.inverse].some((op) => gone(op.entity, op.id))) {
      statement(db, 'delete from undo_log where id = ?').run(step.id);
    }
  }
}
