import { open, Refusal, type Problem } from '../../shared/contract/outcome';
import type { EventName, Events, Input, Output, RequestName } from '../../shared/contract/requests';
import { door } from './door';

/** Asks the desk. Throws a `Refusal` where the desk refuses. */
export async function request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  return open(await door().request(name, input)) as Output<N>;
}

/** Calls back on every event of that name; returns how to stop. */
export function listen<E extends EventName>(event: E, callback: (payload: Events[E]) => void): () => void {
  return door().listen(event, (payload) => callback(payload as Events[E]));
}

/** What went wrong, in words for people: anything that is not a refusal is a bug of the console itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  return {
    kind: 'bug',
    message:
      'The console made a mistake while showing this. Nothing that was saved is lost. Try again, or restart Provost.',
    reference: error instanceof Error ? error.message.slice(0, 120) : 'unknown',
  };
}
