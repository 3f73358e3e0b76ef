/** What the preload puts on `window.provost`: two doors and nothing else. The page reads this type through the contract's names. */
import type { Outcome } from './outcome';
import type { EventName, Events, Input, Output, RequestName } from './requests';

export interface ProvostDoor {
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Outcome<Output<N>>>;
  /** Returns the way to stop listening. */
  listen<E extends EventName>(event: E, callback: (payload: Events[E]) => void): () => void;
}
