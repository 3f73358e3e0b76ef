import { useMemo, useState } from 'react';
import { isCondition, type Condition, type Filter, type View } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';
import { canonicalJson } from '../../shared/rules/canonical-json';
import type { ViewDefinition } from '../../shared/rules/view-definition';

/** Changes last while the window is open, so that going elsewhere and coming back shows the same rows. */
const changed = new Map<string, ViewDefinition>();

/** What a grid shows: a view as it was kept, with what was changed since. */
export interface GridView extends ViewDefinition {
  /** Which view it is. */
  key: string;
  /** The filters that are on. */
  where: Filter[];
  isNarrowed: boolean;
  /** It differs from what was kept. */
  isModified: boolean;
  change: (changes: Partial<ViewDefinition>) => void;
  setSearch: (search: string) => void;
  /** Replaces every plain condition on the field. */
  setField: (field: string, conditions: Condition[]) => void;
  /** Takes the filter's place; null takes it away. Beyond the last, it is added. */
  setFilter: (at: number, filter: Filter | null) => void;
  toggle: (at: number) => void;
  clear: () => void;
  revert: () => void;
}

/**
 * @param owner the person's id: what one person looked for is never shown to the next
 * @param kept the view as it was kept; the same object as long as it is the same
 */
export function useGridView(owner: string, entity: EntityName, key: string, kept: ViewDefinition): GridView {
  const place = `${owner}:${entity}:${key}`;
  const [, setTurn] = useState(0);
  const mine = changed.get(place);
  const now = mine ?? kept;
  const isModified = useMemo(() => mine !== undefined && canonicalJson(mine) !== canonicalJson(kept), [mine, kept]);
  return useMemo(() => {
    const put = (next: ViewDefinition | null) => {
      if (next && canonicalJson(next) !== canonicalJson(kept)) changed.set(place, next);
      else changed.delete(place);
      setTurn((turn) => turn + 1);
    };
    // Two changes within one turn add up.
    const change = (changes: Partial<ViewDefinition>) => put({ ...(changed.get(place) ?? kept), ...changes });
    const filtersNow = () => (changed.get(place) ?? kept).filters;
    const where = now.filters.filter(({ isOff }) => !isOff).map(({ filter }) => filter);
    return {
      ...now,
      key,
      where,
      isModified,
      isNarrowed: where.length > 0 || now.search.trim() !== '',
      change,
      setSearch: (search) => (search === (changed.get(place) ?? kept).search ? undefined : change({ search })),
      setField: (field, conditions) => {
        // A changed condition keeps its place among the chips.
        const isOfField = (one: Filter) => isCondition(one) && one.field === field;
        const filters = filtersNow();
        const at = filters.findIndex(({ filter }) => isOfField(filter));
        const rest = filters.filter(({ filter }) => !isOfField(filter));
        const made = conditions.map((filter) => ({ filter, isOff: false }));
        change({ filters: rest.toSpliced(at < 0 ? rest.length : at, 0, ...made) });
      },
      setFilter: (at, filter) =>
        change({ filters: filtersNow().toSpliced(at, 1, ...(filter ? [{ filter, isOff: false }] : [])) }),
      toggle: (at) =>
        change({ filters: filtersNow().map((one, i) => (i === at ? { ...one, isOff: !one.isOff } : one)) }),
      clear: () => change({ filters: [], search: '' }),
      revert: () => put(null),
    };
  }, [now, kept, place, key, isModified]);
}

/** `-name` -> by name, descending. */
export const sortOf = (declared: readonly string[] | undefined): View['sort'] =>
  (declared ?? []).map((name) => ({ field: name.replace(/^-/, ''), descending: name.startsWith('-') }));

/** Does a filter, or a part of it, speak of the field? */
export const speaksOf = (filter: Filter, field: string): boolean =>
  isCondition(filter)
    ? filter.field === field
    : 'fact' in filter
      ? false
      : ('any' in filter ? filter.any : filter.all).some((one) => speaksOf(one, field));
