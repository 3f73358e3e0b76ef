import type { CohortLine, Progress } from '../../../shared/contract/answers';

export type Grouping = 'course' | 'cohort' | 'both';

type Sums = Pick<
  CohortLine,
  'enrolled' | 'active' | 'paused' | 'completed' | 'withdrawn' | 'certificates' | 'progress'
>;

export interface CohortFigure extends Sums {
  key: string;
  courseId: string | null;
  course: string;
  program: string;
  cohort: string | null;
  /** Of everybody who enrolled, in percent. */
  completion: number;
  /** Of those who did not withdraw, in percent; null where all did. */
  meanProgress: number | null;
}

const keys = ['enrolled', 'active', 'paused', 'completed', 'withdrawn', 'certificates', 'progress'] as const;

export function figureOf(lines: readonly CohortLine[]): Sums & Pick<CohortFigure, 'completion' | 'meanProgress'> {
  const sums = Object.fromEntries(
    keys.map((key) => [key, lines.reduce((sum, line) => sum + line[key], 0)]),
  ) as unknown as Sums;
  const stayed = sums.enrolled - sums.withdrawn;
  return {
    ...sums,
    completion: sums.enrolled === 0 ? 0 : Math.round((100 * sums.completed) / sums.enrolled),
    meanProgress: stayed === 0 ? null : Math.round(sums.progress / stayed),
  };
}

/** One row for each course, each month of enrolling, or each course and month. Courses by name, months the latest first. */
export function cohortFigures({ lines, programs }: Progress, by: Grouping, search = ''): CohortFigure[] {
  const programName = new Map(programs.map(({ id, name }) => [id, name]));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = lines.filter(({ course, programId }) => {
    const text = `${course} ${programName.get(programId) ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const keyOf = ({ courseId, cohort }: CohortLine): string =>
    by === 'course' ? courseId : by === 'cohort' ? cohort : `${courseId} ${cohort}`;
  return [...Map.groupBy(found, keyOf)]
    .map(([key, group]): CohortFigure => {
      const { courseId, course, programId, cohort } = group[0]!;
      const isCourse = by !== 'cohort';
      return {
        ...{ key, courseId: isCourse ? courseId : null, course: isCourse ? course : '' },
        program: isCourse ? (programName.get(programId) ?? '') : '',
        cohort: by === 'course' ? null : cohort,
        ...figureOf(group),
      };
    })
    .sort((a, b) => a.course.localeCompare(b.course) || (b.cohort ?? '').localeCompare(a.cohort ?? ''));
}
