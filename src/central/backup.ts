/**
 * Backups of the whole database: a dump in PostgreSQL's own format, and beside it a manifest that says what must be in it.
 *
 * Invariant: dump and manifest come from one snapshot, so a restored database can be compared with the manifest row for row count and chain
 * for chain. A restore goes into an empty database only, and ends with another epoch, so that desks compare what they hold.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import packageJson from '../../package.json' with { type: 'json' };
import { hashOfFile } from './archive-file';
import { becomeOwner, migrate } from './migrate';
import { findTool, runTool } from './postgres-tools';
import { provision } from './provision';
import { createRolesSql } from './sql/roles';
import { markRestored, sealAll, verifyAudit } from './upkeep';

export interface Manifest {
  provost: 'backup';
  product: string;
  made: string;
  postgres: string;
  epoch: string;
  migrations: number;
  file: string;
  bytes: number;
  sha256: string;
  /** Rows by table. */
  rows: Record<string, number>;
  /** The end of each chain of the audit trail. */
  roots: Record<string, { seq: number; hash: string }>;
}

const schemas = ['app', 'auth', 'sync', 'audit', 'drizzle'];

/** @param file of the dump; the manifest is written beside it, with `.json` after its name */
export async function backup(url: string, file: string): Promise<Manifest> {
  const beside = manifestOf(file);
  for (const path of [file, beside])
    if (existsSync(path))
      throw new Error(`${path} exists already. Choose another name: a backup is never overwritten.`);
  mkdirSync(dirname(file), { recursive: true });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await demandSuperuser(client);
    const tool = findTool('pg_dump', await majorOf(client));
    await client.query('set role provost_owner');
    await sealAll(client);
    await client.query('reset role');
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot');
    const facts = await factsOf(client);
    const unfinished = `${file}.unfinished`;
    await runTool(tool, ['--format=custom', `--snapshot=${rows[0]?.snapshot}`, `--file=${unfinished}`], url);
    renameSync(unfinished, file);
    const made: Manifest = {
      provost: 'backup',
      product: packageJson.version,
      made: new Date().toISOString(),
      ...facts,
      file: basename(file),
      bytes: statSync(file).size,
      sha256: await hashOfFile(file),
    };
    writeFileSync(beside, JSON.stringify(made, null, 2) + '\n', { mode: 0o600 });
    return made;
  } finally {
    await client.end();
  }
}

/** Says what is wrong with a backup, without a database; null where the file is the one the manifest was written for. */
export async function verifyBackup(file: string): Promise<string | null> {
  if (!existsSync(file)) return `There is no ${file}.`;
  if (!existsSync(manifestOf(file))) return `The manifest ${manifestOf(file)} is missing.`;
  const manifest = readManifest(file);
  if ((await hashOfFile(file)) !== manifest.sha256)
    return `${file} is not what was backed up: its SHA-256 differs from the manifest’s.`;
  const major = Number.parseInt(manifest.postgres, 10);
  const listed = await runTool(findTool('pg_restore', major), ['--list', file]);
  const missing = Object.keys(manifest.rows).filter((table) => !listed.includes(` ${table.replace('.', ' ')} `));
  return missing.length === 0 ? null : `${file} does not hold ${missing.join(', ')}.`;
}

export interface Restored {
  manifest: Manifest;
  migrations: number;
  /** What the restored database holds otherwise than the manifest says; empty where all is well. */
  differences: string[];
  /** The address for desks, where a password was made now: shown once, kept nowhere. */
  clientUrl: string | null;
}

/** @param url of a superuser, naming an empty database */
export async function restore(url: string, file: string, options: { clientPassword?: string } = {}): Promise<Restored> {
  const wrong = await verifyBackup(file);
  if (wrong !== null) throw new Error(wrong);
  const manifest = readManifest(file);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await demandSuperuser(client);
    await demandEmpty(client);
    const tool = findTool('pg_restore', Math.max(await majorOf(client), Number.parseInt(manifest.postgres, 10)));
    await client.query(createRolesSql);
    await runTool(tool, ['--exit-on-error', '--single-transaction', `--dbname=${databaseOf(url)}`, file], url);
    const differences = compare(manifest, await factsOf(client));
    const made = await provision(url, options);
    const { migrations } = await migrate(url);
    await becomeOwner(client);
    const broken = (await verifyAudit(client)).filter(({ problem }) => problem !== null);
    differences.push(...broken.map(({ program, problem }) => `audit trail of ${program}: ${problem ?? ''}`));
    await markRestored(client);
    const isMade = made.clientPassword !== null && options.clientPassword === undefined;
    return { manifest, migrations, differences, clientUrl: isMade ? made.clientUrl : null };
  } finally {
    await client.end();
  }
}

export const manifestOf = (file: string): string => join(dirname(file), `${basename(file)}.json`);

function readManifest(file: string): Manifest {
  const manifest = JSON.parse(readFileSync(manifestOf(file), 'utf8')) as Manifest;
  if (manifest.provost !== 'backup') throw new Error(`${manifestOf(file)} is no manifest of a backup.`);
  return manifest;
}

const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

type Facts = Pick<Manifest, 'postgres' | 'epoch' | 'migrations' | 'rows' | 'roots'>;

async function factsOf(client: pg.Client): Promise<Facts> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname = any ($1) order by 1`,
    [schemas],
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const counted = await client.query<{ n: string }>(`select count(*) as n from ${name}`);
    rows[name] = Number(counted.rows[0]?.n);
  }
  const { rows: about } = await client.query<{ postgres: string; epoch: string }>(
    `select current_setting('server_version') as postgres, sync.epoch() as epoch`,
  );
  const { rows: chains } = await client.query<{ chain: string; seq: string; hash: string }>(
    `select program_id as chain, seq, encode(hash, 'hex') as hash from audit.chain order by 1`,
  );
  return {
    postgres: about[0]?.postgres ?? '',
    epoch: about[0]?.epoch ?? '',
    migrations: rows['drizzle.__drizzle_migrations'] ?? 0,
    rows,
    roots: Object.fromEntries(chains.map(({ chain, seq, hash }) => [chain, { seq: Number(seq), hash }])),
  };
}

function compare(wanted: Manifest, found: Facts): string[] {
  const counts = Object.entries(wanted.rows).filter(([table, count]) => found.rows[table] !== count);
  const roots = Object.entries(wanted.roots).filter(([chain, { hash }]) => found.roots[chain]?.hash !== hash);
  return [
    ...counts.map(([table, count]) => `${table} holds ${found.rows[table] ?? 0} rows instead of ${count}`),
    ...roots.map(([chain]) => `the audit chain of ${chain} ends otherwise`),
  ];
}

async function demandSuperuser(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ok: boolean }>(
    'select rolsuper as ok from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.ok)
    throw new Error('This needs a superuser of the database server: row-level security hides rows from anybody else.');
}

/** Nothing of anybody's is ever overwritten: there is no option to do it. */
async function demandEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     union all select nspname from pg_namespace where nspname in ('app', 'auth', 'sync', 'audit', 'api', 'ext') limit 1`,
  );
  if (rows[0])
    throw new Error(
      `This database is not empty: it holds ${rows[0].name}. Restore into a new one: createdb -E UTF8 -T template0 <name>`,
    );
}

async function majorOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: string }>(`select current_setting('server_version_num') as n`);
  return Math.floor(Number(rows[0]?.n) / 10_000);
}
