import { IconUserPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { Board, BoardCard } from '../../../../shared/contract/assignment';
import type { Configuration } from '../../../../shared/rules/assignment';
import { isWaiting } from '../../../../shared/rules/capacity';
import { useCommand, useQuestion, useSync } from '../../../client/hooks';
import { takeBack } from '../../../client/take-back';
import { useOneProgram } from '../../../client/one-program';
import { pathOf } from '../../../client/paths';
import { useLookups } from '../../../forms/lookups';
import { Button } from '../../../ui/button';
import { counted, countText, today } from '../../../ui/moment';
import { notify } from '../../../ui/notify';
import { EmptyState, ErrorState, LoadingState } from '../../../ui/states';
import { StatusSlot } from '../../../ui/status-slot';
import { FilterBar, TitleBar, Workspace } from '../../../ui/workspace';
import type { CardAct, CardHandlers } from './board-card';
import { BoardColumn } from './board-column';
import { freshTask, usePlan, type BoardTask } from './board-task';
import css from './board.module.css';
import { EndDialog } from './end-dialog';
import { OverflowList } from './overflow-list';
import { PlanPanel } from './plan-panel';
import { RepriceDialog } from './reprice-dialog';

/** Facilities side by side, with who is taught there; new enrollments and transfers are planned on it. */
export function BoardPage() {
  const { programId, choice } = useOneProgram();
  const { facility: leaving } = useParams<{ facility?: string }>();
  const [courseId, setCourse] = useState<string | null>(null);
  const asked = { programId: programId ?? '', ...(courseId ? { courseId } : {}) };
  const { data, error, refetch } = useQuestion('assignment.board', asked, { enabled: !!programId, keep: true });
  if (data && programId && !error && data.columns.length > 0)
    return (
      <OpenBoard
        key={`${programId} ${leaving ?? ''}`}
        board={data}
        {...{ programId, leaving, choice, courseId, setCourse }}
      />
    );
  return (
    <Workspace>
      <TitleBar title="Assignment board" />
      {error && <ErrorState problem={error.problem} onRetry={() => void refetch()} />}
      {!error && (programId === undefined || (programId && !data)) && (
        <LoadingState rows={12} label="Loading the board" />
      )}
      {programId === null && (
        <EmptyState title="There is no program here yet">Students are taught in a program. Add one first.</EmptyState>
      )}
      {data?.columns.length === 0 && (
        <EmptyState title="There is no facility here yet">
          The board shows a column for each facility. A program admin adds them.
        </EmptyState>
      )}
    </Workspace>
  );
}

const isWaitingCard = ({ status }: BoardCard): boolean => isWaiting(status);

/** As many as are planned for at once. */
const mostPlanned = 1000;

interface OpenBoardProps {
  board: Board;
  programId: string;
  leaving: string | undefined;
  choice: React.ReactNode;
  courseId: string | null;
  setCourse: (id: string | null) => void;
}
type Dialog = { kind: 'withdrawn' | 'completed' | 'reprice'; ids: string[] };

function OpenBoard({ board, programId, leaving, choice, courseId, setCourse }: OpenBoardProps) {
  const lookups = useLookups();
  const sync = useSync();
  const [, goTo] = useLocation();
  const waiting = useMemo(
    () => new Set(board.columns.flatMap(({ cards: held }) => held.filter(isWaitingCard).map(({ id }) => id))),
    [board],
  );
  // Opened for the learners of a facility that closes.
  const [task, setTask] = useState<BoardTask | null>(() => {
    const ids =
      board.columns
        .find(({ id }) => id === leaving)
        ?.cards.filter((card) => !isWaitingCard(card))
        .map(({ id }) => id) ?? [];
    return ids.length > 0 ? freshTask('transfer', today(), { ids: ids.slice(0, mostPlanned) }) : null;
  });
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const standing = useCommand('assignment.change');
  const planned = usePlan(task);
  const isLocked = !board.canAssign;
  const change = useCallback((changes: Partial<BoardTask>) => setTask((now) => now && { ...now, ...changes }), []);
  const move = useCallback(
    (ids: string[], facilityId?: string) =>
      setTask(
        freshTask(ids.every((id) => waiting.has(id)) ? 'seat' : 'transfer', today(), {
          ...{ ids: ids.slice(0, mostPlanned), facilityId: facilityId ?? null },
        }),
      ),
    [waiting],
  );
  const label = useCallback(
    ({ ageGroup, sessionType, locationType }: Configuration) =>
      (
        [
          ['age_group', ageGroup],
          ['session_type', sessionType],
          ['location_type', locationType],
        ] as const
      )
        .map(([kind, code]) => lookups.options(programId, kind)[code] ?? code)
        .join(' · '),
    [lookups, programId],
  );
  const act = useCallback(
    (name: CardAct, ids: string[]) => {
      if (name === 'open') return goTo(pathOf('course_enrollments', ids[0]));
      if (name === 'withdraw') return setDialog({ kind: 'withdrawn', ids });
      if (name === 'complete') return setDialog({ kind: 'completed', ids });
      if (name === 'reprice') return setDialog({ kind: 'reprice', ids });
      const to = name === 'pause' ? 'paused' : 'active';
      void standing.run({ enrollments: ids, to }).then((saved) => {
        if (!saved) return;
        const words = name === 'pause' ? 'paused; the seats are kept' : 'resumed';
        notify.done(`${counted(ids.length, 'enrollment')} ${words}.`, { undo: () => takeBack(saved.mutationId) });
      });
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `run` stays the same.
    [goTo, standing.run],
  );
  const handlers = useMemo<CardHandlers>(
    () => ({
      onPick: (id, adding) =>
        select((now) => {
          const next = new Set(adding ? now : []);
          if (now.has(id)) next.delete(id);
          else next.add(id);
          return next;
        }),
      idsFor: (id) => (selected.has(id) ? [...selected] : [id]),
      onMove: move,
      onAct: act,
    }),
    [selected, move, act],
  );
  const cards = board.columns.reduce((sum, { cards: held }) => sum + held.length, 0) - waiting.size;
  const facilities = useMemo(() => board.columns.map(({ id, name, status }) => ({ id, name, status })), [board]);
  const enroll = (more: Partial<BoardTask> = {}) => setTask(freshTask('enroll', today(), { courseId, ...more }));
  const side = task && (
    <PlanPanel
      {...{ task, board, programId, planned, change }}
      onTransfer={(id) => move([id])}
      onClose={() => setTask(null)}
    />
  );
  return (
    <Workspace side={side}>
      <TitleBar title="Assignment board" count={`${counted(cards, 'student')} placed`}>
        <Button
          look="primary"
          icon={<IconUserPlus />}
          disabled={isLocked}
          title={board.whyNot ?? undefined}
          onClick={() => enroll()}
        >
          Enroll students
        </Button>
      </TitleBar>
      <FilterBar end={<Legend />}>
        {choice}
        <select
          className={css.select}
          aria-label="Course"
          value={courseId ?? ''}
          onChange={(event) => setCourse(event.target.value || null)}
        >
          <option value="">Every course</option>
          {board.courses.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        {selected.size > 0 && !isLocked && (
          <span className="row" role="group" aria-label="Selected students">
            <b className="medium">{countText(selected.size)} selected</b>
            <Button small onClick={() => move([...selected])}>
              Transfer…
            </Button>
            <Button small look="ghost" onClick={() => select(new Set())}>
              Clear
            </Button>
          </span>
        )}
      </FilterBar>
      <OverflowList
        programId={programId}
        onPlanAgain={(course, students) => enroll({ courseId: course, ids: students })}
      />
      <div className={css.board}>
        {board.columns.map((column) => (
          <BoardColumn
            key={column.id}
            proposals={planned.proposals}
            locale={lookups.locale}
            {...{ column, facilities, selected, isLocked, label, handlers }}
          />
        ))}
      </div>
      <StatusSlot>
        <span>
          <b>{countText(cards)}</b> placed
        </span>
        {waiting.size > 0 && (
          <span>
            <b>{countText(waiting.size)}</b> waiting
          </span>
        )}
        {selected.size > 0 && (
          <span>
            Selected <b>{countText(selected.size)}</b>
          </span>
        )}
        {planned.plan && (
          <span>
            Proposed <b>{countText(planned.proposals.length)}</b>
          </span>
        )}
        {sync && sync.connection !== 'online' && <span>Offline: new seats are provisional</span>}
      </StatusSlot>
      {dialog?.kind === 'reprice' && (
        <RepriceDialog ids={dialog.ids} today={today()} locale={lookups.locale} onClose={() => setDialog(null)} />
      )}
      {dialog && dialog.kind !== 'reprice' && (
        <EndDialog
          to={dialog.ids.every((id) => waiting.has(id)) ? 'off-waitlist' : dialog.kind}
          ids={dialog.ids}
          today={today()}
          onClose={() => setDialog(null)}
        />
      )}
    </Workspace>
  );
}

const Legend = () => (
  <span className={`${css.legend} small muted`}>
    <i className={css.barTaken} /> Taken <i className={css.barProvisional} /> Provisional{' '}
    <i className={css.barProposed} /> Proposed
  </span>
);
