import type { CalendarWeek, MentorCard, MentorFeedback, Shown } from '../../../shared/contract/mentoring';
import { entityOf } from '../../../shared/entities';
import type { BookingStatus, SlotRow } from '../../../shared/rules/booking';
import { reputationOf } from '../../../shared/rules/booking';
import { commissionOn, commissionRate, commissionSetting } from '../../../shared/rules/commission';
import { atWallClock, dayAfter, occurrencesOf, slotsIn, wallClock } from '../../../shared/rules/expand-recurrence';
import { whyNot } from '../../../shared/rules/permit';
import { recurrenceProblem } from '../../../shared/rules/recurrence';
import { recurrenceText } from '../../../shared/rules/recurrence-text';
import { Refusal } from '../../../shared/contract/outcome';
import type { Query } from '../context';
import type { Readable } from '../local/handles';
import { readRow } from '../local/rows';
import { statement } from '../local/statements';
import { titlesOf } from './titles';

/** The same questions as in `central/sql/mentoring`, from the rows on this desk; a test holds the two together. */

interface MentorRow {
  id: string;
  programId: string;
  timeZone: string;
  isActive: number;
  name: string | null;
  accountStatus: string | null;
  headline: string | null;
}

const mentorSql = `select m.id, m.program_id as programId, m.time_zone as timeZone, m.is_active as isActive, m.headline,
    u.full_name as name, u.status as accountStatus
  from mentors m left join users u on u.id = m.user_id`;

function mentorOf(db: Readable, id: string): MentorRow {
  const row = statement(db, `${mentorSql} where m.id = ?`).get(id) as MentorRow | undefined;
  if (row) return row;
  throw new Refusal({ kind: 'not-found', message: 'This mentor is no longer here. Choose another.' });
}

const closedWords = (mentor: MentorRow): string | null =>
  mentor.isActive !== 1
    ? 'Not active: a program admin can make this mentor active again.'
    : mentor.accountStatus === 'suspended'
      ? 'The account is suspended: an admin can lift that.'
      : null;

interface Times {
  start: number;
  end: number;
}
const shown = <T extends Times & { id: string }>(row: T, timeZone: string): T & Shown => {
  const from = wallClock(row.start, timeZone);
  return { ...row, day: from.day, from: from.time, to: wallClock(row.end, timeZone).time };
};
const periodSql = (row: string): string =>
  `json_extract(${row}.period, '$[0]') as start, json_extract(${row}.period, '$[1]') as end`;

/** Every mentor with what people thought of them and how much they are asked for. */
export const mentors: Query<'mentoring.mentors'> = ({ read, now }, { programs }) => {
  const list = JSON.stringify(programs);
  const rows = statement(
    read,
    `${mentorSql} where (? = '[]' or m.program_id in (select value from json_each(?))) order by lower(coalesce(u.full_name, ''))`,
  ).all(list, list) as MentorRow[];
  const counts = (sql: string, ...values: number[]): Map<string, { n: number; sum: number }> =>
    new Map(
      (statement(read, sql).all(...values) as { id: string; n: number; sum: number }[]).map((row) => [row.id, row]),
    );
  const ratings = counts(
    'select mentor_id as id, count(*) as n, sum(rating) as sum from booking_reviews group by mentor_id',
  );
  const free = counts(
    `select mentor_id as id, count(*) as n from availability_slots where status = 'available' and json_extract(period, '$[0]') > ? group by 1`,
    now(),
  );
  const upcoming = counts(
    `select mentor_id as id, count(*) as n from bookings where status in ('pending', 'confirmed') and json_extract(period, '$[1]') > ? group by 1`,
    now(),
  );
  const tags = Map.groupBy(
    statement(
      read,
      `select x.mentor_id as id, t.name from mentor_expertise x join expertise_tags t on t.id = x.tag_id order by t.name`,
    ).all() as { id: string; name: string }[],
    (tag) => tag.id,
  );
  return rows.map((row): MentorCard => {
    const { n = 0, sum = 0 } = ratings.get(row.id) ?? {};
    return {
      id: row.id,
      programId: row.programId,
      name: row.name ?? 'Somebody not on this computer',
      headline: row.headline ?? '',
      isActive: row.isActive === 1,
      closed: closedWords(row),
      reputation: reputationOf(sum, n),
      reviews: n,
      upcoming: upcoming.get(row.id)?.n ?? 0,
      free: closedWords(row) === null ? (free.get(row.id)?.n ?? 0) : 0,
      timeZone: row.timeZone,
      tags: (tags.get(row.id) ?? []).map((tag) => tag.name),
    };
  });
};

