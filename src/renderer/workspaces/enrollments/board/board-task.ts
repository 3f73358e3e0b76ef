import { useMemo } from 'react';
import type { Plan, Proposal } from '../../../../shared/rules/assignment';
import { isReason } from '../../../../shared/rules/capacity';
import { useQuestion } from '../../../client/hooks';

/** What is being planned beside the board: new enrollments, transfers, or seats for those who wait. */
export interface BoardTask {
  kind: 'enroll' | 'transfer' | 'seat';
  /** Students, or enrollments. */
  ids: string[];
  courseId: string | null;
  date: string;
  facilityId: string | null;
  sessionType: string | null;
  overrideReason: string;
  byParent: boolean;
  /** Those a person left out. */
  without: ReadonlySet<string>;
  /** Where a person put somebody, by student or enrollment. */
  chosen: Readonly<Record<string, string>>;
}

export const freshTask = (kind: BoardTask['kind'], date: string, more: Partial<BoardTask> = {}): BoardTask => ({
  ...{ kind, ids: [], courseId: null, date, facilityId: null, sessionType: null, overrideReason: '', byParent: false },
  ...{ without: new Set<string>(), chosen: {}, ...more },
});

/** By what a proposal is known in its task. */
export const idOf = ({ kind }: BoardTask, one: { studentId: string; enrollmentId: string | null }): string =>
  kind === 'enroll' ? one.studentId : (one.enrollmentId ?? '');

/** The task as the desk is asked. */
export function askedOf(task: BoardTask) {
  const { date, facilityId, sessionType, overrideReason, chosen } = task;
  return {
    date,
    wish: { ...(facilityId ? { facilityId } : {}), ...(sessionType ? { sessionType } : {}) },
    chosen: Object.entries(chosen).map(([id, place]) => ({ id, facilityId: place })),
    ...(isReason(overrideReason) ? { overrideReason: overrideReason.trim() } : {}),
  };
}

export const agreedOf = (task: BoardTask, proposals: readonly Proposal[]) =>
  proposals.map((one) => {
    const { facilityId, ageGroup, locationType, sessionType, price } = one;
    return { id: idOf(task, one), facilityId, ageGroup, locationType, sessionType, price };
  });

/** The plan of a task, of those who are in it. */
export function usePlan(task: BoardTask | null) {
  const ids = task?.ids.filter((id) => !task.without.has(id)) ?? [];
  const base = task ? askedOf(task) : { date: '2000-01-01' };
  const isReady = ids.length > 0 && task !== null && task.date !== '';
  const people = useQuestion(
    'assignment.plan',
    { courseId: task?.courseId ?? '', students: ids, ...base },
    { enabled: isReady && task.kind === 'enroll' && task.courseId !== null, keep: true },
  );
  const movers = useQuestion(
    'assignment.plan-transfer',
    { enrollments: ids, ...base },
    { enabled: isReady && task.kind !== 'enroll', keep: true },
  );
  const asked = task?.kind === 'enroll' ? people : movers;
  const isAsked = isReady && (task.kind !== 'enroll' || task.courseId !== null);
  const plan: Plan | null = (isAsked && asked.data) || null;
  const proposals = useMemo(() => plan?.proposals ?? [], [plan]);
  return { plan, proposals, error: isAsked ? asked.error : null, isPending: isAsked && !asked.data };
}
