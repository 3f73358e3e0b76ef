/**
 * What changed in the source of a copied curriculum, against what was done in the copy meanwhile: a three-way merge of trees. Nodes are the
 * same where their lineage is, so a move is a move, whatever else happened to the node.
 *
 * Siblings nobody moved keep their order and divide the others into gaps; what one side moved or added stands in the gap it stands in there.
 * Where both sides put something into one gap, the order is decided by the keys, so that it does not matter which side is merged into which.
 */
import { versionChanges, type NodeChange, type VersionNode } from './curriculum-diff';

export interface SourceChange extends NodeChange {
  /** What the copy did to the same: somebody has to choose. */
  conflict?: string;
  /** Why it cannot be taken. */
  held?: string;
}

export interface MergedNode extends Omit<VersionNode, 'id'> {
  /** The row in the copy; null: a new one. */
  id: string | null;
  /** Its place is taken from the source. */
  isPlaced: boolean;
}

type Nodes = readonly VersionNode[];
type ByKey = ReadonlyMap<string, VersionNode>;

const keyed = (nodes: Nodes): Map<string, VersionNode> => new Map(nodes.map((node) => [node.key, node]));
const changesByKey = (from: Nodes, to: Nodes): Map<string, NodeChange> =>
  new Map(versionChanges(from, to).map((change) => [change.key, change]));
const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);

interface Sides {
  base: ByKey;
  mine: ByKey;
  theirs: ByKey;
  own: ReadonlyMap<string, NodeChange>;
  /** The keys under each parent, in order. */
  orders: { mine: ReadonlyMap<string, string[]>; theirs: ReadonlyMap<string, string[]> };
}

function ordersOf(nodes: Nodes): Map<string, string[]> {
  const groups = Map.groupBy(nodes, (node) => node.parentKey);
  return new Map([...groups].map(([parent, children]) => [parent, children.map((node) => node.key)]));
}

const sidesOf = (base: Nodes, mine: Nodes, theirs: Nodes): Sides => ({
  ...{ base: keyed(base), mine: keyed(mine), theirs: keyed(theirs), own: changesByKey(base, mine) },
  orders: { mine: ordersOf(mine), theirs: ordersOf(theirs) },
});

/** What the source changed since it was copied and the copy does not have yet, node by node. */
export function sourceChanges(base: Nodes, mine: Nodes, theirs: Nodes): SourceChange[] {
  const sides = sidesOf(base, mine, theirs);
  return versionChanges(base, theirs).flatMap((change): SourceChange[] => {
    if (change.removed) return removal(change, sides);
    if (change.added) return addition(change, sides);
    return alteration(change, sides);
  });
}

function removal(change: NodeChange, { mine, own, orders }: Sides): SourceChange[] {
  if (!mine.has(change.key)) return [];
  const done = own.get(change.key);
  const inside = (orders.mine.get(change.key) ?? []).filter((key) => own.get(key)?.added ?? own.get(key)?.moved);
  if (inside.length > 0) {
    const name = mine.get(inside[0]!)!.name;
    return [{ ...change, held: `“${name}” was put into it here, so it stays. Move that first to let the module go.` }];
  }
  return [done ? { ...change, conflict: doneText(done) } : change];
}

function addition(change: NodeChange, sides: Sides): SourceChange[] {
  const [here, there] = [sides.mine.get(change.key), sides.theirs.get(change.key)!];
  if (!here) return [withConflict(change, parentGone(there, sides))];
  const isSame = here.name === there.name && differing(here, there).length === 0;
  return isSame ? [] : [{ ...change, conflict: 'Copied here by hand, and changed since.' }];
}

function alteration(change: NodeChange, sides: Sides): SourceChange[] {
  const { key, moved, renamed, edited, ...rest } = change;
  const [here, there, own] = [sides.mine.get(key), sides.theirs.get(key)!, sides.own.get(key)];
  if (!here) return [{ ...change, conflict: 'Deleted here.' }];
  const isMoved = moved && !(own?.moved && standsAlike(here, there, sides));
  const isRenamed = renamed && here.name !== there.name;
  const fields = edited?.filter(({ field, to }) => !same(here.content[field], to)) ?? [];
  if (!isMoved && !isRenamed && fields.length === 0) return [];
  const clashes = [
    isMoved && own?.moved && 'moved',
    isRenamed && own?.renamed && `renamed to “${here.name}”`,
    fields.some(({ field }) => own?.edited?.some((edit) => edit.field === field)) && 'changed in its text',
  ].filter((clash) => typeof clash === 'string');
  const left: SourceChange = {
    ...{ key, ...rest },
    ...(isMoved ? { moved } : {}),
    ...(isRenamed ? { renamed } : {}),
    ...(fields.length > 0 ? { edited: fields } : {}),
  };
  const why = clashes.length > 0 ? `Here it was ${clashes.join(' and ')}.` : null;
  return [withConflict(left, why ?? (isMoved ? parentGone(there, sides) : null))];
}

