import type Database from 'better-sqlite3';
import type { StoreKey } from './driver';

/**
 * Two views of the local store. Queries take a `Readable`, the write door and the sync take a `Writable`: a brand each, so that a query
 * cannot write by accident.
 */
declare const brand: unique symbol;
export type Readable = Database.Database & { readonly [brand]: 'readable' | 'writable' };
export type Writable = Database.Database & { readonly [brand]: 'writable' };

/** An open local store: one file per server and user. The reader is a connection of its own, so that a page never waits for the loader. */
export interface Store {
  file: string;
  writer: Writable;
  reader: Readable;
  /** What it is encrypted with; null where it is not. */
  key: StoreKey | null;
  /** What stood in the way of giving it the form that was asked for: it is as it was. */
  unconverted: Error | null;
  recovered: Recovered | null;
  close(): void;
}

/** A store that was made anew, because the old one was damaged or its key was lost. */
export interface Recovered {
  /** Where the old one lies; null where it was deleted, so that nothing unencrypted stays behind. */
  from: string | null;
  /** Unfinished changes that were brought over, and unsent ones that could not be read without the key. */
  mutations: number;
  unreadable: number;
}
