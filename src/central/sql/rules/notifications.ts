/** What people are told by the database itself, in the transaction that made it true: bookings and enrollments made, moved and cancelled. */
import { cancelledStatuses } from '../../../shared/rules/booking';
import { fn, textArray } from '../text';

/** One notification for each account, once. Accounts that are not there are left out. */
const notify = fn(
  'sync.notify(people uuid[], kind text, title text, message text)',
  'void',
  { as: 'owner' },
  `
begin
  insert into app.notifications (id, user_id, type, title, message)
    select sync.new_id(), u.id, kind, left(notify.title, 255), left(notify.message, 4000)
      from app.users u where u.id = any (people) and u.deleted_at is null order by u.id;
end`,
);

/** The guardians of the student an account belongs to, in one program. */
const guardians = fn(
  'sync.guardians_of(program uuid, student uuid, account uuid)',
  'uuid[]',
  { as: 'owner', language: 'sql', kind: 'stable' },
  `
select coalesce(array_agg(distinct g.guardian_id), '{}')
  from app.student_guardians g join app.students s on s.id = g.student_id and s.deleted_at is null
  where g.deleted_at is null and s.program_id = program and (s.id = student or s.user_id = account)`,
);

const ofBooking = fn(
  'sync.booking_told()',
  'trigger',
  { as: 'owner' },
  `
declare
  mentor record;
  place record;
  what text;
  kind text;
  said text;
  people uuid[];
begin
  kind := case
    when tg_op = 'INSERT' then case new.status when 'confirmed' then 'booking-confirmed' when 'pending' then 'booking-made' end
    when new.deleted_at is not null and old.deleted_at is null and old.status in ('pending', 'confirmed') then 'booking-cancelled'
    when new.deleted_at is not null or old.deleted_at is not null then null
    when new.status <> old.status and new.status = 'confirmed' then 'booking-confirmed'
    when new.status <> old.status and new.status = any (${textArray(cancelledStatuses)}) then 'booking-cancelled'
    when new.period <> old.period and new.status in ('pending', 'confirmed') then 'booking-moved'
  end;
  if kind is null then return null; end if;
  select u.full_name, u.id as user_id, t.time_zone into mentor from app.mentors t join app.users u on u.id = t.user_id where t.id = new.mentor_id;
  select p.time_zone into place from app.programs p where p.id = new.program_id;
  what := coalesce((select v.title from app.services v where v.id = new.service_id), 'A session');
  said := case kind
    when 'booking-made' then 'Booking made, to be confirmed'
    when 'booking-confirmed' then 'Booking confirmed'
    when 'booking-moved' then 'Booking moved'
    else 'Booking cancelled' end;
  people := array[new.client_id, new.created_by, sync.me()] || sync.guardians_of(new.program_id, null, new.client_id);
  perform sync.notify(array_remove(people, mentor.user_id), kind, said,
    format('%s with %s, %s.', what, mentor.full_name, sync.moment_text(lower(new.period), place.time_zone)));
  perform sync.notify(array[mentor.user_id], kind, said,
    format('%s for %s, %s.', what, (select u.full_name from app.users u where u.id = new.client_id), sync.moment_text(lower(new.period), mentor.time_zone)));
  return null;
end`,
);

const momentText = fn(
  'sync.moment_text(at timestamptz, zone text)',
  'text',
  { language: 'sql', kind: 'stable' },
  `select to_char(at at time zone zone, 'FMDy FMDD Mon YYYY, HH24:MI') || ' (' || zone || ')'`,
);

const ofEnrollment = fn(
  'sync.enrollment_told()',
  'trigger',
  { as: 'owner' },
  `
declare
  student app.students;
  kind text;
  said text;
begin
  kind := case
    when tg_op = 'INSERT' then case when new.status in ('active', 'paused') then 'enrollment-confirmed' end
    when new.deleted_at is not null and old.deleted_at is null and old.status in ('active', 'paused') then 'enrollment-cancelled'
    when new.deleted_at is not null or old.deleted_at is not null then null
    when old.status = 'waitlisted' and new.status in ('active', 'paused') then 'enrollment-confirmed'
    when new.status = 'withdrawn' and old.status in ('active', 'paused') then 'enrollment-cancelled'
  end;
  if kind is null then return null; end if;
  select * into student from app.students s where s.id = new.student_id;
  said := case kind when 'enrollment-confirmed' then 'Enrollment confirmed' else 'Enrollment ended' end;
  perform sync.notify(
    array[student.user_id, new.assigned_by, sync.me()] || sync.guardians_of(new.program_id, new.student_id, null), kind, said,
    format('%s %s: %s at %s, from %s.', student.first_name, student.last_name, (select c.name from app.courses c where c.id = new.course_id),
      (select f.name from app.facilities f where f.id = new.facility_id), to_char(new.enrollment_date, 'FMDD Mon YYYY')));
  return null;
end`,
);

export const notificationsSql = (): string =>
  [
    notify,
    guardians,
    momentText,
    ofBooking,
    ofEnrollment,
    'create trigger t5_told after insert or update on app.bookings for each row execute function sync.booking_told();',
    'create trigger t5_told after insert or update on app.course_enrollments for each row execute function sync.enrollment_told();',
  ].join('\n');
