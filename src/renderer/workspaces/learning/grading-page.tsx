import { useState } from 'react';
import { useLocation } from 'wouter';
import type { GradingLine } from '../../../shared/contract/answers';
import type { SessionFacts } from '../../../shared/contract/wire';
import { useChosenPrograms, useQuestion, useSync } from '../../client/hooks';
import { objectsOf } from '../../forms/lookups';
import { Pill } from '../../ui/marks';
import { counted, momentText } from '../../ui/moment';
import { EmptyState, ErrorState, FilteredState, LoadingState } from '../../ui/states';
import { StatusSlot } from '../../ui/status-slot';
import { FilterBar, TitleBar, Workspace } from '../../ui/workspace';
import css from './learning.module.css';
import { Paper } from './paper';

interface GradingPageProps {
  /** The assignment that is open. */
  assignment: string | null;
  user: SessionFacts;
}

/** What was handed in, assignment by assignment: read, scored and answered, one after the other. */
export function GradingPage({ assignment, user }: GradingPageProps) {
  const programs = useChosenPrograms();
  const sync = useSync();
  const [, goTo] = useLocation();
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuestion('learning.grading', { programs }, { keep: true });
  const waiting = (data ?? []).reduce((sum, one) => sum + one.handedIn - one.graded, 0);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = (data ?? []).filter(({ title, course }) =>
    words.every((word) => `${title} ${course}`.toLowerCase().includes(word)),
  );
  const open = shown.find(({ id }) => id === assignment) ?? shown[0];
  return (
    <Workspace>
      <TitleBar title="Grading" count={data && `${counted(waiting, 'submission')} to grade`} />
      <FilterBar>
        <input
          type="search"
          className={css.search}
          placeholder="Assignment or course"
          aria-label="Find an assignment"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </FilterBar>
      {error ? (
        <ErrorState problem={error.problem} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingState rows={12} label="Loading assignments" />
      ) : data.length === 0 ? (
        sync?.loading ? (
          <LoadingState rows={12} label="The assignments are on their way to this computer" />
        ) : (
          <EmptyState
            title={user.role === 'tutor' ? 'You teach no course with assignments' : 'There are no assignments yet'}
          >
            {user.role === 'tutor'
              ? 'A program admin names the instructor of a course; its assignments appear here then.'
              : 'A program admin adds them under Assignments.'}
          </EmptyState>
        )
      ) : !open ? (
        <FilteredState title="No assignment matches" onClear={() => setSearch('')}>
          Filtered by “{search.trim()}”.
        </FilteredState>
      ) : (
        <div className={css.grading}>
          <ul className={css.list} aria-label="Assignments">
            {shown.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className={css.item}
                  aria-current={one === open}
                  onClick={() => goTo(`/learning/grading/${one.id}`)}
                >
                  <Assignment line={one} />
                </button>
              </li>
            ))}
          </ul>
          <Submissions key={open.id} line={open} user={user} />
        </div>
      )}
      <StatusSlot>
        <span>{counted(shown.length, 'assignment')}</span>
        <span>{counted(waiting, 'submission')} to grade</span>
      </StatusSlot>
    </Workspace>
  );
}

function Assignment({ line }: { line: GradingLine }) {
  const open = line.handedIn - line.graded;
  return (
    <>
      <span className="row">
        <span className="medium ellipsis grow">{line.title}</span>
        {open > 0 ? (
          <Pill tone="warning">{open} to grade</Pill>
        ) : (
          line.handedIn > 0 && <Pill tone="success">Graded</Pill>
        )}
      </span>
      <span className="small muted ellipsis row">{line.course}</span>
      <span className="small muted row">
        {line.dueAt === null ? 'No due date' : `Due ${momentText(line.dueAt)}`}
        {line.average !== null && ` · mean ${Math.round(line.average)} %`}
      </span>
    </>
  );
}

/** Those still to grade first, then by when they were handed in. */
function Submissions({ line, user }: { line: GradingLine; user: SessionFacts }) {
  const [chosen, choose] = useState<string | null>(null);
  const where = [{ field: 'assignmentId', test: 'is' as const, value: line.id }];
  const { data, error, refetch } = useQuestion(
    'rows.page',
    {
      view: { entity: 'submissions', where, sort: [{ field: 'submittedAt', descending: false }] },
      from: 0,
      count: 1000,
    },
    { keep: true },
  );
  if (error) return <ErrorState problem={error.problem} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState rows={10} label="Loading submissions" />;
  const rows = objectsOf(data);
  if (rows.length === 0) {
    return <EmptyState title="Nothing was handed in yet">Submissions to “{line.title}” appear here.</EmptyState>;
  }
  const ungraded = rows.filter((row) => row['score'] === null);
  const ordered = [...ungraded, ...rows.filter((row) => row['score'] !== null)];
  const open = rows.find(({ id }) => id === chosen) ?? ordered[0]!;
  const nameOf = (row: (typeof rows)[number]) =>
    data.titles[String(row['studentId'])] ?? 'A student not on this computer';
  return (
    <>
      <ul className={css.list} aria-label="Submissions">
        {ordered.map((row) => (
          <li key={row.id}>
            <button type="button" className={css.item} aria-current={row === open} onClick={() => choose(row.id)}>
              <span className="row">
                <span className="ellipsis grow">{nameOf(row)}</span>
                {row['score'] === null ? (
                  <Pill tone="warning">To grade</Pill>
                ) : (
                  <span className="figures">
                    {String(row['score'])}
                    <span className="muted"> / {line.maxScore}</span>
                  </span>
                )}
              </span>
              <span className="small muted row">
                {momentText(Number(row['submittedAt']))}
                {line.dueAt !== null && Number(row['submittedAt']) > line.dueAt && <Pill tone="danger">Late</Pill>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Paper
        key={open.id}
        {...{ line, user }}
        row={open}
        student={nameOf(open)}
        onGraded={() => choose(ungraded.find(({ id }) => id !== open.id)?.id ?? open.id)}
      />
    </>
  );
}
