/**
 * Rule 4: active and paused enrollments of one configuration hold seats of a facility, over all its courses. Going over needs a reason.
 */

/** Statuses in which an enrollment holds a seat: whoever pauses keeps theirs. */
export const seatedStatuses = ['active', 'paused'] as const;
export const isSeated = (status: unknown): boolean => (seatedStatuses as readonly unknown[]).includes(status);

/** Whoever waits holds no seat, but is in the course at the facility, and so not a second time. */
export const isWaiting = (status: unknown): boolean => status === 'waitlisted';
export const isPlaced = (status: unknown): boolean => isSeated(status) || isWaiting(status);

/** Is there no seat left? A facility without a capacity is never full. */
export const isFull = (capacity: number | null, taken: number): boolean => capacity !== null && taken >= capacity;

/** The shortest reason worth keeping. */
export const leastReason = 3;
export const isReason = (text: unknown): boolean => typeof text === 'string' && text.trim().length >= leastReason;

export const fullText = (place: {
  facility: string;
  configuration: readonly string[];
  taken: number | string;
  capacity: number | string;
}): string => {
  const where = place.configuration.length > 0 ? ` for ${place.configuration.join(', ')}` : '';
  const seats = place.capacity === '' ? 'every seat is' : `${place.taken} of ${place.capacity} seats are`;
  return `${place.facility} is full${where}: ${seats} taken.`;
};
