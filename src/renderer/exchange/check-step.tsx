import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckedCell, CheckedRow, CheckSummary } from '../../shared/contract/exchange';
import { entityOf } from '../../shared/entities';
import type { Entity } from '../../shared/model';
import { problemOf, request } from '../client/request';
import { Button } from '../ui/button';
import { counted, countText } from '../ui/moment';
import { notify } from '../ui/notify';
import { EmptyState, ErrorState, LoadingState, Note } from '../ui/states';
import { handOut } from './files';
import css from './exchange.module.css';
import type { ImportDraft } from './import-draft';
import { Unknowns } from './unknowns';

type Show = 'all' | CheckedRow['kind'];
const pageSize = 100;

const kinds: [Show, string][] = [
  ['all', 'All'],
  ['create', 'To add'],
  ['update', 'To change'],
  ['choose', 'To decide'],
  ['unchanged', 'Unchanged'],
  ['error', 'Errors'],
];
const countOf = (summary: CheckSummary, kind: Show): number => (kind === 'all' ? summary.rows : summary[kind]);

/** What would happen, line by line. Nothing is written yet. */
export function CheckStep({ entity, draft }: { entity: Entity; draft: ImportDraft }) {
  const { summary, setSummary, opened, progress } = draft;
  const [asked, setShow] = useState<Show | null>(null);
  const [page, setPage] = useState(0);
  const show = asked ?? (summary && firstToSee(summary)) ?? 'all';
  const file = opened?.file ?? '';
  const rows = useQuery({
    queryKey: ['import.rows', file, show, page, summary],
    queryFn: () => request('import.rows', { file, show, from: page * pageSize, count: pageSize }),
    enabled: summary !== null,
    placeholderData: (last) => last,
  });
  if (!summary)
    return progress ? <LoadingState rows={10} label="Checking the lines" /> : <Buttons draft={draft} summary={null} />;
  const act = async (what: Promise<CheckSummary>) => {
    try {
      setSummary(await what);
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  const tick = (lines: number[], ticked: boolean) => void act(request('import.tick', { file, rows: lines, ticked }));
  const choose = (lines: number[], take: 'mine' | 'theirs', field?: string) =>
    void act(request('import.choose', { file, rows: lines, take, ...(field ? { field } : {}) }));
  const total = rows.data?.total ?? 0;
  return (
    <>
      <div className={css.kinds} role="tablist" aria-label="Lines">
        {kinds.map(([kind, label]) => {
          const count = countOf(summary, kind);
          if (count === 0 && kind !== 'all' && kind !== 'error') return null;
          return (
            <button
              key={kind}
              type="button"
              role="tab"
              aria-selected={show === kind}
              data-kind={kind}
              data-none={count === 0 || undefined}
              onClick={() => {
                setShow(kind);
                setPage(0);
              }}
            >
              {label} <span className="medium">{countText(count)}</span>
            </button>
          );
        })}
      </div>
      <Told entity={entity} summary={summary} />
      <Unknowns {...{ entity, summary, draft }} />
      {show === 'choose' && summary.choose > 0 && (
        <Note tone="warning">
          <span className="row">
            <span className="grow">These cells were changed in the file and, since the export, by others.</span>
            <Button small onClick={() => choose([], 'mine')}>
              Take all of the file
            </Button>
            <Button small onClick={() => choose([], 'theirs')}>
              Keep all as they are
            </Button>
          </span>
        </Note>
      )}
      {rows.error ? (
        <ErrorState problem={problemOf(rows.error)} onRetry={() => void rows.refetch()} />
      ) : total === 0 && rows.data ? (
        <EmptyState title={show === 'error' ? 'No line has an error' : 'No such lines'} />
      ) : (
        <div className={css.table} data-tall>
          <table aria-label="Lines of the file">
            <thead>
              <tr>
                <th className={css.tick}>
                  <input
                    type="checkbox"
                    aria-label="All lines"
                    checked={summary.ticked > 0}
                    onChange={({ currentTarget }) => tick([], currentTarget.checked)}
                  />
                </th>
                <th className="numeric">Line</th>
                <th>What</th>
                <th>{entity.labels.one}</th>
                <th>{show === 'error' ? 'Why it cannot be imported' : 'Changes'}</th>
              </tr>
            </thead>
            <tbody>
              {rows.data?.rows.map((row) => (
                <Line
                  key={row.n}
                  {...{ row, entity }}
                  onTick={(ticked) => tick([row.n], ticked)}
                  onChoose={(field, take) => choose([row.n], take, field)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total > pageSize && (
        <div className={css.options}>
          <Button small disabled={page === 0} onClick={() => setPage(page - 1)}>
            Before
          </Button>
          <span className="muted">
            {countText(page * pageSize + 1)} to {countText(Math.min(total, (page + 1) * pageSize))} of{' '}
            {countText(total)}
          </span>
          <Button small disabled={(page + 1) * pageSize >= total} onClick={() => setPage(page + 1)}>
            After
          </Button>
        </div>
      )}
      <Buttons draft={draft} summary={summary} />
    </>
  );
}

const firstToSee = ({ error, choose }: CheckSummary): Show => (error > 0 ? 'error' : choose > 0 ? 'choose' : 'all');

function Told({ entity, summary }: { entity: Entity; summary: CheckSummary }) {
  const { one, many } = entity.labels;
  const thing = (count: number) => counted(count, one.toLowerCase(), many.toLowerCase());
  const parts = [
    summary.create > 0 ? `${thing(summary.create)} to add` : '',
    summary.update > 0 ? `${thing(summary.update)} to change in ${counted(summary.cells, 'cell', 'cells')}` : '',
    summary.unchanged > 0 ? `${countText(summary.unchanged)} unchanged` : '',
    summary.error > 0
      ? `${counted(summary.issues, 'error', 'errors')} on ${counted(summary.error, 'line', 'lines')}`
      : '',
    ...summary.made.map(({ entity: name, count }) => {
      const { labels } = entityOf(name);
      return `${counted(count, labels.one.toLowerCase(), labels.many.toLowerCase())} to be made with them`;
    }),
    summary.theirs > 0 ? `${counted(summary.theirs, 'cell', 'cells')} changed by others since the export` : '',
  ];
  return (
    <p className={css.told} role="status">
      {parts.filter(Boolean).join(' · ') || 'There is nothing in this file.'}
    </p>
  );
}

const words: Record<CheckedRow['kind'], string> = {
  create: 'Add',
  update: 'Change',
  unchanged: 'Unchanged',
  choose: 'Decide',
  error: 'Error',
};

interface LineProps {
  row: CheckedRow;
  entity: Entity;
  onTick: (ticked: boolean) => void;
  onChoose: (field: string, take: 'mine' | 'theirs') => void;
}

function Line({ row, entity, onTick, onChoose }: LineProps) {
  const mayTick =
    row.kind === 'create' ||
    row.kind === 'update' ||
    (row.kind === 'choose' && row.cells.every(({ state, take }) => state !== 'both' || take));
  return (
    <tr data-kind={row.kind}>
      <td className={css.tick}>
        <input
          type="checkbox"
          aria-label={`Line ${row.n}`}
          checked={row.ticked}
          disabled={!mayTick}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
      </td>
      <td className="numeric muted">{row.n}</td>
      <td>
        <span className={css.kind} data-kind={row.kind}>
          {words[row.kind]}
        </span>
      </td>
      <td className={css.name}>{row.title}</td>
      <td>
        {row.issues.map(({ column, value, message }, i) => (
          <div key={i} className={css.issue}>
            {column && <span className="medium">{column}</span>}
            {value && <q className={css.value}>{value.slice(0, 60)}</q>} {message}
          </div>
        ))}
        {row.note && <span className="muted">{row.note}</span>}
        {row.kind !== 'error' &&
          row.cells.map((cell) => (
            <Cell key={cell.field} {...{ cell, entity }} isNew={row.kind === 'create'} onChoose={onChoose} />
          ))}
      </td>
    </tr>
  );
}

function Cell({
  cell,
  entity,
  isNew,
  onChoose,
}: {
  cell: CheckedCell;
  entity: Entity;
  isNew: boolean;
  onChoose: LineProps['onChoose'];
}) {
  const { field, before, after, state, take } = cell;
  const label = entity.fields[field]?.options.label ?? field;
  if (field === 'programId' && isNew) return null;
  if (isNew) {
    return (
      <span className={css.cell}>
        <span className="muted">{label}</span> {after}
      </span>
    );
  }
  if (state === 'theirs') {
    return (
      <span className={css.cell}>
        <span className="muted">{label}</span> {before || 'empty'}{' '}
        <span className="muted">changed by others, stays</span>
      </span>
    );
  }
  return (
    <span className={css.cell}>
      <span className="muted">{label}</span> <del>{before || 'empty'}</del> → <ins>{after || 'empty'}</ins>
      {state === 'both' && (
        <span className={css.both} role="radiogroup" aria-label={`${label}: which one`}>
          {(['mine', 'theirs'] as const).map((side) => (
            <label key={side}>
              <input type="radio" checked={take === side} onChange={() => onChoose(field, side)} />
              {side === 'mine' ? `File: ${after || 'empty'}` : `Theirs: ${before || 'empty'}`}
            </label>
          ))}
        </span>
      )}
    </span>
  );
}

function Buttons({ draft, summary }: { draft: ImportDraft; summary: CheckSummary | null }) {
  const isBusy = draft.progress !== null;
  const count = summary?.ticked ?? 0;
  const report = async () => {
    if (!draft.opened) return;
    try {
      await handOut(await request('import.report', { file: draft.opened.file }));
    } catch (error) {
      notify.problem(problemOf(error));
    }
  };
  return (
    <div className={css.foot}>
      {summary !== null && summary.error > 0 && (
        <Button onClick={() => void report()}>
          Save the {counted(summary.error, 'line', 'lines')} with errors as a file
        </Button>
      )}
      <span className="grow" />
      <Button disabled={isBusy} onClick={() => draft.setStep('columns')}>
        Back
      </Button>
      <Button
        look="primary"
        disabled={isBusy || count === 0}
        title={count === 0 ? 'No line changes anything' : undefined}
        onClick={() => void draft.apply()}
      >
        {count === 0 ? 'Nothing to import' : `Import ${counted(count, 'line', 'lines')}`}
      </Button>
    </div>
  );
}
