/**
 * Many plain edits at once: a run of mutations that say something about fields of one entity's rows, each row once, is carried out by one
 * statement instead of op by op.
 *
 * Invariant: a run does only what `apply` would have done with each of its mutations, to the letter. Whatever is out of the ordinary (a conflict,
 * a refusal, a value that is there already) fails the run, which is then halved until that mutation stands alone and goes the long way.
 */
import { allEntities } from '../../shared/entities';
import { columnOf, type Entity } from '../../shared/model';
import { added, guardedIn, jsonTypesOf, lastWins, optionsOf, orderOf, right, updatable } from './apply';
import { byIndex } from './head';
import { fromJson, toJson } from './rows';
import { fn, quoted, textArray } from './text';

/** A change of these moves other rows along, or asks for the mutation it is part of. */
const entangled = new Set([
  ...[
    'availability_slots',
    'booking_reviews',
    'bookings',
    'calendar_connections',
    'certificates',
    'course_enrollments',
  ],
  ...['curricula', 'facility_course_pricing', 'lesson_progress', 'mentoring_sessions', 'mentors', 'payments'],
]);
/** Fields that concern nothing but the row they are in: no other row is looked at or moved when they change. */
const plainFields = (entity: Entity): string[] => {
  const order = orderOf(entity);
  const others = [
    ...added(entity),
    ...guardedIn(entity),
    ...optionsOf(entity).map(([name]) => name),
    order?.withinField,
  ];
  return updatable(entity).filter(
    (name) => !['reference', 'order'].includes(entity.fields[name]?.kind ?? '') && !others.includes(name),
  );
};

/** Not accounts: who may change whose is asked row by row. */
export const plainEntities = allEntities.filter(
  (entity) => entity.scope !== 'account' && !entangled.has(entity.name) && plainFields(entity).length > 0,
);

const plainFieldsOf = fn(
  'sync.plain_fields(entity text)',
  'text[]',
  { language: 'sql', kind: 'immutable' },
  `select case entity ${plainEntities.map((e) => `when ${quoted(e.name)} then ${textArray(plainFields(e))}`).join('\n  ')} end`,
);

/** How an act came about, as the trail tells it. */
export const viaOf = (mutation: string): string =>
  `left(left(coalesce(${mutation}->>'via', ''), 60) || coalesce(', brought by ' || nullif(current_setting('provost.carrier', true), ''), ''), 100)`;
export const reasonOf = (op: string): string => `left(coalesce(${op}->>'reason', ''), 1000)`;

/** What an op makes of a column. */
const wanted = (entity: Entity, name: string): string => {
  const column = `t.${columnOf(name)}`;
  return `case when op.patch ? ${quoted(name)} then ${fromJson[entity.fields[name]!.kind]('op.patch', quoted(name))} else ${column} end`;
};

/** Where an op sets a field: is the value one of its kind, is it news, and did the person see what is there? The same as in `sync.merge`. */
function fits(entity: Entity, name: string): string {
  const { kind } = entity.fields[name]!;
  const key = quoted(name);
  const is = toJson[kind](`t.${columnOf(name)}`);
  const type = jsonTypesOf(entity)[name];
  const conditions = [
    ...(type ? [`jsonb_typeof(op.patch->${key}) in ('null', ${quoted(type)})`] : []),
    `${is} is distinct from ${toJson[kind](`(${fromJson[kind]('op.patch', key)})`)}`,
    ...(lastWins(entity).includes(name)
      ? []
      : [`coalesce(nullif(op.base->${key}, '""'), 'null') = coalesce(to_jsonb(${is}), 'null')`]),
  ];
  return `(not op.patch ? ${key} or (${conditions.join(' and ')}))`;
}

/**
 * Carries a run out, or raises. Who waited for a row is judged by what it has become meanwhile: the conditions are those of the update itself.
 * @returns the status of each mutation, in their order
 */
function runOf(entity: Entity): string {
  const { name } = entity;
  const fields = plainFields(entity);
  const conditions = [
    `(${right(entity, entity.access.update, 't')})`,
    ...(entity.tutorSets ? ['t.program_id = any (sync.my_programs(2))'] : []),
    ...fields.map((field) => fits(entity, field)),
  ];
  return fn(
    `sync.run_${name}(run jsonb[])`,
    'jsonb',
    { settings: byIndex },
    `
declare
  asked integer;
  written integer;
  statuses jsonb;
begin
  with op as materialized (
    select x.n, (o->>'id')::uuid as id, o->'patch' as patch, o->'base' as base, coalesce((o->>'version')::bigint, 0) as version
      from unnest(run) with ordinality x (m, n), jsonb_array_elements(x.m->'ops') o order by 2),
  done as (
    update app.${name} t set ${fields.map((field) => `${columnOf(field)} = ${wanted(entity, field)}`).join(',\n      ')}
      from op where t.id = op.id and t.deleted_at is null
      and ${conditions.join('\n      and ')}
      returning op.n, t.row_version - 1 <> op.version as is_merged),
  told as (
    select n, case when bool_or(is_merged) then 'merged' else 'applied' end as status from done group by n)
  select (select count(*) from op), (select count(*) from done), (select jsonb_agg(status order by n) from told) into asked, written, statuses;
  if written <> asked then raise exception using errcode = 'PV005', message = 'not plain'; end if;
  return statuses;
end`,
  );
}

