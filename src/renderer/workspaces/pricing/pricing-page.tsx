import { IconChevronLeft, IconChevronRight, IconHistory } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { MatrixCell, PriceMatrix } from '../../../shared/contract/pricing';
import { dayAfter, dayBefore } from '../../../shared/rules/pricing';
import { useAsOf } from '../../client/as-of';
import { useChosenPrograms, useQuestion } from '../../client/hooks';
import { Button } from '../../ui/button';
import { counted, countText } from '../../ui/moment';
import { notify } from '../../ui/notify';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { Tabs } from '../../ui/tabs';
import { FilterBar, TitleBar, Workspace } from '../../ui/workspace';
import { AxesChoice } from './axes-choice';
import { CellPanel } from './cell-panel';
import { CoverageList } from './coverage-list';
import { coverageOf, pageOf, pivotOf, placeOfCell, usualAxes, valuesOf, type Axes, type Pivot } from './matrix';
import { MatrixGrid } from './matrix-grid';
import { cellsIn, keysOnShow, selectCell, selectedKeys, selectedRect, type MatrixSelection } from './matrix-selection';
import { dayText, wholePriceText } from './price-text';
import css from './pricing.module.css';
import { SimulatePanel, type BatchKind } from './simulate-panel';
import { useMatrixActs } from './use-matrix-acts';

