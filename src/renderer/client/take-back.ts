import { notify } from '../ui/notify';
import { problemOf, request } from './request';

/** Takes one act back: what the “Undo” beside a message does. Where the desk refuses, that is said. */
export const takeBack = (mutationId: string): void =>
  void request('history.undo', { id: mutationId }).catch((error: unknown) => notify.problem(problemOf(error)));
