import { Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Button } from '../../ui/button';
import panel from '../filter-panel.module.css';
import type { ViewFor } from './save-view';
import css from './views.module.css';

interface NameDialogProps {
  title: string;
  action: string;
  first: string;
  taken: readonly string[];
  choices: readonly { label: string; whom: ViewFor; why: string | null }[];
  onDone: (name: string, whom: ViewFor | null) => void;
  onClose: () => void;
}

/** Asks for the name of a view and, where there is a choice, whom it is for. */
export function NameDialog({ title, action, first, taken, choices, onDone, onClose }: NameDialogProps) {
  const [name, setName] = useState(first);
  const [whom, setWhom] = useState(0);
  const wanted = name.trim();
  const isTaken = taken.some((one) => one.toLowerCase() === wanted.toLowerCase());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== '' && !isTaken) onDone(wanted, choices[whom]?.whom ?? null);
  };
  return (
    <Modal opened onClose={onClose} title={title} size={420}>
      <form className={css.form} onSubmit={submit}>
        <label className={css.label}>
          Name
          <input
            className={panel.input}
            data-autofocus
            maxLength={100}
            value={name}
            aria-invalid={isTaken}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        {isTaken && (
          <p className={panel.problem} role="alert">
            There is a view “{wanted}” already. Choose another name.
          </p>
        )}
        {choices.length > 1 && (
          <fieldset className={css.choices}>
            <legend>Who sees it</legend>
            {choices.map(({ label, why }, at) => (
              <label key={label} className={css.choice} title={why ?? ''}>
                <input
                  type="radio"
                  name="whom"
                  checked={whom === at}
                  disabled={why !== null}
                  onChange={() => setWhom(at)}
                />
                {label}
                {why && <span className="quiet small">{why}</span>}
              </label>
            ))}
          </fieldset>
        )}
        <div className={panel.foot}>
          <span className="grow" />
          <Button type="button" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={wanted === '' || isTaken}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
