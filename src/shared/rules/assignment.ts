/**
 * The planner: for each student a facility and configuration with a price in force, a free seat and the right age group, or the one reason
 * why there is none and what can be done about it.
 *
 * Invariant: it never proposes what rules 1 to 4 refuse, and proposals of one plan count against each other's seats.
 */
import { agesOf, fits, type AgeRange } from './ages';
import { isFull } from './capacity';
import { dateText } from './date-text';
import { ageOn, inForceOn, type PriceKey, type PriceRow } from './pricing';

export type Configuration = Pick<PriceKey, 'facilityId' | 'ageGroup' | 'locationType' | 'sessionType'>;
export const configurationOf = ({ facilityId, ageGroup, locationType, sessionType }: Configuration): Configuration => ({
  ...{ facilityId, ageGroup, locationType, sessionType },
});

/** Where the seats of a configuration are counted. */
export const seatKey = (key: Configuration): string =>
  [key.facilityId, key.ageGroup, key.locationType, key.sessionType].join('\n');
/** One student, one course, one facility: once at a time. */
export const onceKey = (studentId: string, courseId: string, facilityId: string): string =>
  [studentId, courseId, facilityId].join('\n');

export interface PlanPlace {
  name: string;
  status: string;
  capacity: number | null;
}

/** What the plan stands on: all of it as it is before anything is proposed, without those who are to leave. */
export interface PlanGround {
  date: string;
  courses: ReadonlyMap<string, { name: string; isActive: boolean }>;
  places: ReadonlyMap<string, PlanPlace>;
  /** Active prices of the courses. */
  prices: readonly PriceRow[];
  /** Learners by `seatKey`. */
  taken: ReadonlyMap<string, number>;
  /** Who holds a seat where, or waits for one, by `onceKey`: the enrollment. */
  enrolled: ReadonlyMap<string, string>;
  /** Enrollments that wait for a seat, by `seatKey`, the first first. Whoever is not on the list comes after them. */
  waiting: ReadonlyMap<string, readonly string[]>;
  /** May new ones be put on a waitlist? */
  usesWaitlist: boolean;
  /** Labels by code, in the program's order. */
  labels: Record<'ageGroup' | 'locationType' | 'sessionType', Readonly<Record<string, string>>>;
}

export interface Seeker {
  studentId: string;
  name: string;
  dateOfBirth: string | null;
  status: string;
  courseId: string;
  /** What must be so. */
  wish: Partial<Configuration>;
  /** The enrollment they leave, or by which they wait. */
  from?: Configuration & { enrollmentId: string; since: string; isWaiting?: boolean };
}

export interface Proposal extends Configuration {
  studentId: string;
  name: string;
  age: number | null;
  courseId: string;
  course: string;
  facility: string;
  price: number;
  currency: string;
  /** Seats left afterwards; null where there is no limit. */
  left: number | null;
  /** Goes over capacity, for which a reason was given. */
  isOver: boolean;
  /** Why here, in words. */
  why: string;
  enrollmentId: string | null;
}

/** The one next step of somebody who has no place. */
export type NextStep =
  | { kind: 'add-price'; key: Omit<PriceKey, 'facilityId'> & { facilityId: string | null } }
  | { kind: 'give-reason'; facility: string }
  /** Or a reason, for going ahead of those who wait. */
  | { kind: 'waitlist'; place: Configuration; facility: string; ahead: number }
  | { kind: 'seat'; enrollmentId: string; facility: string }
  | { kind: 'date-of-birth' | 'make-active'; studentId: string }
  | { kind: 'transfer'; enrollmentId: string; facility: string }
  | { kind: 'other-facility' | 'other-course' | 'other-day' | 'other-configuration' };

export interface Unplaced {
  studentId: string;
  name: string;
  age: number | null;
  courseId: string;
  enrollmentId: string | null;
  reason: string;
  next: NextStep;
}

export interface Plan {
  date: string;
  proposals: Proposal[];
  unplaced: Unplaced[];
  /** The sum of the prices. */
  total: number;
  currency: string | null;
}

interface Offer {
  price: PriceRow;
  place: PlanPlace;
  range: AgeRange | null;
  seats: string;
}

