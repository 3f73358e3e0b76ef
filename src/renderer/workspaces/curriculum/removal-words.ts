import type { Removal } from '../../../shared/contract/requests';
import { entityOf } from '../../../shared/entities';

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** `, with 3 modules and 12 lessons`: what goes with what is deleted; nothing where nothing does. */
export function contentsText(contents: Removal['contents']): string {
  const parts = contents
    .filter(({ count }) => count > 0)
    .map(({ entity, count }) => {
      const { one, many } = entityOf(entity).labels;
      return `${count.toLocaleString()} ${(count === 1 ? one : many).toLowerCase()}`;
    });
  return parts.length > 0 ? `, with ${listed(parts)}` : '';
}

const shown = 5;

/** What stands against a deletion, by name. */
export function blockersText(blockers: Removal['blockers']): string {
  const named = blockers
    .slice(0, shown)
    .map(({ entity, title, why }) => `${entityOf(entity).labels.one} ${title}: ${why}`);
  const more = blockers.length - named.length;
  return `${named.join(' ')}${more > 0 ? ` And ${more} more.` : ''} Nothing was deleted.`;
}
