import { expect, it } from 'vitest';
import type { CohortLine, Progress } from '../../../shared/contract/answers';
import { cohortFigures, figureOf } from './cohort-figures';

const line = (over: Partial<CohortLine>): CohortLine => ({
  ...{ programId: 'p', courseId: 'c', course: 'Backstroke', cohort: '2026-09' },
  ...{ enrolled: 0, active: 0, paused: 0, completed: 0, withdrawn: 0, certificates: 0, progress: 0 },
  ...over,
});
const progress: Progress = {
  lines: [
    line({ enrolled: 4, active: 2, completed: 1, withdrawn: 1, progress: 190 }),
    line({ enrolled: 6, active: 3, completed: 3, progress: 410, cohort: '2026-10' }),
    line({ enrolled: 2, withdrawn: 2, courseId: 'd', course: 'Art', cohort: '2026-10' }),
  ],
  programs: [{ id: 'p', code: 'P', name: 'Swimming' }],
};

it('completion is of everybody who enrolled, progress of those who stayed', () => {
  const [art, backstroke] = cohortFigures(progress, 'course');
  expect(backstroke).toMatchObject({
    enrolled: 10,
    completion: 40,
    meanProgress: 67,
    program: 'Swimming',
    cohort: null,
  });
  expect(art).toMatchObject({ completion: 0, meanProgress: null });
});

it('a cohort is everybody who began in a month, over all courses or within one', () => {
  expect(cohortFigures(progress, 'cohort').map(({ cohort, enrolled }) => [cohort, enrolled])).toEqual([
    ['2026-10', 8],
    ['2026-09', 4],
  ]);
  expect(cohortFigures(progress, 'both', 'backstroke swim').map(({ cohort }) => cohort)).toEqual([
    '2026-10',
    '2026-09',
  ]);
  expect(figureOf([]).completion).toBe(0);
});
