/**
 * What of a change that came back is sent again, as its person decided.
 *
 * Invariant: nothing is overwritten unseen. A conflicting field is based on what stands there now, which the person has just been shown; a
 * deletion carries the versions of all it takes with it, as they are on this desk now.
 */
import type { Edit } from '../../../shared/contract/requests';
import type { Settlement } from '../../../shared/contract/needs-you';
import { isClash, type Clash, type FieldConflict } from '../../../shared/contract/wire';
import { isEntityName, type EntityName } from '../../../shared/entities';
import type { CommandContext } from '../context';
import type { Entry } from '../local/outbox';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { deleteOps } from './delete-ops';
import { opsFor } from './save-rows';

export function keptOps(context: CommandContext, entry: Entry, input: Settlement): LocalOp[] {
  if (!isKept(entry, input)) return [];
  const found = entry.result?.conflicts ?? [];
  const clashes = found.filter(isClash);
  const conflicts = found.filter((one): one is FieldConflict => !isClash(one));
  const stays = (clash: Clash): boolean => {
    const said = input.rows?.find(({ entity, id }) => entity === clash.entity && id === clash.id)?.take;
    return (said ?? (input.choice === 'take-theirs' ? 'theirs' : 'mine')) === 'mine';
  };
  const dropped = new Set(clashes.filter((clash) => !stays(clash)).map(({ id }) => id));
  const ops = withoutDropped(entry.ops, dropped).flatMap((op) => decided(context, op, conflicts, input));
  if (ops.every(({ implied }) => implied)) return [];
  refuseBadValues(context, ops, input, clashes);
  return [...restores(clashes.filter(stays)), ...deletionsAnew(context, ops)];
}

/** Taking theirs lets go of what is in conflict alone: what else was done in the same act is sent again. */
const isKept = (entry: Entry, { choice }: Settlement): boolean =>
  choice === 'keep-mine' || choice === 'resend' || (choice === 'take-theirs' && entry.state === 'conflict');

/** Without what is done to the rows given up, and without what would hang from them. */
function withoutDropped(ops: readonly LocalOp[], dropped: Set<string>): LocalOp[] {
  return ops.filter((op) => {
    const isDropped =
      dropped.has(op.id) ||
      Object.values(op.patch ?? {}).some((value) => typeof value === 'string' && dropped.has(value));
    if (isDropped && op.op === 'insert') dropped.add(op.id);
    return !isDropped;
  });
}

/** One op with the fields as they were decided. */
function decided(
  { db }: CommandContext,
  op: LocalOp,
  conflicts: readonly FieldConflict[],
  { choice, fields = [] }: Settlement,
): LocalOp[] {
  if (!isEntityName(op.entity)) return [];
  const ofRow = ({ entity, id }: { entity: string; id: string }): boolean => entity === op.entity && id === op.id;
  const said = new Map(fields.filter(ofRow).map((one) => [one.field, one]));
  const conflicting = new Map(conflicts.filter(ofRow).map((one) => [one.field, one]));
  const valueOf = (field: string): unknown =>
    said.get(field)?.take === 'other' ? (said.get(field)?.value ?? null) : (op.patch?.[field] ?? null);
  if (op.op === 'insert') {
    const others = fields.filter((one) => ofRow(one) && one.take === 'other').map(({ field }) => field);
    const patch = { ...op.patch, ...Object.fromEntries(others.map((field) => [field, valueOf(field)])) };
    return [{ ...op, version: 0, patch }];
  }
  const version = readRow(db, op.entity, op.id)?.rowVersion ?? op.version;
  if (op.op !== 'update') return [{ ...op, version }];
  const isTheirs = (field: string): boolean =>
    (said.get(field)?.take ?? (choice === 'take-theirs' && conflicting.has(field) ? 'theirs' : 'mine')) === 'theirs';
  const kept = Object.keys(op.patch ?? {}).filter((field) => !isTheirs(field));
  if (kept.length === 0) return [];
  const baseOf = (field: string): unknown => {
    const conflict = conflicting.get(field);
    return (conflict ? conflict.theirs : op.base?.[field]) ?? null;
  };
  const pick = (value: (field: string) => unknown) => Object.fromEntries(kept.map((field) => [field, value(field)]));
  return [{ ...op, version, base: pick(baseOf), patch: pick(valueOf) }];
}

/** What somebody typed instead passes the checks every cell passes. @throws Refusal `invalid` with the fields */
function refuseBadValues(
  context: CommandContext,
  ops: readonly LocalOp[],
  { fields = [] }: Settlement,
  clashes: readonly Clash[],
): void {
  const typed = new Set(fields.filter(({ take }) => take === 'other').map(({ id }) => id));
  if (typed.size === 0) return;
  const away = new Set(clashes.map(({ id }) => id));
  const edits = ops.flatMap((op): Edit[] => {
    const { entity, id, patch: values = {}, base } = op;
    if (!isEntityName(entity) || op.implied || away.has(id)) return [];
    // Other new rows of the act may be what this one refers to.
    if (op.op === 'insert') return [{ op: 'insert', entity, id, values }];
    return op.op === 'update' && typed.has(id) ? [{ op: 'update', entity, id, values, ...(base ? { base } : {}) }] : [];
  });
  opsFor(context, edits);
}

/** Brings back what others deleted, before what is done to it. */
function restores(clashes: readonly Clash[]): LocalOp[] {
  const ways = clashes.flatMap((clash) => (clash.clash === 'gone' ? clash.restore : []));
  const seen = new Set<string>();
  return ways.flatMap(({ entity, id }): LocalOp[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ entity, op: 'restore', id, version: 0 }];
  });
}

/** Deletions are worked out again: what goes with them may be more than it was. */
function deletionsAnew(context: CommandContext, ops: readonly LocalOp[]): LocalOp[] {
  const gone = Map.groupBy(
    ops.filter((op) => op.op === 'delete' && !op.implied),
    (op) => op.entity as EntityName,
  );
  if (gone.size === 0) return [...ops];
  const stays = ops.filter((op) => op.op !== 'delete' && !op.implied);
  const anew = [...gone].flatMap(([entity, deletions]) => {
    const ids = deletions.map(({ id }) => id).filter((id) => readRow(context.db, entity, id) !== null);
    return ids.length > 0 ? deleteOps(context, entity, ids) : [];
  });
  return [...stays, ...anew];
}
