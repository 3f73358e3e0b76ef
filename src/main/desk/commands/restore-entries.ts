import { Refusal } from '../../../shared/contract/outcome';
import type { Edit, Output } from '../../../shared/contract/requests';
import type { PlannedChange, RestorePlan, SkippedChange } from '../../../shared/contract/trail';
import { entityOf, isEntityName } from '../../../shared/entities';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { titleOf } from '../queries/titles';
import { commit } from './commit';
import type { ToTakeBack } from './entries-to-take-back';
import { fitStep, Ground } from './fit-step';
import { forbidden } from './refuse';
import { takeBackOps } from './take-back-ops';
import { opsFor } from './save-rows';

interface Prepared {
  ops: LocalOp[];
  skipped: SkippedChange[];
}

const shown = 200;

/**
 * What would be taken back can be done: fields changed since are left alone, and what is left passes the checks every edit passes.
 * @throws Refusal where something stands against it
 */
function prepare(context: CommandContext, asked: ToTakeBack): Prepared {
  const wanted = takeBackOps(context.read, asked);
  const fit = fitStep(new Ground(context.read, context.session), wanted.ops);
  if (fit.forbidden !== null) throw forbidden(fit.forbidden);
  const edits = fit.ops.flatMap((op) => editOf(op));
  const checked = edits.length > 0 ? opsFor(context, edits) : [];
  const brought = fit.ops.filter((op) => op.op === 'restore');
  const skipped = [...wanted.kept, ...fit.skipped].map((one) => ({ ...one, ...whoSince(asked, one) }));
  return { ops: [...brought, ...checked], skipped };
}

/** Records brought back are no edits: they come as they were, and the server checks them. */
function editOf(op: LocalOp): Edit[] {
  if (op.implied || !isEntityName(op.entity)) return [];
  const { entity, id } = op;
  if (op.op === 'update') return [{ op: 'update', entity, id, values: op.patch ?? {}, base: op.base }];
  return op.op === 'delete' ? [{ op: 'delete', entity, id }] : [];
}

function whoSince(asked: ToTakeBack, { entity, id, field }: Omit<SkippedChange, 'by' | 'at'>) {
  const later = asked.since.find(
    (one) => one.entity === entity && one.rowId === id && (field === '' || one.field === field),
  );
  return { by: later?.userName ?? null, at: later?.at ?? null };
}

/** What taking it back would do and what it would leave alone. Nothing is written. */
export function planRestore(context: CommandContext, asked: ToTakeBack): RestorePlan {
  try {
    const { ops, skipped } = prepare(context, asked);
    const changes = ops.filter((op) => !op.implied).flatMap((op) => plannedChange(context, asked, op));
    return { changes: changes.slice(0, shown), count: changes.length, skipped, stops: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { problem } = error;
    const [issue] = problem.kind === 'invalid' ? problem.issues : [];
    return { changes: [], count: 0, skipped: [], stops: issue?.message ?? problem.message };
  }
}

function plannedChange(context: CommandContext, asked: ToTakeBack, op: LocalOp): PlannedChange[] {
  if (!isEntityName(op.entity)) return [];
  const { entity, id } = op;
  const title = titleOf(context.read, entity, id) || titleFrom(asked, entity, id);
  if (op.op === 'restore') return [{ entity, id, title, act: 'bring-back', values: {} }];
  if (op.op === 'delete') return [{ entity, id, title, act: 'delete', values: {} }];
  const row = readRow(context.read, entity, id);
  const values = Object.fromEntries(
    Object.entries(op.patch ?? {}).map(([field, value]): [string, [unknown, unknown]] => [
      field,
      [row?.[field] ?? null, value],
    ]),
  );
  return [{ entity, id, title, act: 'change', values }];
}

/** A record that is not here is named as it was when it was deleted. */
function titleFrom({ entries }: ToTakeBack, name: string, id: string): string {
  const row = entries.find((entry) => entry.rowId === id && entry.row)?.row;
  if (!row || !isEntityName(name)) return '';
  return entityOf(name)
    .title.map((field) => row[field])
    .filter((part) => typeof part === 'string')
    .join(' ');
}

/** Takes it back: one step of undo, by the way every edit takes. It adds entries and removes none. */
export function restoreEntries(context: CommandContext, asked: ToTakeBack): Output<'audit.restore'> {
  const { ops, skipped } = prepare(context, asked);
  const count = ops.filter((op) => !op.implied).length;
  if (count === 0) return { mutationId: null, count, skipped };
  const { mutationId } = commit(context, { label: labelOf(context, asked, count), via: 'restore', ops });
  return { mutationId, count, skipped };
}

function labelOf(context: CommandContext, { what }: ToTakeBack, count: number): string {
  if (what.kind === 'batch') return count === 1 ? 'Restore 1 record' : `Restore ${count} records`;
  const title = titleOf(context.read, what.entity, what.id) || entityOf(what.entity).labels.one;
  if (what.kind === 'record') return `Restore ${title}`;
  return `Restore ${(entityOf(what.entity).fields[what.field]?.options.label ?? what.field).toLowerCase()} of ${title}`;
}
