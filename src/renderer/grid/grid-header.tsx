import { IconArrowDown, IconArrowUp, IconFilter } from '@tabler/icons-react';
import type { CustomHeaderProps } from 'ag-grid-react';
import { useEffect, useRef, useState, type MouseEvent } from 'react';
import type { GridContext } from './columns';
import type { GridRow } from './grid-row';

/** A column's name, its place in the order, and the way to its filter. Click sorts, Shift adds; Alt+Down opens the filter. */
export function GridHeader({
  displayName,
  column,
  enableSorting,
  progressSort,
  context,
  api,
}: CustomHeaderProps<GridRow, GridContext>) {
  const name = column.getColId();
  const filter = useRef<HTMLButtonElement>(null);
  const [sort, setSort] = useState(() => sortState(column, api.getColumnState().filter((one) => one.sort).length));
  useEffect(() => {
    const follow = () => setSort(sortState(column, api.getColumnState().filter((one) => one.sort).length));
    follow();
    api.addEventListener('sortChanged', follow);
    return () => {
      if (!api.isDestroyed()) api.removeEventListener('sortChanged', follow);
    };
  }, [api, column]);
  const isFiltered = context.isFiltered(name);
  const onSort = (event: MouseEvent) => enableSorting && progressSort(event.shiftKey);
  return (
    <div className="header-cell">
      <span className="header-name" onClick={onSort}>
        {displayName}
      </span>
      {sort && (
        <span className="header-sort" aria-hidden>
          {sort.direction === 'asc' ? <IconArrowUp size={12} /> : <IconArrowDown size={12} />}
          {sort.place !== null && sort.place}
        </span>
      )}
      <button
        ref={filter}
        type="button"
        tabIndex={-1}
        data-filter={name}
        className={isFiltered ? 'header-filter on' : 'header-filter'}
        aria-label={`Filter ${displayName}${isFiltered ? ', filtered' : ''}`}
        title={`Filter ${displayName} (Alt+Down)`}
        onClick={() => filter.current && context.openFilter(name, filter.current)}
      >
        <IconFilter size={12} aria-hidden />
      </button>
    </div>
  );
}

interface SortState {
  direction: 'asc' | 'desc';
  /** Place among several; null where it is the only one. */
  place: number | null;
}

function sortState(column: CustomHeaderProps['column'], sorted: number): SortState | null {
  const direction = column.getSort();
  if (!direction) return null;
  return { direction, place: sorted > 1 ? (column.getSortIndex() ?? 0) + 1 : null };
}
