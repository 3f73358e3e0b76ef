import { useQuery } from '@tanstack/react-query';
import type { TrailEntry } from '../../../shared/contract/trail';
import { entityOf, isEntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import { request } from '../../client/request';
import { titlesOf } from '../../forms/titles';

/** What entries need to be put into words: the records as they are here, and the titles of all they name. */
export interface Names {
  titles: Readonly<Record<string, string>>;
  rows: ReadonlyMap<string, Record<string, unknown>>;
}
const none: Names = { titles: {}, rows: new Map() };

export function useNames(entries: readonly TrailEntry[]): Names {
  const key = entries.map(({ id }) => id);
  const { data } = useQuery({
    queryKey: ['titles', 'trail', key],
    queryFn: () => namesOf(entries),
    enabled: key.length > 0,
    placeholderData: (last: Names | undefined) => last,
  });
  return data ?? none;
}

type Wanted = Map<string, Set<string>>;
const want = (wanted: Wanted, entity: string, value: unknown): void => {
  if (typeof value === 'string') wanted.set(entity, (wanted.get(entity) ?? new Set()).add(value));
};

async function namesOf(entries: readonly TrailEntry[]): Promise<Names> {
  const own: Wanted = new Map();
  for (const { entity, rowId } of entries) want(own, entity, rowId);
  const rows = new Map<string, Record<string, unknown>>();
  for (const [name, ids] of own) {
    if (!isEntityName(name)) continue;
    const found: AnyRow[] = await request('rows.read', { entity: name, ids: [...ids].slice(0, 1000) });
    for (const row of found) rows.set(row.id, row);
  }
  // A record that is not here is told by what the trail itself says of it.
  for (const entry of entries) if (!rows.has(entry.rowId)) rows.set(entry.rowId, valuesIn(entry));
  const wanted: Wanted = new Map();
  for (const entry of entries) {
    if (!isEntityName(entry.entity)) continue;
    const { fields, title } = entityOf(entry.entity);
    for (const name of new Set([...title, ...Object.keys(entry.changes)])) {
      const field = fields[name];
      if (field?.kind !== 'reference') continue;
      for (const value of [rows.get(entry.rowId)?.[name], ...(entry.changes[name] ?? [])])
        want(wanted, field.options.to, value);
    }
  }
  return {
    rows,
    titles: await titlesOf(
      [...wanted].map(([to, ids]) => [to, [...ids]] as const),
      2,
    ),
  };
}

const valuesIn = ({ row, changes, action, programId }: TrailEntry): Record<string, unknown> =>
  row ??
  (action === 'insert'
    ? Object.fromEntries(Object.entries(changes).map(([name, [, now]]) => [name, now]))
    : { programId });
