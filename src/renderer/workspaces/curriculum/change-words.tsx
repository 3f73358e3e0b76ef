import { IconArrowsUpDown, IconFilePencil, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { NodeChange, NodePlace } from '../../../shared/rules/curriculum-diff';
import css from './changes.module.css';
import { durationText } from './outline-tree';
import { TextChange } from './text-change';

/** The ways a node differs, as they are listed. */
export const groups = [
  { is: 'moved', title: 'Moved', icon: IconArrowsUpDown, tone: 'warning' },
  { is: 'renamed', title: 'Renamed', icon: IconPencil, tone: 'info' },
  { is: 'added', title: 'Added', icon: IconPlus, tone: 'success' },
  { is: 'removed', title: 'Removed', icon: IconMinus, tone: 'danger' },
  { is: 'edited', title: 'Text changed', icon: IconFilePencil, tone: 'accent' },
] as const;
export type Group = (typeof groups)[number];

/** `2 moved, 1 renamed`. */
export const changesText = (changes: readonly NodeChange[]): string =>
  groups
    .map(({ is, title }) => ({ word: title.toLowerCase(), count: changes.filter((change) => change[is]).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count.toLocaleString()} ${word}`)
    .join(', ');

export const placeText = ({ parent, position }: NodePlace): string => `${parent || 'Top level'}, ${ordinal(position)}`;

function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}

const fieldNames: Record<string, string> = { durationMinutes: 'Duration', videoUrl: 'Video' };
const said = (value: unknown): string => (typeof value === 'string' ? value : '');
const valueText = (field: string, value: unknown): string =>
  value === null || value === ''
    ? 'none'
    : field === 'durationMinutes' && typeof value === 'number'
      ? durationText(value)
      : String(value as string | number);

/** What changed beside the name: values at once, texts on demand. */
export function EditedFields({ edited }: { edited: NonNullable<NodeChange['edited']> }) {
  const [isOpen, open] = useState(false);
  const text = edited.filter(({ field }) => field === 'content' || field === 'description');
  const rest = edited.filter((edit) => !text.includes(edit));
  return (
    <>
      {rest.map(({ field, from, to }) => (
        <div key={field} className="small muted">
          {fieldNames[field] ?? field}: {valueText(field, from)} → {valueText(field, to)}
        </div>
      ))}
      {text.length > 0 && (
        <button type="button" className={css.more} aria-expanded={isOpen} onClick={() => open(!isOpen)}>
          {isOpen ? 'Hide the text' : 'Show what changed in the text'}
        </button>
      )}
      {isOpen && text.map(({ field, from, to }) => <TextChange key={field} from={said(from)} to={said(to)} />)}
    </>
  );
}
