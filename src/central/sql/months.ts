/**
 * Tables cut into months, beside the audit trail (which has its own way, by its numbers): a month is a range of ids, which begin with their time.
 *
 * Invariant: every id finds a place. `_earlier` is everything before the first month, the last month has no end, so nobody needs to run `tidy`
 * for a row to be taken in.
 */
import { fn } from './text';

const newId = fn(
  'sync.new_id()',
  'uuid',
  { language: 'sql' },
  // A random id whose first six bytes are the time, and whose version is 7 (RFC 9562).
  `
select encode(set_byte(b, 6, get_byte(b, 6) & 15 | 112), 'hex')::uuid
  from (select overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1) as b) t`,
);

const firstId = fn(
  'sync.first_id(at timestamptz)',
  'uuid',
  { language: 'sql', kind: 'immutable' },
  `select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`,
);

/** The parts of a table with the bounds they have; `month` is null for what is earlier than all months, `high` for the last of them. */
const parts = fn(
  'sync.parts_of(whole regclass)',
  'table (part regclass, name text, month text, low text, high uuid)',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select p.oid::regclass, p.relname::text, substring(p.relname from '[0-9]{4}_[0-9]{2}$'), b.bound[1], case when b.bound[2] <> 'MAXVALUE' then trim(b.bound[2], '''')::uuid end
  from pg_inherits i join pg_class p on p.oid = i.inhrelid,
    regexp_match(pg_get_expr(p.relpartbound, p.oid), 'FROM \\((.*)\\) TO \\((.*)\\)') b (bound)
  where i.inhparent = whole order by p.relname`,
);

/** Begins the month's part, where the last one is of an earlier month. Rows that are of the new month by their ids go along. */
const begin = fn(
  'sync.begin_month(whole regclass)',
  'text',
  { as: 'owner' },
  `
declare
  month text := to_char(now() at time zone 'UTC', 'YYYY_MM');
  bound uuid := sync.first_id(date_trunc('month', now() at time zone 'UTC') at time zone 'UTC');
  last record;
  next text;
begin
  execute format('lock table %s in access exclusive mode', whole);
  select * into last from sync.parts_of(whole) p where p.high is null;
  if last.month >= month then return null; end if;
  next := format('%I.%I', split_part(whole::text, '.', 1), split_part(whole::text, '.', 2) || '_' || month);
  execute format('alter table %s detach partition %s', whole, last.part);
  execute format('create table %s partition of %s for values from (%L) to (maxvalue)', next, whole, bound);
  execute format('alter table %s enable row level security, force row level security', next);
  execute format('create policy owner_all on %s to provost_owner using (true) with check (true)', next);
  -- They were made, recorded and told long ago.
  execute format('alter table %s disable trigger user', next);
  execute format('with moved as (delete from %s where id >= %L returning *) insert into %s select * from moved', last.part, bound, next);
  execute format('alter table %s enable trigger user', next);
  execute format('alter table %s attach partition %s for values from (%s) to (%L)', whole, last.part, last.low, bound);
  return month;
end`,
);

/** Drops the oldest month; what is earlier reaches as far as it did. */
const end = fn(
  'sync.end_month(whole regclass)',
  'void',
  { as: 'owner' },
  `
declare
  oldest record;
  earlier regclass;
begin
  execute format('lock table %s in access exclusive mode', whole);
  select * into strict oldest from sync.parts_of(whole) p where p.month is not null and p.high is not null order by p.high limit 1;
  select p.part into strict earlier from sync.parts_of(whole) p where p.month is null;
  execute format('alter table %s detach partition %s', whole, earlier);
  execute format('drop table %s', oldest.part);
  execute format('alter table %s attach partition %s for values from (minvalue) to (%L)', whole, earlier, oldest.high);
end`,
);

export const monthsSql = (): string => [newId, firstId, parts, begin, end].join('\n');
