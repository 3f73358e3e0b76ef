import type { Writable } from '../local/handles';
import { whenFree } from '../local/alone';
import type { Remote } from '../remote/connect';

/**
 * A remote whose answers wait until the store may be written: what follows an answer writes it down, and one action may be writing for seconds
 * (see `local/alone`).
 */
export function patient(remote: Remote, db: Writable): Remote {
  const free = async <T>(answer: T): Promise<T> => {
    for (let busy = whenFree(db); busy; busy = whenFree(db)) await busy;
    return answer;
  };
  return {
    name: remote.name,
    get generation() {
      return remote.generation;
    },
    get isConnected() {
      return remote.isConnected;
    },
    call: (...asked) =>
      remote.call(...asked).then(free, (error: unknown) => free(null).then(() => Promise.reject(error))),
    copy: (...asked) => remote.copy(...asked).then(free),
    listen: (told) => remote.listen(told).then(free),
    open: () => remote.open().then(free),
    drop: () => remote.drop(),
    close: () => remote.close(),
  };
}
