import type Database from 'better-sqlite3';

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
  /** Set where the store was found damaged and made anew: where the old one lies, and how many changes were brought over. */
  recovered: { from: string; mutations: number } | null;
  close(): void;
}
