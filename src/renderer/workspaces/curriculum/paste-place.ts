import { notify } from '../../ui/notify';
import { placeFor, type Place } from './outline-places';
import type { NodeKind } from './outline-tree';
import type { OutlineState } from './use-outline';

/** Where nodes of a kind go, seen from the focus; says why where they cannot. */
export function openPlace(outline: OutlineState, kind: NodeKind): Place | null {
  if (!outline.mayEdit(null)) return null;
  const place = placeFor(kind, outline.nodes, outline.courseId, outline.selection.focus);
  if (typeof place === 'string') {
    notify.info(place);
    return null;
  }
  return place.entity === 'curricula' || outline.mayEdit(place.parentId) ? place : null;
}

/** What has just come is chosen. */
export function selectAll(outline: OutlineState, ids: readonly string[]): void {
  const [first] = ids;
  if (first !== undefined) outline.select({ focus: first, anchor: first, ids: new Set(ids) });
}
