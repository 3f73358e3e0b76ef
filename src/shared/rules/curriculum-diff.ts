/**
 * What differs between two versions of a curriculum, as people would say it: moved, renamed, edited, added, removed. Nodes are the same in both
 * where their lineage is.
 *
 * Among siblings that stay together, as few as possible count as moved: those outside a longest increasing run of their old places.
 * Source: Fredman, "On computing the length of longest increasing subsequences", 1975.
 */

export interface VersionNode {
  /** The lineage: the same through all versions. */
  key: string;
  id: string;
  kind: 'modules' | 'lessons';
  /** The lineage of the module a lesson is in; empty for a module. */
  parentKey: string;
  name: string;
  /** What else is compared, by field. */
  content: Record<string, unknown>;
}

export interface NodePlace {
  /** Name of the module, empty at the top. */
  parent: string;
  /** From 1. */
  position: number;
}

export interface NodeChange {
  key: string;
  kind: VersionNode['kind'];
  /** The row in the later version; in the earlier one where it was removed. */
  id: string;
  name: string;
  added?: true;
  removed?: true;
  /** Where it stood and where it stands. */
  moved?: { from: NodePlace; to: NodePlace };
  renamed?: { from: string };
  /** Fields that differ beside the name. */
  edited?: { field: string; from: unknown; to: unknown }[];
  place: NodePlace;
}

/** Nodes by key, with their place among their siblings. Nodes come in display order, a module before its lessons. */
function placed(nodes: readonly VersionNode[]): Map<string, { node: VersionNode; place: NodePlace }> {
  const names = new Map(nodes.map((node) => [node.key, node.name]));
  const counts = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      const position = (counts.get(node.parentKey) ?? 0) + 1;
      counts.set(node.parentKey, position);
      return [node.key, { node, place: { parent: names.get(node.parentKey) ?? '', position } }];
    }),
  );
}

/** The indexes of one longest strictly increasing run. O(n log n). */
function longestRun(values: readonly number[]): Set<number> {
  const ends: number[] = [];
  const before: number[] = [];
  values.forEach((value, at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  });
  const run = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) run.add(at);
  return run;
}

/** Keys of nodes that changed their order among the siblings they kept. */
function reordered(before: readonly VersionNode[], after: readonly VersionNode[]): Set<string> {
  const was = new Map(before.map((node, at) => [node.key, { parentKey: node.parentKey, at }]));
  const moved = new Set<string>();
  for (const [parentKey, siblings] of Map.groupBy(after, (node) => node.parentKey)) {
    const stayed = siblings.filter((node) => was.get(node.key)?.parentKey === parentKey);
    const run = longestRun(stayed.map((node) => was.get(node.key)!.at));
    stayed.forEach((node, at) => {
      if (!run.has(at)) moved.add(node.key);
    });
  }
  return moved;
}

const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null);

/** Changes from one version to another: what is in the later one in its order, then what is gone. */
export function versionChanges(before: readonly VersionNode[], after: readonly VersionNode[]): NodeChange[] {
  const [old, now] = [placed(before), placed(after)];
  const moves = reordered(before, after);
  const changes: NodeChange[] = [];
  for (const { node, place } of now.values()) {
    const was = old.get(node.key);
    const { key, kind, id, name } = node;
    if (!was) {
      changes.push({ key, kind, id, name, added: true, place });
      continue;
    }
    const isMoved = was.node.parentKey !== node.parentKey || moves.has(key);
    const fields = Object.keys({ ...was.node.content, ...node.content });
    const edited = fields
      .filter((field) => !same(was.node.content[field], node.content[field]))
      .map((field) => ({ field, from: was.node.content[field] ?? null, to: node.content[field] ?? null }));
    if (!isMoved && was.node.name === name && edited.length === 0) continue;
    changes.push({
      ...{ key, kind, id, name, place },
      ...(isMoved ? { moved: { from: was.place, to: place } } : {}),
      ...(was.node.name === name ? {} : { renamed: { from: was.node.name } }),
      ...(edited.length > 0 ? { edited } : {}),
    });
  }
  for (const { node, place } of old.values()) {
    if (now.has(node.key)) continue;
    changes.push({ key: node.key, kind: node.kind, id: node.id, name: node.name, removed: true, place });
  }
  return changes;
}
