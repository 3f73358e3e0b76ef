import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/requests';
import type { Refusal } from '../../../shared/contract/outcome';
import type { TrailFilter, TrailGroup } from '../../../shared/contract/trail';
import { request } from '../../client/request';

type Page = Output<'audit.search'>;
interface From {
  before: number;
  seen: string[];
}

/** Slices without a match are gone through a few at a time, so that somebody can stop looking. */
const slicesAtOnce = 5;

async function pageFrom(filter: TrailFilter, from: From | null): Promise<Page> {
  let before = from?.before;
  let page: Page = { groups: [], next: null };
  for (let n = 0; n < slicesAtOnce; n++) {
    const ask = { filter, seen: from?.seen ?? [], ...(before === undefined ? {} : { before }) };
    page = await request('audit.search', ask);
    if (page.groups.length > 0 || page.next === null) break;
    before = page.next;
  }
  return page;
}

/** The acts that match, newest first, page by page. */
export function useTrail(filter: TrailFilter) {
  const found = useInfiniteQuery<Page, Refusal, { pages: Page[] }, readonly unknown[], From | null>({
    queryKey: ['audit.search', filter],
    queryFn: ({ pageParam }) => pageFrom(filter, pageParam),
    initialPageParam: null,
    getNextPageParam: ({ next, groups }) =>
      next === null ? undefined : { before: next, seen: groups.flatMap(({ mutationId }) => mutationId ?? []) },
  });
  const groups = useMemo(() => merged(found.data?.pages ?? []), [found.data]);
  return { ...found, groups };
}

/** An act that reaches over several pages stands once. */
function merged(pages: readonly Page[]): TrailGroup[] {
  const seen = new Set<string>();
  return pages
    .flatMap(({ groups }) => groups)
    .filter(({ mutationId }) => {
      if (mutationId === null) return true;
      if (seen.has(mutationId)) return false;
      seen.add(mutationId);
      return true;
    });
}
