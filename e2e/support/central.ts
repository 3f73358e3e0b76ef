/** A real PostgreSQL for the journeys: provisioned, migrated and seeded once, then copied for each test, so that none sees another's rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { demoAccounts } from '../../src/central/seed/demo-accounts';
import { prepareDemoDatabase } from '../../src/central/server/demo-database';
import { startPostgres } from '../../src/central/server/embedded-postgres';
import type { DemoAccount } from '../../src/shared/contract/requests';

export interface Central {
  /** What desks are given: the shared login's address. */
  server: string;
  /** The superuser's address of the same database. */
  adminUrl: string;
  accounts: DemoAccount[];
  /** Runs a statement as the superuser, past all policies. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface CentralServer {
  /** A copy of the seeded database, under a new name. */
  copy(): Promise<Central & { drop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startCentral(): Promise<CentralServer> {
  const postgres = await startPostgres({ flags: ['-c', 'max_connections=100'] });
  const secrets = mkdtempSync(join(tmpdir(), 'provost-e2e-'));
  const template = await prepareDemoDatabase({ url: postgres.url, dir: secrets }, () => undefined);
  let copies = 0;

  return {
    async copy() {
      const name = `provost_${++copies}`;
      await run(postgres.url, `create database ${name} template provost`);
      // Rights on a database are not copied with it.
      await run(postgres.url, `revoke all on database ${name} from public`);
      await run(postgres.url, `grant connect on database ${name} to provost_client, provost_owner`);
      const adminUrl = withDatabase(postgres.url, name);
      return {
        server: withDatabase(template, name),
        adminUrl,
        accounts: demoAccounts,
        sql: (text, values) => run(adminUrl, text, values),
        drop: async () => void (await run(postgres.url, `drop database ${name} with (force)`)),
      };
    },
    async stop() {
      await postgres.stop();
      rmSync(secrets, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function run<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
