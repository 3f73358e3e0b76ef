/**
 * Rule 7: what a curriculum holds changes only while it is a draft; of one line at most one version is published.
 *
 * Invariant: whoever publishes holds the curriculum, its modules and its lessons, from the top down as deleting does, and whoever adds to them
 * holds the parent: nothing slips into a version that is just being published, and nobody waits in a circle.
 */
import { publishedCurriculumName } from '../../names';
import { fn } from '../text';

const refuseFrozen = fn(
  'sync.refuse_frozen(entity text, id uuid, held app.curricula)',
  'void',
  {},
  `
begin
  perform sync.refuse('curriculum-frozen', entity, id, null,
    jsonb_build_object('curriculumId', held.id, 'name', held.name, 'version', held.version, 'state', held.state));
end`,
);

const outline = fn(
  'sync.outline_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  held app.curricula;
  parents uuid[];
begin
  if tg_op = 'INSERT' then
    if tg_table_name = 'modules' then perform 1 from app.curricula c where c.id = new.curriculum_id for share;
    else perform 1 from app.modules m where m.id = new.module_id for share;
    end if;
  end if;
  if tg_table_name = 'modules' then
    parents := array[new.curriculum_id] || case when tg_op = 'UPDATE' then array[old.curriculum_id] else '{}'::uuid[] end;
  else
    -- A module that is deleted itself was judged when it was.
    select array_agg(m.curriculum_id) into parents from app.modules m
      where m.id = any (array[new.module_id] || case when tg_op = 'UPDATE' then array[old.module_id] else '{}'::uuid[] end) and m.deleted_at is null;
  end if;
  for held in select * from app.curricula c where c.id = any (parents) and c.deleted_at is null order by c.id loop
    if held.state <> 'draft' then perform sync.refuse_frozen(tg_table_name, new.id, held); end if;
  end loop;
  return new;
end`,
);

const curriculum = fn(
  'sync.curriculum_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  by_desk boolean := session_user = 'provost_client';
  line text := coalesce(new.line_id, new.id::text);
begin
  if tg_op = 'INSERT' then
    if by_desk and new.state <> 'draft' then
      perform sync.refuse('curriculum-state', 'curricula', new.id, '{state}', jsonb_build_object('name', new.name, 'version', new.version, 'state', 'draft', 'to', new.state));
    end if;
    if new.line_id is not null then
      perform 1 from app.curricula r where r.id::text = new.line_id and r.course_id = new.course_id and r.line_id is null for no key update;
      if not found then perform sync.refuse('invalid-value', 'curricula', new.id, '{lineId}'); end if;
    end if;
    -- Two desks may start the next draft at once: the later one becomes the one after.
    if by_desk or exists (select from app.curricula c where c.course_id = new.course_id and coalesce(c.line_id, c.id::text) = line and c.version = new.version) then
      select coalesce(max(c.version), 0) + 1 into new.version from app.curricula c where c.course_id = new.course_id and coalesce(c.line_id, c.id::text) = line;
    end if;
    return new;
  end if;

  if old.state <> 'draft' and (old.name, old.description, old.course_id, old.version, old.line_id, old.source_id)
       is distinct from (new.name, new.description, new.course_id, new.version, new.line_id, new.source_id) then
    perform sync.refuse_frozen('curricula', new.id, old);
  end if;
  -- Only to another version of what it was copied from: a newer one, or back to the one before by undo.
  if old.source_id is distinct from new.source_id and not exists (
       select from app.curricula o join app.curricula n on n.course_id = o.course_id and coalesce(n.line_id, n.id::text) = coalesce(o.line_id, o.id::text)
         where o.id::text = old.source_id and n.id::text = new.source_id and n.state <> 'draft') then
    perform sync.refuse('invalid-value', 'curricula', new.id, '{sourceId}');
  end if;
  if old.course_id <> new.course_id
     and (old.line_id is not null or exists (select from app.curricula c where c.line_id = old.id::text and c.course_id = old.course_id)) then
    perform sync.refuse('invalid-value', 'curricula', new.id, '{courseId}');
  end if;
  if new.deleted_at is not null then return new; end if;
  if old.state <> new.state and not (
       (old.state = 'draft') or (old.state = 'published') or (old.state = 'archived' and new.state = 'published')) then
    perform sync.refuse('curriculum-state', 'curricula', new.id, '{state}', jsonb_build_object('name', old.name, 'version', old.version, 'state', old.state, 'to', new.state));
  end if;
  if old.state = 'published' and new.state = 'draft' and exists (
       select from app.modules m join app.lessons l on l.module_id = m.id join app.lesson_progress p on p.lesson_id = l.id
         where m.curriculum_id = new.id and p.deleted_at is null) then
    perform sync.refuse('curriculum-state', 'curricula', new.id, '{state}', jsonb_build_object('name', old.name, 'version', old.version, 'state', old.state, 'to', new.state));
  end if;
  if old.state = 'draft' and new.state <> 'draft' then
    perform 1 from app.modules m where m.curriculum_id = new.id order by m.id for no key update;
    perform 1 from app.lessons l where l.module_id in (select m.id from app.modules m where m.curriculum_id = new.id) order by l.id for no key update;
  end if;
  if new.state = 'published' and (old.state <> 'published' or old.deleted_at is not null) then
    perform 1 from app.curricula r where r.id::text = line and r.course_id = new.course_id and r.id <> new.id for no key update;
    if old.deleted_at is not null then
      -- It comes back beside the version that took its place.
      if exists (select from app.curricula c where c.course_id = new.course_id and coalesce(c.line_id, c.id::text) = line and c.id <> new.id
                   and c.state = 'published' and c.deleted_at is null) then
        new.state := 'archived';
      end if;
    else
      update app.curricula c set state = 'archived'
        where c.course_id = new.course_id and coalesce(c.line_id, c.id::text) = line and c.id <> new.id and c.state = 'published' and c.deleted_at is null;
    end if;
  end if;
  return new;
end`,
);

const onePublished = `create unique index if not exists ${publishedCurriculumName} on app.curricula (course_id, coalesce(line_id, id::text))
  where state = 'published' and deleted_at is null;`;

export const curriculaSql = (): string =>
  [
    refuseFrozen,
    outline,
    curriculum,
    onePublished,
    'create trigger t2_rules before insert or update on app.curricula for each row execute function sync.curriculum_rules();',
    'create trigger t2_rules before insert or update on app.modules for each row execute function sync.outline_rules();',
    'create trigger t2_rules before insert or update on app.lessons for each row execute function sync.outline_rules();',
  ].join('\n');
