import type { RestorePlan, SkippedChange, TrailEntry, TrailGroup } from '../../../shared/contract/trail';
import { entityOf, isEntityName } from '../../../shared/entities';
import type { Entity } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { endedText } from '../../../shared/rules/ended-text';
import { contextOf, type Lookups } from '../../forms/lookups';
import { counted, momentText } from '../../ui/moment';
import type { Names } from './use-names';

const longest = 80;
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

export const entityIn = (entry: { entity: string }): Entity | null =>
  isEntityName(entry.entity) ? entityOf(entry.entity) : null;

export const acts = {
  insert: 'Added',
  update: 'Changed',
  delete: 'Deleted',
  restore: 'Brought back',
  reveal: 'Confidential details revealed',
  'sign-out': 'Sessions ended',
} satisfies Record<TrailEntry['action'], string>;

export const who = ({ userName, databaseUser }: Pick<TrailEntry, 'userName' | 'databaseUser'>): string =>
  userName ?? (databaseUser ? `database user ${databaseUser}` : 'the system');

/** A value of a record in words, by the entity's own way of writing it. */
export function valueText(
  entity: Entity,
  name: string,
  value: unknown,
  row: Record<string, unknown>,
  names: Names,
  lookups: Lookups,
): string {
  const field = entity.fields[name];
  return field ? cut(cellText(field, value, contextOf(lookups, entity, field, row, names.titles))) : '';
}

/** What a record is called, by what is known of it. */
export function titleText(entry: Pick<TrailEntry, 'entity' | 'rowId'>, names: Names, lookups: Lookups): string {
  const entity = entityIn(entry);
  if (!entity) return entry.entity;
  const row = names.rows.get(entry.rowId) ?? {};
  const parts = entity.title.map((name) => valueText(entity, name, row[name], row, names, lookups)).filter(Boolean);
  const isName = entity.title.every((name) => entity.fields[name]?.kind === 'text');
  return parts.join(isName ? ' ' : ', ') || `a ${entity.labels.one.toLowerCase()}`;
}

export interface ChangeWords {
  field: string;
  label: string;
  old: string;
  now: string;
}

/** Before and after of each field an entry changed. */
export function changeWords(entry: TrailEntry, names: Names, lookups: Lookups): ChangeWords[] {
  const entity = entityIn(entry);
  if (!entity) return [];
  const row = names.rows.get(entry.rowId) ?? {};
  return Object.entries(entry.changes).flatMap(([field, [old, now]]) => {
    const declared = entity.fields[field];
    if (!declared) return [];
    const text = (value: unknown): string => valueText(entity, field, value, row, names, lookups);
    return [{ field, label: declared.options.label, old: text(old), now: text(now) }];
  });
}

/** “Price of Backstroke, Adults: ₦15,000 → ₦18,000” */
export function sentence(entry: TrailEntry, names: Names, lookups: Lookups): string {
  const entity = entityIn(entry);
  const thing = (entity?.labels.one ?? entry.entity).toLowerCase();
  const title = titleText(entry, names, lookups);
  if (entry.action === 'sign-out') return endedText(entry, title);
  if (entry.action !== 'update')
    return `${acts[entry.action]}${entry.action === 'reveal' ? ' of' : ''} ${thing} ${title}`;
  const changes = changeWords(entry, names, lookups);
  const [first] = changes;
  if (!first) return `Changed ${thing} ${title}`;
  const more = changes.length > 1 ? `, and ${counted(changes.length - 1, 'more field', 'more fields')}` : '';
  return `${first.label} of ${title}: ${first.old || 'nothing'} → ${first.now || 'nothing'}${more}`;
}

export const sizeText = ({ count, isMore }: Pick<TrailGroup, 'count' | 'isMore'>): string =>
  isMore ? `more than ${counted(count, 'change')}` : counted(count, 'change');

export function skippedText({ entity, title, field, by, at }: SkippedChange): string {
  const declared = entityOf(entity);
  const label = field === '' ? title : `${declared.fields[field]?.options.label ?? field} of ${title}`;
  return by && at !== null
    ? `${label}: changed since by ${by}, ${momentText(at)}`
    : `${label}: it cannot be put back as it is now`;
}

export const planText = ({ count }: RestorePlan): string =>
  count === 1 ? 'Take 1 change back' : `Take ${counted(count, 'change')} back`;
