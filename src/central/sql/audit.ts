/**
 * The audit trail: entries written by triggers, never changed, chained by hashes per program.
 *
 * Invariant: entries are sealed after they were committed, in batches, by whoever comes first; nobody waits for anybody, so the chain costs
 * writers nothing.
 * Invariant: a month is a range of ids, so what was archived is the beginning of every chain, and `audit.base` says where it ended.
 */
import { allEntities, entityOf } from '../../shared/entities';
import { columnOf, type Entity } from '../../shared/model';
import { zero } from './scopes';
import { recordHead } from './head';
import { toJson } from './rows';
import { fn, plannedOnce, quoted } from './text';

const setting = (name: string): string => `nullif(current_setting('provost.${name}', true), '')`;

/** Numbers of entries from here on belong to rehearsals. */
export const firstRehearsed = '(1::bigint << 62)';

/** Who did it and how, read once and not for each row. */
const facts = `
  at timestamptz := ${setting('at')}::timestamptz;
  who uuid := sync.me();
  device uuid := ${setting('device_id')}::uuid;
  mutation uuid := ${setting('mutation_id')}::uuid;
  via text := ${setting('via')};
  reason text := ${setting('reason')};
  is_rehearsed boolean := ${setting('rehearsal')} is not null;`;

const entryColumns =
  'id, at, program_id, user_id, device_id, mutation_id, via, db_user, tbl, row_id, action, old_version, new_version, changes, reason';
const entryNumber = `case when is_rehearsed then audit.rehearsed_id() else nextval('audit.entry_seq') end, coalesce(at, clock_timestamp())`;

/**
 * The number of an entry that is taken back: above all that are given, so that a rehearsal uses none up, and of this connection alone, so that
 * two rehearsals do not wait for each other.
 */
const rehearsedId = fn(
  'audit.rehearsed_id()',
  'bigint',
  { as: 'owner' },
  `
declare
  n integer := current_setting('provost.rehearsal')::integer + 1;
begin
  perform set_config('provost.rehearsal', n::text, true);
  return ${firstRehearsed} + (pg_backend_pid()::bigint << 32) + n;
end`,
);

/** Fields that are no change worth an entry when they change alone. */
const unremarkable: Record<string, string> = { users: 'lastLoginAt' };

const programOf = (entity: Entity, row: string): string =>
  entity.scope === 'program' ? `${row}.program_id` : entity.scope === 'self' ? `${row}.id` : 'null::uuid';

/** The fields in which a row differs from what it was, each with both values; of a new row, those that hold something. */
function changesOf(entity: Entity, isNew: boolean): string {
  const parts = Object.entries(entity.fields).map(([name, field]) => {
    const value = (row: string): string => toJson[field.kind](`${row}.${columnOf(name)}`);
    const before = isNew ? 'null' : value('o');
    return `case when ${before} is distinct from ${value('n')} then jsonb_build_object(${quoted(name)}, jsonb_build_array(${before}, ${value('n')})) else '{}' end`;
  });
  return parts.join('\n        || ');
}

/**
 * The triggers that record what a statement changed, for all its rows at once: in the change log and in the audit trail.
 *
 * Rows of one statement may be of several mutations: `provost.acts` then says which is of which (see `runs`).
 */
function noted(entity: Entity): string {
  const dull = unremarkable[entity.name];
  const head = recordHead(entity);
  const entries = (action: string, oldVersion: string, changes: string, from: string, where = ''): string => `
    insert into audit.entry (${entryColumns})
      select ${entryNumber}, x.program, who, device, coalesce((x.act->>0)::uuid, mutation), coalesce(x.act->>1, via),
        session_user, ${entity.number}, x.id, x.action, x.old_version, x.row_version, x.changes, coalesce(x.act->>2, reason)
        from (select n.id, ${programOf(entity, 'n')} as program, n.row_version, ${action} as action, ${oldVersion} as old_version, acts->n.id::text as act,
        ${changes} as changes
        from ${from}) x${where};`;
  const isWorthTelling = ` where x.action <> 'update' or x.changes${dull ? ` - '${dull}'` : ''} <> '{}'`;
  const action = `case when o.deleted_at is null and n.deleted_at is not null then 'delete' when o.deleted_at is not null and n.deleted_at is null then 'restore' else 'update' end`;
  const trigger = (event: string, tables: string): string =>
    `create trigger t2_noted_${event} after ${event} on app.${entity.name} referencing ${tables} for each statement execute function sync.noted_${entity.name}();\n`;
  return (
    fn(
      `sync.noted_${entity.name}()`,
      'trigger',
      { as: 'owner', settings: joined },
      `
declare${facts}
  acts jsonb := ${setting('acts')}::jsonb;
  moved uuid[];
  stayed uuid[];
  ops "char"[];
begin
  if not exists (select from news) then return null; end if;
  if tg_op = 'INSERT' then
    ${head.inserted}${entries("'insert'", 'null::bigint', changesOf(entity, true), 'news n')}
  else
    ${head.updated}${entries(action, 'o.row_version', changesOf(entity, false), 'news n join olds o on o.id = n.id', isWorthTelling)}
  end if;
  return null;
end`,
    ) +
    trigger('insert', 'new table as news') +
    trigger('update', 'old table as olds new table as news')
  );
}

