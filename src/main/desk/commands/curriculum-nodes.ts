import type { Parsed, Saved } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';
import { newId, type AnyRow } from '../../../shared/model';
import { moved } from '../../../shared/rules/order';
import { whyNot } from '../../../shared/rules/permit';
import type { CommandContext } from '../context';
import type { LocalOp } from '../local/replay';
import { readRow } from '../local/rows';
import { orderingOf, siblingsOf } from '../queries/siblings';
import { commit } from './commit';
import { whyFrozenIn } from './curriculum-states';
import { renumberOps } from './delete-ops';
import { rowsText } from './inverse';
import { conflict, forbidden, notFound } from './refuse';
import { opsFor } from './save-rows';

/**
 * Adding to and moving within a curriculum. Only rows somebody really added or moved are sent; the server numbers their siblings by itself,
 * and the same numbering is shown here meanwhile.
 */

type NodeEntity = Parsed<'curriculum.add'>['entity'];
const parentOf = { curricula: 'courses', modules: 'curricula', lessons: 'modules' } as const;

function parentRow(context: CommandContext, name: NodeEntity, id: string): AnyRow {
  const parent = readRow(context.db, parentOf[name], id);
  if (!parent)
    throw notFound(
      `This ${entityOf(parentOf[name]).labels.one.toLowerCase()} is no longer there. Somebody may have deleted it meanwhile.`,
    );
  return parent;
}

/** Adds a node, at the end or before the sibling at `position`. */
export function addNode(
  context: CommandContext,
  { entity: name, parentId, position, values }: Parsed<'curriculum.add'>,
): Saved {
  const { field, within } = orderingOf(entityOf(name))!;
  const parent = parentRow(context, name, parentId);
  const group = { programId: parent['programId'], [within]: parentId };
  const siblings = siblingsOf(context.db, name, group);
  const at = Math.min(position ?? siblings.length + 1, siblings.length + 1);
  const id = newId(context.now());
  const inserts = opsFor(context, [{ op: 'insert', entity: name, id, values: { ...values, ...group, [field]: at } }]);
  const implied = renumberOps(name, field, siblings, moved(siblings, [id], at)).filter((op) => op.id !== id);
  const label = `Add ${entityOf(name).labels.one.toLowerCase()} “${String(values['name'] ?? '')}”`.slice(0, 200);
  const saved = commit(context, { label, via: 'typed', ops: [...inserts, ...implied] });
  return { ...saved, ids: [id] };
}

/** Moves nodes, in their order on screen, so that the first stands at `position` among those that stay; also to another parent. */
export function moveNodes(
  context: CommandContext,
  { entity: name, ids, parentId, position }: Parsed<'curriculum.move'>,
): Saved {
  const entity = entityOf(name);
  const { field, within } = orderingOf(entity)!;
  const parent = parentRow(context, name, parentId);
  const rows = ids.map((id) => movable(context, name, id, parent));
  const target = { programId: parent['programId'], [within]: parentId };
  const siblings = siblingsOf(context.db, name, target);
  const order = moved(siblings, ids, position);
  const ops: LocalOp[] = rows.flatMap((row) => {
    const place = order.indexOf(row.id) + 1;
    const patch: Record<string, unknown> = { [field]: place };
    if (row[within] !== parentId) patch[within] = parentId;
    else if (row[field] === place) return [];
    const base = Object.fromEntries(Object.keys(patch).map((key) => [key, row[key] ?? null]));
    return [{ entity: name, op: 'update', id: row.id, version: row.rowVersion, base, patch }];
  });
  const moving = new Set(ids);
  const implied = renumberOps(name, field, siblings, order).filter((op) => !moving.has(op.id));
  const label = rows.length === 1 ? `Move “${String(rows[0]!['name'])}”` : `Move ${rowsText(name, rows.length)}`;
  const saved = commit(context, {
    label: label.slice(0, 200),
    via: 'move',
    ops: [...ops, ...implied, ...leftBehind(context, name, rows, parentId)],
  });
  return { ...saved, ids: [...ids] };
}

function movable(context: CommandContext, name: NodeEntity, id: string, parent: AnyRow): AnyRow {
  const entity = entityOf(name);
  const row = readRow(context.db, name, id);
  if (!row)
    throw notFound(
      `This ${entity.labels.one.toLowerCase()} is no longer there. Somebody may have deleted it meanwhile.`,
    );
  const reason = whyNot(context.session, entity, 'update', row);
  if (reason) throw forbidden(reason);
  const within = orderingOf(entity)!.within;
  const frozen = whyFrozenIn(context.db, name, row) ?? whyFrozenIn(context.db, name, { ...row, [within]: parent.id });
  if (frozen) throw conflict(frozen);
  if (row['programId'] !== parent['programId']) {
    throw conflict(`“${String(row['name'])}” belongs to another program, so it cannot be moved here. Copy it instead.`);
  }
  return row;
}

/** The siblings that close up where nodes went to another parent. */
function leftBehind(context: CommandContext, name: NodeEntity, rows: readonly AnyRow[], parentId: string): LocalOp[] {
  const { field, within } = orderingOf(entityOf(name))!;
  const gone = new Set(rows.map((row) => row.id));
  const from = new Map(rows.filter((row) => row[within] !== parentId).map((row) => [row[within], row]));
  return [...from.values()].flatMap((row) => {
    const staying = siblingsOf(context.db, name, row).filter((sibling) => !gone.has(sibling.id));
    return renumberOps(
      name,
      field,
      staying,
      staying.map((sibling) => sibling.id),
    );
  });
}
