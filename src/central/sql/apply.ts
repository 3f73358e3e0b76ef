/**
 * Carrying out one op of a mutation: `sync.apply_<t>(op) returns jsonb`, one function per entity, so that the plans of its statements are kept.
 *
 * It returns `{s: applied | merged | noop | conflict, c: conflicts, o: [sibling groups whose order must be made gap-free]}` or raises a refusal.
 * Invariant: no blind overwrite. A field is written only where the server's value is what the person saw, or their policy says so.
 * Invariant: a row and what it refers to are checked after the write, when the foreign key holds the parent: whoever deletes the parent locks it
 * first, so a live child of a deleted parent cannot come to be.
 */
import { allEntities, entityOf, isEntityName, type EntityName } from '../../shared/entities';
import { columnOf, type AccessLevel, type Entity, type FieldKind, type FieldOf, type Verb } from '../../shared/model';
import { levelRank, whoCan } from '../../shared/rules/permit';
import { teachesHere } from './scopes';
import { fn, quoted, textArray } from './text';

type References = [name: string, field: FieldOf<'reference'>][];
const referencesOf = (entity: Entity): References =>
  Object.entries(entity.fields).filter((pair): pair is [string, FieldOf<'reference'>] => pair[1].kind === 'reference');

/** What an insert may carry although no person edits it: what they expect it to become. */
const expectations: Record<string, readonly string[]> = { course_enrollments: ['priceAgreed', 'currency'] };

/** What only a higher role may change, and only with a reason: the trigger of the table asks for that. */
const guarded: Record<string, Record<string, Exclude<AccessLevel, 'own' | 'nobody'>>> = {
  course_enrollments: { priceAgreed: 'program_admin' },
};

const insertable = (entity: Entity): string[] =>
  Object.entries(entity.fields)
    .filter(
      ([name, field]) =>
        !(field.options.readOnly || field.kind === 'generated') || expectations[entity.name]?.includes(name),
    )
    .map(([name]) => name);
export const updatable = (entity: Entity): string[] =>
  Object.entries(entity.fields)
    .filter(
      ([name, field]) =>
        !(field.options.readOnly || field.options.fixed || field.kind === 'generated') || guarded[entity.name]?.[name],
    )
    .map(([name]) => name);

/** Fields whose later writer wins without asking. A position is made gap-free anyway, so it is never worth a question. */
export const lastWins = (entity: Entity): string[] =>
  Object.entries(entity.fields)
    .filter(([, field]) => field.options.onConflict === 'last' || field.kind === 'order')
    .map(([name]) => name);
export const added = (entity: Entity): string[] =>
  Object.entries(entity.fields)
    .filter(([, field]) => field.options.onConflict === 'add')
    .map(([name]) => name);

/** The session's right to do a thing to a row, as a condition. */
export function right(entity: Entity, level: AccessLevel, row: string, isNew = false): string {
  if (level === 'nobody') return 'false';
  if (level === 'own') return entity.fields['userId'] ? `${row}.user_id = sync.me()` : 'false';
  const rank = levelRank[level];
  const inProgram = (least: number): string => `${row}.program_id = any (sync.my_programs(${least}))`;
  if (level === 'tutor') return `${inProgram(2)} or (${inProgram(1)} and ${teachesHere(entity, row)})`;
  if (entity.scope === 'program') return inProgram(rank);
  if (entity.scope === 'self' && !isNew) return `${row}.id = any (sync.my_programs(${rank}))`;
  return `sync.my_rank() >= ${rank}`;
}

const verbWords: Record<Verb, string> = { create: 'add', update: 'change', remove: 'delete' };
const demand = (entity: Entity, verb: Verb, row: string): string => {
  const detail = `jsonb_build_object('verb', ${quoted(verbWords[verb])}, 'needs', ${quoted(whoCan(entity.access[verb]))})`;
  return `if (${right(entity, entity.access[verb], row, verb === 'create')}) is not true then
      perform sync.refuse('forbidden', ${quoted(entity.name)}, v_id, null, ${detail});
    end if;`;
};

