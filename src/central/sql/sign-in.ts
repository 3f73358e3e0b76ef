/**
 * Signing in and out.
 *
 * Security: a failure is returned, never raised, so that its counters stay. Counters are looked at before anything is hashed. An unknown email
 * costs the same as a wrong password. Whether an account is pending, suspended or without access is told only to whoever knows its password.
 */
import { minServerProtocol, protocol } from '../../shared/contract/wire';
import { fn, plannedOnce } from './text';

export const bcryptCost = 12;
const accountFailures = 8;
/** Many people may share an address (an office, a pooler), so it is allowed far more. */
const addressFailures = 200;
const lockedFor = `interval '15 minutes'`;
const sessionLasts = `interval '30 days'`;
/** The bcrypt hash of nothing anybody knows. */
const noHash = '$2a$12$C6UzMDM.H6dfI/f/IKcEeO7ZpVtM9WmHkv7VvkmOQ8PyeLq2mUpGm';

const locked = fn(
  'auth.locked_until(key text)',
  'timestamptz',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select a.locked_until from auth.attempt a where a.key = locked_until.key and a.locked_until > clock_timestamp()`,
);

const failed = fn(
  'auth.failed(key text, most integer)',
  'timestamptz',
  { as: 'owner' },
  `
declare
  a auth.attempt;
begin
  insert into auth.attempt as t (key, failures, since) values (failed.key, 1, clock_timestamp())
    on conflict on constraint attempt_pkey do update set
      failures = case when t.since < clock_timestamp() - ${lockedFor} then 1 else t.failures + 1 end,
      since = case when t.since < clock_timestamp() - ${lockedFor} then clock_timestamp() else t.since end
    returning * into a;
  if a.failures < most then return null; end if;
  update auth.attempt t set failures = 0, since = clock_timestamp(), locked_until = clock_timestamp() + ${lockedFor} where t.key = failed.key
    returning * into a;
  return a.locked_until;
end`,
);

/** A guess in this many milliseconds, in the long run, for each brake; and this many at once. */
const brakeEvery = 60_000;
const brakeBurst = 60;
const brakes = 128;

/**
 * Security: a client may open a transaction, guess, read the answer and roll back, and the counters with it. Sequences are not rolled back. Each
 * holds the time up to which its attempts are used up (the generic cell rate algorithm, ITU-T I.371); accounts share 128 of them by hash.
 */
const brake = [
  `do $do$
begin
  for n in 0..${brakes - 1} loop
    execute format('create sequence if not exists auth.brake_%s increment by ${brakeEvery}', n);
  end loop;
end
$do$;`,
  fn(
    'auth.brake_of(key text)',
    'text',
    { language: 'sql', kind: 'stable' },
    `select 'auth.brake_' || get_byte(sha256(convert_to(key, 'UTF8')), 0) % ${brakes}`,
  ),
  fn(
    'auth.brake(key text)',
    'timestamptz',
    { as: 'owner' },
    `
declare
  brake text := auth.brake_of(key);
  present bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  used bigint := nextval(brake);
begin
  if used < present then
    perform setval(brake, present + ${brakeEvery});
    return null;
  end if;
  if used <= present + ${brakeEvery * brakeBurst} then return null; end if;
  -- Refused: this attempt uses up nothing.
  perform setval(brake, used - ${brakeEvery});
  return sync.instant(used - ${brakeEvery * brakeBurst});
end`,
  ),
  fn(
    'auth.unbrake(key text)',
    'void',
    { as: 'owner' },
    `
begin
  -- Whoever knew the password has used up nothing.
  perform setval(auth.brake_of(key), greatest(nextval(auth.brake_of(key)) - ${2 * brakeEvery}, 1));
end`,
  ),
];

const check = fn(
  'auth.password_fits(user_id uuid, password text)',
  'boolean',
  { as: 'owner' },
  `
declare
  known text;
begin
  select c.password_hash into known from auth.credential c where c.user_id = password_fits.user_id;
  return ext.crypt(password, coalesce(known, '${noHash}')) = coalesce(known, '');
end`,
);

const setPassword = fn(
  'auth.set_password(user_id uuid, password text, must_change boolean)',
  'void',
  { as: 'owner' },
  `
begin
  if octet_length(password) > 72 then raise exception 'A password may have at most 72 bytes.'; end if;
  insert into auth.credential as c (user_id, password_hash, must_change)
    values (set_password.user_id, ext.crypt(password, ext.gen_salt('bf', ${bcryptCost})), set_password.must_change)
    on conflict on constraint credential_pkey do update set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = clock_timestamp();
end`,
);

const open = fn(
  'auth.sign_in(email text, password text, device uuid, device_name text, client text)',
  'jsonb',
  { as: 'owner' },
  `
declare
  account text := 'a:' || encode(sha256(convert_to(lower(btrim(coalesce(email, ''))), 'UTF8')), 'hex');
  address text := coalesce(host(inet_client_addr()), 'local');
  until timestamptz;
  u app.users;
  session uuid := sync.new_id();
  token text;
  ends timestamptz := clock_timestamp() + ${sessionLasts};
begin
  if octet_length(password) > 72 then return jsonb_build_object('ok', false, 'reason', 'password-too-long'); end if;
  until := greatest(auth.locked_until(account), auth.locked_until('i:' || address));
  if until is null then until := auth.brake(account); end if;
  if until is not null then
    return jsonb_build_object('ok', false, 'reason', 'locked-out', 'retryAt', ceil(extract(epoch from until) * 1000)::bigint);
  end if;
  select * into u from app.users x where lower(x.email) = lower(btrim(sign_in.email)) and x.deleted_at is null;
  if not auth.password_fits(u.id, coalesce(password, '')) then
    until := greatest(auth.failed(account, ${accountFailures}), auth.failed('i:' || address, ${addressFailures}));
    if until is not null then
      return jsonb_build_object('ok', false, 'reason', 'locked-out', 'retryAt', ceil(extract(epoch from until) * 1000)::bigint);
    end if;
    return jsonb_build_object('ok', false, 'reason', 'wrong-password');
  end if;
  delete from auth.attempt a where a.key = account;
  perform auth.unbrake(account);
  if u.status = 'pending_verification' then return jsonb_build_object('ok', false, 'reason', 'pending'); end if;
  if u.status <> 'active' then return jsonb_build_object('ok', false, 'reason', 'suspended'); end if;
  if sync.rank_of(u.role) = 0 then return jsonb_build_object('ok', false, 'reason', 'no-console-access'); end if;
  token := replace(session::text, '-', '') || encode(ext.gen_random_bytes(32), 'hex');
  insert into auth.session (id, token_hash, user_id, device_id, device_name, client, address, expires_at)
    values (session, sha256(convert_to(token, 'UTF8')), u.id, device, left(device_name, 200), left(client, 2000), address, ends);
  update app.users x set last_login_at = clock_timestamp() where x.id = u.id;
  return jsonb_build_object('ok', true, 'token', token, 'expiresAt', (extract(epoch from ends) * 1000)::bigint);
end`,
);

/**
 * Every try is remembered, for whoever looks after the account. Refusals of one account from one address within a quarter of an hour are one
 * row, so that nobody can fill the table. Security: what was typed for an email is not kept where no account has it; it may be a password.
 */
const noteSignIn = fn(
  'auth.note_sign_in(email text, result jsonb, device uuid, device_name text, client text)',
  'void',
  { as: 'owner' },
  `
declare
  person uuid := (select u.id from app.users u where lower(u.email) = lower(btrim(note_sign_in.email)) and u.deleted_at is null);
  came_of_it text := case when (result->>'ok')::boolean then 'signed-in' when result->>'reason' = 'password-too-long' then 'wrong-password' else result->>'reason' end;
  from_where text := coalesce(host(inet_client_addr()), 'local');
begin
  if came_of_it <> 'signed-in' then
    update auth.sign_in s set times = s.times + 1, last_at = clock_timestamp(), device_id = device, device_name = left(note_sign_in.device_name, 200), client = left(note_sign_in.client, 200)
      where s.id = (select x.id from auth.sign_in x where x.id > sync.first_id(clock_timestamp() - ${lockedFor})
        and x.user_id is not distinct from person and x.outcome = came_of_it and x.address = from_where order by x.id desc limit 1);
    if found then return; end if;
  end if;
  insert into auth.sign_in (id, user_id, outcome, device_id, device_name, client, address)
    values (sync.new_id(), person, came_of_it, device, left(note_sign_in.device_name, 200), left(note_sign_in.client, 200), from_where);
end`,
);

const signIn = fn(
  'api.sign_in(email text, password text, device uuid, device_name text, client text)',
  'jsonb',
  { as: 'engine' },
  `
declare
  r jsonb;
begin
  -- Nothing a client may have set before speaks for anybody.
  perform auth.enter('');
  r := auth.sign_in(email, password, device, device_name, client);
  perform auth.note_sign_in(email, r, device, device_name, client);
  if not (r->>'ok')::boolean then return r; end if;
  perform auth.enter(r->>'token');
  return r || jsonb_build_object('session', auth.facts());
end`,
);

const signOut = fn(
  'api.sign_out(token text, everywhere boolean)',
  'jsonb',
  { as: 'engine' },
  `
begin
  if auth.enter(token) then perform auth.close_session(token, everywhere); end if;
  return jsonb_build_object('ok', true);
end`,
);

const closeSession = fn(
  'auth.close_session(token text, everywhere boolean)',
  'void',
  { as: 'owner', language: 'sql' },
  `
update auth.session s set revoked_at = clock_timestamp()
  where s.revoked_at is null and case when everywhere then s.user_id = sync.me() else s.id = auth.session_of(token) end`,
);

const session = fn(
  'api.session(token text)',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  return auth.facts();
end`,
);

