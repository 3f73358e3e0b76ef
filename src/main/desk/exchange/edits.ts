import type { Edit } from '../../../shared/contract/requests';
import { sameValue } from '../../../shared/rules/canonical-json';
import type { Draft } from '../commands/draft';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import type { Checked } from './check';
import type { CellVerdict, Scratch, Verdict } from './scratch';

/** The edits of all lines that are ticked, with the rows they need before them. */
export function editsOf(
  scratch: Scratch,
  { plan, made }: Checked,
): { edits: Edit[]; created: number; updated: number } {
  const lines: Edit[] = [];
  const used = new Set<unknown>();
  for (const verdict of scratch.verdicts('ticked = 1', [], -1)) {
    const edit = editOf(plan.asked.entity, verdict);
    if (!edit) continue;
    lines.push(edit);
    if ('values' in edit) for (const value of Object.values(edit.values)) used.add(value);
  }
  // A new option is referred to by its code, a new row by its id.
  const needed = made.filter(({ id, entity, values }) => used.has(entity === 'program_options' ? values['code'] : id));
  const created = lines.filter(({ op }) => op === 'insert').length;
  return { edits: [...needed, ...lines], created, updated: lines.length - created };
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
  const fields = Object.keys(edit.values);
  const { patch = {} } = op;
  return (
    fields.length === Object.keys(patch).length && fields.every((field) => sameValue(edit.values[field], patch[field]))
  );
}

function editOf(entity: Edit['entity'], { id, kind, cells }: Verdict): Edit | null {
  if (!id) return null;
  if (kind === 'create') return { op: 'insert', entity, id, values: sides(cells, 'after') };
  const mine = cells.filter(({ state, take }) => state === 'mine' || (state === 'both' && take === 'mine'));
  if (mine.length === 0) return null;
  return { op: 'update', entity, id, values: sides(mine, 'after'), base: sides(mine, 'before') };
}

const sides = (cells: readonly CellVerdict[], side: 'before' | 'after'): Record<string, unknown> =>
  Object.fromEntries(cells.map((cell) => [cell.field, cell[side] ?? null]));
