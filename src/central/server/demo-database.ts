/** The demonstration's database: made at the first start, brought to this release at the later ones, seeded once. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrate';
import { provision } from '../provision';
import { seed } from '../seed';
import type { RunningPostgres } from './embedded-postgres';

const DATABASE = 'provost';
const FACTOR = 1;

/** The address for desks, with the password they share. `say` gets sentences of progress. */
export async function prepareDemoDatabase(
  postgres: Pick<RunningPostgres, 'url' | 'dir'>,
  say: (sentence: string) => void,
): Promise<string> {
  await withClient(postgres.url, makeDatabase);
  const url = addressOf(postgres.url, DATABASE);
  const { clientUrl } = await provision(url, { clientPassword: clientPassword(postgres.dir) });
  await migrate(url);
  await withClient(url, async (client) => {
    if (await isSeeded(client)) return;
    say('Filling it with a world to look at, the first time only…');
    await seed(client, { factor: FACTOR });
  });
  return clientUrl;
}

async function makeDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE} encoding 'UTF8' template template0`);
}

/** The seed leaves its mark in the transaction that brings the rows: a seed that was interrupted is not there. */
async function isSeeded(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(`select from app.platform_settings where key = 'demonstration'`);
  return rowCount !== 0;
}

/** One for each folder, as the superuser's is: a desk that signed in yesterday finds its server today. */
function clientPassword(dir: string): string {
  const file = join(dir, 'client-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(18).toString('hex');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function addressOf(server: string, database: string): string {
  const address = new URL(server);
  address.pathname = `/${database}`;
  return address.href;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
