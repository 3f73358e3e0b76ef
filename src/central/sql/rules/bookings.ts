/**
 * Rule 10: a booking lies inside an available slot of its mentor, never over another, and takes the slot whole, at once. One review per
 * completed booking, by its client. The same statement for people is in `shared/rules/booking`.
 *
 * Invariant: whoever books holds the slot's row; of two at once the second sees it booked. The exclusion constraints hold where anything else fails.
 */
import { bookingMoves, closedStatuses, cancelledStatuses } from '../../../shared/rules/booking';
import { bookingOverlapName, slotOverlapName } from '../../names';
import { fn, quoted, textArray } from '../text';

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;
const live = (row: string): string =>
  `${row}.deleted_at is null and ${row}.status <> all (${textArray(cancelledStatuses)})`;
const stretch = (row: string): string => `'start', ${ms(`lower(${row}.period)`)}, 'end', ${ms(`upper(${row}.period)`)}`;

/** Why no slot takes the booking, most telling first, with the next time that would. */
const refuseBooking = fn(
  'sync.refuse_booking(b app.bookings, zone text)',
  'void',
  { as: 'owner' },
  `
declare
  s app.availability_slots;
  other app.bookings;
  next app.availability_slots;
  free jsonb := '{}';
begin
  select * into next from app.availability_slots t
    where t.mentor_id = b.mentor_id and t.deleted_at is null and t.status = 'available' and lower(t.period) > clock_timestamp()
      and upper(t.period) - lower(t.period) >= upper(b.period) - lower(b.period)
    order by lower(t.period) limit 1;
  if found then free := jsonb_build_object('nextStart', ${ms('lower(next.period)')}, 'nextEnd', ${ms('upper(next.period)')}); end if;
  select * into s from app.availability_slots t
    where t.mentor_id = b.mentor_id and t.deleted_at is null and t.period @> b.period and t.id is distinct from b.slot_id limit 1;
  if not found then
    select * into s from app.availability_slots t where t.mentor_id = b.mentor_id and t.deleted_at is null and t.period @> b.period limit 1;
  end if;
  if s.id is not null then
    perform sync.refuse('slot-taken', 'bookings', b.id, '{period}',
      free || jsonb_build_object('slotId', s.id, 'status', s.status, ${stretch('s')}, 'timeZone', zone));
  end if;
  select * into other from app.bookings o where o.mentor_id = b.mentor_id and o.id <> b.id and ${live('o')} and o.period && b.period limit 1;
  if found then
    perform sync.refuse('booking-overlap', 'bookings', b.id, '{period}',
      free || jsonb_build_object('otherId', other.id, ${stretch('other')}, 'timeZone', zone));
  end if;
  perform sync.refuse('no-slot', 'bookings', b.id, '{period}', free || jsonb_build_object(${stretch('b')}, 'timeZone', zone));
end`,
);

const moves = `'${JSON.stringify(bookingMoves)}'::jsonb`;

