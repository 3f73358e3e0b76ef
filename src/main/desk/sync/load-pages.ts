/**
 * Pages of one entity's rows, one ahead: while a page is written here, the server works out the next.
 *
 * A page is as long as two seconds of this connection, so that a slow line does not run into the server's limit for a statement, and what
 * did arrive before a line broke is kept.
 */
import type { EntityName } from '../../../shared/entities';
import type { Cursor } from '../local/cursors';
import type { CopyRow } from '../remote/copy-text';
import type { Remote } from '../remote/connect';
import { loadRows } from '../remote/load-rows';

export interface LoadPage {
  /** The scopes asked for; `arms[n]` is the index of the one `rows[n]` stands in. */
  cursors: readonly Cursor[];
  rows: CopyRow[];
  arms: number[];
  /** Indexes of the scopes that have no more rows of this entity. */
  completed: number[];
  /** The page broke off: its rows stand, and then this is to be thrown. */
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
    .map((cursor) => ({ cursor, after: (cursor.progress?.[entity] as string | undefined) ?? null }));
  let length = FIRST_PAGE;
  let ahead: Promise<LoadPage | null> | null = null;

  async function read(): Promise<LoadPage | null> {
    if (open.length === 0) return null;
    const asked = open;
    const page: LoadPage = {
      cursors: asked.map((arm) => arm.cursor),
      rows: [],
      arms: [],
      completed: [],
      failure: null,
    };
    const limit = Math.max(100, Math.floor(length / asked.length));
    const scopes = asked.map(({ cursor, after }) => ({ scope: cursor.scope, after }));
    const begun = performance.now();
    try {
      const came = await loadRows(remote, token, entity, scopes, limit, (arm, values) => {
        page.rows.push(values);
        page.arms.push(arm);
        (asked[arm] as (typeof asked)[number]).after = values[0] as string;
      });
      page.completed = came.flatMap((count, arm) => (count < limit ? [arm] : []));
      const done = new Set(page.completed);
      open = asked.filter((_, arm) => !done.has(arm));
      const rate = page.rows.length / Math.max(0.001, (performance.now() - begun) / 1000);
      length = Math.min(LONGEST_PAGE, Math.max(FIRST_PAGE, Math.floor(rate * PAGE_SECONDS)));
    } catch (error) {
      page.failure = error instanceof Error ? error : new Error(String(error));
      open = [];
    }
    return page;
  }

  return {
    async next() {
      const page = await (ahead ?? read());
      ahead = page === null || page.failure !== null ? Promise.resolve(null) : read();
      return page;
    },
  };
}
