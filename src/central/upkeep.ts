/** What an operator asks of a running central database. Every function wants a connection that has become `provost_owner`. */
import type pg from 'pg';
import { platformOwner } from '../shared/contract/wire';
import { releaseHash } from './migrate';

export interface AuditChain {
  /** The program's name, or what stands for rows of no program. */
  program: string;
  entries: number;
  /** The first entry that does not fit; null where only the end of the chain is missing, or nothing is wrong. */
  brokenEntry: number | null;
  problem: string | null;
  /** The hash at the end of the chain, to be kept elsewhere. */
  root: string;
}

/** Seals what was committed since. */
export async function sealAll(client: pg.ClientBase): Promise<void> {
  for (let sealed = 1; sealed > 0;) {
    const { rows } = await client.query<{ n: number }>('select audit.seal_up(5000) as n');
    sealed = rows[0]?.n ?? 0;
  }
}

/** Seals what was committed since, then walks every chain from where it begins in this database. */
export async function verifyAudit(client: pg.ClientBase): Promise<AuditChain[]> {
  await sealAll(client);
  const { rows } = await client.query<{
    program_id: string;
    name: string | null;
    entries: string;
    broken_entry: string | null;
    problem: string | null;
    root: string;
  }>('select v.*, p.name from audit.verify() v left join app.programs p on p.id = v.program_id');
  return rows.map((row) => ({
    program: row.program_id === platformOwner ? 'Outside programs' : (row.name ?? row.program_id),
    entries: Number(row.entries),
    brokenEntry: row.broken_entry === null ? null : Number(row.broken_entry),
    problem: row.problem,
    root: row.root,
  }));
}

/** Facts about the database, in the order to show them. */
export async function readStatus(client: pg.ClientBase): Promise<[name: string, value: string][]> {
  const { rows } = await client.query<Record<string, string | null>>(`
    select sync.epoch() as epoch, (select sql_hash from sync.release) as hash, (select applied_at::text from sync.release) as applied,
      (select count(*) from app.programs where deleted_at is null) as programs,
      (select count(*) from app.users where deleted_at is null) as users,
      (select count(*) from auth.session where revoked_at is null and expires_at > now()) as sessions,
      (select count(*) from sync.device) as devices, (select max(last_push_at)::text from sync.device) as pushed,
      (select count(*) from sync.head) as heads, (select count(*) from sync.mutation) as mutations,
      (select count(*) from audit.entry) as entries, (select count(*) from audit.seal) as seals,
      (select format('%s, since %s', count(*), replace(min(name), '_', '-')) from audit.month) as months,
      (select max(at)::text from audit.removal) as tidied,
      current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`);
  const facts = rows[0] ?? {};
  const of = (key: string): string => facts[key] ?? '–';
  return [
    ['PostgreSQL', of('version')],
    ['Size', of('size')],
    ['Epoch', of('epoch')],
    ['Release', of('hash') === releaseHash() ? `up to date, since ${of('applied')}` : 'another release: run migrate'],
    ['Programs', of('programs')],
    ['Users', of('users')],
    ['Open sessions', of('sessions')],
    ['Desks', `${of('devices')}, last push ${of('pushed')}`],
    ['Change log rows', of('heads')],
    ['Results kept', of('mutations')],
    ['Audit entries', `${of('entries')}, of which ${of('seals')} sealed`],
    ['Audit months', of('months')],
    ['Last taken out', of('tidied')],
  ];
}

/** After a restore: transaction numbers in the change log are of another life of the database, and so is every cursor. */
export async function markRestored(client: pg.ClientBase): Promise<void> {
  await client.query('begin');
  await client.query('update sync.release set restored = restored + 1');
  await client.query('update sync.head set x = pg_current_xact_id()');
  await client.query('update audit.progress set next_after = null, next_low = low');
  await client.query('commit');
}
