/**
 * Pages of one entity's rows, one ahead: while a page is written here, the server works out the next.
 *
 * A page is as long as two seconds of this connection, so that a slow line does not run into the server's limit for a statement, and what
 * did arrive before a line broke is kept.
 */
import type { EntityName } from '../../../shared/entities';
import type { Cursor } from '../local/cursors';
import type { Remote } from '../remote/connect';
import { requestRows, type LoadArm } from '../remote/load-rows';

export interface LoadPage {
  /** The scopes asked for, each with the id it was asked after. */
  arms: readonly (LoadArm & { cursor: Cursor })[];
  chunks: Buffer[];
  rows: number;
  /** Indexes of the scopes that have no more rows of this entity. */
  completed: number[];
  /** The page broke off: what came stands, and then this is to be thrown. */
  failure: Error | null;
}

export interface LoadPages {
  /** null when every scope is complete. Never throws: see `failure`. */
  next(): Promise<LoadPage | null>;
}

/** The first rows of an entity are on screen at once. */
const FIRST_PAGE = 1_000;
const LONGEST_PAGE = 20_000;
const PAGE_SECONDS = 2;

export function createPages(remote: Remote, token: string, entity: EntityName, cursors: readonly Cursor[]): LoadPages {
  let open = cursors
    .filter((cursor) => cursor.progress?.[entity] !== true)
    .map((cursor) => ({
      cursor,
      scope: cursor.scope,
      after: (cursor.progress?.[entity] as string | undefined) ?? null,
    }));
  let length = FIRST_PAGE;
  let ahead: Promise<LoadPage | null> | null = null;

  async function read(): Promise<LoadPage | null> {
    if (open.length === 0) return null;
    const arms = open;
    const limit = Math.max(100, Math.floor(length / arms.length));
    const begun = performance.now();
    const { chunks, came, last, failure } = await requestRows(remote, token, entity, arms, limit);
    const rows = came.reduce((sum, count) => sum + count, 0);
    const rate = rows / Math.max(0.001, (performance.now() - begun) / 1000);
    length = Math.min(LONGEST_PAGE, Math.max(FIRST_PAGE, Math.floor(rate * PAGE_SECONDS)));
    const completed = failure === null ? came.flatMap((count, arm) => (count < limit ? [arm] : [])) : [];
    open = arms.flatMap((arm, at) => (completed.includes(at) ? [] : [{ ...arm, after: last[at] ?? null }]));
    return { arms, chunks, rows, completed, failure };
  }

  return {
    async next() {
      const page = await (ahead ?? read());
      ahead = page === null || page.failure !== null ? Promise.resolve(null) : read();
      return page;
    },
  };
}
