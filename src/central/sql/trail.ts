/**
 * Questions about the audit trail over all rows: who did what, when, with what, and whether the chain still holds.
 *
 * Security: which entries match is found out with the owner's rights, for under row-level security no index on what they hold is used, and the
 * policy would be asked for every entry passed over. Only entries whose row is in a scope the session holds count as found, in programs of its
 * own; and what is told of them is read by the engine, under its policies. Confidential values never leave: who may see them reveals the
 * record, which is an entry itself.
 * Invariant: one question reads at most `sliceSize` entries along one index and says where it stopped, so the answer to a rare condition
 * comes in slices instead of running into the time limit.
 */
import { allEntities } from '../../shared/entities';
import { hasSensitive } from '../../shared/rules/masking';
import { holds, numberOf, zero } from './scopes';
import { fn, quoted } from './text';

const sliceSize = 50_000;
/** Where the newest matches are looked for first. */
const nearby = 1_000;
/** Entries read at a time while they are grouped. */
const windowSize = 200;
const mostGroups = 100;
const shownOfGroup = 3;
const countedOfGroup = 1_000;
const mostCounted = 10_000;

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;
const sensitive = allEntities.filter(hasSensitive);
const sensitiveNumbers = sensitive.map((entity) => entity.number).join(', ') || '-1';

/** Values of confidential fields as `{"masked": true}`, nothing as nothing. */
const veiled = fn(
  'sync.trail_veiled(tbl smallint, changes jsonb)',
  'jsonb',
  { language: 'sql', kind: 'immutable' },
  `
select case when tbl in (${sensitiveNumbers}) then (
    select coalesce(jsonb_object_agg(c.key, case when c.key = any (case tbl
${sensitive
  .map(
    (entity) =>
      `        when ${entity.number} then ${`'{${Object.keys(entity.fields)
        .filter((name) => entity.fields[name]?.kind === 'sensitive')
        .join(',')}}'::text[]`}`,
  )
  .join('\n')}
        end) then (select jsonb_agg(case when v.value = 'null' then v.value else '{"masked": true}' end order by v.n)
          from jsonb_array_elements(c.value) with ordinality v (value, n)) else c.value end), '{}') from jsonb_each(changes) c)
  else changes end`,
);

/** What a deleted row was, so that it can be named, and shown again at once where it is restored. */
const rowOf = fn(
  'sync.trail_row(tbl smallint, row_id uuid)',
  'jsonb',
  { kind: 'stable' },
  `
begin
  return case tbl
${allEntities
  .filter((entity) => !hasSensitive(entity))
  .map((e) => `    when ${e.number} then (select sync.json_${e.name}(t) from app.${e.name} t where t.id = row_id)`)
  .join('\n')}
  end;
end`,
);

/** Entries as they are told. Who and which desk is looked up once for all of them. */
const told = fn(
  'sync.trail_told(ids bigint[])',
  'table (id bigint, entry jsonb)',
  { language: 'sql', kind: 'stable' },
  `
with e as materialized (select x.* from audit.entry x where x.id = any (ids)),
people as materialized (select u.user_id, auth.name_of(u.user_id) as name from (select distinct user_id from e) u),
desks as materialized (select d.device_id, auth.device_name(d.device_id) as name from (select distinct device_id from e) d)
select e.id, jsonb_build_object('id', e.id, 'at', ${ms('e.at')}, 'userId', e.user_id, 'userName', p.name,
    'databaseUser', case when e.user_id is null then e.db_user end, 'deviceId', e.device_id, 'deviceName', d.name,
    'mutationId', e.mutation_id, 'via', e.via, 'entity', sync.entity_name(e.tbl), 'rowId', e.row_id, 'programId', e.program_id, 'action', e.action,
    'changes', case when e.tbl in (${sensitiveNumbers}) then sync.trail_veiled(e.tbl, e.changes) else e.changes end, 'reason', e.reason,
    'row', case when e.action = 'delete' then sync.trail_row(e.tbl, e.row_id) end)
  from e left join people p on p.user_id = e.user_id left join desks d on d.device_id = e.device_id`,
);

