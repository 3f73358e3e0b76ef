import { useId, useRef } from 'react';
import type { Board } from '../../../../shared/contract/assignment';
import type { Plan } from '../../../../shared/rules/assignment';
import { isReason } from '../../../../shared/rules/capacity';
import { dateText } from '../../../../shared/rules/date-text';
import { moneyText } from '../../../../shared/rules/number-text';
import { useCommand, useSync } from '../../../client/hooks';
import { usePanelWidth } from '../../../client/panels';
import { takeBack } from '../../../client/take-back';
import { useLookups } from '../../../forms/lookups';
import { Button } from '../../../ui/button';
import { Inspector } from '../../../ui/inspector';
import { Pill } from '../../../ui/marks';
import { counted } from '../../../ui/moment';
import { notify, ProblemText } from '../../../ui/notify';
import { ErrorState, LoadingState, Note } from '../../../ui/states';
import { agreedOf, askedOf, type BoardTask, type usePlan } from './board-task';
import css from './board.module.css';
import { ProposalList } from './proposal-list';
import { StudentPicker } from './student-picker';
import { UnplacedList } from './unplaced-list';

interface PlanPanelProps {
  task: BoardTask;
  board: Board;
  programId: string;
  planned: ReturnType<typeof usePlan>;
  change: (changes: Partial<BoardTask>) => void;
  onTransfer: (enrollmentId: string) => void;
  onClose: () => void;
}

/** What is planned, for whom it works out and for whom not, what it costs together, and the one button that does it. */
export function PlanPanel({ task, board, programId, planned, change, onTransfer, onClose }: PlanPanelProps) {
  const { plan, proposals, error, isPending } = planned;
  const [width, setWidth] = usePanelWidth('assignment', 336);
  const lookups = useLookups();
  const sync = useSync();
  const enroll = useCommand('assignment.enroll', { quiet: true });
  const transfer = useCommand('assignment.transfer', { quiet: true });
  const command = task.kind === 'enroll' ? enroll : transfer;
  const reasonInput = useRef<HTMLInputElement>(null);
  const isEnroll = task.kind === 'enroll';
  const apply = async () => {
    const agreed = agreedOf(task, proposals);
    const saved = isEnroll
      ? await enroll.run({
          ...{ ...askedOf(task), courseId: task.courseId ?? '', students: agreed.map(({ id }) => id), agreed },
          byParent: task.byParent,
        })
      : await transfer.run({ ...askedOf(task), enrollments: agreed.map(({ id }) => id), agreed });
    if (!saved) return;
    const words = counted(agreed.length, 'student');
    notify.done(`${words} ${taskWords[task.kind].done} from ${dateText(task.date, lookups.locale)}.`, {
      undo: () => takeBack(saved.mutationId),
    });
    const done = new Set(agreed.map(({ id }) => id));
    const ids = task.ids.filter((id) => !done.has(id));
    if (ids.length === 0) onClose();
    else change({ ids, chosen: {}, without: new Set() });
  };
  const isOffline = sync !== undefined && sync.connection !== 'online';
  const total = plan?.currency ? moneyText(plan.total, plan.currency, lookups.locale) : null;
  const { title, verb, promise } = taskWords[task.kind];
  return (
    <Inspector
      label={title}
      title={title}
      subtitle={
        plan && (
          <>
            <Pill tone="success">{plan.proposals.length} placed</Pill>
            {plan.unplaced.length > 0 && <Pill tone="warning">{plan.unplaced.length} not placed</Pill>}
          </>
        )
      }
      width={width}
      onWidth={setWidth}
      onClose={onClose}
    >
      <div className={css.panel}>
        <div className={css.panelBody}>
          <TaskForm {...{ task, board, programId, change, reasonInput }} needsReason={asksReason(plan, task)} />
          {error && <ErrorState problem={error.problem} />}
          {isPending && <LoadingState rows={4} label="Looking for places" />}
          {plan && <ProposalList {...{ task, board, plan, change }} locale={lookups.locale} />}
          {plan && plan.unplaced.length > 0 && (
            <UnplacedList
              {...{ task, plan, programId, lookups, change, onTransfer }}
              onReason={() => reasonInput.current?.focus()}
            />
          )}
          {task.without.size > 0 && (
            <p className={`${css.pad} small muted`}>
              {counted(task.without.size, 'student')} left out.{' '}
              <Button small look="link" onClick={() => change({ without: new Set() })}>
                Put back
              </Button>
            </p>
          )}
        </div>
        <div className={css.panelFoot}>
          {command.problem && (
            <Note tone="danger" role="alert">
              <ProblemText problem={command.problem} />
            </Note>
          )}
          {total && (
            <p className={css.total}>
              <span>Total, {counted(proposals.length, 'student')}</span>
              <b className="figures">{total}</b>
            </p>
          )}
          <Button look="primary" disabled={proposals.length === 0} busy={command.busy} onClick={() => void apply()}>
            {proposals.length > 0
              ? `${verb} ${counted(proposals.length, task.kind === 'seat' ? 'seat' : 'student')}`
              : verb}
          </Button>
          <p className="small muted" role="status">
            {stepOf(task) ?? (isOffline ? 'Offline: the seats stay provisional until they have been sent.' : promise)}
          </p>
        </div>
      </div>
    </Inspector>
  );
}

