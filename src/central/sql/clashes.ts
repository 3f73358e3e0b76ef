/**
 * Where one person deletes what another works on: what a desk is told, so that a card can name it and offer a way out.
 *
 * - `gone`: a change of a row somebody deleted meanwhile, or a row hung from one. It names what is to be restored, topmost first.
 * - `changed`: a deletion of what somebody changed or added to since the deleting person saw it. It names what they did.
 *
 * Security: rows and entries are read with the caller's rights, so nothing is named that is out of sight.
 * Invariant: `changed` is judged when the rows are deleted and locked, so no change that came in between is missed.
 */
import { allEntities, entityOf, isEntityName } from '../../shared/entities';
import { columnOf, type Entity, type FieldOf } from '../../shared/model';
import { whoCan } from '../../shared/rules/permit';
import { partsHeld, right } from './apply';
import { firstRehearsed } from './audit';
import { fn, quoted, textArray } from './text';

const caseOf = (arm: (entity: Entity) => string): string => `case entity
${allEntities.map((entity) => `    when ${quoted(entity.name)} then ${arm(entity)}`).join('\n')}
  end case;`;

/** What a row is called, as far as texts tell: its own, or those of what it refers to. */
function titleOf(entity: Entity, row: string, isOuter = true): string {
  const parts = entity.title.flatMap((name) => {
    const field = entity.fields[name];
    if (field?.kind !== 'reference') return field ? [`${row}.${columnOf(name)}::text`] : [];
    const { to } = (field as FieldOf<'reference'>).options;
    if (!isOuter || !isEntityName(to)) return [];
    return [`(select ${titleOf(entityOf(to), 'p', false)} from app.${to} p where p.id = ${row}.${columnOf(name)})`];
  });
  return parts.length === 0 ? "''" : `concat_ws(' ', ${parts.join(', ')})`;
}

const containers = (entity: Entity): [name: string, to: string][] =>
  Object.entries(entity.fields).flatMap(([name, field]) =>
    field.kind === 'reference' && field.options.contained === true
      ? [[name, field.options.to] as [string, string]]
      : [],
  );

/** A row as a clash needs it; null where it is out of sight. */
function described(entity: Entity): string {
  const { remove } = entity.access;
  const up = containers(entity).map(([name, to]) => `jsonb_build_array(${quoted(to)}, t.${columnOf(name)})`);
  return fn(
    `sync.described_${entity.name}(row_id uuid)`,
    'jsonb',
    { language: 'sql', kind: 'stable' },
    `
select jsonb_build_object('entity', ${quoted(entity.name)}, 'id', t.id, 'title', ${titleOf(entity, 't')},
    'isGone', t.deleted_at is not null, 'with', t.deleted_with, 'up', jsonb_build_array(${up.join(', ')}),
    'needs', case when (${right(entity, remove, 't')}) is not true then ${quoted(whoCan(remove))} end)
  from app.${entity.name} t where t.id = row_id`,
  );
}

/** What rows hold, and what that holds: live rows, or, for a mutation, what it deleted with them. */
function inside(entity: Entity): string {
  const parts = partsHeld(entity).map(
    ({ child, name }) => `
  select array_agg(c.id), jsonb_agg(jsonb_build_array(${quoted(child.name)}, c.id)) into inner_ids, more
    from app.${child.name} c where c.${columnOf(name)} = any (ids) and c.deleted_with = mutation;
  if inner_ids is not null then found := found || more || sync.inside_${child.name}(inner_ids, mutation); end if;`,
  );
  return fn(
    `sync.inside_${entity.name}(ids uuid[], mutation uuid)`,
    'jsonb',
    {},
    `
declare
  inner_ids uuid[];
  more jsonb;
  found jsonb := '[]';
begin${parts.join('')}
  return found;
end`,
  );
}

const describe = fn(
  'sync.described(entity text, row_id uuid)',
  'jsonb',
  {},
  `begin\n  ${caseOf(({ name }) => `return sync.described_${name}(row_id);`)}\nend`,
);
const insideOf = fn(
  'sync.inside(entity text, row_id uuid, mutation uuid)',
  'jsonb',
  {},
  `begin\n  ${caseOf(({ name }) => `return sync.inside_${name}(array[row_id], mutation);`)}\nend`,
);

