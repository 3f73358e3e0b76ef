import { Refusal } from '../../../shared/contract/outcome';
import { diskFull, isNoSpace } from './disk';
import type { Store, Writable } from './handles';
import { connect } from './open';
import { shareRescue } from './rescue';

/**
 * One action that writes for seconds: in one transaction, between everything else the desk does.
 *
 * It has a connection of its own, so that what others ask meanwhile is answered from the rows as they were, and nobody's write can become part
 * of it by accident. SQLite has one writer: whoever wants to write waits for `whenFree` first, commands at the door (`handlers`), the sync
 * with every answer of the server (`sync/patient-remote`) and between two strokes of a load.
 */

const under = new WeakMap<Writable, Promise<void>>();

/** Ends when the store may be written; undefined where it may be at once. */
export const whenFree = (db: Writable): Promise<void> | undefined => under.get(db);

/** `alone` of one store, to hand on. */
export type Alone = <T>(work: (db: Writable) => Promise<T>) => Promise<T>;

/** Does all of it or nothing. @throws whatever `work` throws; Refusal `storage/disk-full` */
export async function alone<T>(store: Store, work: (db: Writable) => Promise<T>): Promise<T> {
  for (let busy = under.get(store.writer); busy; busy = under.get(store.writer)) await busy;
  let free: () => void = () => undefined;
  under.set(store.writer, new Promise((resolve) => (free = resolve)));
  const db = connect(store.file, store.key);
  const takeBack = shareRescue(store.writer, db);
  try {
    db.exec('begin immediate');
    const value = await work(db);
    db.exec('commit');
    return value;
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    takeBack();
    throw isNoSpace(error) && !(error instanceof Refusal) ? diskFull() : error;
  } finally {
    db.close();
    under.delete(store.writer);
    free();
  }
}
