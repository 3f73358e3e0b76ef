import type { NeedsYou } from '../../../shared/contract/needs-you';
import { alikeKey } from './settlement';

export interface Refused {
  item: NeedsYou;
  /** What came back only because it did, whatever the steps between, oldest first. */
  dependents: NeedsYou[];
}

/** Conflicts that ask the same question stand together; what depends on a refused change stands beneath it. */
export function grouped(items: readonly NeedsYou[]): { conflicts: NeedsYou[][]; refused: Refused[] } {
  const byId = new Map(items.map((item) => [item.mutationId, item]));
  const rootOf = (item: NeedsYou): NeedsYou => {
    let root = item;
    for (let up = item.dependsOn; up !== null; up = root.dependsOn) {
      const above = byId.get(up);
      if (!above) break;
      root = above;
    }
    return root;
  };
  const isCard = ({ conflicts, clashes }: NeedsYou): boolean => conflicts.length + clashes.length > 0;
  const isBeneath = (item: NeedsYou): boolean => {
    const root = rootOf(item);
    return root !== item && !isCard(root) && !isCard(item);
  };
  const beneath = Map.groupBy(items.filter(isBeneath), (item) => rootOf(item).mutationId);
  return {
    conflicts: [...Map.groupBy(items.filter(isCard), alikeKey).values()],
    refused: items
      .filter((item) => !isCard(item) && !isBeneath(item))
      .map((item) => ({ item, dependents: (beneath.get(item.mutationId) ?? []).toReversed() })),
  };
}
