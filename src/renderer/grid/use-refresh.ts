import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef } from 'react';
import type { View } from '../../shared/contract/requests';
import { isEntityName } from '../../shared/entities';
import type { Entity } from '../../shared/model';
import { useEvent } from '../client/hooks';
import type { GridRow } from './grid-row';
import { changedIn, refreshRows } from './refresh';
import { askDesk } from './row-source';

/** Changes that come within this time (milliseconds) are refreshed together. */
const gathering = 50;

/** Follows `rows.changed`: a moment after the last change, and never while a cell is being edited. */
export function useRefresh(
  api: GridApi<GridRow> | null,
  entity: Entity,
  view: { readonly current: View },
  total: () => number,
  onTotal: (total: number) => void,
): void {
  const gathered = useRef<Set<string> | 'many' | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const flush = async () => {
    if (!api || api.isDestroyed() || gathered.current === null) return;
    if (running.current || api.getEditingCells().length > 0) return later();
    const ids = gathered.current;
    gathered.current = null;
    running.current = true;
    try {
      const found = await refreshRows(api, view.current, total(), ids === 'many' ? ids : [...ids], askDesk);
      onTotal(found);
    } catch {
      // The next change, or scrolling, asks again; what is shown stays.
    } finally {
      running.current = false;
    }
  };
  const later = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), running.current ? gathering * 4 : gathering);
  };
  useEvent('rows.changed', ({ changes }) => {
    if (!isEntityName(entity.name)) return;
    const ids = changedIn(entity.name, changes);
    if (ids === null) return;
    if (ids === 'many' || gathered.current === 'many') gathered.current = 'many';
    else {
      gathered.current ??= new Set();
      for (const id of ids) gathered.current.add(id);
    }
    later();
  });
}
