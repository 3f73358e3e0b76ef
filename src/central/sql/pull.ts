/**
 * `api.pull`, `api.load_<t>`, `api.digest`, `api.history`: what a desk reads.
 *
 * Invariant: a cursor is a whole snapshot. Whatever transaction it did not see is delivered later, however long that transaction was open; a
 * sequence or a time would lose its rows. `pull` is STABLE: the scopes, the changes and the snapshot it hands back are of one moment.
 */
import { minServerProtocol } from '../../shared/contract/wire';
import { allEntities } from '../../shared/entities';
import { columnOf, loadColumns, type Entity } from '../../shared/model';
import { classNumber, zero } from './scopes';
import { copyOf, copyType } from './rows';
import { fn, plannedOnce } from './text';

/** Cluster, timeline, database and number of restores: a cursor is worth nothing under another epoch. */
const epoch = fn(
  'sync.epoch()',
  'text',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select s.system_identifier || '.' || case when pg_is_in_recovery() then 'standby' else left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) end
  || '.' || (select d.oid from pg_database d where d.datname = current_database()) || '.' || (select r.restored from sync.release r)
  from pg_control_system() s`,
);

/**
 * Rows of one entity, asked for by name: a statement that names all entities costs their planning on every new connection, and the setting up of
 * all their policies on every poll, also where nothing changed.
 */
const rowsOf = fn(
  'sync.rows_of(tbl smallint, ids uuid[])',
  'table (id uuid, data jsonb)',
  { kind: 'stable' },
  `
begin
  return query execute format('select t.id, sync.json_%1$s(t) from app.%1$I t where t.id = any ($1) and t.deleted_at is null', sync.entity_name(tbl))
    using ids;
end`,
);
const versionsOf = fn(
  'sync.versions_of(class smallint, owner uuid, tbl smallint)',
  'table (id uuid, version bigint)',
  { kind: 'stable' },
  `
begin
  return query execute format('select t.id, t.row_version from sync.head h join app.%I t on t.id = h.row_id
      where h.class = $1 and h.owner = $2 and h.tbl = $3 and h.op = ''P'' and t.deleted_at is null', sync.entity_name(tbl))
    using class, owner, tbl;
end`,
);

const largestPage = 16 * 1024 * 1024;

const pull = fn(
  'api.pull(token text, protocol integer, cursors jsonb, after jsonb, lim integer)',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
declare
  most integer := least(greatest(coalesce(lim, 1000), 0), 10000);
  changes jsonb := '[]';
  n integer := 0;
  found integer := 0;
  last_key jsonb;
begin
  -- A standby does not know which transactions are open: rows would be lost without a word.
  if pg_is_in_recovery() then return jsonb_build_object('err', 'standby'); end if;
  if protocol < ${minServerProtocol} then return jsonb_build_object('err', 'protocol-too-old'); end if;
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  if most > 0 then
    -- Materialised, with the snapshot's lower end as a column: behind row-level security a condition that calls a function on a column is no
    -- index condition, and every pull would read its scopes whole.
    with c as materialized (
      select s.class, s.owner, s.key, coalesce(cursors->>s.key, '1:1:')::pg_snapshot as seen,
          pg_snapshot_xmin(coalesce(cursors->>s.key, '1:1:')::pg_snapshot) as low
        from sync.my_scopes() s
        where not (cursors ? s.key and cursors->s.key = 'null')
          and (after is null or (s.class, s.owner) >= ((after->>0)::smallint, (after->>1)::uuid))),
    h as materialized (
      select q.*, c.key
        from c cross join lateral (
          select * from sync.head h
            where h.class = c.class and h.owner = c.owner
              and h.x >= c.low and not pg_visible_in_snapshot(h.x, c.seen)
              and (after is null or (c.class, c.owner) > ((after->>0)::smallint, (after->>1)::uuid)
                or (h.x, h.tbl, h.row_id) > ((after->>2)::xid8, (after->>3)::smallint, (after->>4)::uuid))
            order by h.x, h.tbl, h.row_id limit most) q
        order by q.class, q.owner, q.x, q.tbl, q.row_id limit most),
    r as (
      select g.tbl, q.id, q.data
        from (select h.tbl, array_agg(distinct h.row_id) as ids from h where h.op = 'P' group by h.tbl) g
          cross join lateral sync.rows_of(g.tbl, g.ids) q),
    j as (select h.*, r.data as row from h left join r on h.op = 'P' and r.tbl = h.tbl and r.id = h.row_id),
    -- A page holds as many rows as fit the limit of bytes, and always one: rows of megabytes must not make an answer nobody can carry.
    k as (
      select j.*, row_number() over w as place, sum(coalesce(pg_column_size(j.row), 0)) over w as bytes, count(*) over () as found
        from j window w as (order by j.class, j.owner, j.x, j.tbl, j.row_id))
    select count(*), coalesce(max(j.found), 0),
        coalesce(jsonb_agg(jsonb_build_array(j.key, sync.entity_name(j.tbl), j.row_id,
          case when j.op = 'P' and j.row is null then 'L' else j.op end, j.row) order by j.class, j.owner, j.x, j.tbl, j.row_id), '[]'),
        (jsonb_agg(jsonb_build_array(j.class, j.owner, j.x, j.tbl, j.row_id) order by j.class, j.owner, j.x, j.tbl, j.row_id))->-1
      into n, found, changes, last_key from k j where j.place = 1 or j.bytes <= ${largestPage};
  end if;
  return jsonb_build_object('epoch', sync.epoch(), 'snapshot', pg_current_snapshot()::text, 'session', auth.facts(), 'changes', changes,
    'after', case when most > 0 and (n = most or n < found) then last_key end);
end`,
);

