import type { ScopeKey } from '../../../shared/contract/wire';
import type { Readable, Writable } from './handles';
import type { LocalOp } from './replay';
import { statement } from './statements';
import type { Steps } from '../steps';

/**
 * One step of undo per human action; undoing adds history and erases none.
 *
 * What is kept: the last `keptSteps` steps, as long as they hold no more than `keptBytes` together; the oldest go first. The newest is kept
 * whatever its size, so that the last thing a person did can always be taken back. What went can still be undone from the audit trail.
 */

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
const keptSteps = 500;
export const keptBytes = 64 * 1024 * 1024;

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
export function* addStep(db: Writable, step: Omit<UndoStep, 'id' | 'state'>, scopes: readonly ScopeKey[]): Steps<void> {
  statement(db, "delete from undo_log where state = 'undone'").run();
  const forward = yield* jsonOf(step.forward);
  const inverse = yield* jsonOf(step.inverse);
  const { lastInsertRowid } = statement(
    db,
    "insert into undo_log (mutation_id, at, label, forward, inverse, rows, state, scopes) values (?, ?, ?, ?, ?, ?, 'done', ?)",
  ).run(step.mutationId, step.at, step.label, forward, inverse, step.rows, JSON.stringify(scopes));
  dropOldest(db, Number(lastInsertRowid));
}

const opsAtOnce = 500;

/** The text of many ops, a piece at a time. */
function* jsonOf(ops: readonly LocalOp[]): Steps<string> {
  const pieces: string[] = [];
  for (let at = 0; at < ops.length; at += opsAtOnce) {
    if (at > 0) yield;
    pieces.push(JSON.stringify(ops.slice(at, at + opsAtOnce)).slice(1, -1));
  }
  return `[${pieces.join()}]`;
}

/** Lengths are read without the texts themselves. */
function dropOldest(db: Writable, newest: number): void {
  statement(
    db,
    `delete from undo_log where id < ? and id <= (select max(id) from (
       select id, row_number() over newer as place, sum(octet_length(forward) + octet_length(inverse)) over newer as bytes
       from undo_log window newer as (order by id desc)) where place > ${keptSteps} or bytes > ${keptBytes})`,
  ).run(newest);
}

/** The steps to turn, in order, until this one is the last that is done; null: until none is. Nothing where it is no longer known. */
export function wayTo(db: Readable, mutationId: string | null): UndoStep[] {
  const goal = mutationId === null ? null : stepOfMutation(db, mutationId);
  if (mutationId !== null && !goal) return [];
  const [test, order] =
    goal?.state === 'undone' ? ["state = 'undone' and id <= ?", ''] : ["state = 'done' and id > ?", 'desc'];
  const rows = statement(db, `select ${columns} from undo_log where ${test} order by id ${order}`).all(goal?.id ?? 0);
  return (rows as StepRow[]).map((row) => stepOf(row)!);
}

export function turnStep(db: Writable, id: number, state: UndoStep['state']): void {
  statement(db, 'update undo_log set state = ? where id = ?').run(state, id);
}

const rowOf = (op: LocalOp): string => `${op.entity} ${op.id}`;

/**
 * A refused mutation has no effect that could be undone. Of an action that went out in several parts only the refused part leaves its step: the
 * rest stands, and can still be taken back.
 */
export function dropRefused(db: Writable, { mutationId, at, label, ops }: Refused): void {
  const row = statement(
    db,
    `select ${columns} from undo_log where mutation_id = ? or (at = ? and label = ?) order by mutation_id = ? desc limit 1`,
  ).get(mutationId, at, label, mutationId) as StepRow | undefined;
  const step = stepOf(row);
  if (!step) return;
  const refused = new Set(ops.map((op) => JSON.stringify(op)));
  const forward = step.forward.filter((op) => !refused.has(JSON.stringify(op)));
  // Another action of the same name, within the same millisecond.
  if (forward.length === step.forward.length && step.mutationId !== mutationId) return;
  if (forward.length === 0 || forward.length === step.forward.length) {
    statement(db, 'delete from undo_log where id = ?').run(step.id);
    return;
  }
  const stands = new Set(forward.map(rowOf));
  const inverse = step.inverse.filter((op) => stands.has(rowOf(op)));
  statement(db, 'update undo_log set forward = ?, inverse = ?, rows = ? where id = ?').run(
    JSON.stringify(forward),
    JSON.stringify(inverse),
    stands.size,
    step.id,
  );
}

interface Refused {
  mutationId: string;
  at: number;
  label: string;
  ops: readonly LocalOp[];
}

/** Forgets every step that quotes the scope or touches one of these rows: they left this desk, and so must their contents. */
export function dropStepsQuoting(db: Writable, scope: ScopeKey, gone: (entity: string, id: string) => boolean): void {
  const steps = statement(db, `select ${columns}, scopes from undo_log`).all() as (StepRow & { scopes: string })[];
  for (const { scopes, ...row } of steps) {
    const step = stepOf(row)!;
    const isQuoted = (JSON.parse(scopes) as ScopeKey[]).includes(scope);
    if (isQuoted || [...step.forward, ...step.inverse].some((op) => gone(op.entity, op.id))) {
      statement(db, 'delete from undo_log where id = ?').run(step.id);
    }
  }
}
