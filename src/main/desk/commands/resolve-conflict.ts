import type { Output, Parsed } from '../../../shared/contract/requests';
import type { FieldConflict } from '../../../shared/contract/wire';
import { isEntityName } from '../../../shared/entities';
import { newId } from '../../../shared/model';
import type { CommandContext } from '../context';
import { mergeChanged, type Changed } from '../local/changed';
import { withRoom } from '../local/disk';
import { counts, entryById, type Entry } from '../local/outbox';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { inTransaction } from '../local/statements';
import { letGo, writeEdits } from '../local/write';
import { inverseOf } from './inverse';
import { notFound } from './refuse';

type Resolution = Parsed<'sync.resolve'>;

/** Settles a change that came back. What is kept goes again as a new mutation, built on what stands now; nothing is overwritten unseen. */
export function resolveConflict(context: CommandContext, input: Resolution): Output<'sync.resolve'> {
  const { db } = context;
  const entry = entryById(db, input.mutationId);
  if (!entry || (entry.state !== 'conflict' && entry.state !== 'rejected')) {
    throw notFound('This change was settled already.');
  }
  const ops = isKept(entry, input) ? opsKept(context, entry, input) : [];
  const settle = (): Changed => {
    const changed = letGo(db, entry.mutationId);
    if (ops.length === 0) return changed;
    const mutation = {
      mutationId: newId(context.now()),
      at: context.now(),
      label: entry.label,
      via: 'resolve',
      ops,
      scopes: entry.scopes,
    };
    return mergeChanged(changed, writeEdits(db, { ...mutation, undo: { kind: 'step', inverse: inverseOf(db, ops) } }));
  };
  context.changed(withRoom(db, () => inTransaction(db, settle)));
  const left = counts(db);
  return { left: left.conflicts + left.refused };
}

/** Taking theirs lets go of the fields in conflict alone: what else was done in the same act is sent again. */
const isKept = (entry: Entry, { choice }: Resolution): boolean =>
  choice === 'keep-mine' || choice === 'resend' || (choice === 'take-theirs' && entry.state === 'conflict');

function opsKept(context: CommandContext, entry: Entry, input: Resolution): LocalOp[] {
  const conflicts = entry.result?.conflicts ?? [];
  const find = (op: LocalOp, field: string): FieldConflict | undefined =>
    conflicts.find((c) => c.entity === op.entity && c.id === op.id && c.field === field);
  const isTheirs = (op: LocalOp, field: string): boolean => {
    const said = input.fields?.find((f) => f.entity === op.entity && f.id === op.id && f.field === field);
    return said ? said.take === 'theirs' : input.choice === 'take-theirs' && find(op, field) !== undefined;
  };
  return entry.ops.flatMap((op) => {
    if (!isEntityName(op.entity)) return [];
    const row = readRow(context.db, op.entity, op.id);
    const version = row?.rowVersion ?? op.version;
    if (op.op !== 'update') return [{ ...op, version: op.op === 'insert' ? 0 : version }];
    const fields = Object.keys(op.patch ?? {}).filter((field) => !isTheirs(op, field));
    if (fields.length === 0) return [];
    const patch = Object.fromEntries(fields.map((field) => [field, op.patch![field]]));
    // The base of a conflicting field is what the person has just been shown: theirs.
    const base = Object.fromEntries(
      fields.map((field) => [field, find(op, field)?.theirs ?? (find(op, field) ? null : (op.base?.[field] ?? null))]),
    );
    return [{ ...op, version, base, patch }];
  });
}
