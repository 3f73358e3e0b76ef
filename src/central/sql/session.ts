/**
 * Who is calling. Every `api` function begins with `auth.enter(token)`, which looks the token up and writes the context that policies read.
 *
 * Security: the context lives in settings, which a client could set too. So `enter` overwrites every one of them before anything else, also
 * where the token is worth nothing; and the client's role reaches nothing but functions that begin with it.
 * Invariant: `enter` is STABLE, so that in `pull` the scopes and the changes come from one snapshot.
 */
import { encryptedStoresSetting } from '../../shared/rules/encrypted-stores';
import { consoleRoles } from '../../shared/entities/user';
import { classRank, mayManageUpTo, rankOf, type Rank } from '../../shared/rules/permit';
import { classNumber, dataClasses, holds, numberOf, zero } from './scopes';
import { fn, plannedOnce, quoted } from './text';

const setting = (name: string): string => `nullif(current_setting('provost.${name}', true), '')`;
export const me = '(select sync.me())';

const ranks: Rank[] = [0, 1, 2, 3, 4];

/** The classes a rank's session holds. */
const classesOf = (rank: Rank): string => {
  if (rank === 0) return '{}';
  const held = dataClasses.filter((name) => rank >= classRank[name]).map((name) => classNumber[name]);
  held.push(classNumber.platform, classNumber.own);
  if (rank === 4) held.push(classNumber.admin);
  if (rank === 1) held.push(classNumber.teaching);
  return `{${held.sort((a, b) => a - b).join(',')}}`;
};

const context = [
  fn('sync.me()', 'uuid', { language: 'sql', kind: 'stable' }, `select ${setting('user_id')}::uuid`),
  fn(
    'sync.my_rank()',
    'smallint',
    { language: 'sql', kind: 'stable' },
    `select coalesce(${setting('rank')}, '0')::smallint`,
  ),
  fn(
    'sync.my_programs(lowest integer)',
    'uuid[]',
    { language: 'sql', kind: 'stable' },
    `select case when coalesce(${setting('rank')}, '0')::int >= lowest then coalesce(${setting('programs')}, '{}')::uuid[] else '{}'::uuid[] end`,
  ),
  fn(
    'sync.my_classes()',
    'smallint[]',
    { language: 'sql', kind: 'stable' },
    `select (case coalesce(${setting('rank')}, '0')\n${ranks.map((r) => `  when '${r}' then '${classesOf(r)}'`).join('\n')}\n  end)::smallint[]`,
  ),
  fn(
    'sync.rank_of(role text)',
    'integer',
    { language: 'sql', kind: 'immutable' },
    `select case role ${consoleRoles.map((role) => `when ${quoted(role)} then ${rankOf(role)}`).join(' ')} else 0 end`,
  ),
  // The highest rank this session may give to, or change on, another user.
  fn(
    'sync.my_reach()',
    'integer',
    { language: 'sql', kind: 'stable' },
    `select case coalesce(${setting('rank')}, '0') ${ranks.map((r) => `when '${r}' then ${mayManageUpTo(r)}`).join(' ')} else -1 end`,
  ),
  fn(
    'sync.my_scopes()',
    'table (class smallint, owner uuid, key text)',
    { language: 'sql', kind: 'stable' },
    `
select s.class, s.owner, sync.class_name(s.class) || ':' || s.owner
from (
  select c as class, p as owner
    from unnest(sync.my_classes()) c cross join unnest(sync.my_programs(1)) p
    where c between ${classNumber.catalogue} and ${classNumber.finance}
  union all
  select c, case when c in (${classNumber.own}, ${classNumber.teaching}) then sync.me() else ${zero} end
    from unnest(sync.my_classes()) c
    where c not between ${classNumber.catalogue} and ${classNumber.finance}
) s`,
  ),
];

