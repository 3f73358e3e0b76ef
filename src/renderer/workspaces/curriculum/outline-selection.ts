import type { OutlineNode } from '../../../shared/contract/requests';
import type { TreeRow } from './outline-tree';

/** What is chosen in the outline: one node has the focus, and perhaps several of its kind are selected. */
export interface Selection {
  /** The node the keyboard stands on; null before anything was chosen. */
  focus: string | null;
  /** Where a range began. */
  anchor: string | null;
  /** Always of one kind. */
  ids: ReadonlySet<string>;
}

export const nothingSelected: Selection = { focus: null, anchor: null, ids: new Set() };

export const selectOne = (id: string): Selection => ({ focus: id, anchor: id, ids: new Set([id]) });

/** Ctrl: adds or takes away; something of another kind begins anew. */
export function toggleOne(now: Selection, rows: readonly TreeRow[], id: string): Selection {
  const kind = kindOf(rows, id);
  const [first] = now.ids;
  if (first !== undefined && kindOf(rows, first) !== kind) return selectOne(id);
  const ids = new Set(now.ids);
  if (!ids.delete(id)) ids.add(id);
  return { focus: id, anchor: id, ids };
}

/** Shift: everything shown between the anchor and here that is of the anchor's kind. */
export function selectTo(now: Selection, rows: readonly TreeRow[], id: string): Selection {
  const anchor = now.anchor ?? id;
  const from = rows.findIndex((row) => row.node.id === anchor);
  const to = rows.findIndex((row) => row.node.id === id);
  if (from < 0 || to < 0) return selectOne(id);
  const kind = rows[from]?.node.entity;
  const between = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return {
    focus: id,
    anchor,
    ids: new Set(between.filter((row) => row.node.entity === kind).map((row) => row.node.id)),
  };
}

/** Ctrl+A: the siblings of the focused node. */
export function selectSiblings(now: Selection, nodes: readonly OutlineNode[]): Selection {
  const focused = nodes.find((node) => node.id === now.focus);
  if (!focused) return now;
  const ids = nodes.filter((node) => node.parentId === focused.parentId).map((node) => node.id);
  return { ...now, ids: new Set(ids) };
}

/**
 * The selection after the outline changed under it: what is still there stays. A focused node that is gone hands the focus to the row that
 * took its place.
 * @param before the rows as they were shown
 */
export function stillThere(now: Selection, before: readonly TreeRow[], nodes: readonly OutlineNode[]): Selection {
  const held = new Set(nodes.map((node) => node.id));
  const isWhole = (now.focus === null || held.has(now.focus)) && [...now.ids].every((id) => held.has(id));
  if (isWhole) return now;
  const ids = new Set([...now.ids].filter((id) => held.has(id)));
  if (now.focus !== null && held.has(now.focus)) return { ...now, ids };
  const at = before.findIndex((row) => row.node.id === now.focus);
  const next =
    before.slice(at + 1).find((row) => held.has(row.node.id)) ??
    before.slice(0, Math.max(0, at)).findLast((row) => held.has(row.node.id));
  if (!next) return nothingSelected;
  const focus = next.node.id;
  return { focus, anchor: focus, ids: ids.size > 0 ? ids : new Set([focus]) };
}

const kindOf = (rows: readonly TreeRow[], id: string) => rows.find((row) => row.node.id === id)?.node.entity;