const run = fn(
  'sync.run(entity text, run jsonb[])',
  'jsonb',
  {},
  `
begin
  -- Which row is whose, for the trail.
  perform set_config('provost.mutation_id', '', true), set_config('provost.via', '', true), set_config('provost.reason', '', true),
    set_config('provost.acts', (
      select jsonb_object_agg((o->>'id')::uuid, jsonb_build_array((m->>'id')::uuid, nullif(${viaOf('m')}, ''), nullif(${reasonOf('o')}, '')))::text
        from unnest(run) m, jsonb_array_elements(m->'ops') o), true);
  case entity
${plainEntities.map((e) => `    when ${quoted(e.name)} then return sync.run_${e.name}(run);`).join('\n')}
  end case;
end`,
);

/** Carries mutations out that look plain, as many at once as can be, and keeps what became of them. @returns their results */
const carry = fn(
  'sync.carry(device uuid, entity text, run jsonb[], carried jsonb)',
  'jsonb',
  {},
  `
declare
  n integer := cardinality(run);
  statuses jsonb;
begin
  begin
    statuses := sync.run(entity, run);
    perform set_config('provost.acts', '', true);
    insert into sync.mutation (device_id, seq, id, user_id, result)
      select device, (x.m->>'seq')::bigint, (x.m->>'id')::uuid, sync.me(), jsonb_build_object('status', statuses->(x.n::int - 1)) || carried
        from unnest(run) with ordinality x (m, n);
    return (select jsonb_agg(jsonb_build_object('seq', x.m->'seq', 'id', (x.m->>'id')::uuid, 'status', statuses->(x.n::int - 1)) order by x.n)
      from unnest(run) with ordinality x (m, n));
  exception
    when serialization_failure or deadlock_detected or lock_not_available or query_canceled or operator_intervention
      or insufficient_resources or system_error then raise;
    when others then null;
  end;
  if n = 1 then return jsonb_build_array(sync.settle(device, run[1]::json, carried)); end if;
  return sync.carry(device, entity, run[:n / 2], carried) || sync.carry(device, entity, run[n / 2 + 1:], carried);
end`,
);

/**
 * Mutations in their order, each with the entity whose plain fields it sets, where it does only that and was never seen; `prev` is the last
 * one before it about one of its rows.
 */
const sorted = fn(
  'sync.sorted(mutations json)',
  'table (n bigint, m json, whole jsonb, seq bigint, id uuid, entity text, prev bigint)',
  { language: 'sql', kind: 'volatile' },
  `
with read as materialized (
  -- Text that cannot be stored (a zero character) must not keep us from the others: whatever may hold some goes the long way.
  select x.n, x.m, (h->>'seq')::bigint as seq, (h->>'id')::uuid as id, case when strpos(x.m::text, '\\u') = 0 then x.m::text::jsonb end as whole
    from json_array_elements(mutations) with ordinality x (m, n) cross join lateral sync.head_of(x.m) h),
op as (
  select r.n, o->>'entity' as entity, lag(r.n) over (partition by lower(o->>'id') collate "C" order by r.n) as prev,
      o->>'op' = 'update' and jsonb_typeof(o->'base') = 'object' and jsonb_typeof(o->'patch') = 'object' and o->'patch' <> '{}'
        and (o->'patch') - sync.plain_fields(o->>'entity') = '{}' as is_plain
    from read r cross join lateral jsonb_array_elements(case when jsonb_typeof(r.whole->'ops') = 'array' then r.whole->'ops' else '[]' end) o),
plain as (
  select op.n, min(op.entity) as entity, max(op.prev) as prev from op group by op.n
    having bool_and(op.is_plain is true and op.prev is distinct from op.n) and min(op.entity) = max(op.entity))
select r.n, r.m, r.whole, r.seq, r.id,
    case when count(*) over (partition by r.id) = 1 and not exists (select from sync.mutation k where k.id = r.id and not k.alias) then p.entity end, p.prev
  from read r left join plain p on p.n = r.n order by r.n`,
);

export const runsSql = (): string => [plainFieldsOf, ...plainEntities.map(runOf), run, carry, sorted].join('\n');
