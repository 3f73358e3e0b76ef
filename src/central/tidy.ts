/**
 * What the database forgets: results and sessions that nobody asks for, old notifications, and, into files only, old months of the audit trail.
 *
 * Invariant: a month leaves the database only after its file was written, read again and found to be whole, in one transaction with the note
 * of where each chain goes on.
 */
import type pg from 'pg';
import { entityOf } from '../shared/entities';
import { checkArchive, writeArchive, type AuditLine, type ChainEnds } from './archive-file';
import { retentionOf, type Retention } from './retention';
import { sealAll } from './upkeep';

export interface Tidied {
  mutations: number;
  sessions: number;
  notifications: number;
  /** The month of the audit trail that was begun, or null. */
  begun: string | null;
  /** Months that were archived, and entries in them. */
  archived: { month: string; entries: number; file: string }[];
}

export interface TidyOptions {
  /** The folder for what is taken out. Without it, the audit trail keeps every month. */
  archive?: string;
  now?: Date;
}

export async function tidy(client: pg.ClientBase, { archive, now = new Date() }: TidyOptions = {}): Promise<Tidied> {
  const keep = await retentionOf(client);
  const begun = await client.query<{ month: string | null }>('select audit.begin_month() as month');
  // Years go by: whoever needs the first number of one should find its series made.
  await client.query('select sync.prepare_numbers()');
  const mutations = await client.query(
    `delete from sync.mutation where at < $1::timestamptz - make_interval(days => $2)`,
    [now, keep.resultDays],
  );
  await client.query(
    `delete from auth.attempt where since < now() - interval '1 day' and coalesce(locked_until, since) < now()`,
  );
  const sessions = await takeOut(client, 'sessions', sessionsBefore, [now, keep.sessionDays], archive, now);
  const notifications = await takeOut(client, 'notifications', notices, [now, keep.notificationDays], archive, now);
  await forgetNotices(client, keep, now);
  return {
    mutations: mutations.rowCount ?? 0,
    sessions,
    notifications,
    begun: begun.rows[0]?.month ?? null,
    archived: archive === undefined ? [] : await archiveMonths(client, archive, keep, now),
  };
}

/** Security: what a token could be guessed from stays out of the file. */
const sessionsBefore = `
  delete from auth.session s where coalesce(s.revoked_at, s.expires_at) < $1::timestamptz - make_interval(days => $2)
  returning to_jsonb(s) - 'token_hash' as row`;

// Desks hear that the row has left: in the change log it leaves every scope it stood in.
const noticeNumber = entityOf('notifications').number;
const notices = `
  with gone as (
    delete from app.notifications n where n.created_at < $1::timestamptz - make_interval(days => $2) returning n.id, to_jsonb(n) as row),
  left_ as (
    update sync.head h set op = 'L', x = pg_current_xact_id() from gone g where h.tbl = ${noticeNumber} and h.row_id = g.id)
  select g.row from gone g`;

async function takeOut(
  client: pg.ClientBase,
  kind: 'sessions' | 'notifications',
  sql: string,
  values: unknown[],
  archive: string | undefined,
  now: Date,
): Promise<number> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ row: unknown }>(sql, values);
    if (rows.length > 0) {
      const name = now.toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
      const written =
        archive === undefined
          ? null
          : await writeArchive(archive, { kind, name }, inTurn(rows.map(({ row }) => row)), () => ({}));
      await note(client, kind, rows.length, written);
    }
    await client.query('commit');
    return rows.length;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function* inTurn(items: readonly unknown[]): AsyncGenerator<unknown> {
  yield* items;
}

/** A row that left long ago is known to be gone by every desk; one that was away even longer finds out by comparing digests. */
async function forgetNotices(client: pg.ClientBase, keep: Retention, now: Date): Promise<void> {
  const before = Math.max(0, now.getTime() - 2 * keep.notificationDays * 86_400_000);
  const hex = before.toString(16).padStart(12, '0');
  // Ids begin with the time they were made.
  const bound = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
  await client.query(
    `delete from sync.head h where h.tbl = $1 and h.op = 'L' and h.row_id < $2
       and not exists (select from app.notifications n where n.id = h.row_id)`,
    [noticeNumber, bound],
  );
}

