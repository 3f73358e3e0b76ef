/**
 * Who is signed in where, who tried, and ending that: for oneself, for program admins over the people of their programs, for super admins.
 *
 * Security: rows are read by the engine under policies that follow `auth.overseen`; the hash of a token is in none of its columns. Ending asks
 * for a rank above the person's besides, as suspending does.
 */
import { fn, quoted } from './text';

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;
const mostShown = 200;

/** Whose sign-ins the session's person looks after: their own, and for program admins those of whoever is assigned to their programs. */
const overseen = fn(
  'auth.overseen()',
  'uuid[]',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select array(select sync.me() where sync.me() is not null
  union select a.user_id from app.user_program_assignments a join app.users u on u.id = a.user_id and sync.rank_of(u.role) <= sync.my_rank()
    where a.program_id = any (sync.my_programs(3)) and a.deleted_at is null)`,
);

/** Newest first; of one person, or of everybody within sight. */
const signIns = fn(
  'sync.sign_ins(args jsonb)',
  'jsonb',
  { kind: 'stable' },
  `
declare
  most integer := least(greatest(coalesce((args->>'limit')::integer, 50), 1), ${mostShown});
  person uuid := (args->>'userId')::uuid;
  refused boolean := args @> '{"refused": true}';
begin
  return (select jsonb_build_object('entries', coalesce(jsonb_agg(to_jsonb(e) order by e.id desc), '[]'),
      'next', case when count(*) = most then (array_agg(e.id order by e.id))[1] end) from (
    select s.id, s.user_id as "userId", u.full_name as "userName", s.outcome, s.times, ${ms('s.at')} as at, ${ms('s.last_at')} as "lastAt",
        s.device_name as "deviceName", s.client, s.address
      from auth.sign_in s left join app.users u on u.id = s.user_id
      where (person is null or s.user_id = person) and s.id < coalesce((args->>'before')::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        and (not refused or s.outcome <> 'signed-in')
      order by s.id desc limit most) e);
end`,
);

/** The sessions of a person that have not ended, the one last seen first. */
const sessions = fn(
  'sync.sessions(args jsonb, token text)',
  'jsonb',
  { kind: 'stable' },
  `
begin
  return (select coalesce(jsonb_agg(to_jsonb(e) order by e."lastSeenAt" desc), '[]') from (
    select s.id, s.device_name as "deviceName", s.client, s.address, ${ms('s.created_at')} as since, ${ms('s.last_seen_at')} as "lastSeenAt",
        ${ms('s.expires_at')} as "endsAt", s.id = auth.session_of(token) as "isThis"
      from auth.session s where s.user_id = (args->>'userId')::uuid and s.revoked_at is null and s.expires_at > statement_timestamp()
      order by s.last_seen_at desc limit ${mostShown}) e);
end`,
);

/** One session, or all of a person but the one that asks. Null where that is not for this person to decide. */
const end = fn(
  'auth.end_sessions(person uuid, session uuid, this uuid, reason text)',
  'integer',
  { as: 'owner' },
  `
declare
  ended text[];
begin
  if person is null or not (person = sync.me() or ((person = any (auth.overseen()) or sync.my_rank() = 4)
      and exists (select from app.users u where u.id = person and sync.rank_of(u.role) <= sync.my_reach()))) then return null; end if;
  with gone as (
    update auth.session s set revoked_at = clock_timestamp()
      where s.user_id = person and s.revoked_at is null and s.expires_at > statement_timestamp() and (session is null or s.id = session) and s.id is distinct from this
      returning s.device_name)
  select array_agg(coalesce(g.device_name, 'A desk without a name') order by g.device_name) into ended from gone g;
  if ended is null then return 0; end if;
  perform audit.signed_out(person, ended, nullif(btrim(reason), ''));
  return cardinality(ended);
end`,
);

/** Whoever may not sign in is signed in nowhere: being let in again means signing in again. */
const shutOut = `${fn(
  'auth.shut_out()',
  'trigger',
  { as: 'owner' },
  `
begin
  update auth.session s set revoked_at = clock_timestamp() where s.user_id = new.id and s.revoked_at is null and s.expires_at > statement_timestamp();
  return null;
end`,
)}create trigger t4_shut_out after update of status, deleted_at on app.users for each row
  when ((new.status <> 'active' or new.deleted_at is not null) and (old.status = 'active' and old.deleted_at is null)) execute function auth.shut_out();
`;

const questions: Record<string, string> = {
  'sign-ins': 'sync.sign_ins(args)',
  sessions: 'sync.sessions(args, token)',
  'end-sessions':
    "jsonb_build_object('ended', auth.end_sessions((args->>'userId')::uuid, (args->>'sessionId')::uuid, auth.session_of(token), left(args->>'reason', 1000)))",
};

export const oversightCases = Object.entries(questions)
  .map(([name, call]) => `    when ${quoted(name)} then return jsonb_build_object('answer', ${call});`)
  .join('\n');

export const oversightSql = (): string => [overseen, signIns, sessions, end, shutOut].join('\n');