export const guardedIn = (entity: Entity): string[] => Object.keys(guarded[entity.name] ?? {});

const guards = (entity: Entity): string =>
  Object.entries(guarded[entity.name] ?? {})
    .map(
      ([field, level]) => `if ${quoted(field)} = any (keys) and (${right(entity, level, 'cur')}) is not true then
    perform sync.refuse('forbidden', ${quoted(entity.name)}, v_id, array[${quoted(field)}],
      jsonb_build_object('verb', 'change', 'needs', ${quoted(whoCan(level))}));
  end if;`,
    )
    .join('\n');

/** Some fields are not a tutor's to set, even where the row is theirs to change. */
const demandFields = (entity: Entity): string => {
  if (!entity.tutorSets) return '';
  const detail = `jsonb_build_object('verb', 'change', 'needs', ${quoted(whoCan('program_coordinator'))})`;
  return `if not cur.program_id = any (sync.my_programs(2)) then
    select array_agg(k) into keys from jsonb_object_keys(patch) k
      where not k = any (${textArray(entity.tutorSets)}) and cur_json->k is distinct from new_json->k;
    if keys is not null then perform sync.refuse('forbidden', ${quoted(entity.name)}, v_id, keys, ${detail}); end if;
  end if;`;
};

/**
 * Whose account may be made or changed by whom. `rows`: as it stands, and as it would be.
 * Security: a role counts in every program, also in those this session knows nothing of; so only super admins raise it.
 */
const reach = (entity: Entity, ...rows: string[]): string => {
  if (entity.name === 'users') {
    const ranks = rows.map((row) => `sync.rank_of(${row}.role)`);
    const raises = ranks[1] ? ` or (${ranks[1]} > ${ranks[0]} and sync.my_rank() < 4)` : '';
    return `if greatest(${ranks.join(', ')}) > sync.my_reach()${raises} then
      perform sync.refuse('rank-too-high', 'users', v_id, '{role}');
    end if;`;
  }
  if (entity.scope === 'account') {
    return `if exists (select from app.users u where u.id = ${rows[0] ?? 'cur'}.user_id and sync.rank_of(u.role) > sync.my_reach()) then
      perform sync.refuse('rank-too-high', ${quoted(entity.name)}, v_id);
    end if;`;
  }
  return '';
};

export const optionsOf = (entity: Entity): [name: string, kind: string][] =>
  entity.scope !== 'program'
    ? []
    : Object.entries(entity.fields).flatMap(([name, field]) =>
        field.kind === 'option' ? [[name, (field as FieldOf<'option'>).options.optionKind]] : [],
      );

/** One of the list the program keeps; where it keeps none, anything goes. */
const checkOption =
  (entity: Entity) =>
  ([name, kind]: [string, string]): string => {
    const list = `app.program_options p where p.program_id = r.program_id and p.option_kind = ${quoted(kind)} and p.is_active and p.deleted_at is null`;
    return `
  if ${quoted(name)} = any (fields) and r.${columnOf(name)} is not null
     and not exists (select from ${list} and p.code = r.${columnOf(name)}) and exists (select from ${list}) then
    perform sync.refuse('unknown-option', ${quoted(entity.name)}, r.id, array[${quoted(name)}], jsonb_build_object('code', r.${columnOf(name)}));
  end if;`;
  };

