import { z } from 'zod';

/** Numbers over many rows: money by month, progress by cohort, and what needs attention. All of it from the rows on this desk. */

const id = z.uuid();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const programs = z.array(id).default([]);

export const answerRequests = {
  'overview.read': z.object({ programs }),
  /** Both months included, at most 20 years. */
  'commerce.revenue': z.object({ programs, from: month, until: month }),
  /** The payments behind a line of the revenue. Without a month, of all that were asked for. */
  'commerce.payments': z.object({
    programId: id,
    source: z.enum(['course', 'mentoring', 'subscription']),
    courseId: id.nullable().optional(),
    from: month,
    until: month,
    currency: z.string().length(3),
  }),
  'learning.progress': z.object({ programs }),
  'learning.grading': z.object({ programs }),
} as const;

export type RevenueSource = 'course' | 'mentoring' | 'subscription';

/** What was paid in one month, of one source and currency. Amounts are in minor units; those of different currencies are never added. */
export interface RevenueLine {
  programId: string;
  source: RevenueSource;
  /** Of a course’s payments; null where the course or the enrollment is no longer here. */
  courseId: string | null;
  /** `2026-11`, by the clock of the program’s place. */
  month: string;
  currency: string;
  /** Received and kept. */
  paid: number;
  payments: number;
  /** Received in that month and given back since. */
  refunded: number;
  refunds: number;
  /** Asked for in that month, and not there yet. */
  pending: number;
  pendings: number;
  /** Attempts that failed. */
  failures: number;
  /** The platform’s share of what was paid for bookings. */
  commission: number;
}

export interface Revenue {
  lines: RevenueLine[];
  programs: { id: string; code: string; name: string }[];
  courses: { id: string; name: string }[];
}

/** Who began a course in one month, and how far they are. */
export interface CohortLine {
  programId: string;
  courseId: string;
  course: string;
  /** The month in which they enrolled: `2026-09`. */
  cohort: string;
  enrolled: number;
  active: number;
  paused: number;
  completed: number;
  withdrawn: number;
  certificates: number;
  /** Percent points of everybody who did not withdraw, added up. */
  progress: number;
}

export interface Progress {
  lines: CohortLine[];
  programs: { id: string; code: string; name: string }[];
}

/** One assignment and how its grading stands. */
export interface GradingLine {
  id: string;
  programId: string;
  courseId: string;
  course: string;
  title: string;
  dueAt: number | null;
  maxScore: number;
  handedIn: number;
  graded: number;
  /** Mean of the scores, in percent of the highest; null where nothing is graded. */
  average: number | null;
}

export interface Money {
  currency: string;
  amount: number;
}

export interface OverviewProgram {
  id: string;
  name: string;
  code: string;
  programType: string;
  currency: string;
  admins: string[];
  students: number;
  /** Of these, enrolled in the program this month. */
  newStudents: number;
  enrollments: number;
  newEnrollments: number;
  courses: number;
  unpriced: number;
  /** Seats taken and seats there are, over the groups that are held; facilities without a capacity left out. */
  taken: number;
  seats: number;
  /** Of everybody who ever enrolled: how many completed. */
  completed: number;
  everEnrolled: number;
  /** Paid this month so far, and in last month up to the same moment; by currency. */
  revenue: Money[];
  revenueBefore: Money[];
  bookingsToday: number;
  bookingsUnconfirmed: number;
}

export interface Overview {
  programs: OverviewProgram[];
  /** The fullest group of each facility. Capacity counts for each group of its own. */
  occupancy: {
    facilityId: string;
    facility: string;
    programId: string;
    group: string;
    taken: number;
    capacity: number;
  }[];
  /** The last twelve months, the running one last. */
  revenue: (Money & { month: string })[];
  unpricedCombinations: number;
  studentsWithoutGuardian: number;
  studentsWithoutContact: number;
  /** Neither guardian nor emergency contact. */
  studentsWithoutAnybody: number;
  /** Drafts of curricula, the oldest first. */
  drafts: { id: string; courseId: string; course: string; name: string; version: number; since: number }[];
  /** People of the console, and how many of them signed in today. */
  staff: number;
  signedInToday: number;
  /** When it was counted. */
  at: number;
}

/** One payment as it is listed under the sum it is part of. */
export interface PaymentLine {
  id: string;
  programId: string;
  payer: string;
  /** What it was for: the student, the mentor, the plan. */
  of: string;
  amount: number;
  status: 'pending' | 'succeeded' | 'failed' | 'refunded';
  /** When it was paid, or asked for where it was not. */
  at: number;
  provider: string;
}

export interface AnswerOutputs {
  /** The newest first, at most 1,000; `total` counts all. */
  'commerce.payments': { total: number; payments: PaymentLine[] };
  'overview.read': Overview;
  'commerce.revenue': Revenue;
  'learning.progress': Progress;
  'learning.grading': GradingLine[];
}
