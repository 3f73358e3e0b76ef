import { IconCopy, IconLayoutSidebarRight, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { Problem } from '../../../shared/contract/outcome';
import { isCondition, type Condition, type Filter, type View } from '../../../shared/contract/requests';
import type { SessionFacts } from '../../../shared/contract/wire';
import { entityOf, type EntityName } from '../../../shared/entities';
import { enrolledOn } from '../../../shared/rules/enrolled-on';
import { mayRead, whyNot } from '../../../shared/rules/permit';
import { plainView } from '../../../shared/rules/view-definition';
import { AsOfNote, useAsOf } from '../../client/as-of';
import { useEvent, useQuestion, useSettings, useSync, useUser } from '../../client/hooks';
import { everything, pathOf, placeOf, toAdd } from '../../client/paths';
import { problemOf, request } from '../../client/request';
import { whyReadOnly } from '../../forms/locks';
import { useLookups } from '../../forms/lookups';
import type { SavedRow } from '../../forms/use-draft';
import { useExchange } from '../../exchange/exchange-actions';
import { ColumnChooser } from '../../grid/column-chooser';
import { gridFields } from '../../grid/columns';
import { EntityGrid } from '../../grid/entity-grid';
import { FilterChips } from '../../grid/filter-bar';
import { FilterPanel } from '../../grid/filter-panel';
import { askedOf } from '../../grid/asked';
import { filterText } from '../../grid/filter-text';
import type { GridRow } from '../../grid/grid-row';
import { GridStatus } from '../../grid/grid-status';
import { useGridView } from '../../grid/grid-view';
import { columnsNow } from '../../grid/layout';
import { keepColumns } from '../../grid/use-layout';
import { FiguresBar, ViewMenus } from '../../grid/views/figures-bar';
import { GroupStrip } from '../../grid/views/group-strip';
import { definitionOf, useViews, viewFor } from '../../grid/views/use-views';
import { ViewTabs } from '../../grid/views/view-tabs';
import { gridSelection } from '../../grid/selection';
import type { SelectedRows } from '../../grid/use-sheet';
import { Button } from '../../ui/button';
import { counted, countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, FilteredState, LoadingState, NoPermission } from '../../ui/states';
import { FilterBar, TitleBar, Workspace } from '../../ui/workspace';
import css from './entity-page.module.css';
import { RecordPanel, titleOfRow } from './record-panel';
import { removeRows, undoAct } from './removal';
import { usePageKeys } from './page-keys';

export interface EntityPageProps {
  entity: EntityName;
  /** What adds a row, where that is more than a form: instead of "Add enrollment". */
  add?: { label: string; onAdd: () => void };
  /** Further actions, left of it. */
  children?: ReactNode;
}

/** The page of any entity: its grid, and beside it the record the focus is in. */
export function EntityPage(props: EntityPageProps) {
  const user = useUser();
  const entity = entityOf(props.entity);
  if (!user) return null;
  if (!mayRead(user, entity)) {
    return (
      <Workspace>
        <TitleBar title={entity.labels.many} />
        <NoPermission>Ask a program admin or a super admin of your institution to open it for you.</NoPermission>
      </Workspace>
    );
  }
  return <OpenPage key={props.entity} {...props} user={user} />;
}

/** Rows that are deleted or duplicated in one go. */
const mostAtOnce = 1000;
/** At this width of the window and above, the panel is open unless it was closed. */
const roomForPanel = 1360;

function OpenPage({ entity: name, add, children, user }: EntityPageProps & { user: SessionFacts }) {
  const entity = entityOf(name);
  const lookups = useLookups();
  const sync = useSync();
  const { settings, change } = useSettings();
  const { programs, panels } = settings;
  const [path, goTo] = useLocation();
  const { view: asking, row: wanted } = placeOf(path);
  const views = useViews(entity, programs);
  const chosenView = viewFor(views, asking);
  const view = useGridView(user.userId, name, chosenView?.key ?? everything, chosenView?.definition ?? plainView);
  const here = (id?: string | null) => pathOf(name, id, asking);
  const [aloneIn, setAlone] = useState<{ of: string; filter: Condition } | null>(null);
  const groupKey = `${view.key} ${view.group ?? ''}`;
  const alone = aloneIn?.of === groupKey ? aloneIn.filter : null;
  const asOf = useAsOf();
  const isOfDay = name === 'course_enrollments' && !asOf.isToday;
  const ofDay = useMemo((): Filter | null => (isOfDay ? { all: enrolledOn(asOf.day) } : null), [isOfDay, asOf.day]);
  const within = useMemo(
    (): Filter | null => (alone && ofDay ? { all: [alone, ofDay] } : (alone ?? ofDay)),
    [alone, ofDay],
  );

  const [api, setApi] = useState<GridApi<GridRow> | null>(null);
  const [total, setTotal] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [current, setCurrent] = useState<GridRow | null>(null);
  const [selected, setSelected] = useState<SelectedRows | null>(null);
  const [filter, setFilter] = useState<{ field: string; at: HTMLElement } | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [focus, setFocus] = useState<string | null>(null);
  const isPanelOpen = (panels['inspectorOpen'] ?? (window.innerWidth >= roomForPanel ? 1 : 0)) === 1;
  const openPanel = (isOpen: boolean) => change({ panels: { ...panels, inspectorOpen: isOpen ? 1 : 0 } });

  const asked: View = useMemo(
    () => askedOf(entity, programs, { where: view.where, search: view.search, sort: [], group: null }, ofDay),
    [entity, programs, view.where, view.search, ofDay],
  );
  const whole = useQuestion(
    'rows.page',
    { view: { entity: name, programs }, from: 0, count: 1 },
    { enabled: view.isNarrowed || within !== null, keep: true },
  );

  const onTotal = useCallback(
    (rows: number) => {
      setTotal(rows);
      setProblem(null);
      gridSelection.set({ rows });
    },
    [setTotal, setProblem],
  );
  const follow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(follow.current), []);
  const onCurrent = (row: GridRow) => {
    setCurrent(row);
    setFocus(null);
    // Holding an arrow key down passes many rows; the address follows when it rests.
    clearTimeout(follow.current);
    follow.current = setTimeout(() => goTo(here(row.id), { replace: true }), 150);
  };
  const backToGrid = () => {
    const cell = api?.getFocusedCell();
    if (cell) api?.setFocusedCell(cell.rowIndex, cell.column);
  };

  const readOnly = whyReadOnly(sync);
  const refusal = readOnly ?? whyNot(user, entity, 'create');
  const thing = entity.labels.one.toLowerCase();
  const mayDuplicate = entity.access.create !== 'nobody';
  const addLabel = add?.label ?? `Add ${thing}`;
  const onAdd = () => {
    if (refusal) return notify.info(refusal);
    if (add) return add.onAdd();
    setFocus(null);
    setAdding(true);
  };
  const given = useMemo((): Record<string, unknown> => {
    if (entity.scope !== 'program') return {};
    const only =
      programs.length === 1 ? programs[0] : lookups.programs.length === 1 ? lookups.programs[0]?.id : undefined;
    const facts = lookups.program(only);
    return facts ? { programId: facts.id, ...('currency' in entity.fields ? { currency: facts.currency } : {}) } : {};
  }, [entity, programs, lookups]);

  const count = selected?.count ?? 0;
  /** The rows of the selection, or the one on show beside it; none where they are too many. */
  const chosenRows = async (verb: string): Promise<GridRow[]> => {
    if (count <= mostAtOnce) return count > 0 ? await selected!.rows() : current ? [current] : [];
    notify.info(`At most ${countText(mostAtOnce)} rows can be ${verb} at once. Select fewer, and do the rest after.`);
    return [];
  };
  const onRemove = async () => {
    if (readOnly) return notify.info(readOnly);
    const chosen = await chosenRows('deleted');
    if (chosen.length === 0) return;
    const why = chosen.map(({ row }) => whyNot(user, entity, 'remove', row)).find((reason) => reason !== null);
    if (why) return notify.info(why);
    const doomed = chosen.map(({ id, row, titles }) => ({ id, title: titleOfRow(entity, row, titles, lookups) }));
    if (await removeRows(name, doomed)) {
      setCurrent(null);
      standWhereTheyWere(api);
    }
  };
  const onDuplicate = async () => {
    if (refusal) return notify.info(refusal);
    const chosen = await chosenRows('duplicated');
    if (chosen.length === 0) return;
    try {
      const { ids, mutationId } = await request('rows.duplicate', { entity: name, ids: chosen.map(({ id }) => id) });
      notify.done(`Duplicated ${counted(ids.length, thing, entity.labels.many.toLowerCase())}.`, {
        undo: () => undoAct(mutationId),
      });
      if (ids[0]) goTo(here(ids[0]), { replace: true });
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const onSaved = ({ id, mutationId }: SavedRow, title: string, isNew: boolean) => {
    notify.done(`${isNew ? 'Added' : 'Saved'} ${title}.`, { undo: () => undoAct(mutationId) });
    if (!isNew) return;
    setAdding(false);
    goTo(here(id), { replace: true });
  };
  const latestAdd = useRef(onAdd);
  useEffect(() => {
    latestAdd.current = onAdd;
  });
  useEffect(() => {
    if (wanted !== toAdd) return;
    goTo(pathOf(name, null, asking), { replace: true });
    latestAdd.current();
  }, [wanted, asking, name, goTo]);
  useEvent('menu.chosen', ({ command }) => command === 'new-row' && onAdd());
  usePageKeys({
    add: onAdd,
    duplicate: () => void onDuplicate(),
    remove: () => void onRemove(),
    panel: () => openPanel(!isPanelOpen),
  });

  const exchange = useExchange({
    view: askedOf(entity, programs, view, within),
    ...{ api, total, selected, user, readOnly },
  });

  const isPanelShown = isAdding || (isPanelOpen && current !== null);
  const panel = isPanelShown && (
    <RecordPanel
      key={isAdding ? 'new' : 'row'}
      {...{ entity, user, lookups, focus, given, onSaved }}
      id={isAdding ? null : (current?.id ?? null)}
      mark={current?.mark ?? null}
      onBack={backToGrid}
      onClose={() => {
        if (isAdding) setAdding(false);
        else openPanel(false);
        backToGrid();
      }}
      onDuplicate={() => void onDuplicate()}
      onRemove={() => void onRemove()}
    />
  );

  const openFilter = (field: string, at: HTMLElement) => setFilter({ field, at });
  return (
    <Workspace side={panel}>
      <TitleBar
        title={entity.labels.many}
        count={total === null ? undefined : countOf(total, view.isNarrowed || within ? whole.data?.total : undefined)}
      >
        {count > 0 && (
          <>
            {count > 1 && (
              <Button
                look="ghost"
                icon={<IconPencil />}
                title="Set values (Ctrl+Shift+Enter)"
                onClick={selected?.setValues}
              >
                Set values
              </Button>
            )}
            {mayDuplicate && (
              <Button
                look="ghost"
                icon={<IconCopy />}
                title="Duplicate (Ctrl+Shift+D)"
                onClick={() => void onDuplicate()}
              >
                Duplicate{count > 1 ? ` ${countText(count)}` : ''}
              </Button>
            )}
            <Button look="ghost" icon={<IconTrash />} title="Delete (Ctrl+Delete)" onClick={() => void onRemove()}>
              Delete{count > 1 ? ` ${countText(count)}` : ''}
            </Button>
          </>
        )}
        {children}
        {exchange.buttons}
        {entity.access.create !== 'nobody' && (
          <Button
            look={refusal ? 'plain' : 'primary'}
            icon={<IconPlus />}
            aria-disabled={refusal !== null}
            title={refusal ?? `${addLabel} (Insert)`}
            onClick={onAdd}
          >
            {addLabel}
          </Button>
        )}
      </TitleBar>
      {chosenView && views && (
        <ViewTabs
          {...{ entity, user, views, view }}
          chosen={chosenView}
          shown={programs}
          now={() => definitionOf(view, api && columnsNow(api))}
          programs={lookups.programs.filter(({ id }) => programs.length === 0 || programs.includes(id))}
          onChoose={(key) => goTo(pathOf(name, null, key))}
        />
      )}
      <FilterBar
        end={
          <>
            <ViewMenus {...{ entity, view }} />
            <ColumnChooser entity={entity} api={api} onChange={(columns) => keepColumns(entity, view, columns, api)} />
            <Button
              small
              look="ghost"
              on={isPanelOpen}
              icon={<IconLayoutSidebarRight />}
              aria-label="Details of the row"
              title="Details of the row (Ctrl+I)"
              onClick={() => openPanel(!isPanelOpen)}
            />
          </>
        }
      >
        <FilterChips {...{ entity, view, asked, lookups, openFilter }} />
      </FilterBar>
      {isOfDay && <AsOfNote>Enrolled on {asOf.text}: who had begun and held a seat then.</AsOfNote>}
      <div className={css.split}>
        {view.group !== null && (
          <GroupStrip
            {...{ entity, lookups, alone }}
            view={asked}
            field={view.group}
            onAlone={(one) => setAlone(one && { of: groupKey, filter: one })}
            onClose={() => view.change({ group: null })}
          />
        )}
        <div className={css.area} {...exchange.drop}>
          {exchange.overlay}
          {chosenView && (
            <EntityGrid
              key={attempt}
              {...{ entity, view, programs, within, onTotal, onCurrent, openFilter }}
              goTo={wanted === toAdd ? null : wanted}
              onProblem={setProblem}
              given={() => given}
              onSelected={setSelected}
              rowActs={{ add: onAdd, duplicate: () => void onDuplicate(), remove: () => void onRemove() }}
              onReady={setApi}
              onHidden={() =>
                view.isNarrowed &&
                notify.info(`This ${thing} is hidden by the filters.`, {
                  way: { label: 'Clear filters', act: view.clear },
                })
              }
              onOpenField={(row, field) => {
                setCurrent(row);
                setAdding(false);
                openPanel(true);
                setFocus(field);
              }}
            />
          )}
          {rowsOrWhy()}
        </div>
      </div>
      <FiguresBar {...{ entity, lookups, view }} asked={askedOf(entity, programs, view, within)} />
      {filter && (
        <FilterPanel
          key={filter.field}
          {...{ entity, lookups }}
          name={filter.field}
          anchor={filter.at}
          view={asked}
          conditions={view.where.filter((one) => isCondition(one)).filter(({ field }) => field === filter.field)}
          onChange={(conditions) => view.setField(filter.field, conditions)}
          onClose={() => setFilter(null)}
        />
      )}
      <GridStatus />
    </Workspace>
  );

  /** What stands where rows would be, as long as there are none. */
  function rowsOrWhy() {
    const many = entity.labels.many.toLowerCase();
    if (problem) {
      const again = () => {
        setProblem(null);
        setTotal(null);
        setAttempt((count) => count + 1);
      };
      return (
        <div className={css.over}>
          <ErrorState problem={problem} onRetry={again} />
        </div>
      );
    }
    if (total === null) {
      return (
        <div className={`${css.over} ${css.top}`}>
          <LoadingState rows={16} label={`Loading ${many}`} />
        </div>
      );
    }
    if (total > 0) return null;
    if (view.isNarrowed) {
      const filters = [
        ...(view.search.trim() ? [`“${view.search.trim()}”`] : []),
        ...view.where.map((one) => filterText(entity, gridFields(entity), one, lookups, {})),
      ];
      return (
        <div className={css.over}>
          <FilteredState title={`No ${many} match`} onClear={view.clear}>
            Filtered by {filters.join(', ')}.
          </FilteredState>
        </div>
      );
    }
    if (isOfDay && whole.data && whole.data.total > 0) {
      return (
        <div className={css.over}>
          <FilteredState title={`Nobody was enrolled on ${asOf.text}`} onClear={asOf.clear}>
            The day at the top is not today.
          </FilteredState>
        </div>
      );
    }
    if (sync?.loading) {
      return (
        <div className={css.over}>
          <EmptyState title={`The ${many} are still on their way`}>
            This desk is receiving its data for the first time. They appear here as they arrive.
          </EmptyState>
        </div>
      );
    }
    return (
      <div className={css.over}>
        <EmptyState
          title={`There are no ${many} yet`}
          action={refusal ? undefined : <Button onClick={onAdd}>{addLabel}</Button>}
        >
          {entity.meaning} {refusal}
        </EmptyState>
      </div>
    );
  }
}

/** After rows went, the focus stands on the row that came to their place. */
function standWhereTheyWere(api: GridApi<GridRow> | null): void {
  const cell = api?.getFocusedCell();
  if (!api || !cell) return;
  const stand = () => {
    api.removeEventListener('modelUpdated', stand);
    const index = Math.min(cell.rowIndex, api.getDisplayedRowCount() - 1);
    if (index < 0) return;
    api.clearFocusedCell();
    api.setFocusedCell(index, cell.column);
    api.getDisplayedRowAtIndex(index)?.setSelected(true, true);
  };
  api.addEventListener('modelUpdated', stand);
}

const countOf = (total: number, of: number | undefined): string =>
  of === undefined || of === total ? countText(total) : `${countText(total)} of ${countText(of)}`;
