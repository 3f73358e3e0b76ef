/** Brings a provisioned database to this release: the tables by migrations, everything else by `sql/release.ts` where it differs. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { releaseSql } from './sql/release';

const migrationsFolder = fileURLToPath(new URL('../../drizzle/central', import.meta.url));

export interface MigrationOutcome {
  /** Migrations applied now. */
  migrations: number;
  /** Whether functions, triggers and policies were made anew. */
  isReleased: boolean;
}

/**
 * @param url of a superuser, or of somebody who may become `provost_owner`
 * @throws Error in words for people where the database was not provisioned
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await becomeOwner(client);
    // Two operators at once: the second waits, then finds nothing to do.
    await client.query('select pg_catalog.pg_advisory_lock($1)', [7_766_867]);
    const before = await countMigrations(client);
    await runMigrations(drizzle(client), { migrationsFolder: folder });
    return { migrations: (await countMigrations(client)) - before, isReleased: await release(client) };
  } finally {
    await client.end();
  }
}

export async function becomeOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is_there: boolean; is_prepared: boolean }>(
    `select exists (select from pg_roles where rolname = 'provost_owner') as is_there,
            to_regnamespace('ext') is not null as is_prepared`,
  );
  if (!rows[0]?.is_there || !rows[0].is_prepared) {
    throw new Error(
      'This database was not provisioned yet. Run “npm run central -- provision” with a superuser’s address first.',
    );
  }
  await client.query('set role provost_owner');
}

async function countMigrations(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!rows[0]?.there) return 0;
  const counted = await client.query<{ n: number }>('select count(*)::int as n from drizzle.__drizzle_migrations');
  return counted.rows[0]?.n ?? 0;
}

/** The text of this release's functions, triggers and policies, by its hash. */
export const releaseHash = (): string => createHash('sha256').update(releaseSql()).digest('hex');

async function release(client: pg.Client): Promise<boolean> {
  const hash = releaseHash();
  const { rows } = await client.query<{ sql_hash: string }>('select sql_hash from sync.release');
  if (rows[0]?.sql_hash === hash) return false;
  await client.query('begin');
  try {
    await client.query(releaseSql());
    await client.query('update sync.release set sql_hash = $1, applied_at = now()', [hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return true;
}
