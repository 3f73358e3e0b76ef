import type { ScopeKey } from '../../../shared/contract/wire';
import { holdsScope } from './cursors';
import type { Writable } from './handles';
import { setMeta } from './meta';
import { statement } from './statements';

/** Set where bytes of a purged scope may still stand in the files beside the store. */
export const SCRUB_DUE = 'scrub_due';

/** Of a mutation that was just finished: it is kept in the journal only as long as its user holds everything it quotes. */
export function forgetIfLost(db: Writable, position: number): void {
  const scopes = statement(db, 'select value from outbox o, json_each(o.scopes) where o.position = ?')
    .pluck()
    .all(position) as ScopeKey[];
  if (scopes.every((scope) => holdsScope(db, scope))) return;
  statement(db, 'delete from outbox where position = ?').run(position);
  setMeta(db, SCRUB_DUE, '1');
}
