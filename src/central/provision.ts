/** Makes a database ready for Provost: roles, extensions and walls. Needs a superuser, once; may be run again at any time. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createRolesSql, prepareDatabaseSql } from './sql/roles';

export interface Provisioned {
  /** The password of `provost_client`, where it was set now: shown once, kept nowhere. */
  clientPassword: string | null;
  /** The address desks are given, password included where it is known. */
  clientUrl: string;
}

export interface ProvisionOptions {
  /** The password desks connect with. Without it, one is made the first time and the present one stays afterwards. */
  clientPassword?: string;
}

/** @param url of a superuser, naming the database to prepare */
export async function provision(url: string, options: ProvisionOptions = {}): Promise<Provisioned> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await demandSuperuser(client);
    await demandUtf8(client);
    // Roles belong to the whole server: two provisionings at once would trip over each other.
    await client.query('select pg_catalog.pg_advisory_lock($1)', [7_766_866]);
    await client.query(createRolesSql);
    const password =
      options.clientPassword ?? ((await hasPassword(client)) ? null : randomBytes(24).toString('base64url'));
    if (password !== null) await client.query(`alter role provost_client password ${client.escapeLiteral(password)}`);
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    await client.query(prepareDatabaseSql(client.escapeIdentifier(rows[0]?.name ?? '')));
    return { clientPassword: password, clientUrl: clientUrl(url, password) };
  } finally {
    await client.end();
  }
}

async function demandSuperuser(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ok: boolean }>(
    'select rolsuper as ok from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.ok) {
    throw new Error(
      'Provisioning needs a superuser of the database server: it makes roles and closes doors that only a superuser can close.',
    );
  }
}

async function demandUtf8(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string; version: string }>(
    `select pg_encoding_to_char(encoding) as encoding, current_setting('server_version_num') as version from pg_database where datname = current_database()`,
  );
  if (rows[0]?.encoding !== 'UTF8') throw new Error('The database must be made with the encoding UTF8.');
  if (Number(rows[0].version) < 150_000) throw new Error('Provost needs PostgreSQL 15 or newer.');
}

async function hasPassword(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(
    `select rolpassword is not null as has from pg_authid where rolname = 'provost_client'`,
  );
  return rows[0]?.has ?? false;
}

/** The same server and database, as desks see them. */
export function clientUrl(url: string, password: string | null): string {
  const address = new URL(url);
  address.username = 'provost_client';
  address.password = password ?? '';
  return address.toString();
}
