import type { EntityName } from '../../../shared/entities';
import type { AnyRow } from '../../../shared/model';
import type { Filter, View } from '../../../shared/contract/requests';
import { useQuestion } from '../../client/hooks';
import { objectsOf } from '../../forms/lookups';

interface All {
  /** Undefined until known. */
  rows: AnyRow[] | undefined;
  titles: Readonly<Record<string, string>>;
  problem: ReturnType<typeof useQuestion<'rows.page'>>['error'];
  again: () => void;
}

interface Asked {
  where?: Filter[];
  programs?: string[];
  sort?: string;
  search?: string;
  enabled?: boolean;
}

/** The first thousand rows of an entity that fit. */
export function useAll(
  entity: EntityName,
  { where = [], programs = [], sort, search = '', enabled = true }: Asked,
): All {
  const view: View = {
    entity,
    programs,
    where,
    search,
    sort: sort ? [{ field: sort.replace(/^-/, ''), descending: sort.startsWith('-') }] : [],
  };
  const { data, error, refetch } = useQuestion('rows.page', { view, from: 0, count: 1000 }, { enabled, keep: true });
  return { rows: data && objectsOf(data), titles: data?.titles ?? {}, problem: error, again: () => void refetch() };
}
