import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useQuestion, useSettings } from '../client/hooks';
import { ErrorState } from '../ui/states';
import { Frame } from './frame';
import css from './gate.module.css';
import { SignIn } from './sign-in';

/** Who is there decides what is shown: nothing yet, the way in, or the console. */
export function Gate() {
  useTheme();
  const session = useQuestion('session.read', {});
  if (session.data?.state === 'signed-in') return <Frame session={session.data} />;
  if (session.data) return <SignIn lastEmail={session.data.lastEmail} notice={session.data.notice} />;
  return (
    <div className={css.gate}>
      {session.error ? (
        <ErrorState problem={session.error.problem} onRetry={() => void session.refetch()} />
      ) : (
        <p className="quiet" role="status">
          Opening Provost …
        </p>
      )}
    </div>
  );
}

function useTheme(): void {
  const { settings } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(
    () => setColorScheme(settings.theme === 'system' ? 'auto' : settings.theme),
    [settings.theme, setColorScheme],
  );
}