/** What to restore so that a row is back, topmost first: what was deleted together comes back together. */
const wayBack = fn(
  'sync.way_back(entity text, row_id uuid)',
  'jsonb',
  {},
  `
declare
  r jsonb := sync.described(entity, row_id);
  above jsonb;
  u jsonb;
  is_covered boolean := false;
  found jsonb := '[]';
begin
  if (r->>'isGone')::boolean is not true then return found; end if;
  for u in select x from jsonb_array_elements(r->'up') x loop
    above := sync.described(u->>0, (u->>1)::uuid);
    if (above->>'isGone')::boolean is not true then continue; end if;
    found := found || sync.way_back(u->>0, (u->>1)::uuid);
    is_covered := is_covered or above->>'with' = r->>'with';
  end loop;
  if is_covered then return found; end if;
  return found || (r - '{isGone,with,up}'::text[] || jsonb_build_object('holds',
    (select jsonb_object_agg(c.kind, c.n) from (
      select x->>0 as kind, count(*) as n from jsonb_array_elements(sync.inside(entity, row_id, (r->>'with')::uuid)) x group by 1) c)));
end`,
);

const clash = (kind: string, more: string): string =>
  `jsonb_build_object('clash', ${quoted(kind)}, 'entity', entity, 'id', row_id, 'field', '', 'base', null, 'mine', null, 'theirs', null, ${more})`;

/** The clash of a change with a deletion. */
const gone = fn(
  'sync.gone(entity text, row_id uuid)',
  'jsonb',
  {},
  `
declare
  theirs record;
begin
  select e.user_id, (extract(epoch from e.at) * 1000)::bigint as at into theirs from audit.entry e
    where e.tbl = sync.entity_number(entity) and e.row_id = gone.row_id and e.action = 'delete' order by e.id desc limit 1;
  return ${clash('gone', `'title', sync.described(entity, row_id)->>'title', 'theirsBy', theirs.user_id, 'theirsName', auth.name_of(theirs.user_id), 'theirsAt', theirs.at, 'restore', sync.way_back(entity, row_id)`)};
end`,
);

/** Places among siblings are made gap-free by the server: that is nobody's work. */
const places = [
  ...new Set(
    allEntities.flatMap(({ fields }) =>
      Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'order' ? [name] : [])),
    ),
  ),
];
const most = 20;

/**
 * What others did to a row that was just deleted, and to what went with it, since the deleting person saw them; null where it is nothing.
 * \`seen\` are the versions of what it held. What this desk did itself is known to it.
 */
const changedSince = fn(
  'sync.changed_since(entity text, row_id uuid, version bigint, seen jsonb)',
  'jsonb',
  {},
  `
declare
  mutation uuid := nullif(current_setting('provost.mutation_id', true), '')::uuid;
  device uuid := nullif(current_setting('provost.device_id', true), '')::uuid;
  news jsonb;
  total bigint;
begin
  with parts as (
    select changed_since.entity as kind, changed_since.row_id as id, version as seen, true as was_there
    union all
    select x->>0, (x->>1)::uuid, coalesce((changed_since.seen->>(x->>1))::bigint, 0), changed_since.seen ? (x->>1)
      from jsonb_array_elements(sync.inside(changed_since.entity, changed_since.row_id, mutation)) x),
  done as (
    select p.kind, p.id, p.was_there, max(e.id) as last, max(e.at) as at,
        array_agg(distinct k) filter (where k is not null and e.action = 'update') as fields
      from parts p
        join audit.entry e on e.tbl = sync.entity_number(p.kind) and e.row_id = p.id and e.new_version > p.seen
        left join lateral jsonb_object_keys(e.changes - ${textArray(places)}) k on true
      where e.id < ${firstRehearsed} and e.mutation_id is distinct from mutation
        and (e.action in ('insert', 'restore') or (e.action = 'update' and e.changes - ${textArray(places)} <> '{}'))
        and not (e.user_id is not distinct from sync.me() and (device is null or e.device_id is not distinct from device))
      group by p.kind, p.id, p.was_there)
  select count(*), jsonb_agg(jsonb_build_object('entity', d.kind, 'id', d.id, 'title', sync.described(d.kind, d.id)->>'title',
      'isNew', not d.was_there, 'fields', coalesce(to_jsonb(d.fields), '[]'), 'by', e.user_id, 'byName', auth.name_of(e.user_id),
      'at', (extract(epoch from d.at) * 1000)::bigint) order by d.last desc) filter (where d.place <= ${most})
    into total, news
    from (select *, row_number() over (order by last desc) as place from done) d join audit.entry e on e.id = d.last;
  if total = 0 then return null; end if;
  return ${clash('changed', `'title', sync.described(entity, row_id)->>'title', 'theirsBy', news->0->'by', 'theirsName', news->0->'byName', 'theirsAt', news->0->'at', 'news', news, 'total', total`)};
end`,
);

export const clashesSql = (): string =>
  [
    ...allEntities.flatMap((entity) => [described(entity), inside(entity)]),
    describe,
    insideOf,
    wayBack,
    gone,
    changedSince,
  ].join('\n');
