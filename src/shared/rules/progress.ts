/**
 * Rule 8: lessons done make an enrollment's progress; 100 % completes it. The central database does the same in `central/sql/rules/learning`
 * and `enrollments`; a test holds the two together.
 */
import { isSeated } from './capacity';

export interface CountedCurriculum {
  id: string;
  state: string;
  sequenceOrder: number;
}

/** The curricula of a course whose lessons count: what is published; where nothing is, the first draft. */
export function countedOf(curricula: readonly CountedCurriculum[]): string[] {
  const published = curricula.filter(({ state }) => state === 'published');
  if (published.length > 0) return published.map(({ id }) => id);
  const [first] = curricula
    .filter(({ state }) => state === 'draft')
    .sort((a, b) => a.sequenceOrder - b.sequenceOrder || (a.id < b.id ? -1 : 1));
  return first ? [first.id] : [];
}

/** The whole per cent of the lessons wanted that are done, each told by its lineage; null where there are none. */
export const percentOf = (wanted: ReadonlySet<string>, done: ReadonlySet<string>): number | null =>
  wanted.size === 0 ? null : Math.floor((100 * [...wanted].filter((line) => done.has(line)).length) / wanted.size);

export interface Standing {
  status: string;
  progressPercentage: number;
  enrollmentDate: string;
  completionDate: string | null;
}

/** What lessons make of an enrollment: 100 % completes it, and what only its lessons had completed is open again below. */
export function reached<T extends Standing>(was: T, percent: number | null): T {
  if (percent === null || was.status === 'withdrawn' || percent === was.progressPercentage) return was;
  const isReopened = was.status === 'completed' && was.progressPercentage === 100;
  return { ...was, progressPercentage: percent, status: isReopened ? 'active' : was.status };
}

/** What is full is complete, and what has ended has a day on which it did. @param was null for a new one @param today in the program's zone */
export function settled<T extends Standing>(was: Standing | null, now: T, today: string): T {
  const isFull = isSeated(now.status) && now.progressPercentage === 100 && (was?.progressPercentage ?? 0) < 100;
  const after = isFull ? { ...now, status: 'completed' } : now;
  if (was?.status === after.status) return after;
  if (hasEnded(after.status)) {
    const day = today < after.enrollmentDate ? after.enrollmentDate : today;
    return { ...after, completionDate: after.completionDate ?? day };
  }
  const isReopened = hasEnded(was?.status) && after.completionDate === was?.completionDate;
  return isReopened ? { ...after, completionDate: null } : after;
}

const hasEnded = (status: unknown): boolean => status === 'completed' || status === 'withdrawn';
