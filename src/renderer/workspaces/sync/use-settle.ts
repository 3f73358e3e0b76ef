import type { NeedsYou } from '../../../shared/contract/needs-you';
import type { Input } from '../../../shared/contract/requests';
import { useCommand } from '../../client/hooks';
import { problemOf, request } from '../../client/request';
import { takeBack } from '../../client/take-back';
import { notify } from '../../ui/notify';
import { doneText } from './consequence';
import type { Decisions } from './settlement';

/** Carries a decision out and offers to take it back: what was sent again is undone, what was let go of waits again. */
export function useSettle() {
  const { run, busy } = useCommand('sync.resolve');
  const all = useCommand('sync.resolve-all');
  return {
    busy: busy || all.busy,
    async settle(item: NeedsYou, order: Input<'sync.resolve'>, decisions: Decisions): Promise<boolean> {
      const done = await run(order);
      if (done) notify.done(doneText(item, decisions), undoOf([item.mutationId], done.sent));
      return done !== null;
    },
    async settleAll(orders: Input<'sync.resolve'>[], words: string): Promise<boolean> {
      const done = await all.run({ settlements: orders });
      if (done)
        notify.done(
          words,
          undoOf(
            orders.map(({ mutationId }) => mutationId),
            done.sent,
          ),
        );
      return done !== null;
    },
  };
}

/** One step of undo takes one mutation back; where several went, the history takes them back one by one. */
function undoOf(mutationIds: string[], sent: readonly string[]): { undo?: () => void } {
  const [only, ...more] = sent;
  if (more.length > 0) return {};
  if (only !== undefined) return mutationIds.length === 1 ? { undo: () => takeBack(only) } : {};
  return {
    undo: () =>
      void request('sync.reopen', { mutationIds }).catch((error: unknown) => notify.problem(problemOf(error))),
  };
}
