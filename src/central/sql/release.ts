/** Everything that is not a table, as one script: dropped and made anew in one transaction, so that it can change freely. */
import { applySql } from './apply';
import { auditSql, guardSql } from './audit';
import { bundleSql } from './bundle';
import { calendarTokensSql } from './calendar-tokens';
import { clashesSql } from './clashes';
import { devicesSql } from './devices';
import { findSql } from './find';
import { headSql, spreadSql } from './head';
import { mentoringSql } from './mentoring';
import { monthsSql } from './months';
import { oversightSql } from './oversight';
import { policiesSql } from './policies';
import { pullSql } from './pull';
import { pushSql } from './push';
import { rehearseSql } from './rehearse';
import { grantsSql } from './roles';
import { rowsSql } from './rows';
import { rulesSql } from './rules/index';
import { scopesSql } from './scopes';
import { sessionSql } from './session';
import { signInSql } from './sign-in';
import { trailSql } from './trail';

/** Takes away what an earlier release made. Tables, their constraints and their rows stay. */
const clear = `
do $do$
declare
  r record;
  name text;
begin
  for r in select n.nspname, c.relname, p.polname from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('app', 'auth', 'sync', 'audit', 'drizzle') loop
    execute format('drop policy %I on %I.%I', r.polname, r.nspname, r.relname);
  end loop;
  for r in select n.nspname, c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
           where not t.tgisinternal and t.tgparentid = 0 and n.nspname in ('app', 'audit') loop
    execute format('drop trigger %I on %I.%I', r.tgname, r.nspname, r.relname);
  end loop;
  for r in select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and n.nspname = 'sync' loop
    execute format('drop view if exists %I.%I cascade', r.nspname, r.relname);
  end loop;
  -- All names first: dropping one routine may take another along.
  for name in select unnest(array_agg(p.oid::regprocedure::text)) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
           where n.nspname in ('app', 'auth', 'sync', 'audit', 'api') loop
    execute format('drop routine if exists %s cascade', name);
  end loop;
end
$do$;
`;

/** Functions refer to one another: bodies are checked when they run, and by the tests. */
export const releaseSql = (): string =>
  [
    'set local check_function_bodies = off;',
    'grant create on schema api to provost_engine;',
    clear,
    monthsSql(),
    scopesSql(),
    sessionSql(),
    rowsSql(),
    rulesSql(),
    headSql(),
    auditSql(),
    spreadSql(),
    applySql(),
    clashesSql(),
    pushSql(),
    rehearseSql(),
    pullSql(),
    signInSql(),
    devicesSql(),
    oversightSql(),
    bundleSql(),
    findSql(),
    trailSql(),
    mentoringSql(),
    calendarTokensSql(),
    policiesSql(),
    guardSql(),
    grantsSql(),
    'revoke create on schema api from provost_engine;',
  ].join('\n');
