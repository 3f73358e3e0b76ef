import { useCallback } from 'react';
import type { HistoryOutcome } from '../../shared/contract/requests';
import { entityOf } from '../../shared/entities';
import { useCommand, useQuestion } from '../client/hooks';
import { notify } from '../ui/notify';

/** Undo and redo of the person's own acts, and what they would do next. */
export function useHistory() {
  const history = useQuestion('history.read', { limit: 1 });
  const { run: runUndo, busy: undoing } = useCommand('history.undo');
  const { run: runRedo, busy: redoing } = useCommand('history.redo');

  const undo = useCallback(async () => {
    const outcome = await runUndo({});
    if (outcome) tell('Undone', outcome, 'There is nothing to undo.');
  }, [runUndo]);
  const redo = useCallback(async () => {
    const outcome = await runRedo({});
    if (outcome) tell('Done again', outcome, 'There is nothing to redo.');
  }, [runRedo]);

  return {
    /** What would be undone, in words; null where there is nothing. */
    canUndo: history.data?.canUndo ?? null,
    canRedo: history.data?.canRedo ?? null,
    busy: undoing || redoing,
    undo,
    redo,
  };
}

function tell(did: string, { label, skipped }: HistoryOutcome, nothing: string): void {
  if (label === null) return notify.info(nothing);
  if (skipped.length === 0) return notify.done(`${did}: ${label}`);
  notify.info(`${did}: ${label}. ${skippedText(skipped)}`);
}

/** Names the first fields that were left alone because somebody changed them since. */
export function skippedText(skipped: HistoryOutcome['skipped'], most = 3): string {
  const named = skipped
    .slice(0, most)
    .map(({ entity, title, field }) =>
      field === ''
        ? title || entityOf(entity).labels.one
        : `${entityOf(entity).fields[field]?.options.label ?? field} of ${title}`,
    );
  const more = skipped.length - named.length;
  return `Left alone, because they were changed since: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
