import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { isEntityName, type EntityName } from '../../shared/entities';
import { placeOf, toAdd } from '../client/paths';

/** Records looked at last, newest first. Security: their ids alone are kept, for each person by themselves. */
export interface RecentRecord {
  entity: EntityName;
  id: string;
}

const most = 8;
const keyOf = (userId: string): string => `provost.recent.${userId}`;
const isRecord = (value: unknown): value is RecentRecord => {
  const one = value as Partial<RecentRecord> | null;
  return typeof one?.id === 'string' && typeof one.entity === 'string' && isEntityName(one.entity);
};

export function recentRecords(userId: string): RecentRecord[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]');
    return Array.isArray(value) ? value.filter(isRecord) : [];
  } catch {
    return [];
  }
}

/** Remembers the record the address names. */
export function useRecentRecords(userId: string): void {
  const [path] = useLocation();
  useEffect(() => {
    const entity = path.split('/')[2] ?? '';
    const { row } = placeOf(path);
    if (!path.startsWith('/e/') || !isEntityName(entity) || row === null || row === toAdd) return;
    const others = recentRecords(userId).filter(({ id }) => id !== row);
    try {
      localStorage.setItem(keyOf(userId), JSON.stringify([{ entity, id: row }, ...others].slice(0, most)));
    } catch {
      // Storage that is full or switched off costs the list, nothing else.
    }
  }, [path, userId]);
}