/** What courses cost, cell by cell: facility by course by age group by location by session, on any day. */
export function PricingPage() {
  const chosen = useChosenPrograms();
  const { data: overview, error } = useQuestion('overview.read', { programs: [] });
  const [picked, pick] = useState<string | null>(null);
  const programs = (overview?.programs ?? []).filter(({ id }) => chosen.length === 0 || chosen.includes(id));
  const programId = programs.find(({ id }) => id === picked)?.id ?? programs[0]?.id;
  const { day: asOf, set: setAsOf } = useAsOf();
  const choice = programs.length > 1 && (
    <select
      className={css.select}
      aria-label="Program"
      value={programId}
      onChange={(event) => pick(event.target.value)}
    >
      {programs.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
  if (error) return <Waiting>{<ErrorState problem={error.problem} />}</Waiting>;
  if (!overview) return <Waiting>{<LoadingState rows={14} label="Loading prices" />}</Waiting>;
  if (!programId) {
    return (
      <Waiting>
        <EmptyState title="There is no program here yet">
          Prices belong to a program. Choose or add one first.
        </EmptyState>
      </Waiting>
    );
  }
  return <Matrix key={programId} {...{ programId, asOf, setAsOf, choice }} />;
}

const Waiting = ({ children }: { children: ReactNode }) => (
  <Workspace>
    <TitleBar title="Pricing matrix" />
    {children}
  </Workspace>
);

interface MatrixProps {
  programId: string;
  asOf: string;
  setAsOf: (day: string) => void;
  choice: ReactNode;
}

type TabName = 'all' | 'coverage' | 'future' | 'outliers';

function Matrix({ programId, asOf, setAsOf, choice }: MatrixProps) {
  const { data, error, refetch } = useQuestion('pricing.matrix', { programId, asOf }, { keep: true });
  if (error) {
    return (
      <Waiting>
        <ErrorState problem={error.problem} onRetry={() => void refetch()} />
      </Waiting>
    );
  }
  if (!data) return <Waiting>{<LoadingState rows={14} label="Loading prices" />}</Waiting>;
  if (data.facilities.length === 0 || data.courses.length === 0) {
    return (
      <Waiting>
        <EmptyState title={data.facilities.length === 0 ? 'There is no facility yet' : 'There is no course yet'}>
          A price is for a course at a facility. Add both, then come back.
        </EmptyState>
      </Waiting>
    );
  }
  return <Open matrix={data} {...{ programId, setAsOf, choice }} />;
}

interface OpenProps extends Omit<MatrixProps, 'asOf'> {
  matrix: PriceMatrix;
}

function Open({ matrix, programId, setAsOf, choice }: OpenProps) {
  const [axes, setAxes] = useState<Axes>(usualAxes);
  const [page, setPage] = useState(0);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [tab, setTab] = useState<TabName>('all');
  const [panel, setPanel] = useState<BatchKind | 'cell' | null>(null);
  const pivot = useMemo(() => pivotOf(matrix, axes, page, folded), [matrix, axes, page, folded]);
  const coverage = useMemo(() => coverageOf(matrix), [matrix]);
  const [selection, select] = useState<MatrixSelection>(() => selectCell({ row: 1, column: 0 }));
  const acts = useMatrixActs(matrix, programId, pivot, selection);
  const chosen = useMemo(() => selectedKeys(pivot, selection), [pivot, selection]);
  const shownKeys = useMemo(() => keysOnShow(pivot), [pivot]);
  const active = pivot.lines[selection.active.row];
  const activeKey = active ? pivot.keyAt(active, selection.active.column) : null;

  const turn = (next: Axes) => {
    setAxes(next);
    setPage(0);
    setFolded(new Set());
    select(selectCell({ row: 1, column: 0 }));
  };
  const show = (cell: MatrixCell) => {
    setTab('all');
    setAxes(usualAxes);
    setPage(cell[3]);
    setFolded(new Set());
    const place = placeOfCell(pivotOf(matrix, usualAxes, cell[3], new Set()), cell);
    if (place) select(selectCell(place));
  };

  const gaps = { coverage: coverage.gaps.filter(({ gap }) => gap !== 'outlier' && gap !== 'future') };
  const future = matrix.cells.filter((cell) => cell[9] !== null);
  const outliers = coverage.gaps.filter(({ gap }) => gap === 'outlier');
  const lists = {
    coverage: gaps.coverage,
    future: future.map((cell) => ({ cell, gap: 'future' as const })),
    outliers,
  };
  const side =
    panel === 'cell' && activeKey && active ? (
      <CellPanel
        matrix={matrix}
        cell={activeKey}
        found={pivot.cellAt(active, selection.active.column)}
        onClose={() => setPanel(null)}
      />
    ) : (
      panel !== null &&
      panel !== 'cell' && (
        <SimulatePanel
          {...{ matrix, programId, selected: chosen, shown: shownKeys, kind: panel }}
          onKind={setPanel}
          onClose={() => setPanel(null)}
        />
      )
    );
  const pageDimension = pageOf(axes);
  return (
    <Workspace side={side}>
      <TitleBar
        title="Pricing matrix"
        count={`${counted(coverage.inForce, 'price')} in force${coverage.blocking > 0 ? ` · ${countText(coverage.blocking)} missing where learners are` : ''}`}
      >
        {choice}
        <Button
          look="ghost"
          on={panel === 'cell'}
          icon={<IconHistory />}
          aria-label="Price history"
          title="The prices of this cell through time"
          onClick={() => setPanel(panel === 'cell' ? null : 'cell')}
        />
        <Button onClick={() => setPanel('facility')}>Copy matrix…</Button>
        <Button look="primary" onClick={() => setPanel('change')}>
          Simulate a change
        </Button>
      </TitleBar>
      <Tabs<TabName>
        label="Prices"
        tabs={[
          { name: 'all', label: 'All facilities' },
          { name: 'coverage', label: 'Coverage', count: lists.coverage.length },
          { name: 'future', label: 'Future prices', count: future.length },
          { name: 'outliers', label: 'Outliers', count: outliers.length },
        ]}
        chosen={tab}
        onChoose={setTab}
      />
      {tab === 'all' ? (
        <>
          <FilterBar end={<AxesChoice axes={axes} onAxes={turn} />}>
            <Day asOf={matrix.asOf} next={matrix.nextChange} onDay={setAsOf} />
            <select
              className={css.select}
              aria-label={pageDimension}
              value={page}
              onChange={(event) => setPage(Number(event.target.value))}
            >
              {valuesOf(matrix, pageDimension).map(({ at, label }) => (
                <option key={at} value={at}>
                  {label}
                </option>
              ))}
            </select>
          </FilterBar>
          <div className={css.body}>
            <MatrixGrid
              {...{ matrix, pivot, selection, folded }}
              onSelect={select}
              onFold={(at) => setFolded((now) => toggled(now, at))}
              whyNot={matrix.whyNot}
              onRefused={(why) => notify.info(why)}
              {...acts}
            />
            <Legend matrix={matrix} />
          </div>
        </>
      ) : (
        <CoverageList matrix={matrix} gaps={lists[tab]} onShow={show} />
      )}
      <Status {...{ matrix, pivot, selection }} />
    </Workspace>
  );
}

const toggled = (now: ReadonlySet<number>, at: number): ReadonlySet<number> => {
  const next = new Set(now);
  if (!next.delete(at)) next.add(at);
  return next;
};

function Day({ asOf, next, onDay }: { asOf: string; next: string | null; onDay: (day: string) => void }) {
  return (
    <>
      <span className={css.days}>
        <Button small icon={<IconChevronLeft />} aria-label="The day before" onClick={() => onDay(dayBefore(asOf))} />
        <input
          type="date"
          className={css.select}
          aria-label="Prices as of"
          value={asOf}
          onChange={(event) => event.target.value && onDay(event.target.value)}
        />
        <Button small icon={<IconChevronRight />} aria-label="The day after" onClick={() => onDay(dayAfter(asOf))} />
      </span>
      {next && (
        <Button small look="link" onClick={() => onDay(next)}>
          Next<span className={css.spare}> change</span>: {dayText(next)}
        </Button>
      )}
    </>
  );
}

const Legend = ({ matrix }: { matrix: PriceMatrix }) => (
  <div className={css.legend}>
    <span>
      <i className={css.none} />
      No price in force
    </span>
    <span>
      <i className={css.laterKey} />
      Later price set
    </span>
    {matrix.usual && (
      <span>
        <i className={css.odd} />
        Outside {wholePriceText(matrix.usual.low, matrix.currency)}–{wholePriceText(matrix.usual.high, matrix.currency)}
      </span>
    )}
    <span className="grow" />
    <span>
      All prices in {matrix.currency}. What you type holds from {dayText(matrix.asOf)}.
    </span>
  </div>
);

function Status({ matrix, pivot, selection }: { matrix: PriceMatrix; pivot: Pivot; selection: MatrixSelection }) {
  const rect = selectedRect(selection);
  const cells = cellsIn(pivot, selection);
  const prices = cells.flatMap(({ line, column }) => pivot.cellAt(line, column)?.[5] ?? []);
  const rows = new Set(cells.map(({ line }) => line)).size;
  const say = (minor: number) => wholePriceText(Math.round(minor), matrix.currency);
  const sum = prices.reduce((total, price) => total + price, 0);
  return (
    <StatusSlot>
      <span>
        <b>{countText(pivot.lines.filter(({ kind }) => kind === 'row').length)}</b> rows
      </span>
      {cells.length > 1 && (
        <>
          <span>
            Selected <b>{`${rows} × ${rect.right - rect.left + 1}`}</b>
          </span>
          <span>
            Unpriced <b>{countText(cells.length - prices.length)}</b>
          </span>
          {prices.length > 0 && (
            <>
              <span>
                Average <b>{say(sum / prices.length)}</b>
              </span>
              <span>
                Min <b>{say(Math.min(...prices))}</b>
              </span>
              <span>
                Max <b>{say(Math.max(...prices))}</b>
              </span>
            </>
          )}
        </>
      )}
    </StatusSlot>
  );
}
