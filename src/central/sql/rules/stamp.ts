/** What every row carries, and how a refusal is said. */
import { allEntities } from '../../../shared/entities';
import { fn } from '../text';

/** Raised as data for the desk: a code of `shared/rules/refusals`, and what fills its sentence. */
const refuse = fn(
  'sync.refuse(code text, entity text, id uuid, fields text[] default null, detail jsonb default null)',
  'void',
  {},
  `
begin
  raise exception using errcode = 'PV001', message = code,
    detail = jsonb_strip_nulls(jsonb_build_object('code', code, 'entity', entity, 'id', id, 'fields', to_jsonb(fields), 'detail', detail))::text;
end`,
);

const stamp = fn(
  'sync.stamp()',
  'trigger',
  {},
  `
declare
  -- Operators (a seed, a repair) may say when and by whom; a desk may not.
  by_desk boolean := session_user = 'provost_client';
begin
  if tg_op = 'INSERT' then
    new.row_version := 1;
    if by_desk or new.created_at is null then new.created_at := clock_timestamp(); end if;
    if by_desk or new.created_by is null then new.created_by := sync.me(); end if;
    new.updated_at := case when by_desk or new.updated_at is null then new.created_at else greatest(new.updated_at, new.created_at) end;
    new.updated_by := case when by_desk or new.updated_by is null then new.created_by else new.updated_by end;
    return new;
  end if;
  if new.id <> old.id then raise exception 'The id of a row never changes.'; end if;
  new.row_version := old.row_version + 1;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  if by_desk or new.updated_at is not distinct from old.updated_at then new.updated_at := clock_timestamp(); end if;
  if by_desk or new.updated_by is not distinct from old.updated_by then new.updated_by := sync.me(); end if;
  return new;
end`,
);

export const stampSql = (): string =>
  [
    refuse,
    stamp,
    ...allEntities.map(
      (entity) =>
        `create trigger t1_stamp before insert or update on app.${entity.name} for each row execute function sync.stamp();`,
    ),
  ].join('\n');
