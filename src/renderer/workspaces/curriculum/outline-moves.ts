import type { OutlineNode } from '../../../shared/contract/requests';
import { moved } from '../../../shared/rules/order';
import { ancestorsOf, childrenByParent, levelOf, nodeById, type NodeKind } from './outline-tree';

/**
 * Where nodes go by keys and by dragging. Both end in the same words: these ids, under that parent, the first at that position among the
 * siblings that stay.
 */
export interface Move {
  entity: NodeKind;
  ids: string[];
  parentId: string;
  /** From 1. */
  position: number;
}

/** A move by dragging, with where to show it. */
export interface Drop extends Move {
  line: { id: string; where: 'above' | 'below' | 'into' };
}

export type Direction = 'up' | 'down';

/** The chosen nodes in the order of the outline, if they are of one kind. */
function chosenOf(nodes: readonly OutlineNode[], ids: Iterable<string>): OutlineNode[] | null {
  const wanted = new Set(ids);
  const chosen = nodes.filter((node) => wanted.has(node.id));
  const [first] = chosen;
  return first && chosen.every((node) => node.entity === first.entity) ? chosen : null;
}

/** The nodes that may hold a kind, in the order of the outline. */
const parentsFor = (nodes: readonly OutlineNode[], kind: NodeKind): OutlineNode[] =>
  nodes.filter((node) => levelOf[node.entity] === levelOf[kind] - 1);

/** Alt+Up and Alt+Down: past the next sibling that stays; at the edge, into the neighbouring parent. Null where there is no further. */
export function moveByKey(nodes: readonly OutlineNode[], ids: Iterable<string>, direction: Direction): Move | null {
  const chosen = chosenOf(nodes, ids);
  const lead = direction === 'up' ? chosen?.[0] : chosen?.at(-1);
  if (!chosen || !lead) return null;
  const move = (parentId: string, position: number): Move => ({
    entity: lead.entity,
    ids: chosen.map((node) => node.id),
    parentId,
    position,
  });
  const moving = new Set(chosen.map((node) => node.id));
  const siblings = childrenByParent(nodes).get(lead.parentId) ?? [];
  const staying = siblings.filter((node) => !moving.has(node.id));
  const before = siblings.slice(0, siblings.indexOf(lead)).filter((node) => !moving.has(node.id)).length;
  if (direction === 'up' && before > 0) return move(lead.parentId, before);
  if (direction === 'down' && before < staying.length) return move(lead.parentId, before + 2);
  const gathers = chosen.some((node) => node.parentId !== lead.parentId);
  if (gathers) return move(lead.parentId, direction === 'up' ? 1 : staying.length + 1);
  return moveToNeighbour(nodes, ids, direction);
}

/** Tab and Shift+Tab: into the next parent, at its beginning; into the one before, at its end. */
export function moveToNeighbour(
  nodes: readonly OutlineNode[],
  ids: Iterable<string>,
  direction: Direction,
): Move | null {
  const chosen = chosenOf(nodes, ids);
  const lead = direction === 'up' ? chosen?.[0] : chosen?.at(-1);
  if (!chosen || !lead) return null;
  const parents = parentsFor(nodes, lead.entity);
  const at = parents.findIndex((node) => node.id === lead.parentId);
  const parent = at < 0 ? undefined : parents[at + (direction === 'up' ? -1 : 1)];
  if (!parent) return null;
  const moving = new Set(chosen.map((node) => node.id));
  const held = (childrenByParent(nodes).get(parent.id) ?? []).filter((node) => !moving.has(node.id));
  return {
    entity: lead.entity,
    ids: chosen.map((node) => node.id),
    parentId: parent.id,
    position: direction === 'up' ? held.length + 1 : 1,
  };
}

/**
 * Dropping on a row: on a sibling's upper or lower half, before or after it; on what may hold it, at its end; on something deeper, after the
 * branch that lies in. Null where it cannot go, or would stay where it is.
 */
