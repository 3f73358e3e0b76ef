import type { Readable, Writable } from './handles';
import { noteDevice } from './rescue';
import { statement } from './statements';

/** When every scope was last proven equal to the server's; see `sync/verify.ts`. Zero where it must be proven as soon as may be. */
export const VERIFIED_AT = 'verified_at';

/** Facts about this store by key; see `meta-tables.ts`. */
export function getMeta(db: Readable, key: string): string | null {
  const row = statement(db, 'select value from meta where key = ?').get(key) as { value: string } | undefined;
  return row?.value ?? null;
}

export function setMeta(db: Writable, key: string, value: string): void {
  // The device's name for itself must survive the loss of the file: under another one a mutation sent twice would count twice.
  if (key === 'device_id' && getMeta(db, key) !== value) noteDevice(db, value);
  statement(
    db,
    'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  ).run(key, value);
}

export function dropMeta(db: Writable, key: string): void {
  statement(db, 'delete from meta where key = ?').run(key);
}

export const getNumber = (db: Readable, key: string): number => Number(getMeta(db, key) ?? 0);