/** After the write: is everything the row refers to there, alive, of the same program, and of the kind that may be chosen? */
function checkReferences(entity: Entity): string {
  const checks = referencesOf(entity)
    .filter(([, field]) => !field.options.readOnly)
    .map(([name, field]) => {
      if (!isEntityName(field.options.to)) throw new Error(`${entity.name}.${name}: no entity ${field.options.to}`);
      const parent = entityOf(field.options.to);
      const { where } = field.options;
      const allowed = Object.entries(where ?? {}).map(
        ([key, values]) => `p.${columnOf(key)} = any (${textArray(values)})`,
      );
      return `
  if ${quoted(name)} = any (fields) and r.${columnOf(name)} is not null then
    select p.deleted_at is not null, ${allowed.length ? allowed.join(' and ') : 'true'} into is_gone, is_allowed
      from app.${parent.name} p where p.id = r.${columnOf(name)};
    if not found then perform sync.refuse(${quoted(unseen(entity, parent))}, ${quoted(entity.name)}, r.id, array[${quoted(name)}]);
    elsif is_gone then
      perform sync.refuse('parent-deleted', ${quoted(entity.name)}, r.id, array[${quoted(name)}],
        jsonb_build_object('parentEntity', ${quoted(parent.name)}, 'parentId', r.${columnOf(name)}, 'gone', sync.gone(${quoted(parent.name)}, r.${columnOf(name)})));
    elsif not is_allowed then perform sync.refuse('invalid-value', ${quoted(entity.name)}, r.id, array[${quoted(name)}]);
    end if;
  end if;`;
    });
  return fn(
    `sync.check_${entity.name}(r app.${entity.name}, fields text[])`,
    'void',
    {},
    `declare\n  is_gone boolean;\n  is_allowed boolean;\nbegin${checks.join('')}${optionsOf(entity).map(checkOption(entity)).join('')}\nend`,
  );
}

/** What is said where a row referred to is out of sight: the very words that a violated foreign key gets. */
const unseen = (entity: Entity, parent: Entity): string =>
  entity.scope === 'program' && parent.scope === 'program' ? 'wrong-program' : 'not-found';

/** References a person sets; the program itself is judged by the right to the row. */
const judgedReferences = (entity: Entity): References =>
  referencesOf(entity).filter(([name, field]) => !field.options.readOnly && name !== 'programId');

/**
 * Before the write: is every row it refers to in sight?
 * Security: a reference to an account may bring the account into the program's scopes, so sight must be judged before it does; or naming an id
 * would be enough to read a stranger. And no trigger or foreign key ever meets a row out of sight, so nothing they say can tell that it exists.
 */
function sightOf(entity: Entity): string {
  const judged = judgedReferences(entity);
  if (judged.length === 0) return '';
  const checks = judged.map(([name, field]) => {
    const parent = entityOf(field.options.to as EntityName);
    return `
  if ${quoted(name)} = any (fields) and r.${columnOf(name)} is not null
     and not exists (select from app.${parent.name} p where p.id = r.${columnOf(name)}) then
    perform sync.refuse(${quoted(unseen(entity, parent))}, ${quoted(entity.name)}, r.id, array[${quoted(name)}]);
  end if;`;
  });
  return fn(
    `sync.sight_${entity.name}(r app.${entity.name}, fields text[])`,
    'void',
    {},
    `begin${checks.join('')}\nend`,
  );
}

export interface Ordered {
  field: string;
  column: string;
  /** The column that siblings share. */
  within: string;
  withinField: string;
  /** The table of the row that siblings hang from. */
  parent: string;
  parentColumn: string;
}

/** How an entity's siblings are told apart; null where its rows have no order. */
export function orderOf(entity: Entity): Ordered | null {
  for (const [field, { kind, options }] of Object.entries(entity.fields)) {
    if (kind !== 'order') continue;
    const withinField = (options as FieldOf<'order'>['options']).within;
    const within = entity.fields[withinField];
    const isReference = within?.kind === 'reference';
    return {
      field,
      column: columnOf(field),
      within: columnOf(withinField),
      withinField,
      parent: isReference ? (within as FieldOf<'reference'>).options.to : 'programs',
      parentColumn: isReference ? columnOf(withinField) : 'program_id',
    };
  }
  return null;
}

const group = (entity: Entity, row: string): string => {
  const order = orderOf(entity);
  return order
    ? `jsonb_build_array(jsonb_build_array(${quoted(entity.name)}, ${row}.program_id, ${row}.${order.within}::text, v_id))`
    : `'[]'::jsonb`;
};

