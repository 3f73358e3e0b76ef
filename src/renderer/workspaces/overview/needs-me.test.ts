import { expect, it } from 'vitest';
import type { Overview } from '../../../shared/contract/answers';
import type { SyncState } from '../../../shared/contract/requests';
import { needsMe } from './needs-me';

const nothing: Overview = {
  ...{
    programs: [],
    occupancy: [],
    revenue: [],
    drafts: [],
    unpricedCombinations: 0,
    staff: 0,
    signedInToday: 0,
    at: 0,
  },
  ...{ studentsWithoutGuardian: 0, studentsWithoutContact: 0, studentsWithoutAnybody: 0 },
};
const admin = { userId: 'u', role: 'program_admin' as const, programs: ['p'] };
const quiet = { waiting: 0, conflicts: 0, refused: 0, oldestWaitingAt: null } as SyncState;

it('nothing needs me where nothing does', () => {
  expect(needsMe(nothing, quiet, admin)).toEqual([]);
  expect(needsMe(nothing, undefined, admin)).toEqual([]);
});

it('what was refused comes before what only waits', () => {
  const kinds = needsMe(nothing, { ...quiet, waiting: 12, refused: 1, conflicts: 2 }, admin).map(({ kind }) => kind);
  expect(kinds).toEqual(['refused', 'conflict', 'waiting']);
});

it('a full place is not over capacity, one more is', () => {
  const place = { facilityId: 'f', facility: 'Rowe Park Pool', programId: 'p', group: '6–8 · Group', capacity: 40 };
  expect(needsMe({ ...nothing, occupancy: [{ ...place, taken: 40 }] }, quiet, admin)).toEqual([]);
  const [need] = needsMe({ ...nothing, occupancy: [{ ...place, taken: 41 }] }, quiet, admin);
  expect(need).toMatchObject({ title: '1 facility over capacity', detail: 'Rowe Park Pool, 6–8 · Group: 41 of 40' });
});

it('gaps that only others can fill are not asked of a tutor', () => {
  const gaps = { ...nothing, unpricedCombinations: 8, studentsWithoutGuardian: 14 };
  expect(needsMe(gaps, quiet, admin).map(({ kind }) => kind)).toEqual(['price', 'guardian']);
  expect(needsMe(gaps, quiet, { ...admin, role: 'tutor' })).toEqual([]);
});

it('students nobody could be called for come before those who only lack a guardian', () => {
  const lacking = { ...nothing, studentsWithoutGuardian: 14, studentsWithoutContact: 5 };
  const [alone] = needsMe({ ...lacking, studentsWithoutAnybody: 3 }, quiet, admin);
  expect(alone).toMatchObject({
    ...{ title: '3 students without a guardian or emergency contact', path: '/e/students/~without-anybody' },
    detail: '14 without a guardian, 5 without an emergency contact.',
  });
  const [some] = needsMe(lacking, quiet, admin);
  expect(some).toMatchObject({ title: '14 students without a guardian', path: '/e/students/~without-guardian' });
});

it('a draft waits for those who may publish it', () => {
  const draft = { id: 'c', courseId: 'k', course: 'Electrical Installation 2', name: 'Main', version: 2, since: 0 };
  const waiting = { ...nothing, drafts: [draft], at: 6 * 86_400_000 };
  expect(needsMe(waiting, quiet, admin)).toMatchObject([
    { kind: 'draft', detail: 'Electrical Installation 2, draft v2, 6 days', path: '/curriculum/k' },
  ]);
  expect(needsMe(waiting, quiet, { ...admin, role: 'program_coordinator' })).toEqual([]);
});
