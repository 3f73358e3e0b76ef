import type { OutlineNode } from '../../../shared/contract/requests';
import { kindWords, nodeById, type NodeKind, type TreeRow } from './outline-tree';

/** Where a new node is to stand. */
export interface Place {
  entity: NodeKind;
  parentId: string;
  /** Among its siblings, from 1. */
  position: number;
}

/**
 * Where something new goes, seen from the node in focus: below it if it is of that kind, at the end of the branch it is in otherwise.
 * A string says why there is no such place.
 */
export function placeFor(
  kind: NodeKind,
  nodes: readonly OutlineNode[],
  courseId: string,
  focus: string | null,
): Place | string {
  const byId = nodeById(nodes);
  const end = (parentId: string): Place => ({
    entity: kind,
    parentId,
    position: nodes.filter((node) => node.parentId === parentId).length + 1,
  });
  if (kind === 'curricula') return end(courseId);
  const parentKind: NodeKind = kind === 'lessons' ? 'modules' : 'curricula';
  const missing = `Add a ${kindWords[parentKind].one} first: a ${kindWords[kind].one} stands in one.`;
  let at = focus === null ? undefined : byId.get(focus);
  if (!at) {
    const last = nodes.findLast((node) => node.entity === parentKind);
    return last ? end(last.id) : missing;
  }
  if (kind === 'lessons' && at.entity === 'curricula') {
    const { id } = at;
    const last = nodes.findLast((node) => node.entity === 'modules' && node.parentId === id);
    return last ? end(last.id) : missing;
  }
  let below: OutlineNode | undefined;
  while (at && at.entity !== parentKind) {
    if (at.entity === kind) below = at;
    at = byId.get(at.parentId);
  }
  if (!at) return missing;
  const { id } = at;
  const siblings = nodes.filter((node) => node.parentId === id);
  return below ? { entity: kind, parentId: id, position: siblings.indexOf(below) + 2 } : end(id);
}

/** Before which of the shown rows the line for a new node is drawn. */
export function rowOfPlace(rows: readonly TreeRow[], { parentId, position }: Place): number {
  const taken = rows.findIndex((row) => row.node.parentId === parentId && row.place === position);
  if (taken >= 0) return taken;
  const parent = rows.findIndex((row) => row.node.id === parentId);
  return parent < 0 ? rows.length : endOfBranch(rows, parent);
}

/** One past the last shown row that lies in a branch. */
export function endOfBranch(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  let end = at + 1;
  while ((rows[end]?.level ?? 0) > level) end++;
  return end;
}
