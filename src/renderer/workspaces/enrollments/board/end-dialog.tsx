import { Modal } from '@mantine/core';
import { useId, useState } from 'react';
import { useCommand } from '../../../client/hooks';
import { takeBack } from '../../../client/take-back';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import { notify, ProblemText } from '../../../ui/notify';
import { Note } from '../../../ui/states';
import css from './board.module.css';

interface EndDialogProps {
  to: 'withdrawn' | 'completed' | 'off-waitlist';
  ids: string[];
  today: string;
  onClose: () => void;
}

const words = {
  withdrawn: {
    ...{ verb: 'Withdraw', done: 'withdrawn' },
    note: 'Seats are free again at once. What was paid and learnt stays.',
  },
  completed: {
    ...{ verb: 'Complete', done: 'completed' },
    note: 'Completed enrollments hold no seat, and may get a certificate.',
  },
  'off-waitlist': {
    ...{ verb: 'Take off the waitlist:', done: 'taken off the waitlist' },
    note: 'Their place in the order is given up; those behind them move up.',
  },
};

/** Ends enrollments on a day. */
export function EndDialog({ to, ids, today, onClose }: EndDialogProps) {
  const id = useId();
  const [date, setDate] = useState(today);
  const change = useCommand('assignment.change', { quiet: true });
  const { verb, done, note } = words[to];
  const what = counted(ids.length, to === 'off-waitlist' ? 'student' : 'enrollment');
  const save = async () => {
    const saved = await change.run({ enrollments: ids, to: to === 'completed' ? to : 'withdrawn', date });
    if (!saved) return;
    notify.done(`${what} ${done}.`, { undo: () => takeBack(saved.mutationId) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`${verb} ${what}`} size={400}>
      <div className={css.dialog}>
        <label htmlFor={id}>Last day</label>
        <input
          id={id}
          className={css.input}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <p className="small muted">{note}</p>
        {change.problem && (
          <Note tone="danger" role="alert">
            <ProblemText problem={change.problem} />
          </Note>
        )}
        <div className={css.dialogFoot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={change.busy} disabled={!date} onClick={() => void save()}>
            {verb} {what}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