/** Makes positions gap-free: moved rows take the place they asked for, the others keep their order around them. */
function renumber(entity: Entity): string {
  const order = orderOf(entity);
  if (!order) return '';
  return (
    fn(
      `sync.hold_${entity.name}(parent uuid)`,
      'void',
      { as: 'owner' },
      `begin\n  perform 1 from app.${order.parent} p where p.id = parent for no key update;\nend`,
    ) +
    fn(
      `sync.renumber_${entity.name}(program uuid, within text, moved uuid[])`,
      'void',
      { as: 'owner' },
      `
begin
  with s as (
    select t.id, t.${order.column} as position, array_position(moved, t.id) as turn, count(*) over ()::int as n
      from app.${entity.name} t
      where t.program_id = program and t.${order.within}::text = within and t.deleted_at is null),
  m as (select s.*, row_number() over (order by position, turn desc) as k, count(*) over () as of from s where turn is not null),
  placed as (
    select id, least((k + max(position - k) over (order by k))::int, (n - of + k)::int) as slot from m),
  free as (
    select slot, row_number() over (order by slot) as k
      from generate_series(1, (select max(n) from s)) slot where slot not in (select slot from placed)),
  others as (select id, row_number() over (order by position, id) as k from s where turn is null),
  wanted as (select id, slot from placed union all select o.id, f.slot from others o join free f using (k))
  update app.${entity.name} t set ${order.column} = w.slot from wanted w where t.id = w.id and t.${order.column} <> w.slot;
end`,
    )
  );
}

const children = (entity: Entity): { child: Entity; name: string; field: FieldOf<'reference'> }[] =>
  allEntities.flatMap((child) =>
    referencesOf(child)
      .filter(
        ([, field]) =>
          field.options.to === entity.name && (!field.options.readOnly || field.options.contained === true),
      )
      .map(([name, field]) => ({ child, name, field })),
  );

/** What goes when a row of this entity goes. */
export const partsHeld = (entity: Entity): ReturnType<typeof children> =>
  children(entity).filter(({ field }) => field.options.contained);

/**
 * Deletes rows with what they contain, then refuses where anything that stays depends on what went. Run by the owner: what stands in the way
 * may be out of sight.
 */
function remove(entity: Entity): string {
  const contained = partsHeld(entity);
  const others = children(entity).filter(({ field }) => !field.options.contained);
  const cascade = contained.map(
    ({ child, name }) => `
  select array_agg(c.id) into inner_ids from app.${child.name} c where c.${columnOf(name)} = any (ids) and c.deleted_at is null;
  if inner_ids is not null then taken := taken || sync.take_${child.name}(inner_ids, deleted_at, mutation); end if;`,
  );
  const blockers = others.map(({ child, name, field }) => {
    const during = Object.entries(field.options.refuseWhile ?? {}).map(
      ([key, values]) => ` and c.${columnOf(key)} = any (${textArray(values)})`,
    );
    return `select ${quoted(child.name)} as entity, c.id from app.${child.name} c where c.${columnOf(name)} = any (ids) and c.deleted_at is null${during.join('')}`;
  });
  return (
    fn(
      `sync.take_${entity.name}(ids uuid[], deleted_at timestamptz, mutation uuid)`,
      'jsonb',
      { as: 'owner' },
      `
declare
  inner_ids uuid[];
  taken jsonb := jsonb_build_array(jsonb_build_array(${quoted(entity.name)}, to_jsonb(ids)));
begin
  -- Waits for children that are just being added, and makes those to come wait for us.
  perform 1 from app.${entity.name} t where t.id = any (ids) order by t.id for update;
  -- The container goes first and comes back last: what it holds is judged as part of it, not alone.
  update app.${entity.name} t set deleted_at = take_${entity.name}.deleted_at, deleted_with = mutation where t.id = any (ids) and t.deleted_at is null;${cascade.join('')}
  return taken;
end`,
    ) +
    fn(
      `sync.remove_${entity.name}(ids uuid[], deleted_at timestamptz, mutation uuid)`,
      'void',
      { as: 'owner' },
      `begin\n  perform sync.refuse_held(${quoted(entity.name)}, ids[1], sync.take_${entity.name}(ids, deleted_at, mutation));\nend`,
    ) +
    fn(
      `sync.held_${entity.name}(ids uuid[])`,
      'table (entity text, id uuid)',
      { as: 'owner', language: 'sql', kind: 'volatile' },
      blockers.length === 0 ? 'select null::text, null::uuid where false' : blockers.join('\nunion all '),
    )
  );
}

