import { entityOf, type EntityName } from '../../../shared/entities';
import { whyNot } from '../../../shared/rules/permit';
import { renumbered } from '../../../shared/rules/order';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readerOf, readRow } from '../local/rows';
import { blockersOf, contentsOf } from '../queries/removal';
import { orderingOf, siblingsOf } from '../queries/siblings';
import { titleOf } from '../queries/titles';
import { freedSlots } from './booking-rules';
import { whyFrozenIn } from './curriculum-states';
import { conflict, forbidden, notFound } from './refuse';

/**
 * The ops that delete rows of one entity: the rows asked for are sent; what they contain and the gaps they leave the server sees to by itself.
 * @throws Refusal in words where something depends on them
 */
export function deleteOps(context: CommandContext, name: EntityName, ids: readonly string[]): LocalOp[] {
  const { db, session } = context;
  const entity = entityOf(name);
  for (const id of ids) {
    const row = readRow(db, name, id);
    if (!row)
      throw notFound(
        `This ${entity.labels.one.toLowerCase()} is no longer there. Somebody may have deleted it meanwhile.`,
      );
    const reason = whyNot(session, entity, 'remove', row, readerOf(db));
    if (reason) throw forbidden(reason);
    const frozen = whyFrozenIn(db, name, row);
    if (frozen) throw conflict(frozen);
  }
  const contents = contentsOf(db, name, ids);
  refuseBlocked(context, name, ids, contents);
  const asked = new Set(ids);
  const ops: LocalOp[] = [];
  for (const [kind, all] of contents) {
    for (const id of all) {
      const op: LocalOp = { entity: kind, op: 'delete', id, version: readRow(db, kind, id)?.rowVersion ?? 0 };
      ops.push(kind === name && asked.has(id) ? op : { ...op, implied: true });
    }
  }
  const freed = name === 'bookings' ? freedSlots(readerOf(db), ids) : [];
  return [...ops, ...freed, ...closingGaps(context, name, ids)];
}

function refuseBlocked(
  context: CommandContext,
  name: EntityName,
  ids: readonly string[],
  contents: ReturnType<typeof contentsOf>,
): void {
  const [first, ...more] = blockersOf(context.db, contents);
  if (!first) return;
  const { one } = entityOf(name).labels;
  const title =
    ids.length === 1 ? `“${titleOf(context.db, name, ids[0]!)}”` : `These ${entityOf(name).labels.many.toLowerCase()}`;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  const what = `${entityOf(first.entity).labels.one.toLowerCase()} “${first.title}”${others}`;
  throw conflict(
    `${title} cannot be deleted: the ${what} still depends on ${ids.length === 1 ? `this ${one.toLowerCase()}` : 'them'}. Move or end that first.`,
  );
}

/** The siblings that move up, as the server will number them. */
function closingGaps(context: CommandContext, name: EntityName, ids: readonly string[]): LocalOp[] {
  const ordering = orderingOf(entityOf(name));
  if (!ordering) return [];
  const gone = new Set(ids);
  const seen = new Set<string>();
  const ops: LocalOp[] = [];
  for (const id of ids) {
    const row = readRow(context.db, name, id)!;
    const group = JSON.stringify([row['programId'], row[ordering.within]]);
    if (seen.has(group)) continue;
    seen.add(group);
    const staying = siblingsOf(context.db, name, row).filter((sibling) => !gone.has(sibling.id));
    ops.push(
      ...renumberOps(
        name,
        ordering.field,
        staying,
        staying.map((s) => s.id),
      ),
    );
  }
  return ops;
}

/** Implied updates that give rows the positions they have in `order`. */
export function renumberOps(
  name: EntityName,
  field: string,
  siblings: readonly { id: string; position: number }[],
  order: readonly string[],
): LocalOp[] {
  const now = new Map(siblings.map((sibling) => [sibling.id, sibling.position]));
  return renumbered(siblings, order).map(({ id, position }) => ({
    entity: name,
    op: 'update',
    id,
    version: 0,
    base: { [field]: now.get(id) ?? null },
    patch: { [field]: position },
    implied: true,
  }));
}