const taskWords = {
  enroll: {
    ...{ title: 'Enroll students', verb: 'Enroll', done: 'enrolled' },
    promise: 'One batch, one undo. Seats stay provisional until confirmed.',
  },
  transfer: {
    ...{ title: 'Transfer students', verb: 'Transfer', done: 'transferred' },
    promise: 'One batch, one undo. The old enrollment ends the day before; progress goes along.',
  },
  seat: {
    ...{ title: 'Give seats to the waiting', verb: 'Give', done: 'seated' },
    promise: 'One batch, one undo. Who waited longest comes first; the price is the one in force on the day.',
  },
} as const;

const stepOf = ({ kind, ids, courseId, date }: BoardTask): string | null =>
  ids.length === 0
    ? kind === 'enroll'
      ? 'Choose students.'
      : 'Choose cards on the board.'
    : kind === 'enroll' && !courseId
      ? 'Choose a course.'
      : date
        ? null
        : 'Choose a date.';

const asksReason = (plan: Plan | null, task: BoardTask): boolean =>
  task.overrideReason !== '' ||
  (plan?.unplaced.some(({ next }) => next.kind === 'give-reason' || next.kind === 'waitlist') ?? false);

const anySession = {
  enroll: 'Any session',
  transfer: 'As before, if there is one',
  seat: 'As they wait for',
} as const;

interface TaskFormProps {
  task: BoardTask;
  board: Board;
  programId: string;
  needsReason: boolean;
  reasonInput: React.RefObject<HTMLInputElement | null>;
  change: (changes: Partial<BoardTask>) => void;
}

function TaskForm({ task, board, programId, needsReason, reasonInput, change }: TaskFormProps) {
  const id = useId();
  const lookups = useLookups();
  const sessions = Object.entries(lookups.options(programId, 'session_type'));
  const open = board.columns.filter(({ status }) => status === 'active');
  return (
    <div className={css.taskForm}>
      {task.kind === 'enroll' && (
        <>
          <StudentPicker programId={programId} ids={task.ids} onChange={(ids) => change({ ids })} />
          <label htmlFor={`${id}-course`}>Course</label>
          <select
            id={`${id}-course`}
            className={css.select}
            value={task.courseId ?? ''}
            onChange={(event) => change({ courseId: event.target.value || null, chosen: {} })}
          >
            <option value="">Choose a course</option>
            {board.courses.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </>
      )}
      <label htmlFor={`${id}-date`}>{task.kind === 'transfer' ? 'From' : 'Starts'}</label>
      <input
        id={`${id}-date`}
        className={css.input}
        type="date"
        value={task.date}
        onChange={(event) => change({ date: event.target.value })}
      />
      <label htmlFor={`${id}-facility`}>Facility</label>
      <select
        id={`${id}-facility`}
        className={css.select}
        value={task.facilityId ?? ''}
        onChange={(event) => change({ facilityId: event.target.value || null })}
      >
        <option value="">{task.kind === 'seat' ? 'Where they wait' : 'Wherever there is room'}</option>
        {open.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-session`}>Session</label>
      <select
        id={`${id}-session`}
        className={css.select}
        value={task.sessionType ?? ''}
        onChange={(event) => change({ sessionType: event.target.value || null })}
      >
        <option value="">{anySession[task.kind]}</option>
        {sessions.map(([code, label]) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
      {task.kind === 'enroll' && (
        <label className={css.check}>
          <input type="checkbox" checked={task.byParent} onChange={() => change({ byParent: !task.byParent })} />A
          parent chose this
        </label>
      )}
      {needsReason && (
        <>
          <label htmlFor={`${id}-reason`}>Why over capacity</label>
          <input
            id={`${id}-reason`}
            ref={reasonInput}
            className={css.input}
            maxLength={500}
            placeholder="Only where it should go over"
            value={task.overrideReason}
            aria-invalid={task.overrideReason !== '' && !isReason(task.overrideReason)}
            onChange={(event) => change({ overrideReason: event.target.value })}
          />
        </>
      )}
    </div>
  );
}
