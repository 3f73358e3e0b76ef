import { fn } from '../text';

const optionLabel = fn(
  'sync.option_label(program uuid, kind text, code text)',
  'text',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select coalesce((select o.label from app.program_options o where o.program_id = program and o.option_kind = kind and o.code = option_label.code
     and o.deleted_at is null), code)`,
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

export const enrollmentsSql = (): string =>
  [
    optionLabel,
    enrollment,
    'create trigger t2_rules before insert or update on app.course_enrollments for each row execute function sync.enrollment_rules();',
  ].join('\n');
