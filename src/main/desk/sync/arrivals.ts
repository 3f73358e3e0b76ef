/**
 * What others' changes brought here lately: the newest few, kept with the store in the transaction that brought them.
 *
 * Nobody else's share of a first load is news, and neither is what this desk did itself.
 */
import type { Arrival } from '../../../shared/contract/sync';
import type { WireRow } from '../../../shared/contract/wire';
import type { EntityName } from '../../../shared/entities';
import type { Readable, Writable } from '../local/handles';
import { getMeta, setMeta } from '../local/meta';
import { titleOf } from '../queries/titles';

const MOST = 200;

interface Kept {
  at: number;
  entity: EntityName;
  id: string;
  title: string;
  by: string | null;
  what: Arrival['what'];
}

const kept = (db: Readable): Kept[] => JSON.parse(getMeta(db, 'arrivals') ?? '[]') as Kept[];

/** What a staged row says happened to it. */
export function arrivalOf(entity: EntityName, id: string, title: string, row: WireRow | null, at: number): Kept {
  const what = row === null ? 'gone' : row.rowVersion === 1 ? 'added' : 'changed';
  return { at: row?.updatedAt ?? at, entity, id, title, by: row?.updatedBy ?? null, what };
}

/** Invariant: called in the transaction that makes the rows live. */
export function keepArrivals(db: Writable, news: readonly Kept[]): void {
  if (news.length === 0) return;
  const isNew = new Set(news.map(({ entity, id }) => `${entity} ${id}`));
  const newest = [...news].sort((a, b) => b.at - a.at).slice(0, MOST);
  const older = kept(db).filter(({ entity, id }) => !isNew.has(`${entity} ${id}`));
  setMeta(db, 'arrivals', JSON.stringify([...newest, ...older].slice(0, MOST)));
}

export const arrivals = (db: Readable, limit: number): Arrival[] =>
  kept(db)
    .slice(0, limit)
    .map(({ by, title, ...one }) => {
      const now = titleOf(db, one.entity, one.id);
      return {
        ...one,
        title: now || title,
        isHere: now !== '',
        by: by === null ? null : titleOf(db, 'users', by) || null,
      };
    });
