/**
 * Rules 1 and 2: of active prices for one combination, at most one is in force on any day, and an enrollment needs one.
 */

/** What a price is for. */
export interface PriceKey {
  facilityId: string;
  courseId: string;
  ageGroup: string;
  locationType: string;
  sessionType: string;
}

export interface PriceRow extends PriceKey {
  id: string;
  price: number;
  currency: string;
  effectiveDate: string;
  /** The last day; null until further notice. */
  endDate: string | null;
  isActive: boolean;
}

const sameKey = (a: PriceKey, b: PriceKey): boolean =>
  a.facilityId === b.facilityId &&
  a.courseId === b.courseId &&
  a.ageGroup === b.ageGroup &&
  a.locationType === b.locationType &&
  a.sessionType === b.sessionType;

/** Does the price hold on this day (`YYYY-MM-DD`)? */
export const inForceOn = (price: PriceRow, day: string): boolean =>
  price.isActive && price.effectiveDate <= day && (price.endDate === null || day <= price.endDate);

/** The price of a combination on a day, or null where there is none. */
export const priceInForce = (prices: readonly PriceRow[], key: PriceKey, day: string): PriceRow | null =>
  prices.find((price) => sameKey(price, key) && inForceOn(price, day)) ?? null;

/** The earliest price of a combination that begins after a day. */
export const nextPrice = (prices: readonly PriceRow[], key: PriceKey, day: string): PriceRow | null =>
  prices
    .filter((price) => price.isActive && sameKey(price, key) && price.effectiveDate > day)
    .sort((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1))[0] ?? null;

/** Active prices for the same combination whose days overlap this one's. */
export const overlapping = (prices: readonly PriceRow[], wanted: PriceRow): PriceRow[] =>
  !wanted.isActive
    ? []
    : prices.filter(
        (other) =>
          other.id !== wanted.id &&
          other.isActive &&
          sameKey(other, wanted) &&
          (wanted.endDate === null || other.effectiveDate <= wanted.endDate) &&
          (other.endDate === null || wanted.effectiveDate <= other.endDate),
      );

const daysFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * The price a new one closes: of the same combination, begun before it and lasting no longer. Where the new one would leave days without a
 * price that have one now, nothing is closed and somebody has to say which days are meant.
 */
export const closedBy = (prices: readonly PriceRow[], wanted: PriceRow): PriceRow | null =>
  overlapping(prices, wanted).find(
    (other) =>
      other.effectiveDate < wanted.effectiveDate &&
      (wanted.endDate === null || (other.endDate !== null && other.endDate <= wanted.endDate)),
  ) ?? null;

/** The day before, `YYYY-MM-DD`: where a price ends that the next one closes. */
export const dayBefore = (day: string): string => daysFrom(day, -1);
export const dayAfter = (day: string): string => daysFrom(day, 1);

/** Whole years on a day; null where either is missing. */
export function ageOn(dateOfBirth: string | null, day: string): number | null {
  if (!dateOfBirth) return null;
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