const refuseChange = fn(
  'audit.refuse_change()',
  'trigger',
  {},
  `begin\n  raise exception 'The audit trail is never changed.' using errcode = 'PV003';\nend`,
);

/** Triggers of statements are not handed down to partitions, which can be named directly: each has its own. */
const guard = fn(
  'audit.guard(t regclass)',
  'void',
  { as: 'owner' },
  `
begin
  execute format('alter table %s enable row level security, force row level security', t);
  execute format('drop policy if exists owner_all on %s', t);
  execute format('create policy owner_all on %s to provost_owner using (true) with check (true)', t);
  execute format('create trigger t1_append_only before update or delete or truncate on %s for each statement execute function audit.refuse_change()', t);
end`,
);

/** Run after the policies: the parents, and every month there is. */
export const guardSql = (): string => `
select audit.guard(t.relid) from (values ('audit.entry'::regclass), ('audit.seal'::regclass)) p (t), pg_partition_tree(p.t) t;
`;

/**
 * Begins a new month where the last one is of an earlier month: what has no end gets one, and a new partition follows it.
 * Entries wait meanwhile, so none can get a number from before the end afterwards.
 */
const beginMonth = fn(
  'audit.begin_month()',
  'text',
  { as: 'owner' },
  `
declare
  month text := to_char(now() at time zone 'UTC', 'YYYY_MM');
  open audit.month;
  bound bigint;
  t text;
begin
  select * into open from audit.month m where m.to_id is null for update;
  if open.name >= month then return null; end if;
  lock table audit.entry, audit.seal in access exclusive mode;
  bound := nextval('audit.entry_seq');
  foreach t in array array['entry', 'seal'] loop
    execute format('alter table audit.%I detach partition audit.%I', t, t || '_' || open.name);
    execute format('alter table audit.%I attach partition audit.%I for values from (%s) to (%s)', t, t || '_' || open.name,
      coalesce(open.from_id::text, 'minvalue'), bound);
    execute format('create table audit.%I partition of audit.%I for values from (%s) to (maxvalue)', t || '_' || month, t, bound);
    perform audit.guard(format('audit.%I', t || '_' || month)::regclass);
  end loop;
  update audit.month m set to_id = bound where m.name = open.name;
  insert into audit.month (name, from_id) values (month, bound);
  return month;
end`,
);

// An array of every column, as JSON text: one text for one entry, whatever its values contain.
const canonical = fn(
  'audit.canonical(e audit.entry)',
  'text',
  { language: 'sql', kind: 'stable' },
  `
select jsonb_build_array(e.id, (extract(epoch from e.at) * 1000)::bigint, e.program_id, e.user_id, e.device_id, e.mutation_id, e.via, e.db_user,
  e.tbl, e.row_id, e.action, e.old_version, e.new_version, e.changes, e.reason)::text`,
);

const link = `${fn(
  'audit.link(state bytea, previous bytea, canonical text)',
  'bytea',
  { language: 'sql', kind: 'immutable' },
  `select sha256(coalesce(state, previous) || convert_to(canonical, 'UTF8'))`,
)}
create aggregate audit.chained(bytea, text) (sfunc = audit.link, stype = bytea);
`;

/**
 * A plan made while a statement had one row is used again for one of twenty thousand: never let it compare each with each.
 */
const joined = ['enable_nestloop = off', 'enable_hashjoin = on', 'plan_cache_mode = force_generic_plan'];

