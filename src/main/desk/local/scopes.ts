import { entityOf, type EntityName } from '../../../shared/entities';
import { platformOwner, type ScopeKey } from '../../../shared/contract/wire';
import type { AnyRow } from '../../../shared/model';
import { holdsScope } from './cursors';
import type { Readable, Writable } from './handles';
import { statement } from './statements';

/**
 * Which scopes a row stands in.
 *
 * Most rows have one home that follows from their own fields, and nothing is stored about it. Only where a row arrives in a scope that is
 * not its home (an account in each of its programs, a student seen through a course one teaches) the membership is kept in `scope_rows`.
 */

export function homeScope(name: EntityName, row: Record<string, unknown>): ScopeKey | null {
  const entity = entityOf(name);
  switch (entity.scope) {
    case 'platform':
      return `platform:${platformOwner}`;
    case 'program':
      return `${entity.dataClass}:${String(row['programId'])}`;
    case 'user':
      return `own:${String(row['userId'])}`;
    case 'account':
    case 'self':
      return null;
  }
}

export function joinScope(db: Writable, name: EntityName, id: string, scope: ScopeKey): void {
  statement(db, 'insert or ignore into scope_rows (entity, row_id, scope) values (?, ?, ?)').run(name, id, scope);
}

export function leaveScope(db: Writable, name: EntityName, id: string, scope: ScopeKey): void {
  statement(db, 'delete from scope_rows where entity = ? and row_id = ? and scope = ?').run(name, id, scope);
}

export function leaveAllScopes(db: Writable, name: EntityName, id: string): void {
  statement(db, 'delete from scope_rows where entity = ? and row_id = ?').run(name, id);
}

export const standsElsewhere = (db: Readable, name: EntityName, id: string): boolean =>
  statement(db, 'select 1 from scope_rows where entity = ? and row_id = ? limit 1').get(name, id) !== undefined;

/**
 * The scopes by which this user sees a row, as far as a quotation of it needs them: without one of them the quotation must not be kept.
 * A row seen as a guest is its program's as well: who leaves the program leaves it.
 */
export function scopesQuoting(db: Readable, name: EntityName, row: AnyRow): ScopeKey[] {
  const home = homeScope(name, row);
  if (home !== null && holdsScope(db, home)) return [home];
  const asGuest = statement(db, 'select scope from scope_rows where entity = ? and row_id = ?')
    .pluck()
    .all(name, row.id) as ScopeKey[];
  if (home === null) return asGuest;
  const ofOwner = statement(db, "select scope from cursors where scope like '%' || ? order by scope limit 1")
    .pluck()
    .all(home.slice(home.indexOf(':'))) as ScopeKey[];
  return asGuest.length + ofOwner.length === 0 ? [home] : [...asGuest, ...ofOwner];
}