/** The Monday of a day's week. */
const mondayOf = (day: string): string => dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** One week of a mentor's time, on the clock of the mentor's place. */
export const week: Query<'mentoring.week'> = ({ read, session, now }, { mentorId, day }) => {
  const mentor = mentorOf(read, mentorId);
  const { timeZone } = mentor;
  const today = wallClock(now(), timeZone);
  const first = mondayOf(day ?? today.day);
  const span = [atWallClock(first, '00:00', timeZone), atWallClock(dayAfter(first, 7), '00:00', timeZone)] as const;
  const within = (table: string): string =>
    `t.mentor_id = ? and json_extract(t.period, '$[1]') > ? and json_extract(t.period, '$[0]') < ? order by ${table === 'bookings' ? 'start' : 'start, t.id'}`;
  const slots = statement(
    read,
    `select t.id, ${periodSql('t')}, t.status, t.rule_id as ruleId from availability_slots t where ${within('availability_slots')}`,
  ).all(mentorId, ...span) as (Times & { id: string; status: SlotRow['status']; ruleId: string | null })[];
  const bookings = statement(
    read,
    `select t.id, ${periodSql('t')}, t.status, t.client_id as clientId, t.slot_id as slotId, t.session_type as sessionType,
       coalesce(v.title, '') as service, exists (select 1 from booking_reviews r where r.booking_id = t.id) as reviewed
     from bookings t left join services v on v.id = t.service_id where ${within('bookings')}`,
  ).all(mentorId, ...span) as (Times & {
    id: string;
    status: BookingStatus;
    clientId: string;
    slotId: string | null;
    sessionType: string;
    service: string;
    reviewed: number;
  })[];
  const clients = titlesOf(
    read,
    'users',
    bookings.map((booking) => booking.clientId),
  );
  return {
    timeZone,
    days: Array.from({ length: 7 }, (_, at) => dayAfter(first, at)),
    today: { day: today.day, minutes: today.minutes },
    slots: slots.map((slot) => shown(slot, timeZone)),
    bookings: bookings.map(({ reviewed, ...booking }) => ({
      ...shown(booking, timeZone),
      client: clients.get(booking.clientId) ?? 'Somebody not on this computer',
      isReviewed: reviewed === 1,
    })),
    mayBook: closedWords(mentor) ?? whyNot(session, entityOf('bookings'), 'create', { programId: mentor.programId }),
  } satisfies CalendarWeek;
};

/** Slots that can be booked and begin on one of the days as a clock in the zone counts them, long enough and still to come. */
export const freeSlots: Query<'mentoring.free-slots'> = (
  { read, now },
  { mentorId, from, until, timeZone, minutes },
) => {
  const mentor = mentorOf(read, mentorId);
  if (closedWords(mentor) !== null) return [];
  const zone = timeZone ?? mentor.timeZone;
  const rows = statement(
    read,
    `select t.id, ${periodSql('t')} from availability_slots t where t.mentor_id = ? and t.status = 'available'
       and json_extract(t.period, '$[0]') >= ? and json_extract(t.period, '$[0]') < ? and json_extract(t.period, '$[0]') > ?
       and json_extract(t.period, '$[1]') - json_extract(t.period, '$[0]') >= ? order by start`,
  ).all(
    mentorId,
    atWallClock(from, '00:00', zone),
    atWallClock(dayAfter(until), '00:00', zone),
    now(),
    minutes * 60_000,
  ) as (Times & { id: string })[];
  return rows.map((row) => shown(row, zone));
};

/** All reviews of a mentor, newest first, and their average. */
export const feedback: Query<'mentoring.feedback'> = ({ read }, { mentorId }) => {
  const reviews = statement(
    read,
    `select r.id, r.booking_id as bookingId, r.reviewer_id as reviewerId, coalesce(u.full_name, '') as reviewer, r.rating, r.comment, r.created_at as at
     from booking_reviews r left join users u on u.id = r.reviewer_id where r.mentor_id = ? order by r.created_at desc, r.id`,
  ).all(mentorId) as MentorFeedback['reviews'];
  const sum = reviews.reduce((total, review) => total + review.rating, 0);
  return { mentorId, reputation: reputationOf(sum, reviews.length), count: reviews.length, reviews };
};

/** The next dates of a rule before it is saved. */
export const preview: Query<'mentoring.preview'> = ({ read, now }, { mentorId, slotMinutes, ...hours }) => {
  const { timeZone } = mentorOf(read, mentorId);
  const problem = recurrenceProblem(hours.recurrence);
  if (problem !== null) return { problem, words: '', next: [] };
  const from = wallClock(now(), timeZone).day;
  const next = occurrencesOf(hours, timeZone, { from, limit: 5 }).map(({ day, start, end }) => ({
    day,
    from: wallClock(start, timeZone).time,
    to: wallClock(end, timeZone).time,
    slots: slotsIn({ start, end }, slotMinutes).length,
  }));
  return { problem: null, words: recurrenceText(hours.recurrence, 'en'), next };
};

/** What the platform takes of a booking's payment today; the server decides when it succeeds. */
export function commissionOf(db: Readable, amount: number): number {
  const id = statement(db, 'select id from platform_settings where key = ?').pluck().get(commissionSetting) as
    string | undefined;
  return commissionOn(amount, commissionRate(id ? readRow(db, 'platform_settings', id)?.['value'] : null));
}
