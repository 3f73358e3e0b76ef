import type { NeedsYou } from '../../../shared/contract/needs-you';
import { momentText } from '../../ui/moment';
import { oneOf } from './consequence';
import { labelOf, type NamedValue } from './value-texts';

/** A change in plain words, to be passed on or kept elsewhere. */

export const opWords: Record<string, string> = {
  insert: 'Add',
  update: 'Change',
  delete: 'Delete',
  restore: 'Bring back',
  reveal: 'Reveal',
};

export const reasonOf = (item: NeedsYou): string =>
  item.refusal?.message ??
  item.clashes
    .map(({ title, kind }) =>
      kind === 'changed' ? `“${title}” was changed meanwhile.` : `“${title}” was deleted meanwhile.`,
    )
    .join(' ') ??
  '';

/** What a row was to become, field by field; the program goes without saying. */
export const wantedValues = ({ entity, id, values }: NeedsYou['rows'][number]): (NamedValue & { label: string })[] =>
  Object.entries(values)
    .filter(([field]) => field !== 'programId')
    .map(([field, value]) => ({ entity, id, field, value, wanted: values, label: labelOf(entity, field) }));

export function askText(item: NeedsYou, me: string): string {
  const rows = item.rows
    .slice(0, 10)
    .map(({ op, entity, title }) => `- ${opWords[op] ?? op} ${oneOf(entity)} ${title}`.trimEnd());
  return [
    'Could you do this for me in Provost?',
    '',
    item.label,
    ...rows,
    '',
    `Provost says: ${reasonOf(item)}`,
    '',
    me,
  ].join('\n');
}

/** The whole of it: what was wanted, value by value, and why it came back. */
export function changeText(item: NeedsYou, text: (value: NamedValue) => string): string {
  const rows = item.rows.flatMap((row) => [
    `${opWords[row.op] ?? row.op} ${oneOf(row.entity)} ${row.title}`.trimEnd(),
    ...wantedValues(row).map((value) => `  ${value.label}: ${text(value)}`),
  ]);
  return [item.label, `Made ${momentText(item.at)}`, `Refused: ${reasonOf(item)}`, '', ...rows].join('\n');
}
