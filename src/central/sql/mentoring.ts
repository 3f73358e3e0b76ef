/** Questions about mentors, answered where the rows are. The same answers, offline: `desk/queries/mentoring`. */
import { oversightCases } from './oversight';
import { fn } from './text';
import { trailCases } from './trail';

const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;

/**
 * The moment a wall clock shows this: a time that does not exist is shifted forward, one that comes twice is the first.
 * PostgreSQL takes the second, so the first is looked for with the offset of the day before.
 */
const wall = fn(
  'sync.at_wall_clock(shown timestamp, zone text)',
  'timestamptz',
  { kind: 'stable' },
  `
declare
  late timestamptz := shown at time zone zone;
  early timestamptz := (shown at time zone 'UTC') - (((late - interval '1 day') at time zone zone) - ((late - interval '1 day') at time zone 'UTC'));
begin
  return case when early < late and early at time zone zone = shown then early else late end;
end`,
);

/** Slots of a mentor who can be booked, that begin on one of the days as a clock in the zone counts them, and are still to come. */
const freeSlots = fn(
  'sync.free_slots(mentor uuid, first_day date, last_day date, zone text, minutes integer)',
  'jsonb',
  { kind: 'stable' },
  `
declare
  from_at timestamptz := sync.at_wall_clock(first_day::timestamp, zone);
  to_at timestamptz := sync.at_wall_clock((last_day + 1)::timestamp, zone);
begin
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', s.id, 'start', ${ms('lower(s.period)')}, 'end', ${ms('upper(s.period)')},
      'day', to_char(lower(s.period) at time zone zone, 'YYYY-MM-DD'), 'from', to_char(lower(s.period) at time zone zone, 'HH24:MI'),
      'to', to_char(upper(s.period) at time zone zone, 'HH24:MI')) order by lower(s.period))
    from app.availability_slots s join app.mentors m on m.id = s.mentor_id and m.is_active and m.deleted_at is null
      join app.users u on u.id = m.user_id and u.status <> 'suspended'
    where s.mentor_id = mentor and s.deleted_at is null and s.status = 'available'
      and s.period && tstzrange(from_at, to_at) and lower(s.period) >= from_at and lower(s.period) > clock_timestamp()
      and upper(s.period) - lower(s.period) >= minutes * interval '1 minute'), '[]');
end`,
);

/** All reviews of a mentor, newest first, and their average to two decimals. */
const feedback = fn(
  'sync.mentor_feedback(mentor uuid)',
  'jsonb',
  { language: 'sql', kind: 'stable' },
  `
select jsonb_build_object('mentorId', mentor, 'count', count(r.id), 'reputation', round(avg(r.rating), 2),
  'reviews', coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'bookingId', r.booking_id, 'reviewerId', r.reviewer_id, 'reviewer', coalesce(u.full_name, ''),
    'rating', r.rating, 'comment', r.comment, 'at', ${ms('r.created_at')}) order by r.created_at desc, r.id), '[]'))
from app.booking_reviews r left join app.users u on u.id = r.reviewer_id
where r.mentor_id = mentor and r.deleted_at is null`,
);

/** Books by the same way as a pushed change: rights, rules and refusals are the same. The caller makes the id, so asking again books nothing twice. */
const book = fn(
  'sync.book(asked jsonb)',
  'jsonb',
  {},
  `
declare
  m app.mentors;
  minutes integer;
  starts bigint := (asked->>'start')::bigint;
  r jsonb;
begin
  if exists (select from app.bookings b where b.id = (asked->>'id')::uuid) then return jsonb_build_object('status', 'noop'); end if;
  select * into m from app.mentors t where t.id = (asked->>'mentorId')::uuid and t.deleted_at is null;
  if not found then
    return jsonb_build_object('status', 'rejected', 'refusal', jsonb_build_object('code', 'not-found', 'entity', 'bookings', 'fields', '["mentorId"]'::jsonb));
  end if;
  select v.duration_minutes into minutes from app.services v where v.id = (asked->>'serviceId')::uuid;
  perform set_config('provost.mutation_id', asked->>'id', true);
  r := sync.perform(jsonb_build_object('via', 'asked', 'ops', jsonb_build_array(jsonb_build_object(
    'entity', 'bookings', 'op', 'insert', 'id', asked->>'id', 'version', 0,
    'patch', jsonb_build_object('programId', m.program_id, 'mentorId', m.id, 'clientId', asked->>'clientId', 'serviceId', asked->>'serviceId',
      'period', jsonb_build_array(starts, coalesce((asked->>'end')::bigint, starts + coalesce(minutes, 60) * 60000)),
      'status', coalesce(asked->>'status', 'pending'), 'sessionType', coalesce(asked->>'sessionType', 'video')))))::json);
  if r->>'status' = 'applied' then perform pg_notify('provost', ''); end if;
  return r;
end`,
);

/** One door for questions, so that the list of what a desk may call stays short. Whoever asks sees what their policies show, and nothing else. */
const ask = fn(
  'api.ask(token text, question text, args jsonb)',
  'jsonb',
  { as: 'engine' },
  `
begin
  if not auth.enter(token) then return jsonb_build_object('err', 'signed-out'); end if;
  case question
    when 'free-slots' then
      return jsonb_build_object('answer', sync.free_slots((args->>'mentorId')::uuid, (args->>'from')::date, (args->>'until')::date,
        args->>'timeZone', coalesce((args->>'minutes')::integer, 0)));
    when 'mentor-feedback' then return jsonb_build_object('answer', sync.mentor_feedback((args->>'mentorId')::uuid));
    when 'find' then return jsonb_build_object('answer', sync.find(args->>'words', (args->>'limit')::integer));
    when 'devices' then
      perform auth.seen(token);
      return jsonb_build_object('answer', auth.devices());
    when 'sign-out-device' then return jsonb_build_object('answer', auth.sign_out_device((args->>'deviceId')::uuid));
    when 'book' then return jsonb_build_object('answer', sync.book(args));
${trailCases}
${oversightCases}
    else return jsonb_build_object('err', 'unknown-question');
  end case;
exception when data_exception then return jsonb_build_object('err', 'asked-wrongly');
end`,
);

export const mentoringSql = (): string => [wall, freeSlots, feedback, book, ask].join('\n');