/** Writes the context of a person who was found to be active: their rank and programs as they are now. */
const become = fn(
  'auth.become(person uuid, role text, device uuid)',
  'boolean',
  { as: 'owner', kind: 'stable' },
  `
declare
  programs uuid[];
  rank integer := sync.rank_of(role);
begin
  if rank = 0 then return false; end if;
  -- A super admin is somebody whose programs are all programs: policies know no exception.
  if rank = 4 then
    select coalesce(array_agg(p.id order by p.id), '{}') into programs from app.programs p where p.deleted_at is null;
  else
    select coalesce(array_agg(p.id order by p.id), '{}') into programs
      from app.user_program_assignments a join app.programs p on p.id = a.program_id and p.deleted_at is null
      where a.user_id = person and a.deleted_at is null;
  end if;
  perform set_config('provost.user_id', person::text, true), set_config('provost.rank', rank::text, true),
    set_config('provost.programs', programs::text, true), set_config('provost.device_id', coalesce(device::text, ''), true);
  return true;
end`,
);

/**
 * A token is the id of its session, which says in which month it lies, and 32 random bytes. Security: the id proves nothing; whoever looks a
 * session up compares the hash of the whole token.
 */
const namesItsSession = `length(token) = 96 and translate(token, '0123456789abcdef', '') = ''`;
const sessionOf = fn(
  'auth.session_of(token text)',
  'uuid',
  { as: 'owner', kind: 'stable' },
  `
begin
  if ${namesItsSession} then return left(token, 32)::uuid; end if;
  -- Tokens of an earlier release are random altogether.
  return (select s.id from auth.session s where s.token_hash = sha256(convert_to(token, 'UTF8')));
end`,
);

const enter = fn(
  'auth.enter(token text)',
  'boolean',
  { as: 'owner', kind: 'stable', settings: plannedOnce },
  `
declare
  who record;
  session uuid := case when ${namesItsSession} then left(token, 32)::uuid else auth.session_of(token) end;
begin
  perform set_config('provost.user_id', '', true), set_config('provost.rank', '0', true), set_config('provost.programs', '{}', true),
    set_config('provost.device_id', '', true), set_config('provost.mutation_id', '', true), set_config('provost.via', '', true),
    set_config('provost.reason', '', true), set_config('provost.at', '', true), set_config('provost.rehearsal', '', true),
    set_config('provost.carrier', '', true), set_config('provost.acts', '', true);
  select u.id, u.role, s.device_id into who
    from auth.session s join app.users u on u.id = s.user_id
    where s.id = session and s.token_hash = sha256(convert_to(token, 'UTF8')) and s.revoked_at is null and s.expires_at > statement_timestamp()
      and u.status = 'active' and u.deleted_at is null;
  if not found then return false; end if;
  return auth.become(who.id, who.role, who.device_id);
end`,
);

/**
 * Who may have acted on rows of the session's programs without being part of them: super admins, and who worked there and left. Security: their
 * names, nothing else of theirs; whose account the session holds is left out.
 */
const actors = fn(
  'auth.names()',
  'jsonb',
  { as: 'owner', kind: 'stable' },
  `
begin
  return (select coalesce(jsonb_object_agg(u.id, u.full_name), '{}')
    from (
      select s.id, s.full_name from app.users s where s.role = 'super_admin'
      union
      select l.id, l.full_name from app.user_program_assignments a join app.users l on l.id = a.user_id
        where a.program_id = any (sync.my_programs(1)) and a.deleted_at is not null and sync.my_rank() between 1 and 3) u
    where not exists (select from sync.head h where h.tbl = ${numberOf('users')} and h.row_id = u.id and h.op = 'P' and ${holds('h')}));
end`,
);

const facts = fn(
  'auth.facts()',
  'jsonb',
  // Every poll asks: in this language the plan is kept.
  { as: 'owner', kind: 'stable' },
  `
begin
  return (select jsonb_build_object('userId', u.id, 'fullName', u.full_name, 'email', u.email, 'role', u.role,
      'programs', to_jsonb(sync.my_programs(1)),
      'names', auth.names(),
      'scopes', (select jsonb_agg(s.key order by s.class, s.owner) from sync.my_scopes() s),
      'encryptStores', exists (select from app.platform_settings s
        where s.key = ${quoted(encryptedStoresSetting)} and s.deleted_at is null and s.value->'required' = 'true'::jsonb))
    from app.users u where u.id = sync.me());
end`,
);

export const sessionSql = (): string => [...context, become, sessionOf, enter, actors, facts].join('\n');
