import { useCallback } from 'react';
import { useCommand, useSync } from '../client/hooks';
import { confirm } from '../ui/confirm';
import { counted } from '../ui/moment';

/** Signs out; asks first where changes still wait on this desk. */
export function useSignOut(): (everywhere?: boolean) => Promise<void> {
  const { run } = useCommand('session.sign-out');
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
      if (agreed) await run({ everywhere });
    },
    [run, waiting],
  );
}
