import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Outline, OutlineNode } from '../../../shared/contract/requests';
import { useQuestion } from '../../client/hooks';
import { notify } from '../../ui/notify';
import { useFolding } from './folded';
import { useOutlineActs, type OutlineActs } from './outline-acts';
import { placeFor, type Place } from './outline-places';
import { nothingSelected, selectOne, stillThere, type Selection } from './outline-selection';
import {
  ancestorsOf,
  nodeById,
  matchingRows,
  visibleRows,
  whyFrozenAt,
  type NodeKind,
  type TreeRow,
} from './outline-tree';
import { useVersions, type Versions } from './use-versions';

/** What is being typed in the outline. */
export type Typing = { what: 'name'; id: string } | { what: 'new'; place: Place };

export interface OutlineState {
  courseId: string;
  outline: Outline;
  nodes: readonly OutlineNode[];
  byId: ReadonlyMap<string, OutlineNode>;
  rows: readonly TreeRow[];
  selection: Selection;
  select: (selection: Selection) => void;
  fold: (ids: readonly string[], isFolded: boolean) => void;
  /** What the outline is narrowed to; null while it is not. */
  filter: string | null;
  setFilter: (words: string | null) => void;
  /** How many nodes the filter found. */
  found: number;
  acts: OutlineActs;
  versions: Versions;
  /** Asks for the outline anew; resolves when it is there. */
  refresh: () => Promise<unknown>;
  typing: Typing | null;
  type: (typing: Typing | null) => void;
  /** Begins a new node of that kind where it belongs, seen from the focus; says why where there is no place. */
  begin: (kind: NodeKind) => void;
  /** Why a node, or the outline as a whole, cannot be changed; null where it can. */
  whyNotAt: (id: string | null) => string | null;
  /** False: says why it cannot be changed. */
  mayEdit: (id: string | null) => boolean;
}

const noNodes: OutlineNode[] = [];

/** The outline of a course with what is folded, chosen and being typed. A sync that changes it leaves all three where they are. */
export function useOutline(courseId: string) {
  const { data: outline, error, isPending, refetch } = useQuestion('curriculum.outline', { courseId });
  const nodes = outline?.nodes ?? noNodes;
  const byId = useMemo(() => nodeById(nodes), [nodes]);
  const { folded, fold: setFolds } = useFolding(courseId);
  const [filter, setFilter] = useState<string | null>(null);
  const words = useDeferredValue(filter?.trim() ?? '');
  const { rows, found } = useMemo(
    () => (words === '' ? { rows: visibleRows(nodes, folded), found: nodes.length } : matchingRows(nodes, words)),
    [nodes, folded, words],
  );
  const [chosen, setChosen] = useState<{ selection: Selection; rows: readonly TreeRow[] }>({
    selection: nothingSelected,
    rows: [],
  });
  const selection = useMemo(() => stillThere(chosen.selection, chosen.rows, nodes), [chosen, nodes]);
  // Remembers the rows as they are shown now, so that a focus that goes is handed to its neighbour of today.
  if (outline && chosen.rows !== rows) setChosen({ selection, rows });
  const select = useCallback((next: Selection) => setChosen({ selection: next, rows }), [rows]);
  const versions = useVersions(nodes, byId, selection.focus);
  const [typing, type] = useState<Typing | null>(null);
  const acts = useOutlineActs(courseId);

  const fold = useCallback(
    (ids: readonly string[], isFolded: boolean) => {
      setFolds(ids, isFolded);
      // The focus never lies on a row that is not shown.
      const hiding =
        isFolded &&
        selection.focus !== null &&
        ancestorsOf(byId, selection.focus).find((node) => ids.includes(node.id));
      if (hiding) select(selectOne(hiding.id));
    },
    [setFolds, byId, selection.focus, select],
  );

  const whyNotAt = (id: string | null): string | null => {
    if (outline && !outline.canEdit) return outline.whyNot ?? 'This curriculum cannot be changed here.';
    return id === null ? null : whyFrozenAt(byId, id);
  };
  const mayEdit = (id: string | null): boolean => {
    const why = whyNotAt(id);
    if (why !== null) notify.info(why);
    return why === null;
  };
  const begin = (kind: NodeKind) => {
    if (!mayEdit(null)) return;
    const place = placeFor(kind, nodes, courseId, selection.focus);
    if (typeof place === 'string') return notify.info(place);
    if (!mayEdit(place.parentId)) return;
    if (byId.has(place.parentId)) {
      const above = ancestorsOf(byId, place.parentId).map((node) => node.id);
      setFolds([place.parentId, ...above], false);
    }
    type({ what: 'new', place });
  };
  const state: OutlineState | null = outline
    ? {
        courseId,
        outline,
        nodes,
        byId,
        rows,
        selection,
        select,
        fold,
        filter,
        setFilter,
        found,
        acts,
        versions,
        refresh: refetch,
        typing,
        type,
        begin,
        whyNotAt,
        mayEdit,
      }
    : null;
  return { state, error, isPending, refetch };
}
