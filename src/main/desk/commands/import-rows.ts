import type { Applied } from '../../../shared/contract/exchange';
import { Refusal } from '../../../shared/contract/outcome';
import type { Edit } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import type { CommandContext } from '../context';
import type { Changed } from '../local/changed';
import type { Steps } from '../steps';
import { getNumber, setMeta } from '../local/meta';
import type { LocalOp } from '../local/replay';
import { committing } from './commit';
import type { Draft } from './draft';
import { rowsText } from './inverse';
import { conflict } from './refuse';
import { checking, opsOfDraft } from './save-rows';

interface Import {
  entity: EntityName;
  edits: Edit[];
  created: number;
  updated: number;
  /** The rows as the dry run drafted and checked them, where all of that still holds. */
  draft: Draft | null;
  /** Told how many rows are written so far. */
  written: (count: number) => void;
}

/**
 * Writes what a dry run found good, in one step of undo and in the one transaction of whoever walks the steps; what changed since the dry run
 * is checked once more. Each import of a desk has a number, by which every value tells where it came from.
 */
export function* importing(
  context: CommandContext,
  { entity, edits, created, updated, draft, written }: Import,
): Steps<{ applied: Applied; changed: Changed }> {
  if (edits.length === 0) {
    throw conflict('There is nothing to import: no line is ticked that changes anything.');
  }
  const ops = yield* checkedAgain(context, edits, draft);
  const number = getNumber(context.db, 'last_import') + 1;
  setMeta(context.db, 'last_import', String(number));
  const parts = [
    created > 0 ? `${rowsText(entity, created)} added` : '',
    updated > 0 ? `${rowsText(entity, updated)} changed` : '',
  ];
  const label = `Import ${number}: ${parts.filter(Boolean).join(', ') || entityOf(entity).labels.many}`;
  const { saved, changed } = yield* committing(context, { label, via: `import ${number}`, ops, written });
  const ids = edits.slice(0, 1000).map(({ id }) => id);
  return { applied: { mutationId: saved.mutationId, number, created, updated, ids }, changed };
}

/** Between the dry run and now others may have changed something. */
function* checkedAgain(context: CommandContext, edits: Edit[], draft: Draft | null): Steps<LocalOp[]> {
  try {
    return yield* draft ? opsOfDraft(draft, { isRelated: true }) : checking(context, edits);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw conflict(
      `Something changed since these lines were checked, so nothing was imported. Check them again. (${error.message})`,
    );
  }
}
