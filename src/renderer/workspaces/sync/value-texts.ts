import { useQueries } from '@tanstack/react-query';
import { entityOf, isEntityName, type EntityName } from '../../../shared/entities';
import type { AnyRow, Field } from '../../../shared/model';
import { cellText } from '../../../shared/rules/cell-text';
import { request } from '../../client/request';
import { contextOf, useLookups } from '../../forms/lookups';

export interface NamedValue {
  entity: string;
  id: string;
  field: string;
  value: unknown;
  /** The row as it was wanted, where it may not stand on this desk. */
  wanted?: Record<string, unknown>;
}

export const fieldOf = (entity: string, field: string): Field | undefined =>
  isEntityName(entity) ? entityOf(entity).fields[field] : undefined;
export const labelOf = (entity: string, field: string): string => fieldOf(entity, field)?.options.label ?? field;

/** How values read for people: money in the currency of its row, a reference by the name of the row it points to. */
export function useValueTexts(values: readonly NamedValue[]): (value: NamedValue) => string {
  const lookups = useLookups();
  const rows = useRows(values.map(({ entity, id }) => [entity, id]));
  const referred = values.map(({ entity, field, value }) => {
    const declared = fieldOf(entity, field);
    return [declared?.kind === 'reference' ? declared.options.to : '', value] as const;
  });
  const titles = Object.fromEntries(
    [...useRows(referred)].map(([key, row]) => [row.id, titleOf(key.split('/')[0] ?? '', row)]),
  );
  return ({ entity, id, field, value, wanted }) => {
    const declared = fieldOf(entity, field);
    if (value === null || value === undefined || value === '') return 'empty';
    if (!declared || !isEntityName(entity)) return String(value as string);
    const row = { ...rows.get(`${entity}/${id}`), ...wanted };
    return cellText(declared, value, contextOf(lookups, entityOf(entity), declared, row, titles));
  };
}

/** The rows that stand on this desk, by `entity/id`. */
function useRows(wanted: readonly (readonly [entity: string, id: unknown])[]): Map<string, AnyRow> {
  const ids = new Map<EntityName, Set<string>>();
  for (const [entity, id] of wanted) {
    if (!isEntityName(entity) || typeof id !== 'string') continue;
    ids.set(entity, (ids.get(entity) ?? new Set()).add(id));
  }
  return useQueries({
    queries: [...ids].map(([entity, set]) => {
      const input = { entity, ids: [...set].slice(0, 1000) };
      return {
        queryKey: ['rows.read', input],
        queryFn: () => request('rows.read', input),
        select: (rows: AnyRow[]) => rows.map((row) => [`${entity}/${row.id}`, row] as const),
      };
    }),
    combine: (results) => new Map(results.flatMap(({ data }) => data ?? [])),
  });
}

/** The fields that name a row for people, where they are plain texts. */
const titleOf = (entity: string, row: Record<string, unknown>): string =>
  isEntityName(entity)
    ? entityOf(entity)
        .title.map((field) => row[field])
        .filter((part) => typeof part === 'string' && part !== '')
        .join(' ')
    : '';