/** Brings a row back with what was deleted with it; refuses where something it refers to stays deleted. */
function restore(entity: Entity): string {
  const contained = partsHeld(entity);
  const cascade = contained.map(
    ({ child, name }) => `
  select array_agg(c.id) into inner_ids from app.${child.name} c where c.${columnOf(name)} = any (ids) and c.deleted_with = mutation;
  if inner_ids is not null then back := back || sync.bring_${child.name}(inner_ids, mutation); end if;`,
  );
  return (
    fn(
      `sync.bring_${entity.name}(ids uuid[], mutation uuid)`,
      'jsonb',
      { as: 'owner' },
      `
declare
  inner_ids uuid[];
  back jsonb := jsonb_build_array(jsonb_build_array(${quoted(entity.name)}, to_jsonb(ids)));
begin${cascade.join('')}
  update app.${entity.name} t set deleted_at = null, deleted_with = null where t.id = any (ids);
  return back;
end`,
    ) +
    fn(
      `sync.restore_${entity.name}(ids uuid[], mutation uuid)`,
      'void',
      { as: 'owner' },
      `begin\n  perform sync.check_parts(sync.bring_${entity.name}(ids, mutation));\nend`,
    )
  );
}

const keepsSlot = `outcome := sync.keep_slot(wanted);
    if outcome is not null then return jsonb_build_object('s', outcome, 'o', groups); end if;`;

const partsOf = `(select x->>0 as entity, array(select jsonb_array_elements_text(x->1))::uuid[] as ids from jsonb_array_elements(parts) x)`;
const caseOf = (arm: (entity: Entity) => string): string => `case part.entity
${allEntities.map((entity) => `      when ${quoted(entity.name)} then ${arm(entity)}`).join('\n')}
    end case;`;

const refuseHeld = fn(
  'sync.refuse_held(entity text, id uuid, parts jsonb)',
  'void',
  { as: 'owner' },
  `
declare
  part record;
  held jsonb := '[]';
  counts jsonb;
begin
  for part in ${partsOf} loop
    ${caseOf(({ name }) => `held := held || coalesce((select jsonb_agg(jsonb_build_object('entity', h.entity, 'id', h.id)) from sync.held_${name}(part.ids) h), '[]');`)}
  end loop;
  if held = '[]' then return; end if;
  select jsonb_object_agg(c.entity, c.n) into counts
    from (select h->>'entity' as entity, count(distinct h->>'id') as n from jsonb_array_elements(held) h group by 1) c;
  perform sync.refuse('has-dependents', entity, id, null, jsonb_build_object('counts', counts,
    'rows', (select jsonb_agg(h) from (select distinct h from jsonb_array_elements(held) h limit 20) x)));
end`,
);

const checkParts = fn(
  'sync.check_parts(parts jsonb)',
  'void',
  { as: 'owner' },
  `
declare
  part record;
begin
  for part in ${partsOf} loop
    ${caseOf((entity) => {
      const own = referencesOf(entity).flatMap(([name, field]) => (field.options.readOnly ? [] : [name]));
      return own.length === 0
        ? 'null;'
        : `perform sync.check_${entity.name}(t, ${textArray(own)}) from app.${entity.name} t where t.id = any (part.ids);`;
    })}
  end loop;
end`,
);