function load(entity: Entity): string {
  const columns = loadColumns(entity);
  const typeOf = (field: string): string => {
    const declared = entity.fields[field];
    if (declared) return copyType[declared.kind];
    return field === 'id' || field.endsWith('By') ? 'uuid' : 'bigint';
  };
  const valueOf = (field: string): string => {
    const declared = entity.fields[field];
    if (declared) return copyOf(declared, `t.${columnOf(field)}`);
    return field.endsWith('At') ? `(extract(epoch from t.${columnOf(field)}) * 1000)::bigint` : `t.${columnOf(field)}`;
  };
  const list = columns.map(({ field }) => valueOf(field)).join(', ');
  const returns = columns.map(({ field, column }) => `${column} ${typeOf(field)}`).join(', ');
  const start = `coalesce(load_${entity.name}.after, '00000000-0000-0000-0000-000000000000')`;
  // A program's own rows come in the order of its index; others by way of the change log.
  const direct =
    entity.scope === 'program'
      ? `
  if number = ${classNumber[entity.dataClass]} then
    return query select ${list}
      from app.${entity.name} t
      where t.program_id = load_${entity.name}.owner and t.id > ${start} and t.deleted_at is null
      order by t.id limit most;
    return;
  end if;`
      : '';
  return fn(
    `api.load_${entity.name}(token text, scope_class text, owner uuid, after uuid default null, lim integer default null)`,
    `table (${returns})`,
    { as: 'engine', kind: 'stable' },
    `
#variable_conflict use_column
declare
  number smallint := sync.class_number(scope_class);
  most bigint := coalesce(lim, 9223372036854775807);
begin
  if not auth.enter(token) then raise exception using errcode = 'PV401', message = 'signed-out'; end if;
  if not exists (select from sync.my_scopes() s where s.class = number and s.owner = load_${entity.name}.owner) then
    raise exception using errcode = 'PV403', message = 'not a scope of this session';
  end if;${direct}
  return query select ${list}
    from sync.head h join app.${entity.name} t on t.id = h.row_id
    where h.class = number and h.owner = load_${entity.name}.owner and h.tbl = ${entity.number} and h.op = 'P'
      and h.row_id > ${start} and t.deleted_at is null
    order by h.row_id limit most;
end`,
  );
}

/** How many rows a load has before it. `arms`: what it asks for, each as `[scope, entity, the last id that it has already]`. */
const ahead = fn(
  'api.rows_ahead(token text, arms jsonb)',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  return (select jsonb_build_object('rows', coalesce(sum(c.n), 0))
    from jsonb_array_elements(arms) a join sync.my_scopes() s on s.key = a->>0
      cross join lateral (
        select count(*) as n from sync.head h
          where h.class = s.class and h.owner = s.owner and h.tbl = sync.entity_number(a->>1) and h.op = 'P'
            and h.row_id > coalesce((a->>2)::uuid, ${zero})) c);
end`,
);

/**
 * 256 buckets by the last byte of the row's id (the first ones are a clock): how many live rows, and the MD5 of their lines
 * `entity:id:version`, sorted by entity and id, joined by a newline.
 */
const digest = fn(
  'api.digest(token text, scope text)',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
declare
  buckets jsonb;
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  select coalesce(jsonb_object_agg(b.bucket, jsonb_build_array(b.n, b.hash)), '{}') into buckets from (
    select right(r.id::text, 2) as bucket, count(*) as n,
        md5(string_agg(r.entity || ':' || r.id || ':' || r.version, E'\\n' order by r.entity collate "C", r.id)) as hash
      from (
        select sync.entity_name(g.tbl) as entity, q.id, q.version
          from (select distinct s.class, s.owner, h.tbl
              from sync.my_scopes() s join sync.head h on h.class = s.class and h.owner = s.owner and h.op = 'P' where s.key = scope) g
            cross join lateral sync.versions_of(g.class, g.owner, g.tbl) q) r
      group by 1) b;
  return buckets;
end`,
);

const history = fn(
  'api.history(token text, entity text, row_id uuid, before bigint, lim integer)',
  'jsonb',
  { as: 'engine', kind: 'stable', settings: plannedOnce },
  `
declare
  entries jsonb;
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'at', (extract(epoch from e.at) * 1000)::bigint, 'userId', e.user_id,
      'userName', auth.name_of(e.user_id), 'databaseUser', case when e.user_id is null then e.db_user end, 'deviceId', e.device_id,
      'deviceName', auth.device_name(e.device_id), 'mutationId', e.mutation_id, 'via', e.via, 'entity', sync.entity_name(e.tbl), 'rowId', e.row_id,
      'action', e.action, 'changes', e.changes, 'reason', e.reason) order by e.id desc), '[]') into entries
    from (
      select * from audit.entry x
        where x.tbl = sync.entity_number(history.entity) and x.row_id = history.row_id and (before is null or x.id < before)
        order by x.id desc limit least(coalesce(lim, 50), 500)) e;
  return entries;
end`,
);

/** The end of each chain the session may know of: a desk that remembers it notices when the past was rewritten. */
const roots = fn(
  'api.seal_roots(token text)',
  'jsonb',
  { as: 'engine', kind: 'stable' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  return audit.roots(sync.my_programs(1));
end`,
);
const rootsOf = fn(
  'audit.roots(programs uuid[])',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select coalesce(jsonb_object_agg(c.program_id, jsonb_build_object('seq', c.seq, 'hash', encode(c.hash, 'hex'))), '{}')
  from audit.chain c where c.program_id = any (programs)`,
);

export const pullSql = (): string =>
  [epoch, rowsOf, versionsOf, pull, ahead, digest, history, rootsOf, roots, ...allEntities.map(load)].join('\n');