const sealUp = fn(
  'audit.seal_up(most integer)',
  'integer',
  { as: 'owner', settings: plannedOnce },
  `
declare
  p audit.progress;
  sealed integer;
  highest bigint;
  is_ripe boolean;
begin
  -- Somebody else is sealing: nothing to wait for.
  select * into p from audit.progress for update skip locked;
  if not found then return 0; end if;
  -- Ids are given before commit: an entry with a lower id may still appear until every transaction of that time has ended.
  is_ripe := p.next_after is not null and pg_snapshot_xmin(pg_current_snapshot()) >= p.next_after;
  with unsealed as (
    select x.*, coalesce(x.program_id, ${zero}) as chain_of from audit.entry x
      where x.id > p.low and not exists (select from audit.seal s where s.entry_id = x.id and s.entry_id > p.low) order by x.id limit most),
  linked as (
    select u.id, u.chain_of, coalesce(c.seq, 0) + row_number() over w as seq,
        audit.chained(coalesce(c.hash, ''), audit.canonical(e)) over w as hash
      from unsealed u join audit.entry e on e.id = u.id and e.id > p.low left join audit.chain c on c.program_id = u.chain_of
      window w as (partition by u.chain_of order by u.id)),
  sealing as (
    insert into audit.seal (entry_id, program_id, seq, hash) select l.id, l.chain_of, l.seq, l.hash from linked l order by l.id returning entry_id),
  ends as (
    insert into audit.chain as c (program_id, seq, hash)
      select distinct on (l.chain_of) l.chain_of, l.seq, l.hash from linked l order by l.chain_of, l.seq desc
      on conflict on constraint chain_pkey do update set seq = excluded.seq, hash = excluded.hash)
  select count(*), greatest(max(entry_id), p.low) into sealed, highest from sealing;
  -- Those transactions had ended before the loop looked, and it left nothing behind.
  if is_ripe and sealed < most then
    p.low := p.next_low;
    p.next_after := null;
  end if;
  if p.next_after is null then
    p.next_low := greatest(p.next_low, highest);
    if p.next_low > p.low then p.next_after := pg_snapshot_xmax(pg_current_snapshot()); end if;
  end if;
  update audit.progress set low = p.low, next_low = p.next_low, next_after = p.next_after
    where (low, next_low) is distinct from (p.low, p.next_low) or next_after is distinct from p.next_after;
  return sealed;
end`,
);

/** Walks a chain from the link after `after`, or from where it begins here, for at most `most` links; `next_seq` is where to go on. */
const verifySlice = fn(
  'audit.verify_slice(program uuid, after bigint, most integer)',
  'table (next_seq bigint, broken_entry bigint, problem text)',
  { as: 'owner' },
  `
declare
  c audit.chain;
  b audit.base;
  s record;
  e audit.entry;
  previous bytea;
  expected bigint;
begin
  select * into c from audit.chain x where x.program_id = program;
  select * into b from audit.base x where x.program_id = program;
  expected := coalesce(after, b.seq, 0);
  select x.hash into previous from audit.seal x where x.program_id = program and x.seq = expected;
  previous := coalesce(previous, case when expected = b.seq then b.hash end, '\\x');
  for s in select x.* from audit.seal x where x.program_id = program and x.seq > expected order by x.seq limit most loop
    expected := expected + 1;
    if s.seq <> expected then
      broken_entry := s.entry_id; problem := format('%s seal(s) missing before this entry', s.seq - expected); exit;
    end if;
    select * into e from audit.entry y where y.id = s.entry_id;
    if not found then broken_entry := s.entry_id; problem := 'the entry was removed'; exit; end if;
    if coalesce(e.program_id, ${zero}) <> program or audit.link(null, previous, audit.canonical(e)) <> s.hash then
      broken_entry := s.entry_id; problem := 'the entry was altered, or its seal was'; exit;
    end if;
    previous := s.hash;
  end loop;
  if problem is null and expected < c.seq and exists (select from audit.seal x where x.program_id = program and x.seq > expected) then
    next_seq := expected;
  elsif problem is null and (expected < c.seq or (expected = c.seq and previous <> c.hash)) then
    problem := 'seals were removed from the end of the chain';
  end if;
  return next;
end`,
);

/** Walks every chain whole; one row per program, with the first entry that does not fit, if any. */
const verify = fn(
  'audit.verify()',
  'table (program_id uuid, entries bigint, broken_entry bigint, problem text, root text)',
  { as: 'owner', language: 'sql' },
  `
select c.program_id, c.seq - coalesce(b.seq, 0), v.broken_entry, v.problem, encode(c.hash, 'hex')
  from audit.chain c left join audit.base b on b.program_id = c.program_id cross join lateral audit.verify_slice(c.program_id, null, null) v
  order by c.program_id`,
);

const reveal = fn(
  'audit.reveal(tbl smallint, row_id uuid, program_id uuid, version bigint)',
  'void',
  { as: 'owner' },
  `
declare${facts}
begin
  insert into audit.entry (${entryColumns})
    values (${entryNumber}, program_id, who, device, mutation, via, session_user, tbl, row_id, 'reveal', version, version, '{}', reason);
end`,
);

/** Somebody's sessions were ended by somebody: on which desks, as if it were a field of the account. */
const signedOut = fn(
  'audit.signed_out(person uuid, desks text[], why text)',
  'void',
  { as: 'owner' },
  `
declare${facts}
begin
  insert into audit.entry (${entryColumns})
    values (${entryNumber}, null, who, device, mutation, via, session_user, ${entityOf('users').number}, person, 'sign-out', null, null,
      jsonb_build_object('signedInAt', jsonb_build_array(to_jsonb(desks), null)), nullif(why, ''));
end`,
);

export const auditSql = (): string =>
  [
    rehearsedId,
    reveal,
    signedOut,
    refuseChange,
    guard,
    beginMonth,
    canonical,
    link,
    sealUp,
    verifySlice,
    verify,
    ...allEntities.map(noted),
  ].join('\n');
