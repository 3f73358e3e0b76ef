import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { Button } from './button';
import css from './confirm.module.css';

interface Question {
  /** Names the thing: "Delete Rowe Park Pool?" */
  title: string;
  /** Counts and consequences. */
  body: ReactNode;
  /** A plain verb: "Delete 3 students". */
  action: string;
  dangerous?: boolean;
  /** What the other button says, where “Cancel” could be taken for the act itself. */
  keep?: string;
}

/** Asks before an act that no undo takes back. Resolves to false when the question is closed. */
export function confirm({ title, body, action, dangerous = false, keep = 'Cancel' }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const close = (said: boolean) => {
      answer = said;
      modals.close(id);
    };
    const id = modals.open({
      title,
      onClose: () => resolve(answer),
      children: (
        <>
          <div className={css.body}>{body}</div>
          <div className={css.actions}>
            <Button data-autofocus={dangerous || undefined} onClick={() => close(false)}>
              {keep}
            </Button>
            <Button
              look={dangerous ? 'danger' : 'primary'}
              data-autofocus={!dangerous || undefined}
              onClick={() => close(true)}
            >
              {action}
            </Button>
          </div>
        </>
      ),
    });
  });
}