/** The rows of every version of a curriculum: itself, its modules and lessons, those that were deleted too. */
const curriculumRows = fn(
  'sync.trail_curriculum(curriculum uuid)',
  'uuid[]',
  { kind: 'stable' },
  `
declare
  versions uuid[] := array(select v.id from app.curricula c join app.curricula v on coalesce(v.line_id, v.id::text) = coalesce(c.line_id, c.id::text)
    and v.program_id = c.program_id where c.id = curriculum);
begin
  return versions || array(select m.id from app.modules m where m.curriculum_id = any (versions))
    || array(select l.id from app.modules m join app.lessons l on l.module_id = m.id where m.curriculum_id = any (versions));
end`,
);

/**
 * The conditions of a filter as SQL over \`x\`, with the filter itself as $1. They are planned with their values, so each finds its index.
 * Security: nothing of the filter becomes part of the text.
 */
const asked = fn(
  'sync.trail_where(f jsonb)',
  'text',
  { language: 'sql', kind: 'immutable' },
  `
select concat_ws(' and ', 'true',
  case when f ? 'userId' then $t$x.user_id = ($1->>'userId')::uuid$t$ end,
  case when f ? 'deviceId' then $t$x.device_id = ($1->>'deviceId')::uuid$t$ end,
  case when f ? 'from' then $t$x.at >= to_timestamp(($1->>'from')::float8 / 1000)$t$ end,
  case when f ? 'until' then $t$x.at < to_timestamp(($1->>'until')::float8 / 1000)$t$ end,
  case when f ? 'entity' then $t$x.tbl = sync.entity_number($1->>'entity')$t$ end,
  case when f ? 'rowId' then $t$x.row_id = ($1->>'rowId')::uuid$t$ end,
  case when f ? 'curriculumId' then $t$x.tbl in (${(['curricula', 'modules', 'lessons'] as const).map((name) => numberOf(name)).join(', ')})
    and x.row_id = any (array(select unnest(sync.trail_curriculum(($1->>'curriculumId')::uuid))))$t$ end,
  case when f ? 'mutationId' then $t$x.mutation_id = ($1->>'mutationId')::uuid$t$ end,
  case when f ? 'via' then $t$x.via = $1->>'via'$t$ end,
  case when f ? 'action' then $t$x.action = $1->>'action'$t$ end,
  case when f ? 'field' then $t$x.changes ? ($1->>'field')$t$ end,
  case when f @> '{"assigned": true}' then $t$x.tbl = ${numberOf('course_enrollments')} and (x.action = 'insert' or x.changes ? 'facilityId')$t$ end)`,
);

/** Which chains of entries are read: null is what belongs to no program. A super admin who chose none reads all of them at once. */
const programs = fn(
  'sync.trail_programs(f jsonb)',
  'uuid[]',
  { kind: 'stable' },
  `
declare
  mine uuid[] := sync.my_programs(1);
begin
  if jsonb_array_length(coalesce(f->'programs', '[]')) > 0 then
    return array(select p.id from (select e.value::uuid as id from jsonb_array_elements_text(f->'programs') e) p where p.id = any (mine));
  end if;
  return case when sync.my_rank() = 4 then null else mine || null::uuid end;
end`,
);

/** Where a slice ends: the id \`size\` entries further along the index that fits the filter best; null where there are not so many. */
const floor = fn(
  'audit.slice_end(f jsonb, programs uuid[], before bigint, size integer)',
  'bigint',
  { as: 'owner', kind: 'stable' },
  `
declare
  found bigint;
  narrow text := case when f ? 'userId' then $t$x.user_id = ($1->>'userId')::uuid$t$
    when f ? 'entity' then $t$x.tbl = sync.entity_number($1->>'entity')$t$
    when f @> '{"assigned": true}' then 'x.tbl = ${numberOf('course_enrollments')}' end;
begin
  if f ? 'rowId' or f ? 'mutationId' or f ? 'curriculumId' then return null; end if;
  if narrow is not null or programs is null then
    execute format('select x.id from audit.entry x where %s and x.id < $2 order by x.id desc offset $3 limit 1', coalesce(narrow, 'true'))
      into found using f, before, size;
    return found;
  end if;
  return (select max(l.id) from unnest(programs) p (id) cross join lateral (
    select x.id from audit.entry x where x.program_id = p.id and x.id < before order by x.id desc offset size limit 1) l);
end`,
);

/** Is the row an entry is about in a scope of the session? What its policy asks, for many entries in one statement. */
const isMine = `exists (select from sync.head h where h.tbl = x.tbl and h.row_id = x.row_id and h.op <> 'L' and ${holds('h')})`;

