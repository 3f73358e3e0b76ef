import { allEntities, isEntityName, type EntityName } from '../../../shared/entities';
import type { ScopeKey } from '../../../shared/contract/wire';
import { columnOf } from '../../../shared/model';
import { baseOf, dropBase } from './base-rows';
import { addChanged, type Changed } from './changed';
import { dropCursor, holdsScope } from './cursors';
import type { Readable, Writable } from './handles';
import { dropMeta, getMeta, setMeta } from './meta';
import { SCRUB_DUE } from './forget';
import { pruneAside, unfinished } from './recover';
import { rescueOf } from './rescue';
import { dropRow, readRow } from './rows';
import { homeScope, leaveScope, standsElsewhere } from './scopes';
import { inTransaction, statement } from './statements';
import { dropStepsQuoting } from './undo-log';
import type { LocalOp } from './replay';

/**
 * Forgets a scope this user no longer holds. For the sync alone.
 *
 * Security: rows are overwritten, not only unlinked (`secure_delete`), undo steps and the journal that quote them go too, and `scrub`
 * afterwards empties the log of writes, rewrites the rescue file and deletes damaged stores that were moved aside. What a person typed and
 * the server has not judged yet stays in the outbox (I3), and goes without a trace as soon as it is judged and let go.
 */
export function purgeScope(db: Writable, scope: ScopeKey): Changed {
  // The list of what arrived may name what goes now.
  dropMeta(db, 'arrivals');
  return inTransaction(db, () => {
    const changed: Changed = new Map();
    dropCursor(db, scope);
    for (const { name, id } of [...rowsAtHome(db, scope), ...rowsHidden(db, scope), ...rowsAsGuests(db, scope)]) {
      leaveScope(db, name, id, scope);
      if (standsElsewhere(db, name, id) || homeHeld(db, name, id)) continue;
      dropBase(db, name, id);
      dropRow(db, name, id);
      addChanged(changed, name, id);
    }
    const gone = (entity: string, id: string): boolean => changed.get(entity as EntityName)?.has(id) ?? false;
    dropStepsQuoting(db, scope, gone);
    dropJournalQuoting(db, scope, gone);
    setMeta(db, SCRUB_DUE, '1');
    return changed;
  });
}

/** After the purge has been committed: leaves no bytes behind in the files beside the store. A crash before it does not forget it. */
export function scrubIfDue(db: Writable): void {
  if (getMeta(db, SCRUB_DUE) === null) return;
  rescueOf(db)?.rewrite(unfinished(db));
  pruneAside(db.name, Date.now(), () => false);
  dropMeta(db, SCRUB_DUE);
  const [said] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  // Somebody is reading what stood before: the log can be emptied when they are done.
  if (said?.busy) setMeta(db, SCRUB_DUE, '1');
}

interface RowKey {
  name: EntityName;
  id: string;
}

function rowsAtHome(db: Readable, scope: ScopeKey): RowKey[] {
  const [kind = '', owner = ''] = scope.split(':');
  return allEntities.flatMap((entity) => {
    const name = entity.name as EntityName;
    const ownerField = entity.scope === 'program' ? 'programId' : entity.scope === 'user' ? 'userId' : null;
    const wanted = homeScope(name, ownerField ? { [ownerField]: owner } : {});
    if (wanted === null || !wanted.startsWith(`${kind}:`)) return [];
    const where = ownerField ? `where ${columnOf(ownerField)} = ?` : '';
    const ids = statement(db, `select id from ${name} ${where}`).all(...(ownerField ? [owner] : [])) as {
      id: string;
    }[];
    return ids.map(({ id }) => ({ name, id }));
  });
}

/** Rows this desk deleted and the server has not judged yet: only their base is left, and it must not bring them back. */
function rowsHidden(db: Readable, scope: ScopeKey): RowKey[] {
  const bases = statement(
    db,
    'select entity as name, row_id as id from base_rows where row is not null',
  ).all() as RowKey[];
  return bases.filter(({ name, id }) => {
    const base = isEntityName(name) ? baseOf(db, name, id) : null;
    return base != null && homeScope(name, base) === scope;
  });
}

const rowsAsGuests = (db: Readable, scope: ScopeKey): RowKey[] =>
  statement(db, 'select entity as name, row_id as id from scope_rows where scope = ?').all(scope) as RowKey[];

function homeHeld(db: Readable, name: EntityName, id: string): boolean {
  const row = baseOf(db, name, id) ?? readRow(db, name, id);
  const home = row && homeScope(name, row);
  return home !== null && holdsScope(db, home);
}

/** What is finished goes at once; what is not goes when it is (`forgetIfLost`). */
function dropJournalQuoting(db: Writable, scope: ScopeKey, gone: (entity: string, id: string) => boolean): void {
  const rows = statement(db, 'select position, state, ops, scopes from outbox').all() as {
    position: number;
    state: string;
    ops: string;
    scopes: string;
  }[];
  for (const { position, state, ops, scopes } of rows) {
    const quoted = JSON.parse(scopes) as ScopeKey[];
    const isQuoted = quoted.includes(scope);
    if (!isQuoted && !(JSON.parse(ops) as LocalOp[]).some((op) => gone(op.entity, op.id))) continue;
    if (state === 'done' || state === 'discarded') statement(db, 'delete from outbox where position = ?').run(position);
    else if (!isQuoted)
      statement(db, 'update outbox set scopes = ? where position = ?').run(
        JSON.stringify([...quoted, scope]),
        position,
      );
  }
}
