import { useCallback, useMemo, useState } from 'react';
import type { Condition, View } from '../../shared/contract/requests';
import type { EntityName } from '../../shared/entities';

/** What narrows a grid: conditions on fields, and words to look for. */
export interface Narrowing {
  where: Condition[];
  search: string;
}

const open: Narrowing = { where: [], search: '' };
/** Filters last while the window is open, so that going elsewhere and coming back shows the same rows. */
const remembered = new Map<string, Narrowing>();

export interface GridView extends Narrowing {
  isNarrowed: boolean;
  setSearch: (search: string) => void;
  /** Replaces every condition on the field. */
  setField: (field: string, conditions: Condition[]) => void;
  clear: () => void;
}

/** @param owner the person's id: what one person looked for is never shown to the next */
export function useGridView(owner: string, entity: EntityName): GridView {
  const key = `${owner}:${entity}`;
  const [state, setState] = useState<Narrowing>(() => remembered.get(key) ?? open);
  const change = useCallback(
    (next: (now: Narrowing) => Narrowing) =>
      setState((now) => {
        const then = next(now);
        remembered.set(key, then);
        return then;
      }),
    [key],
  );
  const setSearch = useCallback((search: string) => change((now) => ({ ...now, search })), [change]);
  const setField = useCallback(
    (field: string, conditions: Condition[]) =>
      change((now) => {
        // A changed condition keeps its place among the chips.
        const at = now.where.findIndex((one) => one.field === field);
        const rest = now.where.filter((one) => one.field !== field);
        return { ...now, where: rest.toSpliced(at < 0 ? rest.length : at, 0, ...conditions) };
      }),
    [change],
  );
  const clear = useCallback(() => change(() => open), [change]);
  return useMemo(
    () => ({ ...state, isNarrowed: state.where.length > 0 || state.search.trim() !== '', setSearch, setField, clear }),
    [state, setSearch, setField, clear],
  );
}

/** `-name` -> by name, descending. */
export const sortOf = (declared: readonly string[] | undefined): View['sort'] =>
  (declared ?? []).map((name) => ({ field: name.replace(/^-/, ''), descending: name.startsWith('-') }));
