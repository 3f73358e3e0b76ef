import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { NextStep, Plan, Unplaced } from '../../../../shared/rules/assignment';
import { pathOf } from '../../../client/paths';
import type { Lookups } from '../../../forms/lookups';
import { Button } from '../../../ui/button';
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
  return (
    <section aria-label="Not placed">
      <h3 className={`${css.pad} tone-warning`}>Not placed</h3>
      <ul className={css.proposals}>
        {props.plan.unplaced.map((one) => (
          <li key={idOf(props.task, one)}>
            <IconAlertTriangle size={16} className="tone-warning" aria-hidden />
            <span className={css.words}>
              <span className={css.line}>
                <span className="medium ellipsis">{one.name}</span>
              </span>
              <span className="small muted">{one.reason}</span>
              <Next {...{ ...props, one }} />
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
}: UnplacedListProps & { one: Unplaced }) {
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
  if (next.kind === 'give-reason') return <Step onClick={onReason}>Go over with a reason</Step>;
  if (next.kind === 'other-facility' && (task.facilityId !== null || task.chosen[idOf(task, one)] !== undefined))
    return <Step onClick={() => change(anywhere(task, one))}>Look at every facility</Step>;
  return <span className="small">{hints[next.kind]}</span>;
}

function anywhere(task: BoardTask, one: Unplaced): Partial<BoardTask> {
  const { [idOf(task, one)]: _own, ...chosen } = task.chosen;
  return { facilityId: null, chosen };
}

const hints: Record<
  Exclude<NextStep['kind'], 'add-price' | 'date-of-birth' | 'make-active' | 'transfer' | 'give-reason'>,
  string
> = {
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
