/**
 * `api.push`: what a desk did, applied exactly once.
 *
 * Invariant: a mutation has at most one effect and one final status. The device's row is locked; a number seen before returns the stored
 * result; the same mutation under a new number (a desk restored from a backup) returns the old result.
 * Invariant: only listed causes reject a mutation. Trouble of the moment (deadlock, lock, cancel, resources) and whatever nobody foresaw is raised,
 * so that the desk keeps the mutation and sends it again.
 */
import { minServerProtocol } from '../../shared/contract/wire';
import { allEntities } from '../../shared/entities';
import { rowRulesOf } from '../../shared/rules/row-rules';
import { activeEnrollmentName, checkName, foreignKeyName, priceOverlapName, rowRuleName, uniqueName } from '../names';
import { orderOf } from './apply';
import { specialMeanings } from './rules/index';
import { priceWordsName } from './rules/prices';
import { reasonOf, runsSql, viaOf } from './runs';
import { fn, quoted, textArray } from './text';

export const largestBatch = 500;
export const largestText = 32 * 1024 * 1024;

const isOfProgram = (name: string): boolean => allEntities.some((e) => e.name === name && e.scope === 'program');

/** What a violated constraint means to a person. */
function meanings(): Record<string, { code: string; entity: string; fields?: readonly string[] }> {
  const known: ReturnType<typeof meanings> = { ...specialMeanings };
  for (const entity of allEntities) {
    known[`${entity.name}_pkey`] = { code: 'id-taken', entity: entity.name };
    if (entity.scope === 'program')
      known[`${entity.name}_program_id_id_key`] = { code: 'id-taken', entity: entity.name };
    for (const fields of entity.unique) {
      const named = fields.length > 1 ? fields.filter((field) => field !== 'programId') : fields;
      known[uniqueName(entity, fields)] = { code: 'duplicate', entity: entity.name, fields: named };
    }
    for (const { field } of rowRulesOf(entity.name)) {
      known[rowRuleName(entity, field)] = { code: 'contradiction', entity: entity.name, fields: [field] };
    }
    for (const [name, field] of Object.entries(entity.fields)) {
      const { kind } = field;
      known[checkName(entity, name)] = { code: 'invalid-value', entity: entity.name, fields: [name] };
      if (kind === 'generated')
        known[uniqueName(entity, [name])] = { code: 'duplicate', entity: entity.name, fields: [name] };
      if (kind === 'reference') {
        known[foreignKeyName(entity, name)] = {
          code: entity.scope === 'program' && isOfProgram(field.options.to) ? 'wrong-program' : 'not-found',
          entity: entity.name,
          fields: [name],
        };
      }
    }
  }
  return known;
}

const meaningOf = fn(
  'sync.meaning_of(name text)',
  'jsonb',
  { language: 'sql', kind: 'immutable' },
  `select ${quoted(JSON.stringify(meanings()))}::jsonb->name`,
);

/** A database error as a refusal, or null where it is no business of the person's. */
const refusalFor = fn(
  'sync.refusal_for(state text, message text, detail text, name text, table_name text, column_name text, o jsonb)',
  'jsonb',
  {},
  `
begin
  case
    when state = 'PV001' then return detail::jsonb;
    when state in ('23505', '23503', '23514', '23P01') then
      if sync.meaning_of(name) is null then return null; end if;
      return sync.meaning_of(name) || jsonb_build_object('id', o->'id');
    when state = '23502' then
      return jsonb_build_object('code', 'missing-required', 'entity', o->'entity', 'id', o->'id',
        'fields', jsonb_build_array(sync.field_of(column_name)));
    -- A value that cannot be read as what the field holds: too large, no number, no day, a character that cannot be stored.
    when state ~ '^(22|54)' then
      return jsonb_build_object('code', 'invalid-value', 'entity', o->'entity', 'id', o->'id', 'fields', sync.unreadable(o));
    when state = '42501' and message ~ 'row-level security policy' then
      return jsonb_build_object('code', 'forbidden', 'entity', o->'entity', 'id', o->'id');
    else return null;
  end case;
end`,
);

/** Which fields of an op cannot be read as what they hold; null where it is none of them. Asked only once a mutation has failed. */
const unreadable = fn(
  'sync.unreadable(o jsonb)',
  'jsonb',
  {},
  `
declare
  k text;
  found jsonb := '[]';
begin
  if sync.is_entity(o->>'entity') is not true or jsonb_typeof(o->'patch') <> 'object' then return null; end if;
  for k in select jsonb_object_keys(o->'patch') loop
    begin
      execute format('select sync.record_%1$s(sync.blank_%1$s(), $1)', o->>'entity') using jsonb_build_object(k, o->'patch'->k);
    exception when others then found := found || to_jsonb(k);
    end;
  end loop;
  return nullif(found, '[]');
end`,
);

const isEntity = fn(
  'sync.is_entity(name text)',
  'boolean',
  { language: 'sql', kind: 'immutable' },
  `select name = any (${textArray(allEntities.map(({ name }) => name))})`,
);

