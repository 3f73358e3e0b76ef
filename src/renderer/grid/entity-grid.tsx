import {
  AllCommunityModule,
  ModuleRegistry,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  type GetRowIdParams,
  type GridApi,
  type GridReadyEvent,
  type RowSelectionOptions,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../shared/contract/outcome';
import type { Filter, View } from '../../shared/contract/requests';
import type { Entity } from '../../shared/model';
import { useSettings, useSync, useUser } from '../client/hooks';
import { whyReadOnly } from '../forms/locks';
import { useLookups } from '../forms/lookups';
import { gridThemes } from '../ui/grid-theme';
import { styleNonce } from '../ui/nonce';
import { CellNote } from './cell-note';
import { columnsOf, gridFields, gutter, lookOf, whyCellLocked, type GridContext } from './columns';
import './grid.css';
import type { GridRow } from './grid-row';
import type { GridView } from './grid-view';
import { speaksOf } from './grid-view';
import { askedOf } from './asked';
import { blockSize, blocksKept, rowSource } from './row-source';
import { saveValue } from './save-cell';
import { gridSelection } from './selection';
import type { RowActs } from './menu/menu-acts';
import { SheetLayer } from './sheet-layer';
import type { SelectedRows } from './use-sheet';
import { useGoTo } from './use-go-to';
import { useLayout } from './use-layout';
import { useRefresh } from './use-refresh';

ModuleRegistry.registerModules([AllCommunityModule]);

export interface EntityGridProps {
  entity: Entity;
  view: GridView;
  /** Programs on show; empty means all. */
  programs: readonly string[];
  /** The row to stand on: the one a link names, at first or later. */
  goTo: string | null;
  /** That row is not in the view. */
  onHidden: () => void;
  onTotal: (total: number) => void;
  onProblem: (problem: Problem) => void;
  /** The row the focus is in. */
  onCurrent: (row: GridRow) => void;
  /** Values every new row begins with. */
  given: () => Record<string, unknown>;
  onSelected: (rows: SelectedRows) => void;
  /** What the page does with whole rows, for the menu of a cell. */
  rowActs: RowActs;
  /** A field that is edited in the form was to be edited. */
  onOpenField: (row: GridRow, field: string) => void;
  openFilter: (field: string, at: HTMLElement) => void;
  onReady: (api: GridApi<GridRow>) => void;
  /** What the view is narrowed to beside its own filters: a group that is shown alone, or a day. */
  within: Filter | null;
}

const rowSelection: RowSelectionOptions = {
  mode: 'multiRow',
  checkboxes: false,
  headerCheckbox: false,
  enableClickSelection: false,
};
/** Pixels; the same in grid.css. */
const scrollbar = 12;
const getRowId = ({ data }: GetRowIdParams<GridRow>) => data.id;
interface Locked {
  cell: HTMLElement;
  why: string;
}

export function EntityGrid(props: EntityGridProps) {
  const {
    entity,
    view,
    programs,
    goTo,
    onHidden,
    onTotal,
    onProblem,
    onCurrent,
    given,
    onSelected,
    rowActs,
    onOpenField,
    openFilter,
    onReady,
    within,
  } = props;
  const { settings } = useSettings();
  const user = useUser();
  const readOnly = whyReadOnly(useSync());
  const lookups = useLookups();
  const [api, setApi] = useState<GridApi<GridRow> | null>(null);
  const [locked, setLocked] = useState<Locked | null>(null);
  const total = useRef(0);
  const [wrapper, setWrapper] = useState<HTMLDivElement | null>(null);

  const hasPrograms = entity.scope === 'program' && programs.length !== 1 && lookups.programs.length > 1;
  const columns = useMemo(() => columnsOf(entity, { hasPrograms }), [entity, hasPrograms]);

  const { where } = view;
  const asked = useMemo(() => askedOf(entity, programs, view, within), [entity, programs, view, within]);
  const askedKey = JSON.stringify(asked);
  const now = useRef<View>(asked);

  // One object for the life of the grid: what cells read through it is always the newest.
  const latest = useRef({ user, readOnly, lookups, where, openFilter });
  const [context] = useState((): GridContext => {
    let problem: string | null = null;
    const learned: Record<string, string> = {};
    return {
      entity,
      get lookups() {
        return latest.current.lookups;
      },
      get user() {
        return latest.current.user;
      },
      get readOnly() {
        return latest.current.readOnly;
      },
      learned,
      learn: (id, title) => void (learned[id] = title),
      editorProblem: () => problem,
      setEditorProblem: (next) => void (problem = next),
      openFilter: (field, at) => latest.current.openFilter(field, at),
      isFiltered: (field) => latest.current.where.some((one) => speaksOf(one, field)),
    };
  });
  useEffect(() => {
    latest.current = { user, readOnly, lookups, where, openFilter };
  });
  useEffect(() => api?.refreshCells({ force: true }), [api, lookups, user]);
  useEffect(() => api?.refreshHeader(), [api, where]);

  const tellTotal = useCallback(
    (found: number) => {
      total.current = found;
      onTotal(found);
    },
    [onTotal],
  );
  const readTotal = useCallback(() => total.current, []);
  const readView = useCallback(() => now.current, []);
  const ask = useCallback(() => {
    if (!api) return;
    now.current = JSON.parse(askedKey) as View;
    // The focus stands at a place, not on a row: in another view another row would be there.
    api.clearFocusedCell();
    api.setGridOption('datasource', rowSource(now.current, { total: tellTotal, problem: onProblem }));
  }, [api, askedKey, tellTotal, onProblem]);
  useEffect(ask, [ask]);

  const layout = useLayout(api, entity, view);
  useGoTo(api, goTo, now, onHidden);
  useRefresh(api, entity, now, readTotal, tellTotal);
  useEffect(() => {
    gridSelection.set({ entity: entity.name, selected: 0, shape: null, sums: null });
    return () => gridSelection.clear();
  }, [entity]);

  const onFocused = (event: CellFocusedEvent<GridRow>) => {
    setLocked(null);
    if (event.rowIndex === null || event.rowPinned) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    if (row) onCurrent(row);
  };

  /** Somebody tries to edit a cell that does not open: it says why, or its form opens. */
  const onAttempt = (row: GridRow | undefined, name: string, cell: EventTarget | null) => {
    if (!row || name === gutter) return;
    const field = gridFields(entity)[name];
    if (!field) return;
    const why = whyCellLocked(name, row, context);
    if (why === null && lookOf(field).edit === 'form') return onOpenField(row, name);
    const at = cell instanceof HTMLElement ? cell.closest<HTMLElement>('.ag-cell') : null;
    if (why !== null && at) setLocked({ cell: at, why });
  };
  const onKey = ({ event, data, node, column, api: grid }: CellKeyDownEvent<GridRow>) => {
    if (!(event instanceof KeyboardEvent) || grid.getEditingCells().length > 0) return;
    const name = column.getColId();
    if (event.key === ' ' && data && isBoolean(entity, name) && whyCellLocked(name, data, context) === null) {
      return void saveValue(node, name, data.row[name] !== true, context);
    }
    const isTyped = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isTyped || event.key === 'Enter' || event.key === 'F2') onAttempt(data, name, event.target);
  };

  return (
    <div
      ref={setWrapper}
      className="entity-grid"
      onKeyDownCapture={() => setLocked(null)}
      onWheelCapture={() => locked && setLocked(null)}
    >
      <AgGridReact<GridRow>
        className="ag-root-host"
        theme={gridThemes[settings.density]}
        styleNonce={styleNonce()}
        columnDefs={columns}
        context={context}
        rowModelType="infinite"
        cacheBlockSize={blockSize}
        maxBlocksInCache={blocksKept}
        infiniteInitialRowCount={1}
        maxConcurrentDatasourceRequests={2}
        rowBuffer={20}
        getRowId={getRowId}
        rowSelection={rowSelection}
        suppressNoRowsOverlay
        alwaysShowVerticalScroll
        scrollbarWidth={scrollbar}
        readOnlyEdit
        stopEditingWhenCellsLoseFocus
        enterNavigatesVerticallyAfterEdit
        enableBrowserTooltips
        animateRows={false}
        suppressColumnMoveAnimation
        suppressDragLeaveHidesColumns
        maintainColumnOrder
        onGridReady={(event: GridReadyEvent<GridRow>) => {
          setApi(event.api);
          onReady(event.api);
        }}
        onSortChanged={layout.sorted}
        onCellEditRequest={({ node, colDef, newValue }) => {
          const name = colDef.colId ?? '';
          if (!context.takeEdit?.(name, newValue)) void saveValue(node, name, newValue, context);
        }}
        onCellFocused={onFocused}
        onCellKeyDown={onKey as never}
        onCellDoubleClicked={(event) => {
          if (!event.colDef.editable || !event.column.isCellEditable(event.node)) {
            onAttempt(event.data, event.column.getColId(), event.event?.target ?? null);
          }
        }}
        onDragStopped={layout.arranged}
        onColumnVisible={(event) => event.source === 'uiColumnMoved' && layout.arranged()}
        onColumnResized={(event) => event.finished && event.source === 'autosizeColumns' && layout.arranged()}
        defaultColDef={headerKeys}
      />
      {api && wrapper && (
        <SheetLayer
          {...{ api, entity, context, given, onSelected, rowActs }}
          gridView={view}
          root={wrapper}
          view={readView}
          total={readTotal}
        />
      )}
      {locked && <CellNote key={locked.why} anchor={{ current: locked.cell }} tone="plain" text={locked.why} />}
    </div>
  );
}

