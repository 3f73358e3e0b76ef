/**
 * Rule 6: siblings have distinct, gap-free positions from 1. Moves are stated as "these, before position p", and only the rows whose
 * position really changes are written.
 */

export interface Placed {
  id: string;
  position: number;
}

/** Siblings in display order: by position, then id, so that two desks show the same while positions still clash. */
export const inOrder = <T extends Placed>(siblings: readonly T[]): T[] =>
  [...siblings].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/**
 * Positions after moving `ids` (in the given order) so that the first of them stands at `position` among the siblings that stay.
 * Ids that are not among the siblings come from elsewhere and are let in.
 * @returns every id in its new order
 */
export function moved(siblings: readonly Placed[], ids: readonly string[], position: number): string[] {
  const moving = new Set(ids);
  const ordered = inOrder(siblings);
  const staying = ordered.filter((s) => !moving.has(s.id)).map((s) => s.id);
  const index = Math.max(0, Math.min(staying.length, position - 1));
  return [...staying.slice(0, index), ...ids, ...staying.slice(index)];
}

/** The rows whose stored position differs from where they stand in `order`. */
export function renumbered(siblings: readonly Placed[], order: readonly string[]): Placed[] {
  const now = new Map(siblings.map((s) => [s.id, s.position]));
  return order.map((id, i) => ({ id, position: i + 1 })).filter((s) => now.get(s.id) !== s.position);
}
