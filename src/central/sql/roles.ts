/**
 * Three roles and the walls between them.
 *
 * Security: desks share one login, `provost_client`. It can call the functions of schema `api` and nothing else: no table, no temporary table,
 * no large object, no look at what others run, no ending of others' connections.
 */
import { quoted } from './text';

/** What every PostgreSQL role may do by default, and a desk may not. All of it needs a superuser to take away, once per database. */
const closed = [
  'pg_cancel_backend(integer)',
  'pg_terminate_backend(integer, bigint)',
  'lo_create(oid)',
  'lo_creat(integer)',
  'lo_from_bytea(oid, bytea)',
  'lo_put(oid, bigint, bytea)',
  'lowrite(integer, bytea)',
  'lo_open(oid, integer)',
  'pg_advisory_lock(bigint)',
  'pg_advisory_lock(integer, integer)',
  'pg_advisory_lock_shared(bigint)',
  'pg_advisory_lock_shared(integer, integer)',
  'pg_advisory_xact_lock(bigint)',
  'pg_advisory_xact_lock(integer, integer)',
  'pg_advisory_xact_lock_shared(bigint)',
  'pg_advisory_xact_lock_shared(integer, integer)',
  'pg_try_advisory_lock(bigint)',
  'pg_try_advisory_lock(integer, integer)',
  'pg_try_advisory_lock_shared(bigint)',
  'pg_try_advisory_lock_shared(integer, integer)',
  'pg_try_advisory_xact_lock(bigint)',
  'pg_try_advisory_xact_lock(integer, integer)',
  'pg_try_advisory_xact_lock_shared(bigint)',
  'pg_try_advisory_xact_lock_shared(integer, integer)',
];

const clientSettings: Record<string, string> = {
  statement_timeout: '15s',
  lock_timeout: '3s',
  idle_in_transaction_session_timeout: '10s',
  // Every statement here is short: compiling one costs many times what it saves.
  jit: 'off',
  // Security: parameters hold tokens and passwords, and the text of a COPY holds a token: neither may reach a log or the list of activities,
  // which everybody with the same login could read.
  track_activities: 'off',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

export const createRolesSql = `
do $do$
begin
  if not exists (select from pg_roles where rolname = 'provost_owner') then create role provost_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'provost_engine') then create role provost_engine nologin; end if;
  if not exists (select from pg_roles where rolname = 'provost_client') then create role provost_client login; end if;
end
$do$;
alter role provost_owner nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
alter role provost_engine nosuperuser nobypassrls nocreatedb nocreaterole nologin;
alter role provost_client nosuperuser nobypassrls nocreatedb nocreaterole noreplication login noinherit;
-- To hand the api functions over to the engine.
grant provost_engine to provost_owner;
-- PostgreSQL lets every role change its own settings: put back what a desk may have changed.
alter role provost_client reset all;
${Object.entries(clientSettings)
  .map(([name, value]) => `alter role provost_client set ${name} = ${quoted(value)};`)
  .join('\n')}
`;

/** Run in the database itself, by a superuser. */
export const prepareDatabaseSql = (database: string): string => `
create schema if not exists ext;
create extension if not exists pgcrypto schema ext;
create extension if not exists btree_gist schema ext;
revoke all on database ${database} from public;
grant connect on database ${database} to provost_client, provost_owner;
grant create on database ${database} to provost_owner;
revoke all on schema public from public;
revoke all on schema ext from public;
revoke execute on all functions in schema ext from public;
grant usage on schema ext to provost_owner;
grant execute on all functions in schema ext to provost_owner;
${closed.map((f) => `revoke execute on function pg_catalog.${f} from public;`).join('\n')}
grant execute on function pg_catalog.pg_advisory_lock(bigint) to provost_owner;
`;

/** Run by the owner after the functions were made. */
export const grantsSql = (): string => `
revoke all on all functions in schema app, auth, sync, audit, api from public;
revoke all on schema app, auth, sync, audit, api from public;
grant usage on schema app, auth, sync, audit to provost_engine;
grant execute on all functions in schema sync to provost_engine;
grant execute on function auth.enter(text), auth.facts(), auth.seen(text), auth.close_session(text, boolean), auth.name_of(uuid), auth.device_name(uuid),
  auth.sign_in(text, text, uuid, text, text), auth.note_sign_in(text, jsonb, uuid, text, text), auth.change_password(text, text, text),
  auth.devices(), auth.sign_out_device(uuid), auth.overseen(), auth.session_of(text), auth.end_sessions(uuid, uuid, uuid, text), auth.open_bundle(text), auth.receipt(jsonb, jsonb),
  audit.seal_up(integer), audit.reveal(smallint, uuid, uuid, bigint), audit.roots(uuid[]),
  audit.slice_end(jsonb, uuid[], bigint), audit.link_of(bigint), audit.chains(uuid[]), audit.broken(bigint, uuid),
  audit.verify_slice(uuid, bigint, integer) to provost_engine;
grant usage on schema api to provost_client;
grant execute on all functions in schema api to provost_client;
`;
