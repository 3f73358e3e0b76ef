/**
 * Row-level security: the second wall. The functions check first, with words; the policies hold even where a function forgets.
 *
 * Security: programs are compared with an array computed once per query, `(select …)`: a function call per row would cost hundreds of times
 * as much, and an OR for super admins would lose the index.
 * Security: row-level security is FORCED everywhere, so even the owner sees rows only because a policy says so.
 */
import { allEntities } from '../../shared/entities';
import type { AccessLevel, Entity } from '../../shared/model';
import { classRank, levelRank } from '../../shared/rules/permit';
import { isTaught } from '../../shared/rules/teaching';
import { holds, inMyHead, teachesHere } from './scopes';

const programsFrom = (rank: number): string => `any ((select sync.my_programs(${rank}))::uuid[])`;
const atLeast = (rank: number): string => `(select sync.my_rank()) >= ${rank}`;

function mayRead(entity: Entity): string {
  switch (entity.scope) {
    case 'platform':
      return atLeast(1);
    case 'program': {
      const mine = `program_id = ${programsFrom(classRank[entity.dataClass])}`;
      return isTaught(entity) ? `${mine} or ${inMyHead(entity, entity.name)}` : mine;
    }
    case 'self':
      return `id = ${programsFrom(classRank[entity.dataClass])}`;
    case 'account':
      return inMyHead(entity, entity.name);
    case 'user':
      return 'user_id = (select sync.me())';
  }
}

/** Whose account a row of an account entity belongs to must be within reach. */
const withinReach = (entity: Entity): string =>
  entity.name === 'users'
    ? 'sync.rank_of(role) <= (select sync.my_reach())'
    : `exists (select from app.users u where u.id = user_id and sync.rank_of(u.role) <= (select sync.my_reach()))`;

function mayWrite(entity: Entity, levels: readonly AccessLevel[], isNew: boolean): string {
  if (levels.includes('own')) return entity.fields['userId'] ? 'user_id = (select sync.me())' : 'false';
  const ranks = levels.flatMap((level) => (level === 'nobody' || level === 'own' ? [] : [levelRank[level]]));
  if (ranks.length === 0) return 'false';
  const rank = Math.min(...ranks);
  switch (entity.scope) {
    case 'platform':
      return atLeast(rank);
    case 'program':
      return levels.includes('tutor') && rank === 1
        ? `program_id = ${programsFrom(2)} or (program_id = ${programsFrom(1)} and ${teachesHere(entity)})`
        : `program_id = ${programsFrom(rank)}`;
    case 'self':
      return isNew ? atLeast(rank) : `id = ${programsFrom(rank)}`;
    case 'account':
      return `${atLeast(rank)} and ${withinReach(entity)}`;
    case 'user':
      return `user_id = (select sync.me()) and ${atLeast(rank)}`;
  }
}

function policiesOf(entity: Entity): string {
  const table = `app.${entity.name}`;
  const { create, update, remove } = entity.access;
  const change = mayWrite(entity, [update, remove], false);
  return `
create policy owner_all on ${table} to provost_owner using (true) with check (true);
create policy engine_read on ${table} for select to provost_engine using (${mayRead(entity)});
create policy engine_insert on ${table} for insert to provost_engine with check (${mayWrite(entity, [create], true)});
create policy engine_update on ${table} for update to provost_engine using (${change}) with check (${change});
grant select, insert, update on ${table} to provost_engine;`;
}

/** Whose sign-ins a session sees. Super admins see also those of accounts that are gone, and tries without an account. */
const overseen = `user_id = any ((select auth.overseen())::uuid[]) or (select sync.my_rank()) = 4`;

/** What the engine itself touches beside the entities; everything else in these schemas is for the owner's functions alone. */
const kept = `
create policy engine_read on sync.head for select to provost_engine using (${holds('head')});
grant select on sync.head to provost_engine;
create policy engine_all on sync.device to provost_engine using (user_id = (select sync.me())) with check (user_id = (select sync.me()));
grant select, insert, update on sync.device to provost_engine;
create policy engine_all on sync.mutation to provost_engine using (user_id = (select sync.me())) with check (user_id = (select sync.me()));
grant select, insert on sync.mutation to provost_engine;
create policy engine_read on audit.entry for select to provost_engine using (sync.in_my_head(tbl, row_id));
grant select on audit.entry to provost_engine;
create policy engine_read on sync.release for select to provost_engine using (true);
grant select on sync.release to provost_engine;
create policy engine_read on auth.session for select to provost_engine using (${overseen});
grant select (id, user_id, device_id, device_name, client, address, created_at, expires_at, last_seen_at, revoked_at) on auth.session to provost_engine;
create policy engine_read on auth.sign_in for select to provost_engine using (${overseen});
grant select on auth.sign_in to provost_engine;`;

const forced = `
do $do$
declare
  t record;
begin
  for t in select n.nspname, c.relname, c.relispartition from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind in ('r', 'p') and n.nspname in ('app', 'auth', 'sync', 'audit', 'drizzle') loop
    execute format('alter table %I.%I enable row level security, force row level security', t.nspname, t.relname);
    -- A month is read under the name of the whole, with its policies; under its own name, by the owner alone.
    if t.nspname <> 'app' or t.relispartition then
      execute format('create policy owner_all on %I.%I to provost_owner using (true) with check (true)', t.nspname, t.relname);
    end if;
  end loop;
end
$do$;
`;

export const policiesSql = (): string => [forced, ...allEntities.map(policiesOf), kept].join('\n');