export function dropOn(
  nodes: readonly OutlineNode[],
  ids: Iterable<string>,
  overId: string,
  half: 'upper' | 'lower',
): Drop | null {
  const chosen = chosenOf(nodes, ids);
  const byId = nodeById(nodes);
  const over = byId.get(overId);
  const lead = chosen?.[0];
  if (!chosen || !lead || !over) return null;
  const moving = new Set(chosen.map((node) => node.id));
  const order = chosen.map((node) => node.id);
  const staying = (parentId: string) =>
    (childrenByParent(nodes).get(parentId) ?? []).filter((node) => !moving.has(node.id));
  const target = levelOf[over.entity] > levelOf[lead.entity] ? branchAt(byId, over, lead.entity) : over;
  if (!target) return null;
  let drop: Drop;
  if (target.entity === lead.entity) {
    if (moving.has(target.id)) return null;
    const where = target.id !== over.id || half === 'lower' ? 'below' : 'above';
    const position = staying(target.parentId).findIndex((node) => node.id === target.id) + (where === 'above' ? 1 : 2);
    drop = { entity: lead.entity, ids: order, parentId: target.parentId, position, line: { id: target.id, where } };
  } else if (levelOf[target.entity] === levelOf[lead.entity] - 1) {
    const position = staying(target.id).length + 1;
    drop = {
      entity: lead.entity,
      ids: order,
      parentId: target.id,
      position,
      line: { id: target.id, where: 'into' },
    };
  } else return null;
  return changesNothing(nodes, drop) ? null : drop;
}

const branchAt = (byId: ReadonlyMap<string, OutlineNode>, node: OutlineNode, kind: NodeKind) =>
  ancestorsOf(byId, node.id).find((above) => above.entity === kind);

function changesNothing(nodes: readonly OutlineNode[], move: Move): boolean {
  const children = childrenByParent(nodes);
  const now = (children.get(move.parentId) ?? []).map((node) => node.id);
  const then = orderAfter(children.get(move.parentId) ?? [], move);
  return now.length === then.length && now.every((id, at) => id === then[at]);
}

const orderAfter = (siblings: readonly OutlineNode[], move: Move): string[] =>
  moved(
    siblings.map(({ id }, at) => ({ id, position: at + 1 })),
    move.ids,
    move.position,
  );

/**
 * The outline as it will be once the desk has carried a move out, so that it shows at once.
 * Invariant: no node is lost or doubled, and siblings stand at 1, 2, 3 …
 */
export function afterMove(nodes: readonly OutlineNode[], move: Move): OutlineNode[] {
  const byId = nodeById(nodes);
  const children = childrenByParent(nodes);
  const roots = rootsOf(nodes, byId);
  const orders = new Map([...children].map(([parentId, held]) => [parentId, held.map((node) => node.id)]));
  const moving = new Set(move.ids);
  const arrived = orderAfter(children.get(move.parentId) ?? [], move);
  for (const [parentId, held] of orders)
    orders.set(
      parentId,
      held.filter((id) => !moving.has(id)),
    );
  orders.set(move.parentId, arrived);
  const result: OutlineNode[] = [];
  const walk = (parentId: string) =>
    (orders.get(parentId) ?? []).forEach((id, at) => {
      const node = byId.get(id);
      if (!node) return;
      result.push({ ...node, parentId, position: at + 1 });
      walk(id);
    });
  for (const root of roots) walk(root);
  return summed(result);
}

/** The ids that hold nodes and are none: the course. */
const rootsOf = (nodes: readonly OutlineNode[], byId: ReadonlyMap<string, OutlineNode>): string[] => [
  ...new Set(nodes.filter((node) => !byId.has(node.parentId)).map((node) => node.parentId)),
];

/** Minutes and lessons of what holds others, counted again from the lessons. */
function summed(nodes: OutlineNode[]): OutlineNode[] {
  const sums = new Map<string, { minutes: number; lessons: number }>();
  for (const node of [...nodes].reverse()) {
    if (node.entity !== 'lessons') Object.assign(node, sums.get(node.id) ?? { minutes: 0, lessons: 0 });
    const above = sums.get(node.parentId) ?? { minutes: 0, lessons: 0 };
    sums.set(node.parentId, {
      minutes: above.minutes + node.minutes,
      lessons: above.lessons + (node.entity === 'lessons' ? 1 : node.lessons),
    });
  }
  return nodes;
}
