/**
 * `api.rehearse`: what a push of these mutations would do, and nothing of it done.
 *
 * Invariant: the same functions judge as in a push, in a subtransaction that is taken back; numbers, which PostgreSQL does not take back, are
 * not drawn at all. The device is not named: its sequence, its row and the session's are left as they are.
 */
import { minServerProtocol } from '../../shared/contract/wire';
import { firstRehearsed } from './audit';
import { largestText } from './push';
import { fn } from './text';

/** So many are judged in one transaction; their locks are held meanwhile. */
export const largestRehearsal = 500;

/** Who changed the rows of a mutation since its person saw them. The rehearsal's own entries are not counted. */
const mergedWith = fn(
  'sync.merged_with(ops jsonb)',
  'jsonb',
  { kind: 'stable', language: 'sql' },
  `
select coalesce(jsonb_agg(jsonb_build_object('entity', w.entity, 'id', w.id, 'userId', w.user_id, 'userName', auth.name_of(w.user_id),
    'at', (extract(epoch from w.at) * 1000)::bigint, 'fields', w.fields) order by w.at desc), '[]')
  from (
    select o->>'entity' as entity, o->>'id' as id, e.user_id, max(e.at) as at, coalesce(jsonb_agg(distinct k) filter (where k is not null), '[]') as fields
      from jsonb_array_elements(ops) o
        join audit.entry e on e.tbl = sync.entity_number(o->>'entity') and e.row_id = (o->>'id')::uuid
          and e.new_version > coalesce((o->>'version')::bigint, 0) and e.id < ${firstRehearsed}
        left join lateral jsonb_object_keys(e.changes) k on true
      where o->>'op' = 'update' group by 1, 2, 3) w`,
);

/** Judges for whoever has been entered. */
const judge = fn(
  'sync.rehearse(mutations json)',
  'jsonb',
  {},
  `
declare
  m json;
  v_id uuid;
  r jsonb;
  results jsonb := '[]';
begin
  begin
    perform set_config('provost.rehearsal', '0', true);
    for m in select x from json_array_elements(mutations) x loop
      v_id := (sync.head_of(m)->>'id')::uuid;
      select x.result || '{"repeated": true}' into r from sync.mutation x where x.id = v_id and not x.alias;
      if not found then
        perform set_config('provost.mutation_id', v_id::text, true);
        r := sync.perform(m);
        if r->>'status' = 'merged' then r := r || jsonb_build_object('with', sync.merged_with(m::jsonb->'ops')); end if;
      end if;
      results := results || (jsonb_build_object('id', v_id) || r);
    end loop;
    raise exception using errcode = 'PV004', message = 'rehearsed';
  exception when sqlstate 'PV004' then null;
  end;
  return results;
end`,
);

const rehearse = fn(
  'api.rehearse(token text, protocol integer, mutations json)',
  'jsonb',
  { as: 'engine' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  if protocol < ${minServerProtocol} then return jsonb_build_object('err', 'protocol-too-old'); end if;
  if json_array_length(mutations) > ${largestRehearsal} or octet_length(mutations::text) > ${largestText} then
    return jsonb_build_object('err', 'too-large');
  end if;
  return jsonb_build_object('results', sync.rehearse(mutations));
end`,
);

export const rehearseSql = (): string => [mergedWith, judge, rehearse].join('\n');