function apply(entity: Entity): string {
  const name = quoted(entity.name);
  const order = orderOf(entity);
  const fields = Object.keys(entity.fields);
  const columns = updatable(entity).map(columnOf);
  const all = ['id', ...fields.map(columnOf)];
  const hold = (row: string): string =>
    order ? `perform sync.hold_${entity.name}(${row}.${order.parentColumn});` : '';
  const movesSiblings = order
    ? `if keys && ${textArray([order.field, order.withinField])} then groups := ${group(entity, 'cur')} || ${group(entity, 'wanted')}; end if;`
    : '';
  // Nearly always there is nothing to find: then no function is called.
  const checkPatch = (writable: readonly string[], present: string): string =>
    `if patch - ${textArray(writable)} <> '{}' then patch := sync.check_keys(${name}, v_id, patch, ${textArray(fields)}, ${textArray(writable)}, ${present}); end if;`;
  const seen = judgedReferences(entity).map(([field]) => field);
  const sight = (row: string, isUpdate = false): string =>
    seen.length === 0
      ? ''
      : isUpdate
        ? `if keys && ${textArray(seen)} then perform sync.sight_${entity.name}(${row}, keys); end if;`
        : `perform sync.sight_${entity.name}(${row}, ${textArray(seen)});`;
  const check = (row: string, isUpdate = false): string =>
    checked.length === 0
      ? ''
      : isUpdate
        ? `if keys && ${textArray(checked)} then perform sync.check_${entity.name}(${row}, keys); end if;`
        : `perform sync.check_${entity.name}(${row}, ${textArray(checked)});`;
  const checked = [
    ...referencesOf(entity).flatMap(([field, { options }]) => (options.readOnly ? [] : [field])),
    ...optionsOf(entity).map(([field]) => field),
  ];

  return fn(
    `sync.apply_${entity.name}(o jsonb)`,
    'jsonb',
    {},
    `
declare
  v_id uuid := (o->>'id')::uuid;
  patch jsonb := coalesce(nullif(o->'patch', 'null'), '{}');
  base jsonb := coalesce(nullif(o->'base', 'null'), '{}');
  cur app.${entity.name};
  wanted app.${entity.name};
  cur_json jsonb;
  new_json jsonb;
  keys text[];
  conflicts jsonb;
  clash jsonb;
  groups jsonb := '[]';
  is_held boolean := false;
  outcome text;
begin
  if patch <> '{}' then perform sync.check_types(${name}, v_id, patch, ${quoted(JSON.stringify(jsonTypesOf(entity)))}); end if;
  if o->>'op' = 'insert' then
    ${checkPatch(insertable(entity), `sync.json_${entity.name}(sync.blank_${entity.name}())`)}
    wanted := sync.record_${entity.name}(sync.blank_${entity.name}(), patch);
    wanted.id := v_id;
    ${entity.scope === 'program' && entity.fields['currency'] && !expectations[entity.name] ? `if not patch ? 'currency' then wanted.currency := coalesce((select p.currency from app.programs p where p.id = wanted.program_id), wanted.currency); end if;` : ''}
    ${demand(entity, 'create', 'wanted')}
    ${reach(entity, 'wanted')}
    ${sight('wanted')}
    ${hold('wanted')}
    ${entity.name === 'availability_slots' ? keepsSlot : ''}
    insert into app.${entity.name} (${all.join(', ')}) values (${all.map((c) => `wanted.${c}`).join(', ')});
    ${check('wanted')}
    ${entity.scope === 'self' ? `perform set_config('provost.programs', array_append(sync.my_programs(1), v_id)::text, true);` : ''}
    return jsonb_build_object('s', 'applied', 'o', ${group(entity, 'wanted')});
  end if;

  if o->>'op' = 'update'${order ? ` and not patch ?| ${textArray([order.field, order.withinField])}` : ''} then
    select * into cur from app.${entity.name} t where t.id = v_id for no key update;
    is_held := found;
  end if;
  if not is_held then
    -- Not to be changed by this session, or not there at all: what can be seen decides what is said.
    select * into cur from app.${entity.name} t where t.id = v_id;
    if not found then perform sync.refuse('not-found', ${name}, v_id); end if;
  end if;

  if o->>'op' = 'reveal' then
    perform audit.reveal(${entity.number}::smallint, v_id, ${entity.scope === 'program' ? 'cur.program_id' : 'null'}, cur.row_version);
    return jsonb_build_object('s', 'applied');
  end if;

  if o->>'op' = 'delete' then
    ${demand(entity, 'remove', 'cur')}
    ${reach(entity, 'cur')}
    ${hold('cur')}
    if cur.deleted_at is not null then return jsonb_build_object('s', 'noop'); end if;
    perform sync.remove_${entity.name}(array[v_id], clock_timestamp(), nullif(current_setting('provost.mutation_id', true), '')::uuid);
    clash := sync.changed_since(${name}, v_id, coalesce((o->>'version')::bigint, 0), coalesce(nullif(o->'contents', 'null'), '{}'));
    if clash is not null then return jsonb_build_object('s', 'conflict', 'c', jsonb_build_array(clash)); end if;
    return jsonb_build_object('s', 'applied', 'o', ${group(entity, 'cur')});
  end if;

  if o->>'op' = 'restore' then
    ${demand(entity, 'remove', 'cur')}
    ${reach(entity, 'cur')}
    ${hold('cur')}
    if cur.deleted_at is null then return jsonb_build_object('s', 'noop'); end if;
    ${sight('cur')}
    perform sync.restore_${entity.name}(array[v_id], cur.deleted_with);
    return jsonb_build_object('s', 'applied', 'o', ${group(entity, 'cur')});
  end if;

  if o->>'op' <> 'update' then perform sync.refuse('invalid-value', ${name}, v_id, '{op}'); end if;
  ${demand(entity, 'update', 'cur')}
  ${reach(entity, 'cur')}
  ${
    order
      ? `if patch ?| ${textArray([order.field, order.withinField])} then
    wanted := sync.record_${entity.name}(cur, patch);
    -- In one order, so that two moves between the same parents do not wait for each other.
    perform sync.hold_${entity.name}(least(cur.${order.parentColumn}, wanted.${order.parentColumn}));
    perform sync.hold_${entity.name}(greatest(cur.${order.parentColumn}, wanted.${order.parentColumn}));
  end if;`
      : ''
  }
  if not is_held then
    select * into cur from app.${entity.name} t where t.id = v_id for no key update;
    if not found then perform sync.refuse('forbidden', ${name}, v_id); end if;
  end if;
  if cur.deleted_at is not null then return jsonb_build_object('s', 'conflict', 'c', jsonb_build_array(sync.gone(${name}, v_id))); end if;
  cur_json := sync.json_${entity.name}(cur);
  ${checkPatch(updatable(entity), 'cur_json')}
  wanted := sync.record_${entity.name}(cur, patch);
  new_json := sync.json_${entity.name}(wanted);
  ${reach(entity, 'cur', 'wanted')}
  ${demandFields(entity)}
  select m.keys, m.conflicts, m.patch into keys, conflicts, patch
    from sync.merge(${entity.number}::smallint, ${name}, v_id, cur_json, base, new_json, patch, ${textArray(lastWins(entity))}, ${textArray(added(entity))}) m;
  if conflicts <> '[]' then return jsonb_build_object('s', 'conflict', 'c', conflicts); end if;
  if cardinality(keys) = 0 then return jsonb_build_object('s', 'noop'); end if;
  ${guards(entity)}
  wanted := sync.record_${entity.name}(cur, patch);
  ${sight('wanted', true)}
  ${
    columns.length === 0
      ? ''
      : `update app.${entity.name} t set ${columns.map((c) => `${c} = wanted.${c}`).join(', ')} where t.id = v_id;`
  }
  ${check('wanted', true)}
  ${movesSiblings}
  return jsonb_build_object('s', case when cur.row_version = coalesce((o->>'version')::bigint, 0) then 'applied' else 'merged' end, 'o', groups);
end`,
  );
}

