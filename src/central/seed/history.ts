/** A few months of past for the generated rows: how they came to be what they are. It changes no row, only says what stood there before. */
import { millisOf } from './calendar';
import type { SeedRow } from './rows';
import type { Random } from './random';
import { momentOn, type Block } from './world';

/** A moment between a row's making and now. */
function since(block: Block, createdAt: number, random: Random): number {
  const span = Math.max(0, millisOf(block.world.today) - createdAt - 3_600_000);
  return createdAt + 3_600_000 + Math.floor(span * random.next());
}

/** A price that was replaced held until further notice, until its successor was entered. */
export function rememberPrices(prices: SeedRow<'facility_course_pricing'>[]): void {
  prices.forEach((price, at) => {
    const next = prices[at + 1];
    const isReplaced =
      next?.isActive === true &&
      next.facilityId === price.facilityId &&
      next.courseId === price.courseId &&
      next.ageGroup === price.ageGroup &&
      next.locationType === price.locationType &&
      next.sessionType === price.sessionType;
    if (isReplaced) price.earlier = [{ at: next.createdAt - 60_000, by: next.createdBy, from: { endDate: null } }];
    else if (!price.isActive) {
      price.earlier = [{ at: price.createdAt + 5_400_000, by: price.createdBy, from: { isActive: true } }];
    }
  });
}

/** @param completedFrom the progress noted before the last lessons of a completed one */
export function rememberEnrollment(
  block: Block,
  row: SeedRow<'course_enrollments'>,
  tutor: string | null,
  completedFrom: number,
  random: Random,
): void {
  const edits: NonNullable<typeof row.earlier> = [];
  const end = row.completionDate ? momentOn(row.completionDate, random) : null;
  const by = tutor ?? row.createdBy;
  // An end on the day of the beginning leaves no room for more.
  const last = Math.max(end ?? since(block, row.createdAt, random), row.createdAt + 7_200_000);
  const reached = row.status === 'completed' ? completedFrom : row.progressPercentage;
  if (reached > 20) edits.push({ at: Math.round((row.createdAt + last) / 2), by, from: { progressPercentage: 0 } });
  if (reached > 20 && row.status === 'completed') {
    edits.push({
      at: last,
      by,
      from: { progressPercentage: reached, status: 'active', completionDate: null, creditsAwarded: null },
    });
  } else if (row.status !== 'active') {
    const open = row.status === 'completed' ? { progressPercentage: 0, creditsAwarded: null } : {};
    edits.push({ at: last, by: row.createdBy, from: { status: 'active', completionDate: null, ...open } });
  }
  if (edits.length > 0) row.earlier = edits;
}

export function rememberStudent(block: Block, row: SeedRow<'students'>, random: Random): void {
  const edits: NonNullable<typeof row.earlier> = [];
  if (row.phone !== null && random.chance(0.06)) {
    const phone = row.phone.slice(0, -2) + String(random.int(10, 99));
    if (phone !== row.phone) edits.push({ at: row.createdAt + 7_200_000, by: row.createdBy, from: { phone } });
  }
  if (row.status !== 'active')
    edits.push({ at: since(block, row.createdAt + 7_200_000, random), by: row.createdBy, from: { status: 'active' } });
  if (edits.length > 0) row.earlier = edits;
}

const DAY = 86_400_000;

/** Drafted, then published; a version is archived in the moment the next one of its line is published. */
export function rememberCurricula(block: Block, rows: SeedRow<'curricula'>[]): void {
  const publishedAt = new Map<string, number>();
  for (const row of rows) {
    if (row.state === 'draft') continue;
    const at = row.createdAt + block.random('past', row.id).int(2, 20) * DAY;
    publishedAt.set(row.id, at);
    row.earlier = [{ at, by: row.createdBy, from: { state: 'draft' } }];
  }
  for (const row of rows.filter(({ state }) => state === 'archived')) {
    const next = rows.find(({ lineId, state }) => lineId === row.id && state === 'published');
    const at = next && publishedAt.get(next.id);
    if (at !== undefined) row.earlier?.push({ at, by: row.createdBy, from: { state: 'published' } });
  }
}

/** What a lesson said at first. Lessons of a version that was published have been as they are since before that. */
export function rememberLesson(
  block: Block,
  row: SeedRow<'lessons'>,
  state: SeedRow<'curricula'>['state'],
  random: Random,
): void {
  if (!random.chance(0.08)) return;
  const at = state === 'draft' ? since(block, row.createdAt, random) : row.createdAt + random.int(1, 40) * 3_600_000;
  const minutes = (row.durationMinutes ?? 30) + 15;
  row.earlier = [
    random.chance(0.5)
      ? { at, by: row.createdBy, from: { durationMinutes: minutes } }
      : { at, by: row.createdBy, from: { name: `${row.name} (new)`, videoUrl: null } },
  ];
}

export function rememberCourse(block: Block, row: SeedRow<'courses'>, random: Random): void {
  if (row.listPrice === null || !random.chance(0.3)) return;
  row.earlier = [
    {
      at: since(block, row.createdAt, random),
      by: row.createdBy,
      from: { listPrice: Math.round(row.listPrice * 0.9) },
    },
  ];
}

/** Taken out of service five weeks ago. */
export function rememberFacility(block: Block, row: SeedRow<'facilities'>): void {
  if (row.status === 'active') return;
  const at = millisOf(block.world.today) - 35 * 86_400_000 + 9 * 3_600_000;
  row.earlier = [{ at, by: row.createdBy, from: { status: 'active' } }];
}