/** @param reason why capacity may be gone over; without one it is not */
export function planAssignments(ground: PlanGround, seekers: readonly Seeker[], reason: string | null = null): Plan {
  const taken = new Map(ground.taken);
  const enrolled = new Map(ground.enrolled);
  const waiting = new Map(ground.waiting);
  const plan: Plan = { date: ground.date, proposals: [], unplaced: [], total: 0, currency: null };
  const offers = Map.groupBy(offersOf(ground), ({ price }) => price.courseId);
  for (const seeker of seekers) {
    const found = placeFor(ground, seeker, offers.get(seeker.courseId) ?? [], { taken, enrolled, waiting, reason });
    if ('reason' in found) {
      plan.unplaced.push(found);
      continue;
    }
    taken.set(seatKey(found), (taken.get(seatKey(found)) ?? 0) + 1);
    enrolled.set(onceKey(found.studentId, found.courseId, found.facilityId), '');
    if (seeker.from?.isWaiting) waiting.set(seatKey(seeker.from), othersWaiting(waiting, seeker.from));
    plan.proposals.push(found);
    plan.total += found.price;
    plan.currency ??= found.currency;
  }
  return plan;
}

const othersWaiting = (waiting: Standing['waiting'], from: Configuration & { enrollmentId: string }): string[] =>
  (waiting.get(seatKey(from)) ?? []).filter((id) => id !== from.enrollmentId);

const offersOf = ({ prices, places, labels, date }: PlanGround): Offer[] =>
  prices.flatMap((price) => {
    const place = places.get(price.facilityId);
    const range = agesOf(price.ageGroup, labels.ageGroup[price.ageGroup]);
    return place && inForceOn(price, date) ? [{ price, place, range, seats: seatKey(price) }] : [];
  });

interface Standing {
  taken: ReadonlyMap<string, number>;
  enrolled: ReadonlyMap<string, string>;
  waiting: PlanGround['waiting'];
  reason: string | null;
}

function placeFor(
  ground: PlanGround,
  seeker: Seeker,
  offers: readonly Offer[],
  standing: Standing,
): Proposal | Unplaced {
  const age = ageOn(seeker.dateOfBirth, ground.date);
  const refuse = (reason: string, next: NextStep): Unplaced => ({
    ...{ studentId: seeker.studentId, name: seeker.name, age, courseId: seeker.courseId },
    ...{ enrollmentId: seeker.from?.enrollmentId ?? null, reason, next },
  });
  const early = beforeLooking(ground, seeker);
  if (early) return refuse(...early);

  const wished = offers.filter((offer) => isWished(offer, seeker));
  const fitting = fittingFor(wished, age, seeker);
  if (fitting.length === 0) return refuse(...whyNoneFits(ground, seeker, offers, wished, age));
  const open = fitting.filter(({ place }) => place.status === 'active');
  if (open.length === 0) return refuse(...whyClosed(fitting));
  const free = open.filter(({ price }) => !isThere(seeker, price, standing.enrolled));
  if (free.length === 0) return refuse(...whyThere(ground, seeker, open, standing.enrolled));
  const seated = free.filter(
    (offer) => !isFull(offer.place.capacity, takenOf(offer, standing) + aheadOf(offer, seeker, standing)),
  );
  const choices = seated.length > 0 ? seated : standing.reason === null ? [] : free;
  const [best] = ranked(choices, seeker, standing);
  // Whoever waits, waits for the place they would choose, not for the one that is least overfull.
  const wanted = { ...standing, taken: new Map<string, number>() };
  if (!best) return refuse(...whyFull(ground, seeker, ranked(free, seeker, wanted), standing));
  return proposalOf(ground, seeker, best, { age, standing, isOver: seated.length === 0 });
}

const takenOf = (offer: Offer, { taken }: Standing): number => taken.get(offer.seats) ?? 0;

/** How many have waited longer for the same seats. */
function aheadOf(offer: Offer, { from }: Seeker, { waiting }: Standing): number {
  const list = waiting.get(offer.seats) ?? [];
  const own = from?.isWaiting ? list.indexOf(from.enrollmentId) : -1;
  return own < 0 ? list.length : own;
}

type Refused = [reason: string, next: NextStep];

function beforeLooking({ courses, date }: PlanGround, { courseId, studentId, status, from }: Seeker): Refused | null {
  const course = courses.get(courseId);
  if (!course) return ['This course is not in the data on this computer.', { kind: 'other-course' }];
  if (!course.isActive) return [`${course.name} is not active and takes nobody new.`, { kind: 'other-course' }];
  if (status !== 'active') return [`The student is ${status}, not active.`, { kind: 'make-active', studentId }];
  if (from && !from.isWaiting && from.since > date)
    return [`This enrollment begins on ${dateText(from.since, 'en')} only.`, { kind: 'other-day' }];
  return null;
}