const note = (
  client: pg.ClientBase,
  kind: string,
  rows: number,
  written: { file: string; sha256: string } | null,
): Promise<unknown> =>
  client.query('insert into audit.removal (kind, rows, file, sha256) values ($1, $2, $3, $4)', [
    kind,
    rows,
    written?.file ?? null,
    written?.sha256 ?? null,
  ]);

/** Oldest first, and no further than the first month that is too young: what stays is the end of every chain. */
async function archiveMonths(
  client: pg.ClientBase,
  dir: string,
  keep: Retention,
  now: Date,
): Promise<Tidied['archived']> {
  await sealAll(client);
  const { rows: months } = await client.query<{ name: string }>(
    'select name from audit.month where to_id is not null order by to_id',
  );
  const done: Tidied['archived'] = [];
  for (const { name } of months) {
    if (!(await isOldEnough(client, name, keep, now))) break;
    done.push(await archiveMonth(client, dir, name));
  }
  return done;
}

async function isOldEnough(client: pg.ClientBase, month: string, keep: Retention, now: Date): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(
    `select coalesce(max(e.at) < $1::timestamptz - make_interval(months => $2), true)
        and not exists (select from audit.entry_${month} x where not exists (select from audit.seal_${month} s where s.entry_id = x.id)) as ok
       from audit.entry_${month} e`,
    [now, keep.auditMonths],
  );
  return rows[0]?.ok ?? false;
}

async function archiveMonth(
  client: pg.ClientBase,
  dir: string,
  month: string,
): Promise<{ month: string; entries: number; file: string }> {
  const from = await basesOf(client);
  const to: ChainEnds = { ...from };
  const written = await writeArchive(dir, { kind: 'audit', name: month, from }, linesOf(client, month, to), () => ({
    to,
  }));
  const { problem } = await checkArchive(written.file);
  if (problem !== null) {
    throw new Error(
      `The month ${month} was not archived: in ${written.file}, ${problem}. Run verify-audit: it names the first entry that does not fit.`,
    );
  }
  await client.query('begin');
  try {
    await client.query('drop table ' + ['entry', 'seal'].map((table) => `audit.${table}_${month}`).join(', '));
    await client.query('delete from audit.month where name = $1', [month]);
    await client.query(
      `insert into audit.base as b (program_id, seq, hash)
         select c.key::uuid, (c.value->>'seq')::bigint, decode(c.value->>'hash', 'hex') from jsonb_each($1) c
         on conflict (program_id) do update set seq = excluded.seq, hash = excluded.hash`,
      [JSON.stringify(to)],
    );
    await note(client, 'audit', written.rows, written);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  return { month, entries: written.rows, file: written.file };
}

/** Where each chain begins in this database. */
export async function basesOf(client: pg.ClientBase): Promise<ChainEnds> {
  const { rows } = await client.query<{ program_id: string; seq: string; hash: string }>(
    `select program_id, seq, encode(hash, 'hex') as hash from audit.base order by program_id`,
  );
  return Object.fromEntries(rows.map(({ program_id, seq, hash }) => [program_id, { seq: Number(seq), hash }]));
}

async function* linesOf(client: pg.ClientBase, month: string, to: ChainEnds): AsyncGenerator<AuditLine> {
  for (let after: [string, number] = ['00000000-0000-0000-0000-000000000000', 0]; ;) {
    const { rows } = await client.query<{ chain: string; seq: string; hash: string; text: string }>(
      `select s.program_id as chain, s.seq, encode(s.hash, 'hex') as hash, audit.canonical(e) as text
         from audit.seal_${month} s join audit.entry e on e.id = s.entry_id
         where (s.program_id, s.seq) > ($1, $2)
         order by s.program_id, s.seq limit 5000`,
      after,
    );
    for (const row of rows) {
      const line = { ...row, seq: Number(row.seq) };
      to[line.chain] = { seq: line.seq, hash: line.hash };
      yield line;
    }
    const last = rows.at(-1);
    if (!last) return;
    after = [last.chain, Number(last.seq)];
  }
}