/** Entries are met one by one: the change log, which is as large as the database, is never read as a whole. */
const oneByOne = ['enable_hashjoin = off', 'enable_mergejoin = off', 'enable_material = off'];

/** The newest entries under a filter, as far as the slice reaches; acts in `seen` are left out. */
const found = fn(
  'audit.trail_found(f jsonb, programs uuid[], before bigint, until_id bigint, seen uuid[], lim integer)',
  'table (id bigint, mutation_id uuid)',
  { as: 'owner', kind: 'stable', settings: oneByOne },
  `
declare
  conditions text := sync.trail_where(f) || case when until_id is not null then ' and x.id >= $3' else '' end
    || case when cardinality(seen) > 0 then ' and (x.mutation_id is null or x.mutation_id <> all ($4))' else '' end || $t$ and ${isMine}$t$;
  -- Of one program, its entries stand in one index.
  plain boolean := programs is null or f ? 'mutationId' or f ? 'rowId';
begin
  if plain or cardinality(programs) = 1 then
    return query execute format('select x.id, x.mutation_id from audit.entry x where x.id < $2 and %s and %s order by x.id desc limit $5', conditions,
        case when programs is null then 'true' when programs[1] is null and cardinality(programs) = 1 then 'x.program_id is null'
          when cardinality(programs) = 1 then 'x.program_id = $6[1]' else '(x.program_id = any ($6) or ($7 and x.program_id is null))' end)
      using f, before, until_id, seen, lim, programs, array_position(programs, null) is not null;
  else
    return query execute format($q$select e.id, e.mutation_id from (
        select q.* from unnest($6) p (id) cross join lateral (
          select x.id, x.mutation_id from audit.entry x where x.program_id = p.id and x.id < $2 and %1$s order by x.id desc limit $5) q
        union all (select x.id, x.mutation_id from audit.entry x where $7 and x.program_id is null and x.id < $2 and %1$s order by x.id desc limit $5)) e
      order by e.id desc limit $5$q$, conditions)
      using f, before, until_id, seen, lim, array_remove(programs, null), array_position(programs, null) is not null;
  end if;
end`,
);

/** Of acts: how many of their entries match, and the first few of them. One statement for a whole page. */
const acts = fn(
  'audit.trail_acts(f jsonb, programs uuid[], acts uuid[])',
  'table (mutation_id uuid, entries integer, shown bigint[])',
  { as: 'owner', kind: 'stable', settings: oneByOne },
  `
begin
  return query execute format($q$select a.id, count(q.id)::integer, (array_agg(q.id order by q.id desc))[1:${shownOfGroup}]
    from unnest($3) a (id) cross join lateral (
      select x.id from audit.entry x where x.mutation_id = a.id and ($2 is null or x.program_id = any ($2) or ($4 and x.program_id is null)) and %s and %s
        order by x.id desc limit ${countedOfGroup + 1}) q group by a.id$q$, sync.trail_where(f), $t$${isMine}$t$)
    using f, programs, acts, array_position(programs, null) is not null;
end`,
);