const fieldOf = fn(
  'sync.field_of(column_name text)',
  'text',
  { language: 'sql', kind: 'immutable' },
  `
select string_agg(case when n = 1 then part else initcap(part) end, '' order by n)
  from regexp_split_to_table(column_name, '_') with ordinality as p(part, n)`,
);

const dispatch = fn(
  'sync.apply(o jsonb)',
  'jsonb',
  {},
  `
begin
  case o->>'entity'
${allEntities.map((e) => `    when ${quoted(e.name)} then return sync.apply_${e.name}(o);`).join('\n')}
    else perform sync.refuse('unknown-entity', o->>'entity', null);
  end case;
  return null;
end`,
);

const renumber = fn(
  'sync.renumber(groups jsonb)',
  'void',
  {},
  `
declare
  g record;
begin
  for g in
    select x.v->>0 as entity, (x.v->>1)::uuid as program, x.v->>2 as within, array_agg((x.v->>3)::uuid order by x.n) as moved
      from jsonb_array_elements(groups) with ordinality x(v, n) group by 1, 2, 3 order by 1, 2, 3
  loop
    case g.entity
${allEntities
  .filter((e) => orderOf(e))
  .map((e) => `      when ${quoted(e.name)} then perform sync.renumber_${e.name}(g.program, g.within, g.moved);`)
  .join('\n')}
    end case;
  end loop;
end`,
);

/** Entities whose rows hold something that is revealed for a reason. */
const revealable = allEntities
  .filter((e) => Object.values(e.fields).some((field) => field.kind === 'sensitive'))
  .map((e) => e.name);

/** One mutation in a subtransaction. Returns what the desk is told, without number and id. */
const perform = fn(
  'sync.perform(m json)',
  'jsonb',
  {},
  `
declare
  mutation jsonb;
  o jsonb;
  r jsonb;
  conflicts jsonb := '[]';
  groups jsonb := '[]';
  status text := 'noop';
  refusal jsonb;
  v_state text; v_message text; v_detail text; v_constraint text; v_table text; v_column text;
  attempt integer := 0;
begin
  loop
    attempt := attempt + 1;
    conflicts := '[]'; groups := '[]'; status := 'noop'; o := '{}';
    begin
      -- Read here and not by the caller: text that cannot be stored (a zero character) refuses this mutation alone.
      mutation := m::text::jsonb;
      -- Judged when all ops are done: what closes one price may come after what opens the next.
      set constraints app.${priceWordsName}, app.${priceOverlapName} deferred;
      perform sync.hold_price_places(coalesce(nullif(mutation->'ops', 'null'), '[]'));
      perform set_config('provost.via', ${viaOf('mutation')}, true);
      for o in select x from jsonb_array_elements(coalesce(nullif(mutation->'ops', 'null'), '[]')) x loop
        perform set_config('provost.reason', ${reasonOf('o')}, true);
        if o->>'op' = 'reveal' then
          if not o->>'entity' = any (${textArray(revealable)}) then perform sync.refuse('invalid-value', o->>'entity', (o->>'id')::uuid, '{op}'); end if;
          if length(btrim(coalesce(o->>'reason', ''))) < 3 then perform sync.refuse('reason-missing', o->>'entity', (o->>'id')::uuid); end if;
        end if;
        r := sync.apply(o);
        if r->>'s' = 'conflict' then
          conflicts := conflicts || (r->'c');
        else
          groups := groups || coalesce(r->'o', '[]');
          status := case when 'merged' in (status, r->>'s') then 'merged' when 'applied' in (status, r->>'s') then 'applied' else 'noop' end;
        end if;
      end loop;
      if conflicts <> '[]' then raise exception using errcode = 'PV002', message = 'conflict'; end if;
      if groups <> '[]' then perform sync.renumber(groups); end if;
      set constraints app.${priceWordsName} immediate;
      set constraints app.${priceOverlapName} immediate;
      return jsonb_build_object('status', status);
    exception
      when serialization_failure or deadlock_detected or lock_not_available or query_canceled or operator_intervention
        or insufficient_resources or system_error then raise;
      when others then
        get stacked diagnostics v_state = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail,
          v_constraint = constraint_name, v_table = table_name, v_column = column_name;
        -- What came later may have failed only because an earlier op was not carried out.
        if conflicts <> '[]' then return jsonb_build_object('status', 'conflict', 'conflicts', conflicts); end if;
        -- Somebody else's row was committed while we waited: trying again names it, or finds that there is nothing left to do.
        if attempt = 1 and (v_state = '23P01' or v_constraint in (${quoted(activeEnrollmentName)}, 'availability_slots_pkey')) then continue; end if;
        refusal := sync.refusal_for(v_state, v_message, v_detail, v_constraint, v_table, v_column, o);
        if refusal is null then raise; end if;
        -- What hangs from a deleted row is no mistake of anybody's: two people have to be brought together.
        if refusal->>'code' = 'parent-deleted' then
          return jsonb_build_object('status', 'conflict', 'conflicts', jsonb_build_array(refusal->'detail'->'gone'));
        end if;
        return jsonb_build_object('status', 'rejected', 'refusal', jsonb_strip_nulls(refusal));
    end;
  end loop;
end`,
);

