import { isCondition, type Condition, type Filter } from '../../shared/contract/requests';
import type { Entity, Field } from '../../shared/model';
import { cellText } from '../../shared/rules/cell-text';
import { isPeriod, periodText } from '../../shared/rules/period';
import { facts } from '../../shared/rules/facts';
import { contextOf, type Lookups } from '../forms/lookups';

/** How the fields of a kind are filtered. */
export type FilterKind = 'words' | 'number' | 'day' | 'moment' | 'set' | 'presence';

/** A range that is open at one end has the furthest value there, so that both ends are always included. */
export const openEnds = {
  number: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  day: ['0001-01-01', '9999-12-31'],
  moment: [-8.64e15, 8.64e15],
} as const;
const isOpen = (value: unknown): boolean => Object.values(openEnds).some((ends) => ends.some((end) => end === value));

/** A filter in words: "Status Active", "Any of: Status Paused, Progress under 20 %". */
export function filterText(
  entity: Entity,
  fields: Readonly<Record<string, Field>>,
  filter: Filter,
  lookups: Lookups,
  titles: Readonly<Record<string, string>>,
): string {
  if (isCondition(filter)) {
    const field = fields[filter.field];
    return field ? `${field.options.label} ${conditionText(entity, field, filter, lookups, titles)}` : '';
  }
  if ('fact' in filter) return facts[filter.fact].label;
  const parts = ('any' in filter ? filter.any : filter.all).map((one) =>
    filterText(entity, fields, one, lookups, titles),
  );
  return parts.filter(Boolean).join('any' in filter ? ' or ' : ' and ');
}

/** Every condition of a filter, however deep. */
export const conditionsOf = (filter: Filter): Condition[] =>
  isCondition(filter)
    ? [filter]
    : 'fact' in filter
      ? []
      : ('any' in filter ? filter.any : filter.all).flatMap(conditionsOf);

/** A condition in words, after the field's label: "from 1 Sep 2026", "any of 4". Titles are of rows referred to. */
export function conditionText(
  entity: Entity,
  field: Field,
  { test, value }: Condition,
  lookups: Lookups,
  titles: Readonly<Record<string, string>>,
): string {
  const text = (one: unknown): string =>
    one === null || one === ''
      ? 'empty'
      : cellText(field, one, contextOf(lookups, entity, field, {}, titles)) || String(one);
  const many = (values: unknown): string => {
    const list = Array.isArray(values) ? values : [values];
    return list.length === 1 ? text(list[0]) : `any of ${list.length}`;
  };
  const pair = (Array.isArray(value) ? value : []) as unknown[];
  switch (test) {
    case 'contains':
      return `contains “${String(value)}”`;
    case 'starts':
      return `starts with “${String(value)}”`;
    case 'is':
      return typeof value === 'string' && field.kind === 'text' ? `is “${value}”` : text(value);
    case 'is-not':
      return `not ${text(value)}`;
    case 'in':
      return many(value);
    case 'not-in':
      return `not ${many(value)}`;
    case 'less':
      return field.kind === 'date' || field.kind === 'timestamp' ? `before ${text(value)}` : `under ${text(value)}`;
    case 'more':
      return field.kind === 'date' || field.kind === 'timestamp' ? `after ${text(value)}` : `over ${text(value)}`;
    case 'within':
      return isPeriod(value) ? periodText(value) : '';
    case 'between':
      if (isOpen(pair[1])) return `from ${text(pair[0])}`;
      return isOpen(pair[0]) ? `up to ${text(pair[1])}` : `${text(pair[0])} to ${text(pair[1])}`;
    case 'empty':
      return 'is empty';
    case 'not-empty':
      return 'is not empty';
  }
}