const booking = fn(
  'sync.booking_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  -- Operators (a repair, an import of the past) may write what has been; a desk books what is to come.
  by_desk boolean := session_user = 'provost_client';
  m record;
  s app.availability_slots;
  was_live boolean := false;
  is_live boolean := ${live('new')};
  is_moved boolean := tg_op = 'INSERT';
begin
  -- Security: only of the same program; a refusal names the mentor, and must not name another program's.
  select t.is_active, t.time_zone, t.user_id, u.full_name, u.status into m from app.mentors t join app.users u on u.id = t.user_id
    where t.id = new.mentor_id and t.program_id = new.program_id for share of t;
  if not found then return new; end if; -- The foreign key refuses it.
  if tg_op = 'UPDATE' then
    was_live := ${live('old')};
    is_moved := new.period <> old.period;
  end if;

  if tg_op = 'INSERT' and by_desk and new.status not in ('pending', 'confirmed') then
    perform sync.refuse('booking-status', 'bookings', new.id, '{status}', jsonb_build_object('to', new.status, 'why', 'new'));
  end if;
  if tg_op = 'UPDATE' and new.deleted_at is null and old.deleted_at is null then
    if (new.status <> old.status and not ${moves}->old.status ? new.status)
       or (is_moved and old.status = any (${textArray(closedStatuses)})) then
      perform sync.refuse('booking-status', 'bookings', new.id, array[case when is_moved then 'period' else 'status' end],
        jsonb_build_object('from', old.status, 'to', new.status, 'why', 'closed'));
    end if;
    if new.status <> old.status and new.status = 'completed' and lower(new.period) > clock_timestamp() then
      perform sync.refuse('booking-status', 'bookings', new.id, '{status}',
        jsonb_build_object('from', old.status, 'to', new.status, 'why', 'early', ${stretch('new')}, 'timeZone', m.time_zone));
    end if;
  end if;
  new.cancelled_at := case when new.status = any (${textArray(cancelledStatuses)}) then coalesce(new.cancelled_at, clock_timestamp()) end;

  if is_live and (tg_op = 'INSERT' or new.service_id is distinct from old.service_id) and new.service_id is not null
     and not exists (select from app.services v where v.id = new.service_id and v.mentor_id = new.mentor_id) then
    perform sync.refuse('wrong-mentor', 'bookings', new.id, '{serviceId}', jsonb_build_object('mentor', m.full_name));
  end if;
  if tg_op = 'INSERT' and new.client_id = m.user_id then
    perform sync.refuse('own-booking', 'bookings', new.id, '{clientId}', jsonb_build_object('mentor', m.full_name));
  end if;

  -- A slot once taken is kept while the booking stands where it stood.
  if is_live and was_live and not is_moved and new.slot_id is not distinct from old.slot_id then return new; end if;
  if was_live and old.slot_id is not null then
    update app.availability_slots t set status = 'available' where t.id = old.slot_id and t.status = 'booked' and t.deleted_at is null;
  end if;
  if not is_live then return new; end if;

  if by_desk and (not m.is_active or m.status = 'suspended') and (tg_op = 'INSERT' or is_moved) then
    perform sync.refuse('mentor-unavailable', 'bookings', new.id, '{mentorId}',
      jsonb_build_object('mentor', m.full_name, 'why', case when m.is_active then 'suspended' else 'inactive' end));
  end if;
  if by_desk and is_moved and lower(new.period) <= clock_timestamp() then
    perform sync.refuse('booking-past', 'bookings', new.id, '{period}', jsonb_build_object(${stretch('new')}, 'timeZone', m.time_zone));
  end if;
  select * into s from app.availability_slots t
    where t.mentor_id = new.mentor_id and t.deleted_at is null and t.period @> new.period
      and (t.status = 'available' or (not by_desk and t.status = 'booked'
        and not exists (select from app.bookings o where o.slot_id = t.id and o.id <> new.id and ${live('o')})))
    limit 1 for no key update;
  if not found then perform sync.refuse_booking(new, m.time_zone); end if;
  new.slot_id := s.id;
  update app.availability_slots t set status = 'booked' where t.id = s.id and t.status <> 'booked';
  return new;
end`,
);

/** The session as it will be held follows its booking. */
const followed = fn(
  'sync.booking_followed()',
  'trigger',
  { as: 'owner' },
  `
begin
  if tg_op = 'INSERT' then
    insert into app.mentoring_sessions (id, program_id, booking_id, status, cancelled_at)
      select gen_random_uuid(), new.program_id, new.id,
        case when new.status = 'completed' then 'completed' when ${live('new')} then 'upcoming' else 'cancelled' end, new.cancelled_at
      where not exists (select from app.mentoring_sessions t where t.booking_id = new.id and t.deleted_at is null);
  elsif new.status <> old.status and new.status = 'completed' then
    update app.mentoring_sessions t set status = 'completed', started_at = coalesce(t.started_at, lower(new.period)),
      ended_at = coalesce(t.ended_at, least(upper(new.period), clock_timestamp())) where t.booking_id = new.id and t.deleted_at is null;
  elsif new.status <> old.status and new.status = any (${textArray(cancelledStatuses)}) then
    update app.mentoring_sessions t set status = 'cancelled', cancelled_at = new.cancelled_at where t.booking_id = new.id and t.deleted_at is null;
  end if;
  return null;
end`,
);

const session = fn(
  'sync.session_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  booked text;
begin
  if new.deleted_at is not null or (tg_op = 'UPDATE' and new.status = old.status) or pg_trigger_depth() > 1 or session_user <> 'provost_client' then
    return new;
  end if;
  select b.status into booked from app.bookings b where b.id = new.booking_id and b.program_id = new.program_id;
  if (new.status = 'completed') <> (booked = 'completed') or (new.status = 'cancelled') <> (booked = any (${textArray(cancelledStatuses)})) then
    perform sync.refuse('session-follows', 'mentoring_sessions', new.id, '{status}', jsonb_build_object('status', booked));
  end if;
  return new;
end`,
);

