import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef } from 'react';
import { everything } from '../client/paths';
import type { Entity } from '../../shared/model';
import type { ViewColumn } from '../../shared/rules/view-definition';
import type { GridRow } from './grid-row';
import { sortOf, type GridView } from './grid-view';
import { arrange, columnsNow, forgetLayout, keepLayout, order, readLayout, sortNow } from './layout';

/** Keeps the columns of the grid and the view the same, whichever of them changes. */
export function useLayout(api: GridApi<GridRow> | null, entity: Entity, view: GridView) {
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  const columns = JSON.stringify(view.columns);
  const sort = JSON.stringify(view.sort ?? sortOf(entity.sort));
  useEffect(() => {
    if (!api) return;
    const kept = JSON.parse(columns) as ViewColumn[] | null;
    if (kept && JSON.stringify(columnsNow(api)) === columns) return;
    arrange(api, kept ?? (view.key === everything ? readLayout(entity.name) : null));
  }, [api, entity, view.key, columns]);
  useEffect(() => {
    if (api) order(api, JSON.parse(sort) as ReturnType<typeof sortNow>);
  }, [api, view.key, sort]);
  return {
    arranged: () => api && keepColumns(entity, latest.current, columnsNow(api), api),
    sorted: () => {
      if (!api) return;
      const now = sortNow(api);
      const { sort: known, change } = latest.current;
      if (JSON.stringify(now) !== JSON.stringify(known ?? sortOf(entity.sort))) change({ sort: now });
    },
  };
}

/** The view of everything is arranged on this computer; another view is changed. Null: as at first. */
export function keepColumns(
  entity: Entity,
  view: GridView,
  columns: ViewColumn[] | null,
  api: GridApi<GridRow> | null,
): void {
  if (view.key !== everything) return view.change({ columns });
  if (columns) return keepLayout(entity.name, columns);
  forgetLayout(entity.name);
  if (api) arrange(api, null);
}
