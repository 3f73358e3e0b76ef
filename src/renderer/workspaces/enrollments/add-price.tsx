import { useId, useState } from 'react';
import { newId } from '../../../shared/model';
import { currencySymbol, parseMoney } from '../../../shared/rules/number-text';
import { dateText } from '../../../shared/rules/date-text';
import { useCommand } from '../../client/hooks';
import { Button } from '../../ui/button';
import { notify, ProblemText } from '../../ui/notify';
import css from './enroll.module.css';

/** What a price is for. */
export interface Combination {
  programId: string;
  courseId: string;
  facilityId: string;
  ageGroup: string;
  locationType: string;
  sessionType: string;
}

interface AddPriceProps {
  combination: Combination;
  /** The first day of the price. */
  date: string;
  locale: string;
  currency: string;
}

/** Adds the missing price on the spot, from the day of the enrollment on, until further notice. */
export function AddPrice({ combination, date, locale, currency }: AddPriceProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const save = useCommand('rows.save', { quiet: true });
  const add = async () => {
    const read = typed.trim() === '' ? { problem: 'Write an amount.' } : parseMoney(typed, currency, locale);
    if ('problem' in read) return setProblem(read.problem);
    setProblem(null);
    const values = { ...combination, price: read.value, currency, effectiveDate: date, isActive: true };
    const saved = await save.run({
      edits: [{ op: 'insert', entity: 'facility_course_pricing', id: newId(), values }],
      label: 'Add a price while enrolling',
      via: 'form',
    });
    if (saved) notify.done(`The price holds from ${dateText(date, locale)}.`);
  };
  return (
    <div className={css.addPrice} role="group" aria-label="A price for this combination">
      <label htmlFor={id}>
        Price from {dateText(date, locale)}, in {currencySymbol(currency, locale)}
      </label>
      <span className="row">
        <input
          id={id}
          className={css.input}
          inputMode="decimal"
          value={typed}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-issue` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setProblem(null);
          }}
          onKeyDown={(event) => {
            // It stands inside the form that enrolls, which Enter must not send.
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void add();
          }}
        />
        <Button type="button" busy={save.busy} onClick={() => void add()}>
          Add a price
        </Button>
      </span>
      {problem && (
        <p id={`${id}-issue`} className={css.issue}>
          {problem}
        </p>
      )}
      {save.problem && (
        <p className={css.issue} role="alert">
          Not added. <ProblemText problem={save.problem} />
        </p>
      )}
    </div>
  );
}
