import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { NeedsYou } from '../../../../shared/contract/needs-you';
import { isReason } from '../../../../shared/rules/capacity';
import { useCommand, useQuestion } from '../../../client/hooks';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import { notify } from '../../../ui/notify';
import css from './board.module.css';

interface OverflowListProps {
  programId: string;
  /** Plans for the same students again. */
  onPlanAgain: (courseId: string, students: string[]) => void;
}

/** Seats that were taken elsewhere first: enrollments of this desk that were refused, each with what can be done. */
export function OverflowList({ programId, onPlanAgain }: OverflowListProps) {
  const { data } = useQuestion('sync.needs-you', {});
  const refused = (data ?? []).filter(
    ({ refusal, rows }) =>
      refusal?.code === 'facility-full' &&
      rows.some(
        ({ entity, values }) => entity === 'course_enrollments' && (values['programId'] ?? programId) === programId,
      ),
  );
  if (refused.length === 0) return null;
  return (
    <section className={css.overflow} aria-label="Refused for want of a seat">
      <h2 className="row">
        <IconAlertTriangle size={16} className="tone-danger" aria-hidden />
        {counted(refused.length, 'change')} refused for want of a seat
      </h2>
      <ul>
        {refused.map((item) => (
          <Overflow key={item.mutationId} {...{ item, onPlanAgain }} />
        ))}
      </ul>
    </section>
  );
}

function Overflow({ item, onPlanAgain }: { item: NeedsYou; onPlanAgain: OverflowListProps['onPlanAgain'] }) {
  const id = useId();
  const [reason, setReason] = useState<string | null>(null);
  const resolve = useCommand('sync.resolve');
  const over = useCommand('assignment.go-over');
  const added = item.rows.filter(({ entity, op }) => entity === 'course_enrollments' && op === 'insert');
  const students = added.flatMap(({ values }) =>
    typeof values['studentId'] === 'string' ? [values['studentId']] : [],
  );
  const courseId = added[0]?.values['courseId'];
  const letGo = () => resolve.run({ mutationId: item.mutationId, choice: 'discard' });
  const goOver = async () => {
    if (reason === null || !isReason(reason)) return;
    if (await over.run({ mutationId: item.mutationId, overrideReason: reason.trim() }))
      notify.done(`“${item.label}” is sent again, over capacity.`);
  };
  return (
    <li>
      <span className="grow">
        <b className="medium">{item.label}</b> <span className="muted">{item.refusal?.message}</span>
      </span>
      {reason === null ? (
        <>
          <Button small onClick={() => setReason('')}>
            Go over with a reason…
          </Button>
          {students.length > 0 && typeof courseId === 'string' && (
            <Button
              small
              busy={resolve.busy}
              onClick={() => void letGo().then((done) => done && onPlanAgain(courseId, students))}
            >
              Move elsewhere…
            </Button>
          )}
          <Button small look="ghost" busy={resolve.busy} onClick={() => void letGo()}>
            Let it go
          </Button>
        </>
      ) : (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void goOver();
          }}
        >
          <label htmlFor={id} className="small muted">
            Why over capacity
          </label>
          <input
            id={id}
            className={css.input}
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button small type="submit" busy={over.busy} disabled={!isReason(reason)}>
            Send again
          </Button>
          <Button small look="ghost" onClick={() => setReason(null)}>
            Cancel
          </Button>
        </form>
      )}
    </li>
  );
}
