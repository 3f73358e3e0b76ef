/**
 * What the database forgets: results that nobody asks for; months of sessions, sign-ins and notifications; and, into files only, old months of the audit trail.
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
  signIns: number;
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
  const gone: Record<string, number> = {};
  for (const one of kept) gone[one.kind] = await forget(client, one, keep, archive, now);
  await forgetNotices(client, keep, now);
  return {
    mutations: mutations.rowCount ?? 0,
    sessions: gone['sessions'] ?? 0,
    signIns: gone['sign-ins'] ?? 0,
    notifications: gone['notifications'] ?? 0,
    begun: begun.rows[0]?.month ?? null,
    archived: archive === undefined ? [] : await archiveMonths(client, archive, keep, now),
  };
}

/** What is cut into months beside the audit trail: what counts as over, and what of a row goes into the file. */
interface Kept {
  kind: 'sessions' | 'sign-ins' | 'notifications';
  whole: string;
  /** Whether row `t` was over before $1. */
  isOver: string;
  row: string;
  days: (keep: Retention) => number;
}

const kept: readonly Kept[] = [
  {
    kind: 'sessions',
    whole: 'auth.session',
    isOver: 'coalesce(t.revoked_at, t.expires_at) < $1',
    // Security: what a token could be guessed from stays out of the file.
    row: `to_jsonb(t) - 'token_hash'`,
    days: (keep) => keep.sessionDays,
  },
  {
    kind: 'sign-ins',
    whole: 'auth.sign_in',
    isOver: 't.last_at < $1',
    row: 'to_jsonb(t)',
    days: (keep) => keep.sessionDays,
  },
  {
    kind: 'notifications',
    whole: 'app.notifications',
    isOver: 't.created_at < $1',
    row: 'to_jsonb(t)',
    days: (keep) => keep.notificationDays,
  },
];

const noticeNumber = entityOf('notifications').number;

interface Part {
  part: string;
  name: string;
  month: string | null;
  high: string | null;
}

/** Whole months once all of them is over; row by row what belongs to no month, or to the one that goes on. */
async function forget(
  client: pg.ClientBase,
  one: Kept,
  keep: Retention,
  archive: string | undefined,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - one.days(keep) * 86_400_000);
  await client.query('select sync.begin_month($1)', [one.whole]);
  const { rows: parts } = await client.query<Part>(
    'select part::text, name, month, high from sync.parts_of($1) order by high nulls last',
    [one.whole],
  );
  let rows = 0;
  let areOver = true;
  for (const part of parts) {
    const isMonth = part.month !== null && part.high !== null;
    // Oldest first, and no further than the first month that is too young.
    if (isMonth && !(areOver &&= await isAllOver(client, one, part, before))) continue;
    rows += await takeOut(client, one, part, isMonth, before, archive, now);
  }
  return rows;
}

async function isAllOver(client: pg.ClientBase, one: Kept, { part }: Part, before: Date): Promise<boolean> {
  const { rows } = await client.query<{ is_over: boolean }>(
    `select not exists (select from ${part} t where not (${one.isOver})) as is_over`,
    [before],
  );
  return rows[0]?.is_over ?? false;
}

async function takeOut(
  client: pg.ClientBase,
  one: Kept,
  { part, month }: Part,
  isMonth: boolean,
  before: Date,
  archive: string | undefined,
  now: Date,
): Promise<number> {
  await client.query('begin');
  try {
    // Dropping a part waits for whoever uses the table, and everybody else behind it: not for long.
    await client.query(`set local lock_timeout = '10s'`);
    const { rows } = await client.query<{ id: string; row: unknown }>(
      `select t.id, ${one.row} as row from ${part} t where ${one.isOver} order by t.id for update`,
      [before],
    );
    if (rows.length > 0) {
      const name = isMonth ? (month ?? '') : now.toISOString().slice(0, 19).replaceAll(/[:T]/g, '-');
      const written =
        archive === undefined
          ? null
          : await writeArchive(archive, { kind: one.kind, name }, inTurn(rows.map(({ row }) => row)), () => ({}));
      // Desks hear that a notification has left: in the change log it leaves every scope it stood in.
      if (one.kind === 'notifications')
        await client.query(
          `update sync.head h set op = 'L', x = pg_current_xact_id() where h.tbl = ${noticeNumber} and h.row_id = any ($1)`,
          [rows.map(({ id }) => id)],
        );
      if (!isMonth) await client.query(`delete from ${part} t where t.id = any ($1)`, [rows.map(({ id }) => id)]);
      await note(client, one.kind, rows.length, written);
    }
    if (isMonth) await client.query('select sync.end_month($1)', [one.whole]);
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
