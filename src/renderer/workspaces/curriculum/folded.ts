import { useCallback, useState } from 'react';

/** Which nodes are folded, kept by this browser from one visit to the next. A place without storage just forgets. */

const keyOf = (courseId: string) => `provost.folded.${courseId}`;

function read(courseId: string): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(courseId)) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : []);
  } catch {
    return new Set();
  }
}

function keep(courseId: string, folded: ReadonlySet<string>): void {
  try {
    if (folded.size === 0) localStorage.removeItem(keyOf(courseId));
    else localStorage.setItem(keyOf(courseId), JSON.stringify([...folded]));
  } catch {
    // A full or closed storage costs the memory of the fold, nothing else.
  }
}

export interface Folding {
  folded: ReadonlySet<string>;
  /** Folds or unfolds; several at once. */
  fold: (ids: readonly string[], isFolded: boolean) => void;
}

export function useFolding(courseId: string): Folding {
  const [folded, setFolded] = useState(() => read(courseId));
  const fold = useCallback(
    (ids: readonly string[], isFolded: boolean) =>
      setFolded((now) => {
        const next = new Set(now);
        for (const id of ids) {
          if (isFolded) next.add(id);
          else next.delete(id);
        }
        keep(courseId, next);
        return next;
      }),
    [courseId],
  );
  return { folded, fold };
}

const lastCourse = 'provost.course';

/** The course somebody worked in last; each person has their own. */
export function keepLastCourse(userId: string, courseId: string | null): void {
  try {
    if (courseId === null) localStorage.removeItem(`${lastCourse}.${userId}`);
    else localStorage.setItem(`${lastCourse}.${userId}`, courseId);
  } catch {
    // As above.
  }
}

export function keptLastCourse(userId: string): string | null {
  try {
    return localStorage.getItem(`${lastCourse}.${userId}`);
  } catch {
    return null;
  }
}