const changePassword = fn(
  'api.change_password(token text, old text, new text)',
  'jsonb',
  { as: 'engine' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  return auth.change_password(old, new, token);
end`,
);

const changeOwn = fn(
  'auth.change_password(old text, new text, token text)',
  'jsonb',
  { as: 'owner' },
  `
declare
  account text;
  until timestamptz;
begin
  if octet_length(new) > 72 then return jsonb_build_object('ok', false, 'reason', 'password-too-long'); end if;
  if char_length(new) < 10 then return jsonb_build_object('ok', false, 'reason', 'password-too-short'); end if;
  select 'a:' || encode(sha256(convert_to(lower(u.email), 'UTF8')), 'hex') into account from app.users u where u.id = sync.me();
  until := coalesce(auth.locked_until(account), auth.brake(account));
  if until is not null then
    return jsonb_build_object('ok', false, 'reason', 'locked-out', 'retryAt', ceil(extract(epoch from until) * 1000)::bigint);
  end if;
  if octet_length(old) > 72 or not auth.password_fits(sync.me(), old) then
    perform auth.failed(account, ${accountFailures});
    return jsonb_build_object('ok', false, 'reason', 'wrong-password');
  end if;
  perform auth.unbrake(account);
  perform auth.set_password(sync.me(), new, false);
  -- Whoever else was signed in with the old password is not any more.
  update auth.session s set revoked_at = clock_timestamp()
    where s.user_id = sync.me() and s.revoked_at is null and s.id <> auth.session_of(token);
  return jsonb_build_object('ok', true);
end`,
);

const seen = fn(
  'auth.seen(token text)',
  'void',
  { as: 'owner', settings: plannedOnce },
  `
declare
  session uuid := auth.session_of(token);
begin
  update auth.session s set last_seen_at = clock_timestamp()
    where s.id = session and s.last_seen_at < clock_timestamp() - interval '5 minutes';
end`,
);

const names = [
  fn(
    'auth.name_of(id uuid)',
    'text',
    { as: 'owner', language: 'sql', kind: 'stable' },
    `select u.full_name from app.users u where u.id = name_of.id`,
  ),
  fn(
    'auth.device_name(id uuid)',
    'text',
    { as: 'owner', language: 'sql', kind: 'stable' },
    `select s.device_name from auth.session s where s.device_id = device_name.id order by s.created_at desc limit 1`,
  ),
];

const hello = fn(
  'api.hello()',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
begin
  return jsonb_build_object('product', 'provost', 'protocol', ${protocol}, 'minProtocol', ${minServerProtocol}, 'epoch', sync.epoch(),
    'now', (extract(epoch from clock_timestamp()) * 1000)::bigint, 'isPrimary', not pg_is_in_recovery());
end`,
);

export const signInSql = (): string =>
  [
    ...brake,
    locked,
    failed,
    check,
    setPassword,
    open,
    noteSignIn,
    closeSession,
    changeOwn,
    seen,
    ...names,
    hello,
    signIn,
    signOut,
    session,
    changePassword,
  ].join('\n');
