import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useQuestion, useSettings } from '../client/hooks';
import { ErrorState } from '../ui/states';
import { Frame } from './frame';
import css from './gate.module.css';
import { SignIn } from './sign-in';
import { StoreTroubleScreen } from './store-trouble';

/** Who is there decides what is shown: nothing yet, the way in, or the console. */
export function Gate() {
  useTheme();
  const session = useQuestion('session.read', {});
  const [elsewhere, setElsewhere] = useState(false);
  if (session.data?.state === 'signed-in') return <Frame session={session.data} />;
  if (session.data?.trouble && !elsewhere) {
    return <StoreTroubleScreen trouble={session.data.trouble} onElsewhere={() => setElsewhere(true)} />;
  }
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