const slot = fn(
  'sync.slot_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  other app.availability_slots;
  holder uuid;
  zone text;
begin
  if new.deleted_at is not null then return new; end if;
  select t.time_zone into zone from app.mentors t where t.id = new.mentor_id and t.program_id = new.program_id;
  if not found then return new; end if; -- The foreign key refuses it.
  -- What a booking does to its slot is judged there.
  if pg_trigger_depth() = 1 then
    select b.id into holder from app.bookings b where b.slot_id = new.id and ${live('b')} limit 1;
    if holder is not null and tg_op = 'UPDATE' and (new.status <> old.status or new.period <> old.period) then
      perform sync.refuse('slot-in-use', 'availability_slots', new.id, array[case when new.period <> old.period then 'period' else 'status' end],
        jsonb_build_object('bookingId', holder, ${stretch('old')}, 'timeZone', zone));
    end if;
    if holder is null and session_user = 'provost_client' and new.status = 'booked' and (tg_op = 'INSERT' or old.status <> 'booked') then
      perform sync.refuse('slot-status', 'availability_slots', new.id, '{status}');
    end if;
  end if;
  if tg_op = 'INSERT' or new.period <> old.period or old.deleted_at is not null then
    select * into other from app.availability_slots t
      where t.mentor_id = new.mentor_id and t.id <> new.id and t.deleted_at is null and t.period && new.period order by lower(t.period) limit 1;
    if found then
      perform sync.refuse('slot-overlap', 'availability_slots', new.id, '{period}',
        jsonb_build_object('otherId', other.id, 'status', other.status, ${stretch('other')}, 'timeZone', zone));
    end if;
  end if;
  return new;
end`,
);

/**
 * A slot that follows from a rule has the same id on every desk: the first to come makes it, the second changes nothing; where something else
 * stands already, it stays; one that was taken away is offered again. Null where the slot is made by hand.
 */
const keep = fn(
  'sync.keep_slot(wanted app.availability_slots)',
  'text',
  {},
  `
declare
  known app.availability_slots;
begin
  if wanted.rule_id is null then return null; end if;
  select * into known from app.availability_slots t where t.id = wanted.id;
  if known.id is not null and (known.deleted_at is null or known.mentor_id <> wanted.mentor_id) then return 'noop'; end if;
  if exists (select from app.availability_slots t
      where t.mentor_id = wanted.mentor_id and t.deleted_at is null and t.period && wanted.period) then return 'noop'; end if;
  if known.id is null then return null; end if;
  update app.availability_slots t set deleted_at = null, deleted_with = null, period = wanted.period, status = wanted.status where t.id = wanted.id;
  return 'applied';
end`,
);

const review = fn(
  'sync.review_rules()',
  'trigger',
  { as: 'owner' },
  `
declare
  b app.bookings;
begin
  if new.deleted_at is not null then return new; end if;
  select * into b from app.bookings t where t.id = new.booking_id and t.program_id = new.program_id for share;
  if not found then return new; end if; -- The foreign key refuses it.
  if b.status <> 'completed' then perform sync.refuse('review-refused', 'booking_reviews', new.id, '{bookingId}', jsonb_build_object('why', 'early'));
  elsif new.reviewer_id <> b.client_id then perform sync.refuse('review-refused', 'booking_reviews', new.id, '{reviewerId}', jsonb_build_object('why', 'client'));
  elsif new.mentor_id <> b.mentor_id then perform sync.refuse('review-refused', 'booking_reviews', new.id, '{mentorId}', jsonb_build_object('why', 'mentor'));
  end if;
  return new;
end`,
);

/** A zone both PostgreSQL and the desks know by name; abbreviations mean different things to each. */
const zone = fn(
  'sync.zone_rules()',
  'trigger',
  { as: 'owner' },
  `
begin
  if tg_op = 'UPDATE' and new.time_zone is not distinct from old.time_zone then return new; end if;
  if not exists (select from pg_catalog.pg_timezone_names z where z.name = new.time_zone) then
    perform sync.refuse('invalid-value', tg_table_name, new.id, '{timeZone}');
  end if;
  return new;
end`,
);

const exclusion = (table: string, name: string, during: string): string => `
do $do$
begin
  if not exists (select from pg_constraint where conname = ${quoted(name)}) then
    alter table app.${table} add constraint ${name} exclude using gist (mentor_id with =, period with &&) where (${during});
  end if;
end
$do$;`;

const before = (table: string, rules: string, events = 'insert or update'): string =>
  `create trigger t2_rules before ${events} on app.${table} for each row execute function sync.${rules}();`;

export const bookingsSql = (): string =>
  [
    refuseBooking,
    booking,
    followed,
    session,
    slot,
    keep,
    review,
    zone,
    exclusion('availability_slots', slotOverlapName, 'deleted_at is null'),
    exclusion('bookings', bookingOverlapName, `deleted_at is null and status <> all (${textArray(cancelledStatuses)})`),
    before('bookings', 'booking_rules'),
    before('mentoring_sessions', 'session_rules'),
    before('availability_slots', 'slot_rules'),
    before('booking_reviews', 'review_rules'),
    before('mentors', 'zone_rules'),
    'create trigger t4_followed after insert or update on app.bookings for each row execute function sync.booking_followed();',
  ].join('\n');
