import type { Filter } from '../contract/requests';

/**
 * Who is enrolled on a day: those who had begun and held a seat, or whose enrollment ended on it or later. On a day to come, those who hold a
 * seat now and have begun by then. Occupancy counts by the same rule.
 */
export const enrolledOn = (day: string): Filter[] => [
  {
    any: [
      { field: 'enrollmentDate', test: 'less', value: day },
      { field: 'enrollmentDate', test: 'is', value: day },
    ],
  },
  {
    any: [
      { field: 'status', test: 'in', value: ['active', 'paused'] },
      { field: 'completionDate', test: 'more', value: day },
      { field: 'completionDate', test: 'is', value: day },
    ],
  },
];
