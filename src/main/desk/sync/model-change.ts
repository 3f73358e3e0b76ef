import { allEntities } from '../../../shared/entities';
import { readCursors, putCursor } from '../local/cursors';
import type { Writable } from '../local/handles';
import { getMeta, setMeta } from '../local/meta';
import { inTransaction } from '../local/statements';

/** Every entity with its fields: what this console can keep of a row. */
const model = (): string =>
  allEntities.map((entity) => `${entity.name}(${Object.keys(entity.fields).join(',')})`).join(';');

/**
 * After an update of the console that brought new entities or fields: what a newer server already sent was passed over, so every row is
 * loaded once more. The old cursors stay, so that the pull afterwards also brings what was deleted meanwhile.
 */
export function refreshModel(db: Writable): void {
  const now = model();
  const known = getMeta(db, 'model');
  if (known === now) return;
  inTransaction(db, () => {
    if (known !== null)
      for (const cursor of readCursors(db))
        if (cursor.state !== 'stale') putCursor(db, { ...cursor, state: 'loading', progress: {} });
    setMeta(db, 'model', now);
  });
}