/** One page, grouped by what was one act. \`next\` is where to go on; a page may be empty and yet have one. */
const search = fn(
  'sync.trail_search(args jsonb)',
  'jsonb',
  { kind: 'stable' },
  `
declare
  f jsonb := coalesce(args->'filter', '{}');
  mine uuid[] := sync.trail_programs(f);
  most integer := least(greatest(coalesce((args->>'limit')::integer, 50), 1), ${mostGroups});
  cur bigint := coalesce((args->>'before')::bigint, 9223372036854775807);
  seen uuid[] := array(select e.value::uuid from jsonb_array_elements_text(coalesce(args->'seen', '[]')) e);
  -- Most questions are answered by the newest entries; only where they are not is the end of a whole slice looked for.
  until_id bigint := audit.slice_end(f, mine, cur, ${nearby});
  is_far boolean := until_id is null;
  groups jsonb := '[]';
  part jsonb;
  lowest bigint;
  n integer;
begin
  loop
    with w as materialized (select * from audit.trail_found(f, mine, cur, until_id, seen, ${windowSize})),
    firsts as (
      select distinct on (coalesce(w.mutation_id::text, w.id::text)) w.id, w.mutation_id from w order by coalesce(w.mutation_id::text, w.id::text), w.id desc),
    page as materialized (select * from firsts order by id desc limit most - jsonb_array_length(groups)),
    acts as materialized (
      select * from audit.trail_acts(f, mine, array(select p.mutation_id from page p where p.mutation_id is not null))
      union all select null, 1, array[p.id] from page p where p.mutation_id is null),
    told as materialized (select * from sync.trail_told(array(select unnest(a.shown) from acts a))),
    answered as (
      select max(s.id) as id, a.mutation_id, a.entries, jsonb_agg(t.entry order by t.id desc) as shown
        from acts a cross join unnest(a.shown) s (id) join told t on t.id = s.id group by a.mutation_id, a.entries, a.shown)
    select coalesce(jsonb_agg(jsonb_build_object('mutationId', a.mutation_id, 'count', least(a.entries, ${countedOfGroup}),
          'isMore', a.entries > ${countedOfGroup}, 'entries', a.shown) order by a.id desc), '[]'),
        (select count(*) from w),
        -- Where the page was full before the window ended, the next begins below its last group.
        case when (select count(*) from firsts) > (select count(*) from page) then (select min(p.id) from page p) else (select min(w.id) from w) end
      into part, n, lowest from answered a;
    groups := groups || part;
    seen := seen || array(select (g.value->>'mutationId')::uuid from jsonb_array_elements(part) g where g.value->>'mutationId' is not null);
    if lowest is not null then cur := lowest; end if;
    if n < ${windowSize} and jsonb_array_length(groups) < most and not is_far then
      is_far := true;
      until_id := audit.slice_end(f, mine, cur, ${sliceSize});
    elsif n < ${windowSize} and jsonb_array_length(groups) < most then
      return jsonb_build_object('groups', groups, 'next', until_id);
    end if;
    if jsonb_array_length(groups) >= most then return jsonb_build_object('groups', groups, 'next', cur); end if;
  end loop;
end`,
);

/** How many entries, honestly: up to the limit, and as far as one slice reaches. */
const counted = fn(
  'sync.trail_count(args jsonb)',
  'jsonb',
  { kind: 'stable' },
  `
declare
  f jsonb := coalesce(args->'filter', '{}');
  mine uuid[] := sync.trail_programs(f);
  until_id bigint := audit.slice_end(f, mine, 9223372036854775807, ${sliceSize});
  n integer;
begin
  select count(*) into n from audit.trail_found(f, mine, 9223372036854775807, until_id, '{}', ${mostCounted + 1});
  return jsonb_build_object('count', least(n, ${mostCounted}), 'isMore', n > ${mostCounted} or until_id is not null);
end`,
);

/** The entries themselves, newest first; with \`proof\`, each with its link. */
const list = fn(
  'sync.trail_list(args jsonb)',
  'jsonb',
  { kind: 'stable' },
  `
declare
  f jsonb := coalesce(args->'filter', '{}');
  mine uuid[] := sync.trail_programs(f);
  cur bigint := coalesce((args->>'before')::bigint, 9223372036854775807);
  most integer := least(greatest(coalesce((args->>'limit')::integer, 500), 1), 1000);
  until_id bigint := audit.slice_end(f, mine, cur, ${sliceSize});
  ids bigint[] := array(select t.id from audit.trail_found(f, mine, cur, until_id, '{}', most) t);
begin
  return jsonb_build_object('entries', coalesce((
      select jsonb_agg(t.entry || case when args @> '{"proof": true}' then jsonb_build_object('link', audit.link_of(t.id)) else '{}' end
        order by t.id desc) from sync.trail_told(ids) t), '[]'),
    'next', case when cardinality(ids) = most then ids[most] else until_id end);
end`,
);

