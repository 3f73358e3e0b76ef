import { Modal } from '@mantine/core';
import { useId, useState } from 'react';
import { useCommand } from '../../../client/hooks';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import { notify, ProblemText } from '../../../ui/notify';
import { Note } from '../../../ui/states';
import css from './board.module.css';
import { undoOf } from './plan-panel';

interface EndDialogProps {
  to: 'withdrawn' | 'completed';
  ids: string[];
  today: string;
  onClose: () => void;
}

/** Ends enrollments on a day. */
export function EndDialog({ to, ids, today, onClose }: EndDialogProps) {
  const id = useId();
  const [date, setDate] = useState(today);
  const change = useCommand('assignment.change', { quiet: true });
  const verb = to === 'withdrawn' ? 'Withdraw' : 'Complete';
  const save = async () => {
    const saved = await change.run({ enrollments: ids, to, date });
    if (!saved) return;
    notify.done(`${counted(ids.length, 'enrollment')} ${to}.`, { undo: () => undoOf(saved.mutationId) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`${verb} ${counted(ids.length, 'enrollment')}`} size={400}>
      <div className={css.dialog}>
        <label htmlFor={id}>Last day</label>
        <input
          id={id}
          className={css.input}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <p className="small muted">
          {to === 'withdrawn'
            ? 'Seats are free again at once. What was paid and learnt stays.'
            : 'Completed enrollments hold no seat, and may get a certificate.'}
        </p>
        {change.problem && (
          <Note tone="danger" role="alert">
            <ProblemText problem={change.problem} />
          </Note>
        )}
        <div className={css.dialogFoot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={change.busy} disabled={!date} onClick={() => void save()}>
            {verb} {counted(ids.length, 'enrollment')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
