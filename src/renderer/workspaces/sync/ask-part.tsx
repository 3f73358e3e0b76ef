import { IconCopy } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { NeedsYou } from '../../../shared/contract/needs-you';
import { sentenceCase } from '../../../shared/rules/cell-text';
import { useUser } from '../../client/hooks';
import { Button } from '../../ui/button';
import { notify } from '../../ui/notify';
import { askText } from './change-text';
import css from './sync.module.css';

/** Whom to ask, by name, and a message ready to be passed on. */
export function AskPart({ item }: { item: NeedsYou }) {
  const id = useId();
  const user = useUser();
  const [isOpen, setOpen] = useState(false);
  const text = askText(item, user?.fullName ?? '');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify.done('The message is on the clipboard. Paste it wherever you reach them.');
    } catch {
      notify.info('The clipboard cannot be reached. Select the message and copy it.');
    }
  };
  return (
    <div className={css.ask}>
      <span className="row">
        <span className="grow small">
          {item.ask.length > 0 ? (
            <>
              {item.ask.map(({ name, email, role }, at) => (
                <span key={email}>
                  {at > 0 && ', '}
                  <b className="medium">{name}</b>{' '}
                  <span className="quiet">
                    {sentenceCase(role).toLowerCase()}, {email}
                  </span>
                </span>
              ))}{' '}
              can do it.
            </>
          ) : (
            'This desk knows nobody by name who may do more than you. Whoever gave you your account can help.'
          )}
        </span>
        <Button small look="plain" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          {item.ask.length > 0 ? 'Ask them…' : 'Write a message…'}
        </Button>
      </span>
      {isOpen && (
        <div id={id} className={css.message}>
          <textarea
            readOnly
            rows={6}
            aria-label="Message to pass on"
            value={text}
            onFocus={(event) => event.target.select()}
          />
          <Button small icon={<IconCopy />} onClick={() => void copy()}>
            Copy the message
          </Button>
        </div>
      )}
    </div>
  );
}
