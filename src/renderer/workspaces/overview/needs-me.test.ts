import { expect, it } from 'vitest';
import type { Overview } from '../../../shared/contract/answers';
import type { SyncState } from '../../../shared/contract/requests';
import { needsMe } from './needs-me';

const nothing: Overview = { programs: [], occupancy: [], unpricedCombinations: 0, studentsWithoutGuardian: 0 };
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
  const place = { facilityId: 'f', facility: 'Rowe Park Pool', programId: 'p', capacity: 40 };
  expect(needsMe({ ...nothing, occupancy: [{ ...place, taken: 40 }] }, quiet, admin)).toEqual([]);
  const [need] = needsMe({ ...nothing, occupancy: [{ ...place, taken: 41 }] }, quiet, admin);
  expect(need).toMatchObject({ title: '1 facility over capacity', detail: 'Rowe Park Pool: 41 of 40' });
});

it('gaps that only others can fill are not asked of a tutor', () => {
  const gaps = { ...nothing, unpricedCombinations: 8, studentsWithoutGuardian: 14 };
  expect(needsMe(gaps, quiet, admin).map(({ kind }) => kind)).toEqual(['price', 'guardian']);
  expect(needsMe(gaps, quiet, { ...admin, role: 'tutor' })).toEqual([]);
});
