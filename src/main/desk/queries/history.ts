import type { Query } from '../context';
import { listSteps, nextRedo, nextUndo } from '../local/undo-log';

/** The steps that can be taken back or brought again, newest first. */
export const history: Query<'history.read'> = ({ read }, { limit }) => ({
  steps: listSteps(read, limit).map(({ mutationId, ...step }) => ({ id: mutationId, ...step })),
  canUndo: nextUndo(read)?.label ?? null,
  canRedo: nextRedo(read)?.label ?? null,
});
