import { useState } from 'react';
import type { ExportedTexts } from '../../../shared/contract/exchange';
import { useChosenPrograms, useQuestion, useSync } from '../../client/hooks';
import { monthText } from '../../client/months';
import { TableExport } from '../../exchange/table-export';
import { Button } from '../../ui/button';
import { Bar } from '../../ui/marks';
import { counted, countText } from '../../ui/moment';
import { EmptyState, ErrorState, FilteredState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, Scroll, TitleBar, Workspace } from '../../ui/workspace';
import { cohortFigures, figureOf, type CohortFigure, type Grouping } from './cohort-figures';
import css from './learning.module.css';
import { LearnersPanel } from './learners-panel';

const groupings: [Grouping, string][] = [
  ['course', 'Course'],
  ['both', 'Course and cohort'],
  ['cohort', 'Cohort'],
];
const locale = navigator.language;

/** How far everybody is: by course, and by the month in which they enrolled. */
export function ProgressPage() {
  const programs = useChosenPrograms();
  const sync = useSync();
  const { data, error, refetch } = useQuestion('learning.progress', { programs }, { keep: true });
  const [by, setBy] = useState<Grouping>('course');
  const [search, setSearch] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const figures = data ? cohortFigures(data, by, search) : [];
  const whole = figureOf(data?.lines ?? []);
  const open = figures.find(({ key }) => key === chosen);
  return (
    <Workspace
      side={open && <LearnersPanel key={open.key} figure={open} programs={programs} onClose={() => choose(null)} />}
    >
      <TitleBar title="Progress" count={data && counted(whole.enrolled, 'enrollment')}>
        {data && <TableExport title="Progress" texts={() => textsOf(figures, by)} />}
      </TitleBar>
      <FilterBar>
        <input
          type="search"
          className={css.search}
          placeholder="Course or program"
          aria-label="Find a course"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="row small muted" role="group" aria-label="By">
          By
          {groupings.map(([name, label]) => (
            <Button key={name} small look="ghost" on={by === name} onClick={() => (setBy(name), choose(null))}>
              {label}
            </Button>
          ))}
        </span>
      </FilterBar>
      {error ? (
        <ErrorState problem={error.problem} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingState rows={14} label="Counting" />
      ) : data.lines.length === 0 ? (
        sync?.loading ? (
          <LoadingState rows={12} label="The enrollments are on their way to this computer" />
        ) : (
          <EmptyState title="Nobody is enrolled yet">Progress is counted from the first enrollment on.</EmptyState>
        )
      ) : figures.length === 0 ? (
        <FilteredState title="No course matches" onClear={() => setSearch('')}>
          Filtered by “{search.trim()}”.
        </FilteredState>
      ) : (
        <Scroll>
          <FiguresTable {...{ figures, by, chosen }} onChoose={(key) => choose(key === chosen ? null : key)} />
        </Scroll>
      )}
      <StatusSlot>
        <span>{counted(figures.length, 'row')}</span>
        <span>{whole.completion} % of everybody who enrolled completed</span>
      </StatusSlot>
    </Workspace>
  );
}

const heads = ['Enrolled', 'Active', 'Paused', 'Completed', 'Withdrawn'] as const;
const counts = (one: CohortFigure) => [one.enrolled, one.active, one.paused, one.completed, one.withdrawn];

interface FiguresTableProps {
  figures: readonly CohortFigure[];
  by: Grouping;
  chosen: string | null;
  onChoose: (key: string) => void;
}

function FiguresTable({ figures, by, chosen, onChoose }: FiguresTableProps) {
  const isCourse = by !== 'cohort';
  const nameOf = (one: CohortFigure) => (isCourse ? one.course : monthText(one.cohort ?? '', locale));
  return (
    <table className={css.table} aria-label="Progress">
      <thead>
        <tr>
          <th scope="col">{isCourse ? 'Course' : 'Enrolled in'}</th>
          {isCourse && <th scope="col">Program</th>}
          {by === 'both' && <th scope="col">Enrolled in</th>}
          {heads.map((head) => (
            <th key={head} scope="col" className={css.number}>
              {head}
            </th>
          ))}
          <th scope="col" title="Completed, of everybody who enrolled">
            Completion
          </th>
          <th scope="col" title="Mean of everybody who did not withdraw">
            Mean progress
          </th>
          <th scope="col" className={css.number}>
            Certificates
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map((one) => (
          <tr key={one.key} data-chosen={one.key === chosen || undefined}>
            <th scope="row">
              <button type="button" className={css.open} title="Show who it is" onClick={() => onChoose(one.key)}>
                {nameOf(one)}
              </button>
            </th>
            {isCourse && <td className="muted">{one.program}</td>}
            {by === 'both' && <td className="muted">{monthText(one.cohort ?? '', locale)}</td>}
            {counts(one).map((count, at) => (
              <td key={heads[at]} className={`${css.number ?? ''} ${count === 0 ? 'quiet' : ''}`}>
                {countText(count)}
              </td>
            ))}
            <td>
              <Share percent={one.completion} label={`${nameOf(one)}: completion`} />
            </td>
            <td>
              {one.meanProgress === null ? (
                <span className="quiet">–</span>
              ) : (
                <Share percent={one.meanProgress} label={`${nameOf(one)}: mean progress`} />
              )}
            </td>
            <td className={`${css.number ?? ''} ${one.certificates === 0 ? 'quiet' : ''}`}>
              {countText(one.certificates)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Share = ({ percent, label }: { percent: number; label: string }) => (
  <span className={css.share}>
    <Bar part={percent} of={100} label={label} />
    <span className={css.percent}>{percent} %</span>
  </span>
);

function textsOf(figures: readonly CohortFigure[], by: Grouping): ExportedTexts {
  const text = (label: string) => ({ field: label, label, isNumeric: false });
  const number = (label: string) => ({ field: label, label, isNumeric: true });
  return {
    columns: [
      ...(by === 'cohort' ? [] : [text('Course'), text('Program')]),
      ...(by === 'course' ? [] : [text('Enrolled in')]),
      ...[...heads, 'Completion %', 'Mean progress %', 'Certificates'].map(number),
    ],
    rows: figures.map((one) => [
      ...(by === 'cohort' ? [] : [one.course, one.program]),
      ...(by === 'course' ? [] : [one.cohort ?? '']),
      ...[...counts(one), one.completion, one.meanProgress ?? '', one.certificates].map(String),
    ]),
  };
}
