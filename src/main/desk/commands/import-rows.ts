import type { Applied } from '../../../shared/contract/exchange';
import { Refusal } from '../../../shared/contract/outcome';
import type { Edit } from '../../../shared/contract/requests';
import { entityOf, type EntityName } from '../../../shared/entities';
import type { CommandContext } from '../context';
import { getNumber, setMeta } from '../local/meta';
import type { LocalOp } from '../local/replay';
import { commit } from './commit';
import type { Draft } from './draft';
import { rowsText } from './inverse';
import { conflict } from './refuse';
import { opsFor, opsOfDraft } from './save-rows';

interface Import {
  entity: EntityName;
  edits: Edit[];
  created: number;
  updated: number;
  /** The rows as the dry run drafted and checked them, where all of that still holds. */
  draft: Draft | null;
}

/**
 * Writes what a dry run found good, in one transaction and one step of undo; what changed since the dry run is checked once more. Each import of a desk has a number, by which
 * every value tells where it came from.
 */
export function importRows(context: CommandContext, { entity, edits, created, updated, draft }: Import): Applied {
  if (edits.length === 0) {
    throw conflict('There is nothing to import: no line is ticked that changes anything.');
  }
  const ops = checkedAgain(context, edits, draft);
  const number = getNumber(context.db, 'last_import') + 1;
  setMeta(context.db, 'last_import', String(number));
  const parts = [
    created > 0 ? `${rowsText(entity, created)} added` : '',
    updated > 0 ? `${rowsText(entity, updated)} changed` : '',
  ];
  const label = `Import ${number}: ${parts.filter(Boolean).join(', ') || entityOf(entity).labels.many}`;
  const { mutationId } = commit(context, { label, via: `import ${number}`, ops });
  return { mutationId, number, created, updated, ids: edits.slice(0, 1000).map(({ id }) => id) };
}

/** Between the dry run and now others may have changed something. */
function checkedAgain(context: CommandContext, edits: Edit[], draft: Draft | null): LocalOp[] {
  try {
    return draft ? opsOfDraft(draft, { isRelated: true }) : opsFor(context, edits);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw conflict(
      `Something changed since these lines were checked, so nothing was imported. Check them again. (${error.message})`,
    );
  }
}
