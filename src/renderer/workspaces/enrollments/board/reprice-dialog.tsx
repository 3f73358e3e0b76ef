import { Modal } from '@mantine/core';
import { useId, useState } from 'react';
import { isReason } from '../../../../shared/rules/capacity';
import { moneyText } from '../../../../shared/rules/number-text';
import { useCommand, useQuestion } from '../../../client/hooks';
import { takeBack } from '../../../client/take-back';
import { Button } from '../../../ui/button';
import { counted } from '../../../ui/moment';
import { notify, ProblemText } from '../../../ui/notify';
import { ErrorState, LoadingState, Note } from '../../../ui/states';
import css from './board.module.css';

interface RepriceDialogProps {
  ids: string[];
  today: string;
  locale: string;
  onClose: () => void;
}

/** Agrees on other prices with those enrolled already: what changes is shown first, and why is asked. */
export function RepriceDialog({ ids, today, locale, onClose }: RepriceDialogProps) {
  const id = useId();
  const [date, setDate] = useState(today);
  const [reason, setReason] = useState('');
  const asked = useQuestion(
    'assignment.plan-reprice',
    { enrollments: ids, date },
    { enabled: date !== '', keep: true },
  );
  const reprice = useCommand('assignment.reprice', { quiet: true });
  const plan = asked.data;
  const save = async () => {
    const saved = await reprice.run({ enrollments: ids, date, reason: reason.trim() });
    if (!saved) return;
    notify.done(`${counted(saved.ids.length, 'enrollment')} re-priced.`, { undo: () => takeBack(saved.mutationId) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Re-price ${counted(ids.length, 'enrollment')}`} size={560}>
      <div className={css.dialog}>
        <label htmlFor={id}>Prices in force on</label>
        <input
          id={id}
          className={css.input}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        {asked.error && <ErrorState problem={asked.error.problem} />}
        {!plan && !asked.error && <LoadingState rows={3} />}
        {plan?.whyNot && <Note tone="warning">{plan.whyNot}</Note>}
        {plan && (
          <ul className={css.lines}>
            {plan.lines.map((line) => (
              <li key={line.id}>
                <span className="grow ellipsis">
                  {line.student}{' '}
                  <span className="muted">
                    {line.course}, {line.facility}
                  </span>
                </span>
                <s className="muted figures">
                  {line.before === null ? '' : moneyText(line.before, line.currency, locale)}
                </s>
                <b className="figures">{moneyText(line.after, line.currency, locale)}</b>
              </li>
            ))}
            {plan.unpriced.map((line) => (
              <li key={line.id}>
                <span className="grow ellipsis">{line.student}</span>
                <span className="tone-warning small">{line.reason}</span>
              </li>
            ))}
            {plan.lines.length === 0 && <li className="muted">Nobody’s price would change.</li>}
          </ul>
        )}
        {plan && plan.same > 0 && plan.lines.length > 0 && (
          <p className="small muted">{counted(plan.same, 'enrollment')} at this price already.</p>
        )}
        <label htmlFor={`${id}-why`}>Why</label>
        <input
          id={`${id}-why`}
          className={css.input}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {reprice.problem && (
          <Note tone="danger" role="alert">
            <ProblemText problem={reprice.problem} />
          </Note>
        )}
        <div className={css.dialogFoot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={reprice.busy}
            disabled={!plan?.canReprice || plan.lines.length === 0 || !isReason(reason)}
            onClick={() => void save()}
          >
            Re-price {counted(plan?.lines.length ?? 0, 'enrollment')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
