/**
 * Mentors with their hours, and who booked them.
 *
 * Invariant: slots of a mentor never overlap; a booking lies inside its slot; of the bookings of one slot at most one is not cancelled.
 */
import { createHash } from 'node:crypto';
import { occurrencesOf, slotsIn, type Hours, type Occurrence } from '../../shared/rules/expand-recurrence';
import { addDays } from './calendar';
import { bookSlots, type Bookings } from './generate-bookings';
import { handleOf, personFrom, placeFrom } from './names';
import { hours, lateHours, mentorBios, mentoringPlans, type MentoringPlan } from './plan-mentoring';
import { priceScale } from './plans';
import type { Random } from './random';
import { chunk, type SeedChunk, type SeedRow } from './rows';
import { socialLinks } from './social-links';
import { adminId, coordinatorId, momentOn, type Block, type World } from './world';
import type { People } from './generate-people';

export const mentorsPerPart = 5;
/** Hours were offered for so many days back, and are for so many to come. */
const PAST_DAYS = 84;
const COMING_DAYS = 28;
const OFFERED_AHEAD_DAYS = 28;
/** A rule ends after half a year and is then made anew. */
const WEEKS = 26;
const DAY = 86_400_000;

export interface Mentoring extends Bookings {
  /** Names of the mentors by their ids. */
  names: Map<string, string>;
  chunks: SeedChunk[];
}

/** One mentor with everything that hangs on it. */
export interface Mentor {
  row: SeedRow<'mentors'>;
  services: SeedRow<'services'>[];
  slots: SeedRow<'availability_slots'>[];
}

export function generateMentoring(block: Block, people: People): Mentoring | null {
  const plan = mentoringPlans[block.plan.courses];
  if (!plan) return null;
  const accounts = Array.from({ length: mentorsPerPart }, (_, at) => mentorAccount(block, at));
  const rules: SeedRow<'availability_rules'>[] = [];
  const mentors = accounts.map(({ user }, at): Mentor => {
    const row = mentorRow(block, plan, user, at);
    const its = row.isActive ? ruleRows(block, row, at) : [];
    rules.push(...its);
    return { row, services: serviceRows(block, plan, row), slots: its.flatMap((rule) => slotRows(block, row, rule)) };
  });
  const bookings = bookSlots(block, mentors, people.accounts);
  return {
    ...bookings,
    names: new Map(mentors.map(({ row }, at) => [row.id, accounts[at]?.user.fullName ?? ''])),
    chunks: [
      chunk(
        'users',
        accounts.map(({ user }) => user),
      ),
      chunk(
        'profiles',
        accounts.map(({ profile }) => profile),
      ),
      chunk(
        'social_links',
        accounts.flatMap(({ user }) => socialLinks(block.world, user)),
      ),
      chunk(
        'user_program_assignments',
        accounts.map(({ assignment }) => assignment),
      ),
      chunk(
        'mentors',
        mentors.map(({ row }) => row),
      ),
      chunk('mentees', menteeRows(block, plan, people)),
      chunk(
        'mentor_expertise',
        mentors.flatMap(({ row }) => expertiseRows(block, plan, row)),
      ),
      chunk('availability_rules', rules),
      chunk(
        'availability_slots',
        mentors.flatMap(({ slots }) => slots),
      ),
      chunk(
        'services',
        mentors.flatMap(({ services }) => services),
      ),
      chunk(
        'calendar_connections',
        mentors.flatMap(({ row }) => connectionRows(block, row)),
      ),
      chunk('bookings', bookings.bookings),
      chunk('mentoring_sessions', bookings.sessions),
      chunk('booking_reviews', bookings.reviews),
    ],
  };
}

