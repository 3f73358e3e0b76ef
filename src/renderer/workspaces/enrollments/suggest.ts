import type { EnrollmentChoice } from '../../../shared/contract/requests';

/** Which configurations fit a student best, and in which order all of them are shown. */

export interface AgeRange {
  from: number;
  /** The last year of age; Infinity where there is none. */
  to: number;
}

/** Ages named by the code or the label of an age group: `6-8`, `6–8 years`, `18+`, `Adults`. Null where it names none. */
export function agesOf(code: string, label = ''): AgeRange | null {
  for (const text of [code, label]) {
    const range = /(\d{1,3})\s*(?:-|–|—|to|_)\s*(\d{1,3})/.exec(text);
    if (range) return { from: Number(range[1]), to: Number(range[2]) };
    const open = /(\d{1,3})\s*(?:\+|and (?:over|older|up))/.exec(text);
    if (open) return { from: Number(open[1]), to: Infinity };
    const under = /under\s*(\d{1,3})/i.exec(text);
    if (under) return { from: 0, to: Number(under[1]) - 1 };
  }
  return /adult/i.test(`${code} ${label}`) ? { from: 18, to: Infinity } : null;
}

/** Does the age group fit? Null where that cannot be told. */
export function fits(age: number | null, range: AgeRange | null): boolean | null {
  if (age === null || range === null) return null;
  return range.from <= age && age <= range.to;
}

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
