import type { OutlineNode } from '../../../shared/contract/requests';
import { frozenText, isFrozen } from '../../../shared/rules/curriculum';

/** The outline as it is shown: the nodes of one course, depth first, with what is folded away left out. */

export type NodeKind = OutlineNode['entity'];

export const levelOf: Record<NodeKind, 1 | 2 | 3> = { curricula: 1, modules: 2, lessons: 3 };
const childKind: Record<NodeKind, NodeKind | null> = { curricula: 'modules', modules: 'lessons', lessons: null };
export const childKindOf = (kind: NodeKind): NodeKind | null => childKind[kind];

/** `one` and `many` of each kind, in lower case, for sentences. */
export const kindWords: Record<NodeKind, { one: string; many: string }> = {
  curricula: { one: 'curriculum', many: 'curricula' },
  modules: { one: 'module', many: 'modules' },
  lessons: { one: 'lesson', many: 'lessons' },
};

export interface TreeRow {
  node: OutlineNode;
  level: 1 | 2 | 3;
  /** `1.3.2`: where it stands. */
  number: string;
  hasChildren: boolean;
  isOpen: boolean;
  /** Place among its siblings, from 1, and how many they are. */
  place: number;
  of: number;
}

export const nodeById = (nodes: readonly OutlineNode[]): Map<string, OutlineNode> =>
  new Map(nodes.map((node) => [node.id, node]));

/** Children by parent, each in display order. The course's own id holds the curricula. */
export function childrenByParent(nodes: readonly OutlineNode[]): Map<string, OutlineNode[]> {
  const children = new Map<string, OutlineNode[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parentId);
    if (siblings) siblings.push(node);
    else children.set(node.parentId, [node]);
  }
  return children;
}

/** What is shown with some nodes folded. Linear in the number of nodes. */
export function visibleRows(nodes: readonly OutlineNode[], folded: ReadonlySet<string>): TreeRow[] {
  const children = childrenByParent(nodes);
  const counted = new Map<string, number>();
  const numbers = new Map<string, string>();
  const hidden = new Set<string>();
  const rows: TreeRow[] = [];
  for (const node of nodes) {
    const place = (counted.get(node.parentId) ?? 0) + 1;
    counted.set(node.parentId, place);
    const above = numbers.get(node.parentId);
    const number = above === undefined ? String(place) : `${above}.${place}`;
    numbers.set(node.id, number);
    const isFolded = folded.has(node.id);
    if (hidden.has(node.parentId)) {
      hidden.add(node.id);
      continue;
    }
    if (isFolded) hidden.add(node.id);
    rows.push({
      node,
      level: levelOf[node.entity],
      number,
      hasChildren: children.has(node.id),
      isOpen: !isFolded,
      place,
      of: children.get(node.parentId)?.length ?? 1,
    });
  }
  return rows;
}

/** The nodes above one, nearest first, the course left out. */
export function ancestorsOf(byId: ReadonlyMap<string, OutlineNode>, id: string): OutlineNode[] {
  const found: OutlineNode[] = [];
  for (let at = byId.get(byId.get(id)?.parentId ?? ''); at; at = byId.get(at.parentId)) found.push(at);
  return found;
}

/** `45`, `1 h 05`: minutes as the outline sums them. */
export function durationText(minutes: number): string {
  if (minutes < 60) return String(minutes);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** The same for those who hear the screen. */
export function durationWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 && `${hours} ${hours === 1 ? 'hour' : 'hours'}`, rest > 0 && `${rest} minutes`];
  return parts.filter(Boolean).join(' ') || 'no duration';
}

/** The curriculum a node lies in; itself, where it is one. */
export const curriculumOf = (byId: ReadonlyMap<string, OutlineNode>, id: string): OutlineNode | undefined => {
  const node = byId.get(id);
  return node?.entity === 'curricula' ? node : ancestorsOf(byId, id).find(({ entity }) => entity === 'curricula');
};

/** Why what lies in this node's curriculum stays as it is; null where it may be changed. */
export function whyFrozenAt(byId: ReadonlyMap<string, OutlineNode>, id: string): string | null {
  const top = curriculumOf(byId, id);
  return top?.state && isFrozen(top.state)
    ? frozenText({ name: top.name, version: top.version ?? 1, state: top.state })
    : null;
}

/** `1 module`, `3 lessons`. */
export const countOf = (kind: NodeKind, count: number): string =>
  `${count.toLocaleString()} ${count === 1 ? kindWords[kind].one : kindWords[kind].many}`;

/** Minutes of several nodes of one kind. */
export const minutesOf = (byId: ReadonlyMap<string, OutlineNode>, ids: Iterable<string>): number => {
  let sum = 0;
  for (const id of ids) sum += byId.get(id)?.minutes ?? 0;
  return sum;
};

/**
 * The nodes whose name holds all the words, with what they lie in. Folding does not hide what is searched for.
 * @returns the rows, and how many of them were searched for
 */
export function matchingRows(nodes: readonly OutlineNode[], words: string): { rows: TreeRow[]; found: number } {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const byId = nodeById(nodes);
  const shown = new Set<string>();
  let found = 0;
  for (const node of nodes) {
    const name = node.name.toLocaleLowerCase();
    if (!wanted.every((word) => name.includes(word))) continue;
    found++;
    for (let at: OutlineNode | undefined = node; at && !shown.has(at.id); at = byId.get(at.parentId)) shown.add(at.id);
  }
  const rows = visibleRows(nodes, new Set()).filter((row) => shown.has(row.node.id));
  const parents = new Set(rows.map((row) => row.node.parentId));
  return { rows: rows.map((row) => ({ ...row, hasChildren: parents.has(row.node.id) })), found };
}