function mentorAccount(block: Block, at: number) {
  const { world, plan } = block;
  const random = block.random('mentor', at);
  const person = personFrom(plan.region, random);
  const username = world.handle(handleOf(person.first, person.last));
  const createdAt = momentOn(addDays(world.today, -random.int(200, 420)), random);
  const createdBy = adminId(world, plan.code);
  const id = block.id('users', 'mentor', at);
  const user: SeedRow<'users'> = {
    id,
    fullName: `${person.first} ${person.last}`,
    email: `${username}@mentors.provost.example`,
    username,
    role: 'mentor',
    // The last one offers nothing any more: see `isActive` of the mentor.
    status: at === mentorsPerPart - 1 ? 'suspended' : 'active',
    emailVerified: true,
    lastLoginAt: null,
    createdAt,
    createdBy,
  };
  const profile: SeedRow<'profiles'> = {
    id: block.id('profiles', id),
    userId: id,
    bio: random.pick(mentorBios),
    avatarUrl: null,
    location: placeFrom(plan.region, random),
    dateOfBirth: addDays(world.today, -random.int(30 * 365, 62 * 365)),
    linkedinUrl: `https://www.linkedin.com/in/${username.replaceAll('.', '-')}-demo`,
    facilitatorDetails: {
      yearsOfExperience: random.int(4, 30),
      languages: random.pick([['English'], ['English', 'French']]),
    },
    institutionDetails: null,
    createdAt,
    createdBy: id,
  };
  const assignment: SeedRow<'user_program_assignments'> = {
    id: block.id('assignment', id),
    programId: block.programId,
    userId: id,
    assignedAt: createdAt,
    assignedBy: createdBy,
    createdAt,
    createdBy,
  };
  return { user, profile, assignment };
}

function mentorRow(block: Block, plan: MentoringPlan, user: SeedRow<'users'>, at: number): SeedRow<'mentors'> {
  const { currency, timeZone } = block.plan;
  const { unit, step } = priceScale[currency];
  const random = block.random('mentor', user.id);
  const isActive = user.status === 'active';
  const createdAt = user.createdAt + 3_600_000;
  return {
    id: block.id('mentors', at),
    programId: block.programId,
    userId: user.id,
    headline: plan.headlines[at % plan.headlines.length] ?? null,
    bio: random.pick(mentorBios),
    hourlyRate: Math.round((random.int(...plan.rate) * unit) / step) * step,
    currency,
    timeZone,
    isActive,
    createdAt,
    createdBy: user.createdBy,
    ...(isActive
      ? {}
      : { earlier: [{ at: block.world.now - 40 * DAY, by: user.createdBy, from: { isActive: true } }] }),
  };
}

function expertiseRows(block: Block, plan: MentoringPlan, mentor: SeedRow<'mentors'>): SeedRow<'mentor_expertise'>[] {
  const random = block.random('expertise', mentor.id);
  return random
    .shuffle(plan.tags)
    .slice(0, random.int(2, 4))
    .map((tag) => ({
      id: block.id('mentor_expertise', mentor.id, tag),
      programId: block.programId,
      mentorId: mentor.id,
      tagId: block.world.id('expertise_tags', tag),
      createdAt: mentor.createdAt + 600_000,
      createdBy: mentor.createdBy,
    }));
}

function serviceRows(block: Block, plan: MentoringPlan, mentor: SeedRow<'mentors'>): SeedRow<'services'>[] {
  const random = block.random('services', mentor.id);
  const { step } = priceScale[block.plan.currency];
  return random
    .shuffle(plan.services)
    .slice(0, random.int(2, 3))
    .map(([title, durationMinutes, description], at) => ({
      id: block.id('services', mentor.id, at),
      programId: block.programId,
      mentorId: mentor.id,
      title,
      description,
      price: Math.max(step, Math.round(((mentor.hourlyRate ?? 0) * durationMinutes) / 60 / step) * step),
      currency: block.plan.currency,
      durationMinutes,
      isActive: mentor.isActive,
      createdAt: mentor.createdAt + 900_000,
      createdBy: mentor.createdBy,
    }));
}