const withConflict = (change: SourceChange, conflict: string | null): SourceChange =>
  conflict === null ? change : { ...change, conflict };

/** The module a lesson goes to was deleted in the copy: taking the lesson brings the module back. */
function parentGone({ parentKey }: VersionNode, { base, mine }: Sides): string | null {
  const parent = base.get(parentKey);
  return parent && !mine.has(parentKey) ? `Its module “${parent.name}” was deleted here, and would come back.` : null;
}

const standsAlike = (here: VersionNode, there: VersionNode, { orders }: Sides): boolean =>
  here.parentKey === there.parentKey &&
  (orders.mine.get(here.parentKey) ?? []).join() === (orders.theirs.get(there.parentKey) ?? []).join();

const differing = (a: VersionNode, b: VersionNode): string[] =>
  Object.keys({ ...a.content, ...b.content }).filter((field) => !same(a.content[field], b.content[field]));

function doneText({ moved, renamed, edited }: NodeChange): string {
  const done = [moved && 'moved', renamed && 'renamed', edited && 'changed in its text'].filter(Boolean);
  return `Here it was ${done.join(' and ')}.`;
}

/**
 * The copy with some of the source's changes taken, in display order. What is not taken stays as it is in the copy.
 * Invariant: nothing of the copy is lost but what the source removed and was taken; a module stays while anything is in it.
 */
export function mergedNodes(base: Nodes, mine: Nodes, theirs: Nodes, take: ReadonlySet<string>): MergedNode[] {
  const taken = new Map(
    sourceChanges(base, mine, theirs)
      .filter((change) => take.has(change.key) && change.held === undefined)
      .map((change) => [change.key, change]),
  );
  const sides = sidesOf(base, mine, theirs);
  const merged = new Map<string, MergedNode>();
  for (const node of mine) {
    const change = taken.get(node.key);
    if (!change?.removed) merged.set(node.key, change ? changed(node, change, sides.theirs) : standing(node));
  }
  for (const { key, removed } of taken.values())
    if (!removed && !merged.has(key)) merged.set(key, arriving(sides.theirs.get(key)!));
  for (const { parentKey } of [...merged.values()]) {
    if (parentKey === '' || merged.has(parentKey)) continue;
    const kept = sides.mine.get(parentKey);
    merged.set(parentKey, kept ? standing(kept) : arriving(sides.theirs.get(parentKey)!));
  }
  return inDisplayOrder(merged, sides, changesByKey(base, theirs));
}

const standing = (node: VersionNode): MergedNode => ({ ...node, isPlaced: false });
const arriving = (node: VersionNode): MergedNode => ({ ...node, id: null, isPlaced: true });

function changed(node: VersionNode, change: SourceChange, theirs: ByKey): MergedNode {
  const there = theirs.get(node.key)!;
  const edits = change.added
    ? there.content
    : Object.fromEntries((change.edited ?? []).map(({ field, to }) => [field, to]));
  return {
    ...node,
    name: change.added || change.renamed ? there.name : node.name,
    content: { ...node.content, ...edits },
    parentKey: change.moved ? there.parentKey : node.parentKey,
    isPlaced: change.moved !== undefined,
  };
}

function inDisplayOrder(
  merged: ReadonlyMap<string, MergedNode>,
  sides: Sides,
  given: ReadonlyMap<string, NodeChange>,
): MergedNode[] {
  const { base, mine, theirs, own, orders } = sides;
  const isAnchor = (key: string): boolean => {
    const parent = base.get(key)?.parentKey;
    const isStill = mine.get(key)?.parentKey === parent && theirs.get(key)?.parentKey === parent;
    return isStill && merged.has(key) && !own.get(key)?.moved && !given.get(key)?.moved;
  };
  const gapsOf = (list: readonly string[], isPlaced: boolean): Map<string, MergedNode[]> => {
    let anchor = '';
    const gaps = new Map<string, MergedNode[]>([['', []]]);
    for (const key of list) {
      const node = merged.get(key);
      if (isAnchor(key)) gaps.set((anchor = key), []);
      else if (node?.isPlaced === isPlaced) gaps.get(anchor)!.push(node);
    }
    return gaps;
  };
  const children = (parentKey: string): MergedNode[] => {
    const isHere = (node: MergedNode): boolean => node.parentKey === parentKey;
    const ours = gapsOf(orders.mine.get(parentKey) ?? [], false);
    const others = gapsOf(orders.theirs.get(parentKey) ?? [], true);
    const anchors = [...new Set([...ours.keys(), ...others.keys()])];
    return anchors.flatMap((anchor) => {
      const gap = [(ours.get(anchor) ?? []).filter(isHere), (others.get(anchor) ?? []).filter(isHere)];
      gap.sort(([a], [b]) => (a && b ? (a.key < b.key ? -1 : 1) : 0));
      return [...(anchor === '' ? [] : [merged.get(anchor)!]), ...gap.flat()];
    });
  };
  return children('').flatMap((module) => [module, ...children(module.key)]);
}
