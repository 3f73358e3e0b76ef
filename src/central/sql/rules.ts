/** What the central database decides by itself: stamps, numbers, prices, who may manage whom. */
import { allEntities } from '../../shared/entities';
import { activeEnrollmentName, priceOverlapName, publishedCurriculumName } from '../names';
import { curriculaSql } from './curricula';
import { fn, quoted } from './text';

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

/** STU-YYYY-NNNN from a sequence of its own per year: unique, never waited for; a number may be left out when an insert fails. */
const studentNumber = fn(
  'sync.student_number()',
  'trigger',
  { as: 'owner' },
  `
declare
  series text := 'student_number_' || extract(year from coalesce(new.enrollment_date, current_date))::int;
  n text;
begin
  if new.student_number is not null and session_user <> 'provost_client' then return new; end if;
  if to_regclass('sync.' || series) is null then
    begin
      execute format('create sequence if not exists sync.%I', series);
    exception when unique_violation or duplicate_table then null;
    end;
  end if;
  loop
    n := nextval('sync.' || series)::text;
    -- At least four digits: padding alone would cut the fifth off.
    new.student_number := format('STU-%s-%s', right(series, 4), lpad(n, greatest(4, length(n)), '0'));
    exit when not exists (select from app.students s where s.student_number = new.student_number);
  end loop;
  return new;
end`,
);

const enrollment = fn(
  'sync.enrollment_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  by_desk boolean := session_user = 'provost_client';
  place app.facilities;
  found_price app.facility_course_pricing;
begin
  if tg_op = 'UPDATE' and new.deleted_at is null
     and (old.facility_id, old.course_id, old.age_group, old.location_type, old.session_type, old.enrollment_date)
       is not distinct from (new.facility_id, new.course_id, new.age_group, new.location_type, new.session_type, new.enrollment_date) then
    return new;
  end if;
  if new.deleted_at is not null then return new; end if;
  -- Security: only of the same program; a refusal names the facility and the course, and must not name another program's.
  select * into place from app.facilities f where f.id = new.facility_id and f.program_id = new.program_id;
  if not found or not exists (select from app.courses c where c.id = new.course_id and c.program_id = new.program_id) then
    return new; -- The foreign keys refuse it.
  end if;
  if by_desk and place.status <> 'active' and (tg_op = 'INSERT' or old.facility_id <> new.facility_id) then
    perform sync.refuse('facility-closed', 'course_enrollments', new.id, '{facilityId}',
      jsonb_build_object('facility', place.name, 'status', place.status));
  end if;
  select * into found_price from app.facility_course_pricing p
    where p.facility_id = new.facility_id and p.course_id = new.course_id and p.age_group = new.age_group
      and p.location_type = new.location_type and p.session_type = new.session_type and p.program_id = new.program_id
      and p.is_active and p.deleted_at is null
      and p.effective_date <= new.enrollment_date and (p.end_date is null or p.end_date >= new.enrollment_date)
    for share;
  if not found then
    perform sync.refuse('no-price', 'course_enrollments', new.id, '{facilityId,courseId,ageGroup,locationType,sessionType}',
      jsonb_build_object('date', new.enrollment_date, 'facility', place.name,
        'course', (select c.name from app.courses c where c.id = new.course_id),
        'ageGroup', sync.option_label(new.program_id, 'age_group', new.age_group),
        'locationType', sync.option_label(new.program_id, 'location_type', new.location_type),
        'sessionType', sync.option_label(new.program_id, 'session_type', new.session_type)));
  end if;
  if tg_op = 'INSERT' and by_desk and new.price_agreed is not null
     and (new.price_agreed <> found_price.price or coalesce(new.currency, found_price.currency) <> found_price.currency) then
    perform sync.refuse('price-changed', 'course_enrollments', new.id, '{priceAgreed}',
      jsonb_build_object('expected', new.price_agreed, 'price', found_price.price, 'currency', found_price.currency));
  end if;
  if tg_op = 'UPDATE' or by_desk or new.price_agreed is null then
    new.price_agreed := found_price.price;
    new.currency := found_price.currency;
  end if;
  if tg_op = 'INSERT' and (by_desk or new.assigned_by is null) then new.assigned_by := coalesce(sync.me(), new.created_by); end if;
  return new;
end`,
);

const optionLabel = fn(
  'sync.option_label(program uuid, kind text, code text)',
  'text',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select coalesce((select o.label from app.program_options o where o.program_id = program and o.option_kind = kind and o.code = option_label.code
     and o.deleted_at is null), code)`,
);

