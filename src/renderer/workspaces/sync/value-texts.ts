import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { Field } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { useQueries } from '@tanstack/react-query';
import { request } from '../../client/request';

export interface NamedValue {
  entity: string;
  field: string;
  value: unknown;
}

export const fieldOf = (entity: string, field: string): Field | undefined =>
  isEntityName(entity) ? entityOf(entity).fields[field] : undefined;
export const labelOf = (entity: string, field: string): string => fieldOf(entity, field)?.options.label ?? field;

/** How values read for people; a reference reads as the name of the row it points to. */
export function useValueTexts(values: readonly NamedValue[]): (value: NamedValue) => string {
  const titles = useTitles(values);
  return ({ entity, field, value }) => {
    const declared = fieldOf(entity, field);
    if (value === null || value === undefined || value === '') return 'empty';
    return declared ? cellText(declared, value, { locale: navigator.language, titles }) : String(value as string);
  };
}

function useTitles(values: readonly NamedValue[]): Record<string, string> {
  const wanted = new Map<EntityName, Set<string>>();
  for (const { entity, field, value } of values) {
    const declared = fieldOf(entity, field);
    if (declared?.kind !== 'reference' || typeof value !== 'string' || !isEntityName(declared.options.to)) continue;
    const ids = wanted.get(declared.options.to) ?? new Set();
    wanted.set(declared.options.to, ids.add(value));
  }
  return useQueries({
    queries: [...wanted].map(([entity, ids]) => ({
      queryKey: ['rows.read', { entity, ids: [...ids] }],
      queryFn: () => request('rows.read', { entity, ids: [...ids] }),
      select: (rows: { id: string; [field: string]: unknown }[]) =>
        rows.map((row) => [row.id, titleOf(entity, row)] as const),
    })),
    combine: (results) => Object.fromEntries(results.flatMap(({ data }) => data ?? [])),
  });
}

/** The fields that name a row for people, where they are plain texts. */
const titleOf = (entity: EntityName, row: Record<string, unknown>): string =>
  entityOf(entity)
    .title.map((field) => row[field])
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