const isWished = ({ price }: Offer, { wish }: Seeker): boolean =>
  (Object.entries(wish) as [keyof Configuration, string | undefined][]).every(
    ([part, value]) => value === undefined || price[part] === value,
  );

/** Age groups that tell their ages are held to them; where none does, any may be meant. A group that a person chose needs no age. */
function fittingFor(offers: readonly Offer[], age: number | null, { wish }: Seeker): Offer[] {
  if (wish.ageGroup !== undefined) return [...offers];
  if (offers.every(({ range }) => range === null)) return [...offers];
  return offers.filter(({ range }) => fits(age, range) === true);
}

function whyNoneFits(
  { labels, courses, places, date }: PlanGround,
  { wish, courseId, studentId }: Seeker,
  offers: readonly Offer[],
  wished: readonly Offer[],
  age: number | null,
): Refused {
  const course = courses.get(courseId)?.name ?? 'The course';
  if (age === null && wish.ageGroup === undefined && wished.length > 0)
    return ['No date of birth is known, so no age group can be chosen.', { kind: 'date-of-birth', studentId }];
  const ageGroup =
    wish.ageGroup ?? Object.keys(labels.ageGroup).find((code) => fits(age, agesOf(code, labels.ageGroup[code])));
  const ages = new Set(offers.map(({ price }) => price.ageGroup));
  const facilityOf = wish.facilityId === undefined ? null : (places.get(wish.facilityId)?.name ?? null);
  // A course that is for others altogether: no price would help.
  if (wished.length > 0 && age !== null && (ageGroup === undefined || !ages.has(ageGroup))) {
    const meant = [...new Set(offers.map(({ price }) => labels.ageGroup[price.ageGroup] ?? price.ageGroup))];
    return [`Age ${age}: ${course} is for ${meant.join(', ')}.`, { kind: 'other-course' }];
  }
  const [example] = offers;
  const key = {
    ...{ courseId, facilityId: wish.facilityId ?? null, ageGroup: ageGroup ?? '' },
    locationType: wish.locationType ?? example?.price.locationType ?? Object.keys(labels.locationType)[0] ?? '',
    sessionType: wish.sessionType ?? example?.price.sessionType ?? Object.keys(labels.sessionType)[0] ?? '',
  };
  const what = [
    ageGroup === undefined ? undefined : (labels.ageGroup[ageGroup] ?? ageGroup),
    wish.sessionType && (labels.sessionType[wish.sessionType] ?? wish.sessionType),
    wish.locationType && (labels.locationType[wish.locationType] ?? wish.locationType),
  ].filter(Boolean);
  const where = facilityOf === null ? '' : ` at ${facilityOf}`;
  const forWhom = what.length > 0 ? ` for ${what.join(', ')}` : '';
  return [`${course} has no price${where}${forWhom} on ${dateText(date, 'en')}.`, { kind: 'add-price', key }];
}

function whyClosed(offers: readonly Offer[]): Refused {
  const closed = [...new Map(offers.map(({ place }) => [place.name, place.status])).entries()];
  const said = closed.map(
    ([name, status]) => `${name} is ${status === 'maintenance' ? 'in maintenance' : 'not active'}`,
  );
  return [`${said.join(', ')} and takes nobody new.`, { kind: 'other-facility' }];
}

/** Are they in this course there already, or would they stay where they are? */
function isThere({ studentId, courseId, from }: Seeker, price: PriceRow, enrolled: Standing['enrolled']): boolean {
  if (enrolled.has(onceKey(studentId, courseId, price.facilityId))) return true;
  return from !== undefined && !from.isWaiting && seatKey(from) === seatKey(price);
}