const isBoolean = (entity: Entity, name: string): boolean => entity.fields[name]?.kind === 'boolean';

/** In a header, Alt+Down opens the filter and Enter sorts; with Shift it adds to the order. */
const headerKeys = {
  suppressHeaderKeyboardEvent: ({
    event,
    column,
    api,
  }: {
    event: KeyboardEvent;
    column: unknown;
    api: GridApi;
  }): boolean => {
    if (event.key !== 'Enter' && !(event.key === 'ArrowDown' && event.altKey)) return false;
    const id = (column as { getColId: () => string }).getColId();
    const header = (event.target as HTMLElement).closest('.ag-header-cell');
    event.preventDefault();
    if (event.key === 'ArrowDown') header?.querySelector<HTMLElement>(`[data-filter="${id}"]`)?.click();
    else api.applyColumnState(nextSort(api, id, event.shiftKey));
    return true;
  },
};

function nextSort(api: GridApi, id: string, isAdded: boolean): Parameters<GridApi['applyColumnState']>[0] {
  const state = api.getColumnState();
  const own = state.find((column) => column.colId === id);
  const sort = own?.sort === 'asc' ? 'desc' : own?.sort === 'desc' ? null : 'asc';
  const sortIndex = own?.sortIndex ?? state.filter((column) => column.sort).length;
  return isAdded
    ? { state: [{ colId: id, sort, sortIndex }] }
    : { state: [{ colId: id, sort, sortIndex: 0 }], defaultState: { sort: null } };
}
