import { Modal, PasswordInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { SessionState } from '../../shared/contract/requests';
import { useCommand, useSync } from '../client/hooks';
import { Button } from '../ui/button';
import { counted } from '../ui/moment';
import { Note } from '../ui/states';
import css from './expired-session.module.css';
import { refusalWords } from './sign-in-refusals';

/** The server no longer knows this session: the work stays where it is, behind a question for the password. */
export function ExpiredSession({ session }: { session: Extract<SessionState, { state: 'signed-in' }> }) {
  const [later, setLater] = useState(false);
  const [password, setPassword] = useState('');
  const { run, busy, problem } = useCommand('session.sign-in', { quiet: true });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem) input.current?.select();
  }, [problem]);
  const waiting = useSync()?.waiting ?? 0;
  const why =
    waiting > 0 ? `Sign in again to send ${counted(waiting, 'change')}` : 'Sign in again to send and receive changes';
  const refused = problem && refusalWords(problem);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password) await run({ email: session.user.email, password, server: session.server });
  };

  if (later) {
    return (
      <div className={css.reminder} role="status">
        <span>{why}.</span>
        <Button small look="primary" onClick={() => setLater(false)}>
          Sign in
        </Button>
      </div>
    );
  }
  return (
    <Modal opened onClose={() => setLater(true)} title={why} size={440} closeButtonProps={{ 'aria-label': 'Later' }}>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <p className="muted">
          Your session has ended. Everything you changed is kept on this computer; you can also go on working and sign
          in later.
        </p>
        {refused && (
          <Note tone="danger" role="alert">
            <p className="medium">{refused.title}</p>
            <p>{refused.wayOut}</p>
          </Note>
        )}
        <PasswordInput
          label={`Password of ${session.user.email}`}
          autoComplete="current-password"
          data-autofocus
          ref={input}
          value={password}
          disabled={busy}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div className={css.actions}>
          <Button type="button" onClick={() => setLater(true)}>
            Later
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={password === ''}>
            Sign in
          </Button>
        </div>
      </form>
    </Modal>
  );
}
