import type { Edit } from '../../../shared/contract/requests';
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

function editOf(entity: Edit['entity'], { id, kind, cells }: Verdict): Edit | null {
  if (!id) return null;
  if (kind === 'create') return { op: 'insert', entity, id, values: sides(cells, 'after') };
  const mine = cells.filter(({ state, take }) => state === 'mine' || (state === 'both' && take === 'mine'));
  if (mine.length === 0) return null;
  return { op: 'update', entity, id, values: sides(mine, 'after'), base: sides(mine, 'before') };
}

const sides = (cells: readonly CellVerdict[], side: 'before' | 'after'): Record<string, unknown> =>
  Object.fromEntries(cells.map((cell) => [cell.field, cell[side] ?? null]));
