import { isEntityName } from '../../../shared/entities';
import type { Readable } from '../local/handles';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { contentsOf } from '../queries/removal';

/**
 * Deletions with the versions of what the rows hold, as their person sees it: where they hold more by the time they arrive, somebody works
 * there, and the person is asked first.
 */
export function withSeen(db: Readable, ops: readonly LocalOp[]): LocalOp[] {
  return ops.map((op) => {
    if (op.op !== 'delete' || op.implied || !isEntityName(op.entity)) return op;
    const { contents: _stale, ...bare } = op;
    const contents: Record<string, number> = {};
    for (const [kind, parts] of contentsOf(db, op.entity, [op.id]))
      for (const part of parts) if (part !== op.id) contents[part] = readRow(db, kind, part)?.rowVersion ?? 0;
    return Object.keys(contents).length > 0 ? { ...bare, contents } : bare;
  });
}
