/**
 * Rules 2 to 5 and the end of rule 8, for every way a row may come in: a desk's push, a seed, somebody's own SQL.
 * Whoever waits holds no seat; the price is agreed anew, and the seat counted, when they get one.
 *
 * Invariant: whoever takes a seat holds the facility until the end, so of two who want the last one, the second sees the first. The price is
 * held before the facility, as whoever changes prices does.
 */
import { fn } from '../text';

const optionLabel = fn(
  'sync.option_label(program uuid, kind text, code text)',
  'text',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select coalesce((select o.label from app.program_options o where o.program_id = program and o.option_kind = kind and o.code = option_label.code
     and o.deleted_at is null), code)`,
);

/** What a configuration is called, for a refusal. */
const configurationDetail = fn(
  'sync.configuration_detail(e app.course_enrollments)',
  'jsonb',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `select jsonb_build_object(
    'facility', (select f.name from app.facilities f where f.id = e.facility_id), 'facilityId', e.facility_id,
    'course', (select c.name from app.courses c where c.id = e.course_id), 'courseId', e.course_id,
    'ageGroup', sync.option_label(e.program_id, 'age_group', e.age_group),
    'locationType', sync.option_label(e.program_id, 'location_type', e.location_type),
    'sessionType', sync.option_label(e.program_id, 'session_type', e.session_type))`,
);

/** Rule 2: the price in force on the enrollment's day, held until the end; refused where there is none. */
const agreePrice = fn(
  'sync.agree_price(e app.course_enrollments)',
  'app.facility_course_pricing',
  { as: 'owner' },
  `
declare
  found_price app.facility_course_pricing;
begin
  select * into found_price from app.facility_course_pricing p
    where p.facility_id = e.facility_id and p.course_id = e.course_id and p.age_group = e.age_group
      and p.location_type = e.location_type and p.session_type = e.session_type and p.program_id = e.program_id
      and p.is_active and p.deleted_at is null
      and p.effective_date <= e.enrollment_date and (p.end_date is null or p.end_date >= e.enrollment_date)
    for share;
  -- What is missing is refused by its column.
  if not found and num_nulls(e.age_group, e.location_type, e.session_type, e.enrollment_date) = 0 then
    perform sync.refuse('no-price', 'course_enrollments', e.id, '{facilityId,courseId,ageGroup,locationType,sessionType}',
      sync.configuration_detail(e) || jsonb_build_object('date', e.enrollment_date));
  end if;
  return found_price;
end`,
);

/** Rule 4: refused where every seat of the configuration is taken, unless somebody says why it goes over. */
const takeSeat = fn(
  'sync.take_seat(e app.course_enrollments, is_new_place boolean, reason text)',
  'void',
  { as: 'owner', settings: ['enable_seqscan = off'] },
  `
declare
  place app.facilities;
  taken integer;
  holders uuid[];
begin
  select * into place from app.facilities f where f.id = e.facility_id for no key update;
  if is_new_place and place.status <> 'active' then
    perform sync.refuse('facility-closed', 'course_enrollments', e.id, '{facilityId}',
      jsonb_build_object('facility', place.name, 'facilityId', place.id, 'status', place.status));
  end if;
  if place.capacity is null or length(btrim(coalesce(reason, ''))) >= 3 then return; end if;
  select count(*), (array_agg(s.id order by s.created_at desc))[1:10] into taken, holders
    from (select x.id, x.created_at from app.course_enrollments x
      where x.facility_id = e.facility_id and x.age_group = e.age_group and x.location_type = e.location_type and x.session_type = e.session_type
        and x.status in ('active', 'paused') and x.deleted_at is null and x.id <> e.id) s;
  if taken >= place.capacity then
    perform sync.refuse('facility-full', 'course_enrollments', e.id, '{overrideReason}', sync.configuration_detail(e)
      || jsonb_build_object('capacity', place.capacity, 'taken', taken, 'holders', to_jsonb(coalesce(holders, '{}'))));
  end if;
end`,
);

/** Rule 3: one student, one course, one facility: once at a time, waiting counted too. */
const refuseTwice = fn(
  'sync.refuse_twice(e app.course_enrollments)',
  'void',
  { as: 'owner', settings: ['enable_seqscan = off'] },
  `
declare
  other app.course_enrollments;
begin
  select x.* into other from app.course_enrollments x where x.student_id = e.student_id and x.course_id = e.course_id and x.facility_id = e.facility_id
    and x.status in ('active', 'paused', 'waitlisted') and x.deleted_at is null and x.id <> e.id limit 1;
  if found then
    perform sync.refuse('already-enrolled', 'course_enrollments', e.id, '{studentId,courseId,facilityId}', jsonb_build_object('enrollmentId', other.id, 'status', other.status));
  end if;
end`,
);

/** Rule 8: what is full is complete, and has a day on which it ended. What a certificate rests on stays complete. */
const settle = fn(
  'sync.settle_enrollment(was app.course_enrollments, inout e app.course_enrollments)',
  'app.course_enrollments',
  { as: 'owner' },
  `
declare
  issued app.certificates;
begin
  if e.status in ('active', 'paused') and e.progress_percentage = 100 and coalesce(was.progress_percentage, 0) < 100 then e.status := 'completed'; end if;
  if was.status is not distinct from e.status then return; end if;
  if e.status in ('completed', 'withdrawn') then
    if e.completion_date is null then
      e.completion_date := greatest(e.enrollment_date,
        (clock_timestamp() at time zone coalesce((select p.time_zone from app.programs p where p.id = e.program_id), 'UTC'))::date);
    end if;
  elsif was.status in ('completed', 'withdrawn') and e.completion_date is not distinct from was.completion_date then
    e.completion_date := null;
  end if;
  if was.status = 'completed' then
    select * into issued from app.certificates c where c.enrollment_id = e.id and c.deleted_at is null;
    if found then
      perform sync.refuse('certificate-issued', 'course_enrollments', e.id, '{status}',
        jsonb_build_object('certificateId', issued.id, 'number', issued.certificate_number));
    end if;
  end if;
end`,
);

/** A waitlist is a program's choice. Who waits already goes on waiting where it is given up. */
const refuseToWait = fn(
  'sync.refuse_to_wait(e app.course_enrollments)',
  'void',
  { as: 'owner' },
  `
begin
  if not exists (select from app.programs p where p.id = e.program_id and p.uses_waitlist) then
    perform sync.refuse('no-waitlist', 'course_enrollments', e.id, '{status}', sync.configuration_detail(e));
  end if;
end`,
);

const enrollment = fn(
  'sync.enrollment_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  by_desk boolean := session_user = 'provost_client';
  is_new boolean := tg_op = 'INSERT';
  was app.course_enrollments;
  is_new_place boolean;
  is_moved boolean;
  was_seated boolean := false;
  was_waiting boolean := false;
  price app.facility_course_pricing;
begin
  if new.deleted_at is not null then return new; end if;
  -- Security: only of the same program; a refusal names the facility and the course, and must not name another program's.
  if not exists (select from app.facilities f where f.id = new.facility_id and f.program_id = new.program_id)
     or not exists (select from app.courses c where c.id = new.course_id and c.program_id = new.program_id) then
    return new; -- The foreign keys refuse it.
  end if;
  if not is_new then
    was := old;
    if old.assignment_type <> new.assignment_type or (old.assigned_by is not null and old.assigned_by is distinct from new.assigned_by) then
      perform sync.refuse('read-only-field', 'course_enrollments', new.id, '{assignedBy,assignmentType}');
    end if;
    was_seated := old.deleted_at is null and old.status in ('active', 'paused');
    was_waiting := old.deleted_at is null and old.status = 'waitlisted';
  end if;
  new := sync.settle_enrollment(was, new);
  is_new_place := is_new or (old.facility_id, old.age_group, old.location_type, old.session_type)
    is distinct from (new.facility_id, new.age_group, new.location_type, new.session_type);
  is_moved := is_new_place or (old.course_id, old.enrollment_date) is distinct from (new.course_id, new.enrollment_date)
    or (was_waiting and new.status in ('active', 'paused'));

  if is_moved then
    -- The course first, as whoever deletes it with its prices does: nobody waits in a circle.
    perform 1 from app.courses c where c.id = new.course_id for share;
    price := sync.agree_price(new);
    if by_desk and new.price_agreed is not null and (is_new or new.price_agreed <> old.price_agreed)
       and (new.price_agreed <> price.price or coalesce(new.currency, price.currency) <> price.currency) then
      perform sync.refuse('price-changed', 'course_enrollments', new.id, '{priceAgreed}',
        jsonb_build_object('expected', new.price_agreed, 'price', price.price, 'currency', price.currency, 'priceId', price.id));
    end if;
    if not is_new or by_desk or new.price_agreed is null then
      new.price_agreed := price.price;
      new.currency := price.currency;
    end if;
  elsif (old.price_agreed, old.currency) is distinct from (new.price_agreed, new.currency)
        and (length(btrim(coalesce(current_setting('provost.reason', true), ''))) < 3 or old.currency is distinct from new.currency) then
    perform sync.refuse('reprice-reason', 'course_enrollments', new.id, '{priceAgreed}');
  end if;

  if new.status = 'waitlisted' and not was_waiting then perform sync.refuse_to_wait(new); end if;
  if new.status in ('active', 'paused', 'waitlisted') and (not (was_seated or was_waiting) or is_new_place or old.course_id <> new.course_id) then
    perform sync.refuse_twice(new);
  end if;
  if new.status in ('active', 'paused') then
    if not was_seated or is_new_place then
      -- A reason counts once: for the seat it was given for. What comes back from the deleted keeps its own.
      perform sync.take_seat(new, is_new_place,
        case when is_new or old.deleted_at is not null or old.override_reason is distinct from new.override_reason then new.override_reason end);
    end if;
  elsif is_new_place and (not is_new or new.status = 'waitlisted') then
    perform sync.take_seat(new, true, 'holds no seat');
  end if;
  if is_new and (by_desk or new.assigned_by is null) then new.assigned_by := coalesce(sync.me(), new.created_by); end if;
  return new;
end`,
);

export const enrollmentsSql = (): string =>
  [
    optionLabel,
    configurationDetail,
    agreePrice,
    takeSeat,
    refuseTwice,
    settle,
    refuseToWait,
    enrollment,
    'create trigger t2_rules before insert or update on app.course_enrollments for each row execute function sync.enrollment_rules();',
  ].join('\n');
