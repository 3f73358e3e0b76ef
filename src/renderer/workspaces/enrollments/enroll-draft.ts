import { useCallback, useState } from 'react';
import { today } from '../../ui/moment';

/** What is being put together in the enrollment dialog. It stays until somebody is enrolled, also when the dialog is closed. */
export interface EnrollDraft {
  studentId: string | null;
  courseId: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
  facilityId: string | null;
  ageGroup: string | null;
  locationType: string | null;
  sessionType: string | null;
  notes: string;
  /** Why it may go over the facility’s capacity. */
  overrideReason: string;
  /** Putting the configuration together by hand, for one that is not in the list. */
  isByHand: boolean;
}

const nothingChosen = { facilityId: null, ageGroup: null, locationType: null, sessionType: null };

export const freshDraft = (studentId: string | null = null, courseId: string | null = null): EnrollDraft => ({
  studentId,
  courseId,
  date: today(),
  ...nothingChosen,
  notes: '',
  overrideReason: '',
  isByHand: false,
});

/** What a change of one part leaves of the others: a configuration belongs to its course. */
export function changed(draft: EnrollDraft, changes: Partial<EnrollDraft>): EnrollDraft {
  const isOtherCourse = 'courseId' in changes && changes.courseId !== draft.courseId;
  return { ...draft, ...(isOtherCourse ? nothingChosen : {}), ...changes };
}

export interface Combined {
  courseId: string;
  facilityId: string;
  ageGroup: string;
  locationType: string;
  sessionType: string;
  date: string;
}

/** The whole of what a price is asked for; null while a part is missing. */
export function combined({
  courseId,
  facilityId,
  ageGroup,
  locationType,
  sessionType,
  date,
}: EnrollDraft): Combined | null {
  if (!courseId || !facilityId || !ageGroup || !locationType || !sessionType || !date) return null;
  return { courseId, facilityId, ageGroup, locationType, sessionType, date };
}

/** What is still missing, as the next thing to do; null where nothing is. */
export function nextStep(draft: EnrollDraft): string | null {
  if (!draft.studentId) return 'Choose a student.';
  if (!draft.courseId) return 'Choose a course.';
  if (!draft.date) return 'Choose a date.';
  return combined(draft) ? null : 'Choose a facility and configuration.';
}

export function useEnrollDraft(studentId?: string, courseId?: string) {
  const [draft, setDraft] = useState(() => freshDraft(studentId, courseId));
  const change = useCallback((changes: Partial<EnrollDraft>) => setDraft((now) => changed(now, changes)), []);
  const reset = useCallback(() => setDraft(freshDraft(studentId, courseId)), [studentId, courseId]);
  return { draft, change, reset };
}