function whyThere(
  { courses, places, waiting }: PlanGround,
  { studentId, courseId, from }: Seeker,
  open: readonly Offer[],
  enrolled: Standing['enrolled'],
): Refused {
  const held = open.map(({ price }) => [
    price.facilityId,
    enrolled.get(onceKey(studentId, courseId, price.facilityId)),
  ]);
  const [facilityId, enrollmentId] = held.find(([, id]) => id !== undefined) ?? [];
  const facility = places.get(facilityId ?? from?.facilityId ?? '')?.name ?? 'this facility';
  if (enrollmentId === undefined) return [`There is no other place than ${facility}.`, { kind: 'other-facility' }];
  const course = courses.get(courseId)?.name ?? 'this course';
  if ([...waiting.values()].some((list) => list.includes(enrollmentId)))
    return [`Waits for ${course} at ${facility} already.`, { kind: 'seat', enrollmentId, facility }];
  const reason = `Takes ${course} at ${facility} already.`;
  // Placed there by this very plan, there is nothing to transfer yet.
  return enrollmentId === '' || from
    ? [reason, { kind: 'other-facility' }]
    : [reason, { kind: 'transfer', enrollmentId, facility }];
}

function whyFull(
  { labels, usesWaitlist }: PlanGround,
  seeker: Seeker,
  free: readonly Offer[],
  standing: Standing,
): Refused {
  const said = free.slice(0, 3).map((offer) => {
    const ahead = aheadOf(offer, seeker, standing);
    const { ageGroup, sessionType } = offer.price;
    const what = `${labels.ageGroup[ageGroup] ?? ageGroup}, ${labels.sessionType[sessionType] ?? sessionType}`;
    return `${offer.place.name}, ${what}: ${takenOf(offer, standing)} of ${offer.place.capacity ?? 0}${ahead > 0 ? `, ${ahead} waiting before` : ''}`;
  });
  const more = free.length > said.length ? `, and ${free.length - said.length} more` : '';
  const reason = `No free seat (${said.join('; ')}${more}).`;
  const [best] = free;
  if (!best || !usesWaitlist || seeker.from) return [reason, { kind: 'give-reason', facility: best?.place.name ?? '' }];
  const ahead = aheadOf(best, seeker, standing);
  return [reason, { kind: 'waitlist', place: configurationOf(best.price), facility: best.place.name, ahead }];
}

/** As it was before, then where the student is already, then the cheapest, then the emptiest. */
function ranked(offers: readonly Offer[], seeker: Seeker, standing: Standing): Offer[] {
  const scores = new Map(offers.map((offer) => [offer, scoreOf(offer, seeker, standing)]));
  return [...offers].sort((a, b) => {
    const [x, y] = [scores.get(a)!, scores.get(b)!];
    const at = x.findIndex((part, i) => part !== y[i]);
    if (at < 0) return a.place.name.localeCompare(b.place.name) || (a.seats < b.seats ? -1 : 1);
    return x[at]! - y[at]!;
  });
}

function scoreOf(offer: Offer, { from }: Seeker, standing: Standing): number[] {
  const { price, place } = offer;
  const taken = takenOf(offer, standing);
  return [
    place.capacity === null ? 0 : Math.max(0, taken + 1 - place.capacity),
    from && price.sessionType !== from.sessionType ? 1 : 0,
    from && price.locationType !== from.locationType ? 1 : 0,
    price.price,
    place.capacity === null ? Number.NEGATIVE_INFINITY : taken - place.capacity,
  ];
}

function proposalOf(
  { courses, labels }: PlanGround,
  { studentId, name, courseId, from, wish }: Seeker,
  offer: Offer,
  { age, standing, isOver }: { age: number | null; standing: Standing; isOver: boolean },
): Proposal {
  const { price, place, range } = offer;
  const left = place.capacity === null ? null : Math.max(0, place.capacity - takenOf(offer, standing) - 1);
  const label = labels.ageGroup[price.ageGroup] ?? price.ageGroup;
  const forAge =
    age === null ? `${label}, as chosen` : wish.ageGroup === undefined && range ? `age ${age}` : `${label}, age ${age}`;
  const isFullThere = isFull(place.capacity, takenOf(offer, standing));
  const over = isFullThere ? 'over capacity' : 'ahead of the waitlist';
  const seats = isOver ? over : left === null ? 'no limit' : left === 0 ? 'last seat' : `${left} left`;
  return {
    ...{ studentId, name, age, courseId, course: courses.get(courseId)?.name ?? '' },
    ...configurationOf(price),
    ...{ facility: place.name, price: price.price, currency: price.currency, left, isOver },
    ...{ why: `${forAge}, ${seats}`, enrollmentId: from?.enrollmentId ?? null },
  };
}
