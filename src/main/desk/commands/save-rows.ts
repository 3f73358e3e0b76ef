import type { Edit, Parsed, Saved } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import { loadColumns } from '../../../shared/model';
import { whyNot, whyNotChange } from '../../../shared/rules/permit';
import { sameValue } from '../../../shared/rules/canonical-json';
import { isMasked } from '../../../shared/rules/masking';
import { validateRow } from '../../../shared/rules/validate';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { finish, type Steps } from '../steps';
import { checkMentoring } from './booking-rules';
import { commit } from './commit';
import { completed } from './complete-row';
import { checkCurricula } from './curriculum-states';
import { deleteOps } from './delete-ops';
import { Draft } from './draft';
import { checkMove, lockPrice } from './enrollment-rules';
import { followProgress } from './follow-progress';
import { checkLearning } from './learning-checks';
import { forbidden, notFound, refuseIssues } from './refuse';
import { closePrices } from './close-prices';
import { checkRelations } from './check-relations';
import { restoreOp } from './restore-op';

/** Everything somebody typed, pasted or filled in one go: checked as a whole, written as one mutation, one step of undo. */
export function saveRows(context: CommandContext, { edits, label, via }: Parsed<'rows.save'>): Saved {
  const saved = commit(context, { label, via, ops: opsFor(context, edits) });
  return { ...saved, ids: [...new Set(edits.map((edit) => edit.id))] };
}

/**
 * Checks edits and turns them into ops.
 * @param isMapped somebody has said what becomes of progress on lessons that a published version no longer has
 * @throws Refusal where anything stands against any of them: all or nothing
 */
export const opsFor = (context: CommandContext, edits: readonly Edit[], options: Checking = {}): LocalOp[] =>
  finish(checking(context, edits, options));

interface Checking {
  isMapped?: boolean;
}

/** `opsFor`, step by step. */
export function* checking(
  context: CommandContext,
  edits: readonly Edit[],
  { isMapped = false }: Checking = {},
): Steps<LocalOp[]> {
  const draft = new Draft(context);
  draft.remember('mapped', isMapped);
  const deletes = new Map<EntityName, Set<string>>();
  for (const [i, edit] of edits.entries()) {
    yield;
    const path = edits.length > 1 ? `ops.${i}.` : '';
    if (edit.op === 'insert') draftInsert(draft, edit, path);
    else if (edit.op === 'update') draftUpdate(draft, edit, path);
    else if (edit.op === 'restore') draft.add(restoreOp(context, edit.entity, edit.id), path);
    else deletes.set(edit.entity, (deletes.get(edit.entity) ?? new Set()).add(edit.id));
  }
  draft.going = deletes;
  const ops = yield* opsOfDraft(draft, { isRelated: false });
  return [...ops, ...[...deletes].flatMap(([entity, ids]) => deleteOps(context, entity, [...ids]))];
}

/**
 * Checks a draft as a whole. @throws Refusal where anything stands against it
 * @param isRelated how its rows stand to others was checked before, and nothing has changed since
 */
export function* opsOfDraft(draft: Draft, { isRelated }: { isRelated: boolean }): Steps<LocalOp[]> {
  closePrices(draft);
  yield;
  if (!isRelated) yield* checkRelations(draft);
  checkLearning(draft);
  yield;
  checkMentoring(draft);
  yield;
  followProgress(draft);
  yield;
  const archived = checkCurricula(draft);
  refuseIssues(draft.issues);
  return [...archived, ...draft.ops];
}

/**
 * Adds a new row to the draft; what is wrong with it goes to the draft's issues. @throws Refusal where it may not be added
 * @param isMade its id was made just now: there is no such row
 */
export function draftInsert(
  draft: Draft,
  edit: Extract<Edit, { op: 'insert' }>,
  path: string,
  { isMade = false }: { isMade?: boolean } = {},
): void {
  const { context } = draft;
  const entity = entityOf(edit.entity);
  if (!isMade && draft.now(edit.entity, edit.id)) {
    draft.issue(path, 'id', `This ${entity.labels.one.toLowerCase()} is there already.`);
    return;
  }
  const patch = completed(draft, edit.entity, edit.values);
  const reason = whyNot(context.session, entity, 'create', { ...patch, id: edit.id }, draft.read);
  if (reason) throw forbidden(reason);
  for (const { path: field, message } of validateRow(entity, patch, 'insert')) draft.issue(path, field, message);
  if (edit.entity === 'course_enrollments') lockPrice(draft, patch, path);
  const row = filledIn(context, edit.entity);
  draft.add({ entity: edit.entity, op: 'insert', id: edit.id, version: 0, patch, ...row }, path, null);
}

/** What the server fills in by itself, to show it at once. */
function filledIn(context: CommandContext, name: EntityName): Pick<LocalOp, 'row'> {
  const row: Record<string, unknown> = {};
  for (const [field, { options }] of Object.entries(entityOf(name).fields)) {
    if (!options.readOnly) continue;
    if (field === 'assignedBy') row[field] = context.session.userId;
    else if (field === 'assignedAt') row[field] = context.now();
    else if (options.default !== undefined) row[field] = options.default;
  }
  return Object.keys(row).length > 0 ? { row } : {};
}

/** As `draftInsert`, for a change of a row. @throws Refusal where it may not be changed, or is not there */
export function draftUpdate(draft: Draft, edit: Extract<Edit, { op: 'update' }>, path: string): void {
  const { context } = draft;
  const entity = entityOf(edit.entity);
  const row = draft.now(edit.entity, edit.id);
  if (!row)
    throw notFound(
      `This ${entity.labels.one.toLowerCase()} is no longer there. Somebody may have deleted it meanwhile.`,
    );
  const patch: Record<string, unknown> = {};
  const base: Record<string, unknown> = {};
  for (const [field, given] of Object.entries(edit.values)) {
    const value = given === '' || given === undefined ? null : given;
    const declared = entity.fields[field];
    if (isMasked(value) || (declared && sameValue(value, row[field]))) continue;
    if (!declared) {
      const isStamp = loadColumns(entity).some((column) => column.field === field);
      draft.issue(path, field, isStamp ? 'This is kept by the system.' : `${entity.labels.many} have no “${field}”.`);
      continue;
    }
    const { label, readOnly, fixed } = declared.options;
    if (readOnly || declared.kind === 'generated')
      draft.issue(path, field, `“${label}” is kept by the system and cannot be changed by hand.`);
    else if (fixed)
      draft.issue(path, field, `“${label}” is set when the ${entity.labels.one.toLowerCase()} is added, and stays.`);
    patch[field] = value;
    const seen = edit.base?.[field];
    base[field] =
      edit.base && Object.hasOwn(edit.base, field) && !isMasked(seen) ? (seen ?? null) : (row[field] ?? null);
  }
  if (Object.keys(patch).length === 0) return;
  const after = { ...row, ...patch };
  const reason = whyNotChange(context.session, entity, row, patch, draft.read);
  if (reason) throw forbidden(reason);
  if (edit.entity === 'course_enrollments') checkMove(draft, row, patch, after, path);
  for (const { path: field, message } of validateRow(entity, patch, 'update', after)) draft.issue(path, field, message);
  draft.add({ entity: edit.entity, op: 'update', id: edit.id, version: row.rowVersion, base, patch }, path, row);
}