const assignment = fn(
  'sync.assignment_rules()',
  'trigger',
  {},
  `
declare
  by_desk boolean := session_user = 'provost_client';
begin
  if by_desk or new.assigned_at is null then new.assigned_at := clock_timestamp(); end if;
  if by_desk or new.assigned_by is null then new.assigned_by := sync.me(); end if;
  return new;
end`,
);

/** The other price where two active ones would be in force for one combination on one day. */
const overlap = fn(
  'sync.refuse_overlap(wanted app.facility_course_pricing)',
  'void',
  { kind: 'volatile' },
  `
declare
  other app.facility_course_pricing;
begin
  if not wanted.is_active then return; end if;
  select * into other from app.facility_course_pricing p
    where p.facility_id = wanted.facility_id and p.course_id = wanted.course_id and p.age_group = wanted.age_group
      and p.location_type = wanted.location_type and p.session_type = wanted.session_type and p.id <> wanted.id
      and p.is_active and p.deleted_at is null and wanted.effective_date <= coalesce(wanted.end_date, 'infinity')
      and daterange(p.effective_date, p.end_date, '[]') && daterange(wanted.effective_date, wanted.end_date, '[]')
    order by p.effective_date limit 1;
  if found then
    perform sync.refuse('price-overlap', 'facility_course_pricing', wanted.id, '{effectiveDate,endDate}',
      jsonb_build_object('otherId', other.id, 'price', other.price, 'currency', other.currency, 'from', other.effective_date, 'until', other.end_date));
  end if;
end`,
);

const exclusion = `
do $do$
begin
  if not exists (select from pg_constraint where conname = ${quoted(priceOverlapName)}) then
    alter table app.facility_course_pricing add constraint ${priceOverlapName} exclude using gist (
      facility_id with =, course_id with =, age_group with =, location_type with =, session_type with =,
      daterange(effective_date, end_date, '[]') with &&) where (is_active and deleted_at is null);
  end if;
end
$do$;`;

const triggers = [
  ...allEntities.map(
    (entity) =>
      `create trigger t1_stamp before insert or update on app.${entity.name} for each row execute function sync.stamp();`,
  ),
  'create trigger t0_number before insert on app.students for each row execute function sync.student_number();',
  'create trigger t2_rules before insert or update on app.course_enrollments for each row execute function sync.enrollment_rules();',
  'create trigger t0_rules before insert on app.user_program_assignments for each row execute function sync.assignment_rules();',
];

export const rulesSql = (): string =>
  [
    refuse,
    stamp,
    optionLabel,
    studentNumber,
    enrollment,
    assignment,
    overlap,
    exclusion,
    ...triggers,
    curriculaSql(),
  ].join('\n');

/** Constraints of one entity alone, by name. */
export const specialMeanings: Record<string, { code: string; entity: string; fields: string[] }> = {
  [activeEnrollmentName]: {
    code: 'already-enrolled',
    entity: 'course_enrollments',
    fields: ['studentId', 'courseId', 'facilityId'],
  },
  [publishedCurriculumName]: { code: 'curriculum-state', entity: 'curricula', fields: ['state'] },
  [priceOverlapName]: {
    code: 'price-overlap',
    entity: 'facility_course_pricing',
    fields: ['effectiveDate', 'endDate'],
  },
};