function ruleRows(block: Block, mentor: SeedRow<'mentors'>, at: number): SeedRow<'availability_rules'>[] {
  const { world } = block;
  const random = block.random('hours', mentor.id);
  const isLate = block.plan.courses === 'management' && at === 0;
  const chosen = [...random.shuffle(hours).slice(0, 3), ...(isLate ? [lateHours] : [])];
  return chosen.map(({ days, from, to, slotMinutes }, index) => {
    const startsOn = addDays(world.today, -PAST_DAYS);
    return {
      id: block.id('availability_rules', mentor.id, index),
      programId: block.programId,
      mentorId: mentor.id,
      startsOn,
      startTime: from,
      endTime: to,
      slotMinutes,
      recurrence: `FREQ=WEEKLY;COUNT=${days.length * WEEKS};BYDAY=${days.join(',')}`,
      isActive: true,
      createdAt: momentOn(addDays(startsOn, -OFFERED_AHEAD_DAYS - random.int(1, 9)), random),
      createdBy: random.chance(0.5) ? mentor.userId : coordinatorId(world, block.plan.code),
    };
  });
}

/** Many mentors keep the same hours: they are reckoned once. */
const reckoned = new WeakMap<World, Map<string, Occurrence[]>>();

function stretchesOf(world: World, rule: Hours, timeZone: string): Occurrence[] {
  const known = reckoned.get(world) ?? new Map<string, Occurrence[]>();
  reckoned.set(world, known);
  const key = [rule.startsOn, rule.startTime, rule.endTime, rule.recurrence, timeZone].join(' ');
  const stretches = known.get(key) ?? occurrencesOf(rule, timeZone, { until: addDays(world.today, COMING_DAYS) });
  known.set(key, stretches);
  return stretches;
}

/** As a desk names it (`desk/commands/refresh-slots`): time that is offered again from the same rule finds its slots there. */
function slotId(ruleId: string, start: number, end: number): string {
  const bytes = createHash('sha256').update(`${ruleId} ${start} ${end}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The rule spelled out, from its first day to the last that is offered today. */
function slotRows(
  block: Block,
  mentor: SeedRow<'mentors'>,
  rule: SeedRow<'availability_rules'>,
): SeedRow<'availability_slots'>[] {
  const random = block.random('slots', rule.id);
  return stretchesOf(block.world, rule, mentor.timeZone)
    .flatMap((stretch) => slotsIn(stretch, rule.slotMinutes))
    .map(([start, end]) => ({
      id: slotId(rule.id, start, end),
      programId: block.programId,
      mentorId: mentor.id,
      ruleId: rule.id,
      period: [start, end],
      status: random.pick(slotStates),
      createdAt: Math.min(start - OFFERED_AHEAD_DAYS * DAY, block.world.now - DAY),
      createdBy: rule.createdBy,
    }));
}

/** Of twenty, one is taken out, and now and then one is kept for somebody. */
const slotStates = [...Array<'available'>(37).fill('available'), 'blocked', 'blocked', 'held'] as const;

const providers = ['google', 'microsoft', 'apple'] as const;

function connectionRows(block: Block, mentor: SeedRow<'mentors'>): SeedRow<'calendar_connections'>[] {
  const random = block.random('calendar', mentor.id);
  if (!random.chance(0.75)) return [];
  const status = mentor.isActive
    ? random.pick(['connected', 'connected', 'connected', 'expired', 'failed'] as const)
    : 'revoked';
  const days = status === 'connected' ? random.int(5, 55) : -random.int(2, 30);
  return [
    {
      id: block.id('calendar_connections', mentor.id),
      programId: block.programId,
      mentorId: mentor.id,
      provider: random.pick(providers),
      status,
      expiresAt: block.world.now + days * DAY,
      createdAt: mentor.createdAt + 2 * DAY,
      createdBy: mentor.userId,
    },
  ];
}

const lives = [
  'Works in the mornings, learns in the evenings.',
  'Final-year student with a younger brother in the same program.',
  'Moved here two years ago and starts over.',
  'Self-employed; time is short.',
];

function menteeRows(block: Block, plan: MentoringPlan, people: People): SeedRow<'mentees'>[] {
  return people.accounts
    .filter(({ role }) => role === 'student')
    .flatMap((account) => {
      const random: Random = block.random('mentee', account.id);
      if (!random.chance(0.85)) return [];
      return [
        {
          id: block.id('mentees', account.id),
          programId: block.programId,
          userId: account.id,
          biography: random.pick(lives),
          goals: random.pick(plan.goals),
          createdAt: account.createdAt + DAY / 2,
          createdBy: coordinatorId(block.world, block.plan.code),
        },
      ];
    });
}
