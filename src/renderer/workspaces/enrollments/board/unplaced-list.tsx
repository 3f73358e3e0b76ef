import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Plan, Unplaced } from '../../../../shared/rules/assignment';
import { useCommand } from '../../../client/hooks';
import { takeBack } from '../../../client/take-back';
import { pathOf } from '../../../client/paths';
import type { Lookups } from '../../../forms/lookups';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import { notify } from '../../../ui/notify';
import { AddPrice } from '../add-price';
import { idOf, type BoardTask } from './board-task';
import css from './board.module.css';

interface UnplacedListProps {
  task: BoardTask;
  plan: Plan;
  programId: string;
  lookups: Lookups;
  change: (changes: Partial<BoardTask>) => void;
  onTransfer: (enrollmentId: string) => void;
  onReason: () => void;
}

/** Who has no place, why, and the one thing that helps. */
export function UnplacedList(props: UnplacedListProps) {
  const wait = useWaitlist(props);
  const waiters = props.plan.unplaced.filter(({ next }) => next.kind === 'waitlist');
  return (
    <section aria-label="Not placed">
      <h3 className={`${css.pad} tone-warning`}>Not placed</h3>
      {waiters.length > 1 && (
        <p className={css.pad}>
          <Button small busy={wait.busy} onClick={() => void wait.run(waiters)}>
            Put {counted(waiters.length, 'student')} on the waitlist
          </Button>
        </p>
      )}
      <ul className={css.proposals}>
        {props.plan.unplaced.map((one) => (
          <li key={idOf(props.task, one)}>
            <IconAlertTriangle size={16} className="tone-warning" aria-hidden />
            <span className={css.words}>
              <span className={css.line}>
                <span className="medium ellipsis">{one.name}</span>
              </span>
              <span className="small muted">{one.reason}</span>
              <Next {...{ ...props, one, wait }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Next({
  one,
  task,
  plan,
  programId,
  lookups,
  change,
  onTransfer,
  onReason,
  wait,
}: UnplacedListProps & { one: Unplaced; wait: ReturnType<typeof useWaitlist> }) {
  const [isAdding, setAdding] = useState(false);
  const { next } = one;
  if (next.kind === 'add-price') {
    const { facilityId, ...key } = next.key;
    const date = plan.date;
    const isWhole = facilityId !== null && key.ageGroup !== '' && key.sessionType !== '' && key.locationType !== '';
    if (!isWhole)
      return (
        <Link href="/pricing" className={css.next}>
          Open the prices
        </Link>
      );
    const currency = lookups.program(programId)?.currency ?? 'NGN';
    return isAdding ? (
      <AddPrice combination={{ programId, facilityId, ...key }} {...{ date, currency }} locale={lookups.locale} />
    ) : (
      <Step onClick={() => setAdding(true)}>Add a price</Step>
    );
  }
  if (next.kind === 'date-of-birth' || next.kind === 'make-active')
    return (
      <Link href={pathOf('students', next.studentId)} className={css.next}>
        {next.kind === 'date-of-birth' ? 'Add the date of birth' : 'Make the student active'}
      </Link>
    );
  if (next.kind === 'transfer') return <Step onClick={() => onTransfer(next.enrollmentId)}>Transfer instead</Step>;
  if (next.kind === 'seat') return <Step onClick={() => onTransfer(next.enrollmentId)}>Look for a seat</Step>;
  if (next.kind === 'waitlist')
    return (
      <Step onClick={() => void wait.run([one])}>
        {`Put on the waitlist of ${next.facility}${next.ahead > 0 ? `, after ${next.ahead}` : ''}`}
      </Step>
    );
  if (next.kind === 'give-reason') return <Step onClick={onReason}>Go over with a reason</Step>;
  if (next.kind === 'other-facility' && (task.facilityId !== null || task.chosen[idOf(task, one)] !== undefined))
    return <Step onClick={() => change(anywhere(task, one))}>Look at every facility</Step>;
  return <span className="small">{hints[next.kind]}</span>;
}

/** Whoever found no seat waits for one, in the order of the plan. */
function useWaitlist({ task, change }: Pick<UnplacedListProps, 'task' | 'change'>) {
  const command = useCommand('assignment.wait');
  const run = async (who: readonly Unplaced[]) => {
    const waiting = who.flatMap(({ studentId, next }) =>
      next.kind === 'waitlist' ? [{ id: studentId, ...next.place }] : [],
    );
    const saved = await command.run({ courseId: task.courseId ?? '', date: task.date, waiting });
    if (!saved) return;
    const placed = new Set(waiting.map(({ id }) => id));
    change({ ids: task.ids.filter((id) => !placed.has(id)) });
    notify.done(`${counted(waiting.length, 'student')} put on the waitlist.`, {
      undo: () => takeBack(saved.mutationId),
    });
  };
  return { run, busy: command.busy };
}

function anywhere(task: BoardTask, one: Unplaced): Partial<BoardTask> {
  const { [idOf(task, one)]: _own, ...chosen } = task.chosen;
  return { facilityId: null, chosen };
}

const hints: Record<'other-facility' | 'other-course' | 'other-day' | 'other-configuration', string> = {
  'other-facility': 'Choose another facility or session.',
  'other-course': 'Choose another course.',
  'other-day': 'Choose a later day.',
  'other-configuration': 'Choose another session.',
};

const Step = ({ children, onClick }: { children: string; onClick: () => void }) => (
  <span>
    <Button small look="link" onClick={onClick}>
      {children}
    </Button>
  </span>
);