/** What a value must be in JSON before anybody tries to read it: PostgreSQL would take "yes" for true and 5 for a text. */
const jsonTypes: Record<FieldKind, string | null> = {
  ...{ text: 'string', markdown: 'string', email: 'string', slug: 'string', url: 'string', currency: 'string' },
  ...{ choice: 'string', option: 'string', reference: 'string', date: 'string', time: 'string', recurrence: 'string' },
  ...{
    integer: 'number',
    money: 'number',
    percent: 'number',
    order: 'number',
    timestamp: 'number',
    boolean: 'boolean',
  },
  ...{ list: 'array', timeRange: 'array', sensitive: 'object', generated: 'string', json: null },
};
export const jsonTypesOf = (entity: Entity): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entity.fields).flatMap(([field, { kind }]) => (jsonTypes[kind] ? [[field, jsonTypes[kind]]] : [])),
  );

const checkTypes = fn(
  'sync.check_types(entity text, id uuid, patch jsonb, types jsonb)',
  'void',
  {},
  `
declare
  wrong text[];
begin
  select array_agg(e.key order by e.key) into wrong from jsonb_each(patch) e
    where jsonb_typeof(e.value) not in ('null', coalesce(types->>e.key, jsonb_typeof(e.value)));
  if wrong is not null then perform sync.refuse('invalid-value', entity, id, wrong); end if;
end`,
);

