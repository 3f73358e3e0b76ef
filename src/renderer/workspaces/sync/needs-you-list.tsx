import type { NeedsYou } from '../../../shared/contract/needs-you';
import { EmptyState } from '../../ui/states';
import { ConflictCard } from './conflict-card';
import { RefusedCard } from './refused-card';

export function NeedsYouList({ items }: { items: readonly NeedsYou[] }) {
  if (items.length === 0) {
    return (
      <EmptyState title="Nothing needs you">
        No change of yours was refused, and nobody changed the same field as you.
      </EmptyState>
    );
  }
  return items.map((item) =>
    item.conflicts.length > 0 ? (
      <ConflictCard key={item.mutationId} item={item} />
    ) : (
      <RefusedCard key={item.mutationId} item={item} />
    ),
  );
}