/** A link of the chain: its place, what it stands on, and what was hashed. What was hashed of a confidential row stays here. */
const linkOf = fn(
  'audit.link_of(entry bigint)',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select jsonb_build_object('chain', s.program_id, 'seq', s.seq, 'hash', encode(s.hash, 'hex'), 'text', case when e.tbl not in (${sensitiveNumbers}) then audit.canonical(e) end,
    'previous', encode(coalesce((select p.hash from audit.seal p where p.program_id = s.program_id and p.seq = s.seq - 1),
      (select b.hash from audit.base b where b.program_id = s.program_id and b.seq = s.seq - 1), ''), 'hex'))
  from audit.seal s join audit.entry e on e.id = s.entry_id where s.entry_id = entry`,
);

/** For rows of a batch: who changed which field afterwards, the latest of each. */
const since = fn(
  'sync.trail_since(args jsonb)',
  'jsonb',
  { kind: 'stable' },
  `
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('entity', q.entity, 'rowId', q.row_id, 'field', q.field, 'at', q.at, 'userName', q.name)), '[]') from (
    select distinct on (r.entity, r.row_id, k.field) r.entity, r.row_id, k.field, ${ms('x.at')} as at, coalesce(auth.name_of(x.user_id), x.db_user) as name
      from jsonb_to_recordset(args->'rows') r (entity text, row_id uuid, after bigint)
        cross join lateral (select * from audit.entry y
          where y.tbl = sync.entity_number(r.entity) and y.row_id = r.row_id and y.id > r.after order by y.id desc limit 50) x
        cross join lateral (select jsonb_object_keys(x.changes) union all select '' where x.action in ('delete', 'restore')) k (field)
      order by r.entity, r.row_id, k.field, x.id desc) q);
end`,
);

/** The chains this session may verify, with how far each goes. */
const chains = fn(
  'audit.chains(programs uuid[])',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select coalesce(jsonb_agg(jsonb_build_object('programId', c.program_id, 'from', coalesce(b.seq, 0), 'to', c.seq, 'root', encode(c.hash, 'hex')) order by c.program_id), '[]')
  from audit.chain c left join audit.base b using (program_id) where c.program_id = any (programs)`,
);

const verifiable = fn(
  'sync.trail_verifiable()',
  'uuid[]',
  { kind: 'stable' },
  `
begin
  return case when sync.my_rank() = 4 then sync.my_programs(3) || ${zero} else sync.my_programs(3) end;
end`,
);

/** Walks a slice of one chain; names the first entry that does not fit, with its time and author as they stand now. */
const verify = fn(
  'sync.trail_verify(args jsonb)',
  'jsonb',
  {},
  `
declare
  program uuid := (args->>'programId')::uuid;
  s record;
begin
  if program is null or not program = any (sync.trail_verifiable()) then return jsonb_build_object('refused', true); end if;
  select * into s from audit.verify_slice(program, (args->>'after')::bigint, least(coalesce((args->>'limit')::integer, 5000), 20000));
  return jsonb_build_object('next', s.next_seq, 'problem', s.problem, 'broken', case when s.broken_entry is not null then audit.broken(s.broken_entry, program) end);
end`,
);

/** Of an entry that no longer fits, only what names it. */
const broken = fn(
  'audit.broken(entry bigint, program uuid)',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select jsonb_build_object('id', entry, 'at', ${ms('e.at')}, 'userName', coalesce(auth.name_of(e.user_id), e.db_user), 'via', e.via,
    'entity', sync.entity_name(e.tbl), 'rowId', e.row_id, 'action', e.action)
  from (select entry as id) k left join audit.entry e on e.id = k.id and coalesce(e.program_id, ${zero}) = program`,
);

export const trailQuestions: Record<string, string> = {
  'trail-search': 'sync.trail_search(args)',
  'trail-count': 'sync.trail_count(args)',
  'trail-list': 'sync.trail_list(args)',
  'trail-since': 'sync.trail_since(args)',
  'trail-chains': 'sync.trail_chains()',
  'trail-verify': 'sync.trail_verify(args)',
};

const sealed = fn(
  'sync.trail_chains()',
  'jsonb',
  {},
  `
begin
  -- What was committed since the last push is sealed first, or the newest entries would be left out.
  for i in 1..10 loop exit when audit.seal_up(5000) = 0; end loop;
  return audit.chains(sync.trail_verifiable());
end`,
);

export const trailCases = Object.entries(trailQuestions)
  .map(([name, call]) => `    when ${quoted(name)} then return jsonb_build_object('answer', ${call});`)
  .join('\n');

export const trailSql = (): string =>
  [
    veiled,
    rowOf,
    told,
    curriculumRows,
    asked,
    programs,
    floor,
    found,
    acts,
    search,
    counted,
    linkOf,
    list,
    since,
    chains,
    verifiable,
    broken,
    verify,
    sealed,
  ].join('\n');