/** Known fields, and only those a person may set; null or the present value in another field says nothing and is left out. */
const checkKeys = fn(
  'sync.check_keys(entity text, id uuid, patch jsonb, known text[], writable text[], present jsonb)',
  'jsonb',
  {},
  `
declare
  unknown text[];
  locked text[];
begin
  select array_agg(k) into unknown from jsonb_object_keys(patch) k where not k = any (known);
  if unknown is not null then perform sync.refuse('unknown-field', entity, id, unknown); end if;
  select array_agg(e.key) into locked from jsonb_each(patch) e where not e.key = any (writable);
  if locked is null then return patch; end if;
  if exists (select from unnest(locked) k where patch->k not in ('null', '""') and patch->k is distinct from present->k) then
    perform sync.refuse('read-only-field', entity, id,
      (select array_agg(k) from unnest(locked) k where patch->k not in ('null', '""') and patch->k is distinct from present->k));
  end if;
  return patch - locked;
end`,
);

/** Three-way merge per field. Source: Khanna, Kunal, Pierce, "A formal investigation of diff3", applied to a record of fields. */
const merge = fn(
  'sync.merge(tbl smallint, entity text, id uuid, cur jsonb, base jsonb, mine jsonb, inout patch jsonb, last_wins text[], added text[], out keys text[], out conflicts jsonb)',
  'record',
  {},
  `
declare
  k text;
  theirs record;
begin
  keys := '{}';
  conflicts := '[]';
  for k in select jsonb_object_keys(patch) loop
    if cur->k = mine->k then
      patch := patch - k;
    elsif k = any (added) and jsonb_typeof(base->k) = 'number' and jsonb_typeof(cur->k) = 'number' then
      patch := jsonb_set(patch, array[k], to_jsonb((cur->>k)::numeric + (mine->>k)::numeric - (base->>k)::numeric));
      keys := keys || k;
    elsif k = any (last_wins) or coalesce(nullif(base->k, '""'), 'null') = cur->k then
      keys := keys || k;
    else
      select e.user_id, e.at into theirs from audit.entry e
        where e.tbl = merge.tbl and e.row_id = merge.id and e.changes ? k order by e.id desc limit 1;
      conflicts := conflicts || jsonb_build_array(jsonb_build_object('entity', entity, 'id', id, 'field', k, 'base', coalesce(base->k, 'null'),
        'mine', mine->k, 'theirs', cur->k, 'theirsBy', coalesce(to_jsonb(theirs.user_id), cur->'updatedBy'),
        'theirsName', auth.name_of(coalesce(theirs.user_id, (cur->>'updatedBy')::uuid)),
        'theirsAt', coalesce(to_jsonb((extract(epoch from theirs.at) * 1000)::bigint), cur->'updatedAt')));
    end if;
  end loop;
end`,
);

export const applySql = (): string =>
  [
    checkTypes,
    checkKeys,
    merge,
    refuseHeld,
    checkParts,
    ...allEntities.flatMap((entity) => [
      sightOf(entity),
      checkReferences(entity),
      renumber(entity),
      remove(entity),
      restore(entity),
      apply(entity),
    ]),
  ].join('\n');
