import type { EnrollmentChoice } from '../../../shared/contract/requests';
import { fits, type AgeRange } from '../../../shared/rules/ages';

/** Which configurations fit a student best, and in which order all of them are shown. */

export interface Offer extends EnrollmentChoice {
  key: string;
  /** For the student's age on the day; null where that cannot be told. */
  fits: boolean | null;
  seatsLeft: number | null;
}

export interface FacilityOffers {
  facilityId: string;
  facility: string;
  offers: Offer[];
}

export const keyOf = (
  choice: Pick<EnrollmentChoice, 'facilityId' | 'ageGroup' | 'locationType' | 'sessionType'>,
): string => [choice.facilityId, choice.ageGroup, choice.locationType, choice.sessionType].join('|');

/** 0: open and for this age; 1: open, age unknown; 2: open, for another age; 3: full, so it needs a reason; 4: cannot be chosen. */
const rank = ({ blocked, fits, seatsLeft }: Offer): number =>
  blocked !== null ? 4 : seatsLeft === 0 ? 3 : fits === true ? 0 : fits === null ? 1 : 2;

/**
 * By facility, the ones with something to suggest first; inside each the suggestions first, then by price.
 * @param agesByGroup ages by the code of the age group
 */
export function offersByFacility(
  choices: readonly EnrollmentChoice[],
  age: number | null,
  agesByGroup: (code: string) => AgeRange | null,
): FacilityOffers[] {
  const byFacility = new Map<string, FacilityOffers>();
  for (const choice of choices) {
    const { facilityId, facility, capacity, taken } = choice;
    const group = byFacility.get(facilityId) ?? { facilityId, facility, offers: [] };
    byFacility.set(facilityId, group);
    group.offers.push({
      ...choice,
      key: keyOf(choice),
      fits: fits(age, agesByGroup(choice.ageGroup)),
      seatsLeft: capacity === null ? null : Math.max(0, capacity - taken),
    });
  }
  const groups = [...byFacility.values()];
  for (const { offers } of groups) offers.sort((a, b) => rank(a) - rank(b) || a.price - b.price);
  const best = ({ offers }: FacilityOffers) => (offers[0] ? rank(offers[0]) : 5);
  return groups.sort((a, b) => best(a) - best(b) || a.facility.localeCompare(b.facility));
}

/** What is chosen before anybody chooses: the one open offer for the age, if there is no other. */
export function onlySuggestion(groups: readonly FacilityOffers[]): Offer | null {
  const open = groups.flatMap(({ offers }) => offers.filter((offer) => rank(offer) === 0));
  return open.length === 1 ? (open[0] ?? null) : null;
}

/** `3 of 12 seats taken, 9 left`. */
export function seatsText({ taken, capacity }: Pick<EnrollmentChoice, 'taken' | 'capacity'>): string {
  if (capacity === null) return `${taken.toLocaleString()} taken, no limit`;
  const left = Math.max(0, capacity - taken);
  return `${taken.toLocaleString()} of ${capacity.toLocaleString()} taken, ${left === 0 ? 'none' : left.toLocaleString()} left`;
}
