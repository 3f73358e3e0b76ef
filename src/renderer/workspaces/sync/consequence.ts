import type { NeedsYou, RowClash } from '../../../shared/contract/needs-you';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import { counted, countText } from '../../ui/moment';
import { choiceOf, sideOf, untouched, verdict, type Decisions } from './settlement';

/** What a decision does, in a sentence or two: for the footer of a card and for the buttons. */

export const oneOf = (entity: EntityName): string => entityOf(entity).labels.one.toLowerCase();
export const rowsOf = (entity: string, count: number): string =>
  isEntityName(entity)
    ? counted(count, oneOf(entity), entityOf(entity).labels.many.toLowerCase())
    : counted(count, 'record');
export const listOf = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
export const whoIs = (name: string | null): string => name ?? 'Somebody else';
const whose = (name: string | null): string => (name ? `${name}’s` : 'their');

/** What comes back with a restore: `the module “Deep water” with 4 lessons`. */
export function restoredText({ restore }: Extract<RowClash, { restore: unknown }>): string {
  const parts = restore.map(({ entity, title, holds }) => {
    const inside = Object.entries(holds ?? {}).map(([kind, count]) => rowsOf(kind, count));
    return `the ${oneOf(entity)} “${title}”${inside.length > 0 ? ` with its ${listOf(inside)}` : ''}`;
  });
  return listOf(parts) || 'it';
}

/** What somebody did to what I delete: `1 lesson added, 2 changed`. */
export function newsText({ news, total }: Extract<RowClash, { kind: 'changed' }>): string {
  const added = news.filter(({ isNew }) => isNew).length;
  const changed = total - added;
  return [added > 0 && `${countText(added)} added`, changed > 0 && `${countText(changed)} changed`]
    .filter(Boolean)
    .join(', ');
}

/** What happened, for whoever decides nothing yet. */
export function clashSentence(clash: RowClash): string {
  const who = whoIs(clash.theirsName);
  const thing = `the ${oneOf(clash.entity)} “${clash.title}”`;
  switch (clash.kind) {
    case 'gone':
      return `${who} deleted ${thing}, which you changed.`;
    case 'parent-gone':
      return `${who} deleted ${thing}, which this is to be part of.`;
    case 'changed':
      return `${who} worked on ${thing} since you saw it (${newsText(clash)}); you delete it.`;
  }
}

function clashText(clash: RowClash, isMine: boolean): string {
  const who = whose(clash.theirsName);
  if (clash.kind === 'changed') {
    return isMine
      ? `Deleting “${clash.title}” takes ${who} work with it (${newsText(clash)}). It stays restorable from the audit trail.`
      : `Keeping “${clash.title}” drops your deletion, and ${who} work stays.`;
  }
  if (isMine) return `Brings back ${restoredText(clash)}, then makes your change.`;
  return clash.kind === 'gone'
    ? `“${clash.title}” stays deleted, and your change to it is let go of.`
    : `“${clash.title}” stays deleted, and what you added to it is let go of.`;
}

function fieldsText(item: NeedsYou, decisions: Decisions): string {
  const takes = item.conflicts.map((conflict) => choiceOf(decisions, conflict).take);
  const count = (take: string): number => takes.filter((one) => one === take).length;
  const [first] = item.conflicts;
  const who = first?.theirsName ? whose(first.theirsName) : 'theirs';
  const parts = [
    count('mine') > 0 &&
      `${count('mine') === 1 ? 'Your value replaces' : `${countText(count('mine'))} of your values replace`} ${who}; what stood there stays in the history`,
    count('theirs') > 0 &&
      `${count('theirs') === 1 ? 'Your value is' : `${countText(count('theirs'))} of your values are`} let go of`,
    count('other') > 0 &&
      `${count('other') === 1 ? 'The value you typed replaces' : `${countText(count('other'))} values you typed replace`} both`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `${parts.join('. ')}.`;
}

export function consequenceOf(item: NeedsYou, decisions: Decisions): string {
  const clashes = item.clashes.map((clash) => clashText(clash, sideOf(decisions, clash) === 'mine'));
  const others = untouched(item).length;
  const told = clashes.length > 2 ? [`${counted(clashes.length, 'record')} as chosen above.`] : clashes;
  return [
    ...told,
    fieldsText(item, decisions),
    others > 0 && `Your ${counted(others, 'other field')} ${others === 1 ? 'is' : 'are'} kept either way.`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** What the button that takes a side says. */
export function actionText(item: NeedsYou, side: 'mine' | 'theirs'): string {
  const [clash, ...more] = item.clashes;
  if (!clash || item.conflicts.length > 0 || more.length > 0) return side === 'mine' ? 'Keep mine' : 'Take theirs';
  const thing = oneOf(clash.entity);
  if (clash.kind === 'changed') return side === 'mine' ? `Delete the ${thing} anyway` : `Keep the ${thing}`;
  return side === 'mine' ? `Restore the ${thing}` : 'Let it stay deleted';
}

/** What is said once it is done. */
export function doneText(item: NeedsYou, decisions: Decisions): string {
  const title = item.conflicts[0]?.title ?? item.clashes[0]?.title ?? item.label;
  const side = verdict(item, decisions);
  const [clash] = item.clashes;
  if (clash && item.conflicts.length === 0) {
    if (clash.kind === 'changed') return side === 'mine' ? `“${title}” is deleted.` : `“${title}” is kept.`;
    return side === 'mine' ? `“${title}” comes back, with your change.` : `“${title}” stays deleted.`;
  }
  return side === 'theirs'
    ? `What ${whoIs(item.conflicts[0]?.theirsName ?? null)} saved stands for ${title}.`
    : `Your decision about ${title} is sent.`;
}