/** A mutation as far as needed to know which it is: text that cannot be stored (a zero character, half a character) must not keep us from that. */
const headOf = fn(
  'sync.head_of(m json)',
  'json',
  { language: 'sql', kind: 'immutable' },
  `
select case when strpos(m::text, '\\u') = 0 then m
  else regexp_replace(replace(m::text, '\\\\', ''), '\\\\u(0000|d[89a-f][0-9a-f]{2})', '', 'gi')::json end`,
);

/** One mutation on its own, and what became of it, kept. */
const settle = fn(
  'sync.settle(device uuid, m json, carried jsonb)',
  'jsonb',
  {},
  `
declare
  head json := sync.head_of(m);
  v_seq bigint := (head->>'seq')::bigint;
  v_id uuid := (head->>'id')::uuid;
  r jsonb;
begin
  perform set_config('provost.mutation_id', v_id::text, true);
  r := sync.perform(m);
  insert into sync.mutation (device_id, seq, id, user_id, result) values (device, v_seq, v_id, sync.me(), r || carried);
  return jsonb_build_object('seq', v_seq, 'id', v_id) || r;
end`,
);

/** A desk comes back for the rest: an answer must not run into the limit for a statement, or the same batch would fail for ever. */
const longEnough = `interval '5 seconds'`;

/** Takes mutations in for whoever has been entered, under the numbers of their device. `carried` is kept with each result. */
const receive = fn(
  'sync.receive(device uuid, mutations json, carried jsonb)',
  'jsonb',
  {},
  `
declare
  d sync.device;
  here record;
  known sync.mutation;
  run jsonb[] := '{}';
  gathered integer := 0;
  run_from bigint;
  run_of text;
  is_plain boolean;
  quarrel text;
  results jsonb := '[]';
begin
  perform set_config('provost.device_id', device::text, true);
  insert into sync.device (id, user_id) values (device, sync.me()) on conflict do nothing;
  select * into d from sync.device k where k.id = device for update;
  -- A device of somebody else is out of sight.
  if not found then return jsonb_build_object('err', 'device-owner'); end if;

  -- After the last one comes nobody: then what was gathered is carried out.
  for here in select * from sync.sorted(mutations) union all select null, null, null, null, null, null, null loop
    is_plain := here.entity is not null and here.seq = d.last_seq + gathered + 1;
    if gathered > 0 and not (is_plain and here.entity = run_of and coalesce(here.prev, 0) < run_from) then
      results := results || sync.carry(device, run_of, run, carried);
      d.last_seq := d.last_seq + gathered;
      run := '{}'; gathered := 0;
    end if;
    exit when here.n is null or (carried = '{}' and results <> '[]' and clock_timestamp() > statement_timestamp() + ${longEnough});
    if is_plain then
      if gathered = 0 then run_from := here.n; run_of := here.entity; end if;
      run := array_append(run, here.whole);
      gathered := gathered + 1;
      continue;
    end if;

    if here.seq <= d.last_seq then
      select * into known from sync.mutation k where k.device_id = device and k.seq = here.seq;
      if known.id is distinct from here.id then quarrel := 'fork'; exit; end if;
      results := results || (jsonb_build_object('seq', here.seq, 'id', here.id, 'repeated', true) || known.result);
      continue;
    end if;
    if here.seq > d.last_seq + 1 then quarrel := 'gap'; exit; end if;
    select * into known from sync.mutation k where k.id = here.id and not k.alias;
    if found then
      insert into sync.mutation (device_id, seq, id, user_id, alias, result) values (device, here.seq, here.id, sync.me(), true, known.result);
      results := results || (jsonb_build_object('seq', here.seq, 'id', here.id, 'repeated', true) || known.result);
    else
      results := results || sync.settle(device, here.m, carried);
    end if;
    d.last_seq := here.seq;
  end loop;
  update sync.device k set last_seq = d.last_seq, last_push_at = clock_timestamp() where k.id = device and k.last_seq < d.last_seq;
  if results @? '$[*] ? (!exists (@.repeated) && (@.status == "applied" || @.status == "merged"))' then perform pg_notify('provost', ''); end if;
  return jsonb_strip_nulls(jsonb_build_object('err', quarrel)) || jsonb_build_object('results', results, 'lastSeq', d.last_seq);
end`,
);

const push = fn(
  'api.push(token text, device uuid, protocol integer, mutations json)',
  'jsonb',
  { as: 'engine' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  if protocol < ${minServerProtocol} then return jsonb_build_object('err', 'protocol-too-old'); end if;
  if json_array_length(mutations) > ${largestBatch} or octet_length(mutations::text) > ${largestText} then
    return jsonb_build_object('err', 'too-large');
  end if;
  perform auth.seen(token);
  perform audit.seal_up(200);
  return sync.receive(device, mutations, '{}');
end`,
);

export const pushSql = (): string =>
  [
    runsSql(),
    meaningOf,
    isEntity,
    unreadable,
    fieldOf,
    refusalFor,
    dispatch,
    renumber,
    perform,
    headOf,
    settle,
    receive,
    push,
  ].join('\n');
