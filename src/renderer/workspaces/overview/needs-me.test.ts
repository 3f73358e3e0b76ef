import { expect, it } from 'vitest';
import type { Overview, SyncState } from '../../../shared/contract/requests';
import { needsMe } from './needs-me';

const nothing: Overview = { programs: [], occupancy: [], unpricedCombinations: 0, studentsWithoutGuardian: 0 };
const quiet = { waiting: 0, conflicts: 0, refused: 0, oldestWaitingAt: null } as SyncState;

it('nothing needs me where nothing does', () => {
  expect(needsMe(nothing, quiet)).toEqual([]);
  expect(needsMe(nothing, undefined)).toEqual([]);
});

it('what was refused comes before what only waits', () => {
  const kinds = needsMe(nothing, { ...quiet, waiting: 12, refused: 1, conflicts: 2 }).map(({ kind }) => kind);
  expect(kinds).toEqual(['refused', 'conflict', 'waiting']);
});

it('a full place is not over capacity, one more is', () => {
  const place = { facilityId: 'f', facility: 'Rowe Park Pool', programId: 'p', capacity: 40 };
  expect(needsMe({ ...nothing, occupancy: [{ ...place, taken: 40 }] }, quiet)).toEqual([]);
  const [need] = needsMe({ ...nothing, occupancy: [{ ...place, taken: 41 }] }, quiet);
  expect(need).toMatchObject({ title: '1 facility over capacity', detail: 'Rowe Park Pool: 41 of 40' });
});
