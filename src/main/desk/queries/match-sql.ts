import { entityOf, type EntityName } from '../../../shared/entities';
import { columnOf, type Entity } from '../../../shared/model';
import type { Readable } from '../local/handles';
import { folded } from '../local/fold';
import { isSearchReady, searchTable } from '../local/search-index';
import type { SqlValue } from '../local/storage';
import { factsOf } from './field-sql';

export interface MatchSql {
  sql: string;
  values: SqlValue[];
  depends: EntityName[];
}

/**
 * Does a word begin a word of a searched field of `t`, or of what its title refers to (an enrollment is found by its student)?
 * @param word folded, without spaces
 */
export function matchSql(db: Readable, name: EntityName, word: string): MatchSql {
  const entity = entityOf(name);
  const own = ownMatch(db, name, 't', word);
  const made: MatchSql = { sql: '', values: own ? [own.value] : [], depends: [] };
  const parts = own ? [own.sql] : [];
  for (const field of entity.title) {
    const { to, column } = factsOf(entity, field);
    const there = to && ownMatch(db, to, 'r', word);
    if (!there) continue;
    parts.push(`t.${column} in (select r.id from ${to} r where ${there.sql})`);
    made.values.push(there.value);
    made.depends.push(to);
  }
  made.sql = parts.length > 0 ? parts.join(' or ') : '0';
  return made;
}

export const searchedFields = (entity: Entity): string[] =>
  Object.entries(entity.fields).flatMap(([name, field]) => (field.options.search ? [name] : []));

function ownMatch(db: Readable, name: EntityName, alias: string, word: string): { sql: string; value: string } | null {
  const fields = searchedFields(entityOf(name));
  if (fields.length === 0) return null;
  if (isSearchReady(db, name)) {
    const table = searchTable(name);
    return { sql: `${alias}.rid in (select rowid from ${table} where ${table} match ?)`, value: ftsWord(word) };
  }
  // While the index is not built yet: slower, and the word may stand anywhere.
  const joined = fields.map((field) => `coalesce(${alias}.${columnOf(field)}, '')`).join(" || ' ' || ");
  return { sql: `instr(${folded(`(${joined})`)}, ?) > 0`, value: word };
}

/** Security: quoted, so that nothing a person types is an operator of the search language. */
export const ftsText = (word: string): string => `"${word.replaceAll('"', '""')}"`;
/** A word that begins so. */
export const ftsWord = (word: string): string => `${ftsText(word)}*`;
