import type { Edit } from '../../../shared/contract/requests';
import { sameValue } from '../../../shared/rules/canonical-json';
import type { Draft } from '../commands/draft';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import type { Steps } from '../steps';
import type { Checked } from './check';
import type { CellVerdict, Scratch } from './scratch';

const linesAtOnce = 500;

/** The edits of all lines that are ticked, with the rows they need before them. */
export function* editsOf(
  scratch: Scratch,
  { plan, made, draft }: Checked,
): Steps<{ edits: Edit[]; created: number; updated: number }> {
  const drafted = new Map(draft.ops.map((op) => [op.id, op]));
  const lines: Edit[] = [];
  for (let last = -1; ;) {
    yield;
    const ticked = scratch.ticked(last, linesAtOnce);
    for (const { id, kind, cells } of ticked) {
      const edit = cells ? decided(plan.asked.entity, id, cells) : editOf(kind, drafted.get(id));
      if (edit) lines.push(edit);
    }
    if (ticked.length < linesAtOnce) break;
    last = ticked.at(-1)!.n;
  }
  const needed = made.length > 0 ? made.filter(isUsedBy(lines)) : [];
  const created = lines.filter(({ op }) => op === 'insert').length;
  return { edits: [...needed, ...lines], created, updated: lines.length - created };
}

/** A new option is referred to by its code, a new row by its id. */
function isUsedBy(lines: readonly Edit[]): (made: Checked['made'][number]) => boolean {
  const used = new Set(lines.flatMap((edit) => ('values' in edit ? Object.values(edit.values) : [])));
  return ({ id, entity, values }) => used.has(entity === 'program_options' ? values['code'] : id);
}

/**
 * The draft of the dry run for exactly these edits; null where they are to be checked anew: a row has changed since, a line was decided
 * otherwise, or a change was left out that others may count on.
 */
export function draftOf(context: CommandContext, { draft, revision }: Checked, edits: readonly Edit[]): Draft | null {
  if (context.views.revision !== revision) return null;
  const ids = new Set(edits.map(({ id }) => id));
  const byId = new Map(draft.ops.map((op) => [op.id, op]));
  const isLeftOut = draft.ops.some((op) => op.op !== 'insert' && !ids.has(op.id));
  return isLeftOut || !edits.every((edit) => isDrafted(edit, byId.get(edit.id))) ? null : draft.only(context, ids);
}

function isDrafted(edit: Edit, op: LocalOp | undefined): boolean {
  if (!op || op.op !== edit.op || op.entity !== edit.entity) return false;
  if (edit.op !== 'update') return edit.op === 'insert';
  const { patch = {} } = op;
  if (edit.values === patch) return true;
  const fields = Object.keys(edit.values);
  return (
    fields.length === Object.keys(patch).length && fields.every((field) => sameValue(edit.values[field], patch[field]))
  );
}

/** A line that left nothing to decide is what was drafted of it. */
function editOf(kind: string, op: LocalOp | undefined): Edit | null {
  if (!op) return null;
  const { id, patch = {}, base = {} } = op;
  const entity = op.entity as Edit['entity'];
  return kind === 'create'
    ? { op: 'insert', entity, id, values: patch }
    : { op: 'update', entity, id, values: patch, base };
}

/** Of a line with cells that others changed as well: what was decided. */
function decided(entity: Edit['entity'], id: string, cells: readonly CellVerdict[]): Edit | null {
  const mine = cells.filter(({ state, take }) => state === 'mine' || (state === 'both' && take === 'mine'));
  if (mine.length === 0) return null;
  return { op: 'update', entity, id, values: sides(mine, 'after'), base: sides(mine, 'before') };
}

const sides = (cells: readonly CellVerdict[], side: 'before' | 'after'): Record<string, unknown> =>
  Object.fromEntries(cells.map((cell) => [cell.field, cell[side] ?? null]));
