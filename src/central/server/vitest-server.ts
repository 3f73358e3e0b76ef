/** One throwaway PostgreSQL for all `*.pg.test.ts` files of a run. A test makes a database of its own on it. */
import type { TestProject } from 'vitest/node';
import { startPostgres } from './embedded-postgres';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address: `inject('postgresUrl')`, also in the environment as PROVOST_TEST_PG_URL. */
    postgresUrl: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ flags: ['-c', 'max_connections=100'] });
  process.env.PROVOST_TEST_PG_URL = server.url;
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
