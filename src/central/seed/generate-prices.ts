/**
 * The pricing matrix.
 *
 * A course is taught at some facilities; its combinations are ALL of those facilities x its age groups x its location types x its session
 * types. `shareWithoutPrice` of them have no price in force today, so that warnings have content: never priced, expired, or not yet begun.
 *
 * Invariant: active rows of one combination never overlap; a price that replaces another closes it the day before.
 */
import { addDays } from './calendar';
import { priceScale, type AgeGroup, type LocationType, type SessionType } from './plans';
import type { SeedRow } from './rows';
import { adminId, momentOn, type Block } from './world';
import { groupPrice, type OfferedCourse, type OfferedFacility, type Teaching } from './generate-teaching';
import type { Random } from './random';

export const shareWithoutPrice = 0.065;

const sessionFactor: Record<SessionType, number> = { group: 1, 'semi-private': 1.8, private: 2.6, intensive: 1.5 };
const locationFactor: Record<LocationType, number> = { 'our-facility': 1, 'client-location': 1.3, virtual: 0.7 };
const ageFactor: Record<AgeGroup, number> = { '3-5': 1.1, '6-8': 1, '9-12': 1, '13-17': 1.05, adults: 1.2 };

export interface Combination {
  course: OfferedCourse;
  facility: OfferedFacility;
  ageGroup: AgeGroup;
  locationType: LocationType;
  sessionType: SessionType;
}

type Price = SeedRow<'facility_course_pricing'>;
/** How a combination is priced over time; `from` and `until` in days from today. */
type History = { factor: number; from: number; until: number | null; isActive?: boolean }[];

export function combinationsOf(block: Block, { courses, facilities }: Teaching): Combination[] {
  return courses.flatMap((course) => {
    const random = block.random('sites', course.plan.name);
    const sites = random.shuffle(facilities).slice(0, random.int(Math.min(2, facilities.length), facilities.length));
    return facilities
      .filter((facility) => sites.includes(facility))
      .flatMap((facility) =>
        course.plan.ages.flatMap((ageGroup) =>
          course.plan.locations.flatMap((locationType) =>
            course.plan.sessions.map((sessionType) => ({ course, facility, ageGroup, locationType, sessionType })),
          ),
        ),
      );
  });
}

export function generatePrices(block: Block, teaching: Teaching): Price[] {
  const random = block.random('prices');
  const combinations = combinationsOf(block, teaching);
  const facilityFactor = new Map(teaching.facilities.map((facility) => [facility, 0.9 + random.int(0, 7) * 0.05]));
  const missing = new Set(
    random.shuffle(combinations.map((_, at) => at)).slice(0, Math.round(combinations.length * shareWithoutPrice)),
  );
  return combinations.flatMap((combination, at) => {
    const history = missing.has(at) ? withoutPrice(random) : withPrice(random);
    const factor =
      sessionFactor[combination.sessionType] *
      locationFactor[combination.locationType] *
      ageFactor[combination.ageGroup] *
      (facilityFactor.get(combination.facility) ?? 1);
    return history.map((period, order) => priceRow(block, combination, period, order, factor, random));
  });
}

function withoutPrice(random: Random): History {
  if (random.chance(0.6)) return [];
  if (random.chance(0.5)) return [{ factor: 1, from: -random.int(250, 420), until: -random.int(10, 60) }];
  return [{ factor: 1, from: random.int(14, 75), until: null }];
}

function withPrice(random: Random): History {
  const from = -random.int(240, 420);
  const kind = random.next();
  if (kind < 0.15) {
    const change = -random.int(20, 150);
    return [
      { factor: 1, from, until: change - 1 },
      { factor: random.pick([1.05, 1.1, 1.15]), from: change, until: null },
    ];
  }
  if (kind < 0.21) {
    const change = random.int(14, 90);
    return [
      { factor: 1, from, until: change - 1 },
      { factor: random.pick([1.1, 1.125, 1.2]), from: change, until: null },
    ];
  }
  const standing = { factor: 1, from, until: kind < 0.26 ? random.int(60, 200) : null };
  // Entered by mistake and switched off; it may overlap, for it is not active.
  return kind > 0.97 ? [standing, { factor: 0.5, from: from + 30, until: null, isActive: false }] : [standing];
}

function priceRow(
  block: Block,
  combination: Combination,
  period: History[number],
  order: number,
  factor: number,
  random: Random,
): Price {
  const { world, plan } = block;
  const { course, facility, ageGroup, locationType, sessionType } = combination;
  const { step } = priceScale[plan.currency];
  const effectiveDate = addDays(world.today, period.from);
  const entered =
    period.from > 0 ? addDays(world.today, -random.int(2, 20)) : addDays(effectiveDate, -random.int(3, 21));
  return {
    id: block.id('prices', facility.row.id, course.row.id, ageGroup, locationType, sessionType, order),
    programId: block.programId,
    facilityId: facility.row.id,
    courseId: course.row.id,
    ageGroup,
    locationType,
    sessionType,
    price: Math.max(step, Math.round((groupPrice(plan, course.plan) * factor * period.factor) / step) * step),
    currency: plan.currency,
    effectiveDate,
    endDate: period.until === null ? null : addDays(world.today, period.until),
    isActive: period.isActive ?? true,
    createdAt: momentOn(entered, random),
    createdBy: adminId(world, plan.code),
  };
}
