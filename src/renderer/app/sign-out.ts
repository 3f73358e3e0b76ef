import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useCommand, useSync } from '../client/hooks';
import { confirm } from '../ui/confirm';
import { counted } from '../ui/moment';

/** Signs out; asks first where changes still wait on this desk. */
export function useSignOut(): (everywhere?: boolean) => Promise<void> {
  const { run } = useCommand('session.sign-out');
  const [, goTo] = useLocation();
  const waiting = useSync()?.waiting ?? 0;
  return useCallback(
    async (everywhere = false) => {
      const agreed =
        waiting === 0 ||
        (await confirm({
          title: `Sign out with ${counted(waiting, 'change')} not yet sent?`,
          body: 'They stay on this computer and are sent when you sign in here again. Nobody else sees them until then.',
          action: 'Sign out',
        }));
      // Whoever comes next begins at the beginning, not where the last person was.
      if (agreed && (await run({ everywhere }))) goTo('/overview');
    },
    [run, waiting, goTo],
  );
}
