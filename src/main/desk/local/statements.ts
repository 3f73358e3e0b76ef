import type Database from 'better-sqlite3';

const caches = new WeakMap<Database.Database, Map<string, Database.Statement<unknown[]>>>();

/** A prepared statement, prepared once per connection. For SQL from a bounded set only: it is never thrown away. */
export function statement(db: Database.Database, sql: string): Database.Statement<unknown[]> {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new Map()));
  let made = cache.get(sql);
  if (!made) cache.set(sql, (made = db.prepare<unknown[]>(sql)));
  return made;
}

/** All or nothing. Inside another transaction it becomes part of that one. */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
  return db.inTransaction ? work() : db.transaction(work).immediate();
}
