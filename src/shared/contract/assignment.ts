import { z } from 'zod';
import type { NextStep, Plan } from '../rules/assignment';
import type { RowMark } from './requests';

/** Who is taught where: the board, plans for many students at once, transfers, and how full places are. */

const id = z.uuid();
const code = z.string().min(1).max(100);
const reason = z.string().trim().min(3).max(500);
const place = z.object({ facilityId: id, ageGroup: code, locationType: code, sessionType: code });

/** What must be so for all, and for single students. */
const wishes = {
  wish: place.partial().default({}),
  /** By student, or by enrollment for a transfer. */
  chosen: z.array(place.partial().extend({ id })).max(1000).default([]),
  date: z.iso.date(),
  /** Why capacity may be gone over. */
  overrideReason: reason.optional(),
};
const people = { courseId: id, students: z.array(id).min(1).max(1000), ...wishes };
const movers = { enrollments: z.array(id).min(1).max(1000), ...wishes };

export const assignmentRequests = {
  'assignment.board': z.object({ programId: id, courseId: id.optional() }),
  'assignment.plan': z.object(people),
  /** Carries out the plan of the same input, as it is now: refused where it became another one. */
  'assignment.enroll': z.object({
    ...people,
    /** What the person saw and agreed to. */
    agreed: z
      .array(place.extend({ id, price: z.number().int() }))
      .min(1)
      .max(1000),
    byParent: z.boolean().default(false),
    notes: z.string().max(2000).optional(),
  }),
  /** Those who found no seat, in the order in which seats will be offered. */
  'assignment.wait': z.object({
    courseId: id,
    date: z.iso.date(),
    waiting: z.array(place.extend({ id })).min(1).max(1000),
    notes: z.string().max(2000).optional(),
  }),
  /** For those who wait: a seat. */
  'assignment.plan-transfer': z.object(movers),
  'assignment.transfer': z.object({
    ...movers,
    agreed: z
      .array(place.extend({ id, price: z.number().int() }))
      .min(1)
      .max(1000),
    notes: z.string().max(2000).optional(),
  }),
  'assignment.change': z.object({
    enrollments: z.array(id).min(1).max(1000),
    to: z.enum(['active', 'paused', 'withdrawn', 'completed']),
    /** The last day, for those who end. */
    date: z.iso.date().optional(),
  }),
  /** What those enrolled would pay if they enrolled on the day. Nothing is written. */
  'assignment.plan-reprice': z.object({ enrollments: z.array(id).min(1).max(1000), date: z.iso.date() }),
  'assignment.reprice': z.object({
    enrollments: z.array(id).min(1).max(1000),
    date: z.iso.date(),
    reason,
  }),
  /** A refused change is sent again, with a reason for going over capacity. */
  'assignment.go-over': z.object({ mutationId: id, overrideReason: reason }),
  'facilities.occupancy': z.object({ programId: id, asOf: z.iso.date() }),
  'people.timeline': z.object({ entity: z.enum(['users', 'mentors', 'employers']), id }),
  'students.timeline': z.object({ studentId: id }),
} as const;

export interface BoardCard {
  id: string;
  studentId: string;
  student: string;
  age: number | null;
  courseId: string;
  course: string;
  ageGroup: string;
  locationType: string;
  sessionType: string;
  status: 'active' | 'paused' | 'waitlisted';
  since: string;
  price: number | null;
  currency: string | null;
  progress: number;
  mark: RowMark | null;
  overrideReason: string | null;
}

/** One configuration of a facility: those in it, over all courses. */
export interface BoardGroup {
  ageGroup: string;
  locationType: string;
  sessionType: string;
  label: string;
  taken: number;
  /** Of them not confirmed by the central database. */
  provisional: number;
  /** Without a seat yet. */
  waiting: number;
}

export interface BoardColumn {
  id: string;
  name: string;
  facilityType: string;
  status: string;
  capacity: number | null;
  groups: BoardGroup[];
  cards: BoardCard[];
}

export interface Board {
  today: string;
  columns: BoardColumn[];
  courses: { id: string; name: string }[];
  canAssign: boolean;
  whyNot: string | null;
}

export interface Reprice {
  lines: {
    id: string;
    student: string;
    course: string;
    facility: string;
    before: number | null;
    after: number;
    currency: string;
  }[];
  same: number;
  /** Without a price in force on the day. */
  unpriced: { id: string; student: string; reason: string; next: NextStep }[];
  difference: number;
  canReprice: boolean;
  whyNot: string | null;
}

export interface FacilityOccupancy {
  id: string;
  name: string;
  facilityType: string;
  status: string;
  capacity: number | null;
  equipment: string[];
  amenities: string[];
  groups: (BoardGroup & { courses: string[] })[];
  /** Enrolled already for a later day. */
  later: number;
  enrollments: string[];
}

export interface TimelineEntry {
  id: string;
  /** `YYYY-MM-DD`. */
  day: string;
  kind: 'joined' | 'enrolled' | 'ended' | 'payment' | 'progress' | 'certificate' | 'guardian' | 'submission' | 'event';
  title: string;
  detail: string;
  amount: { minor: number; currency: string } | null;
  mark: RowMark | null;
}

export interface AssignmentOutputs {
  'assignment.board': Board;
  'assignment.plan': Plan;
  'assignment.enroll': { mutationId: string; ids: string[] };
  'assignment.wait': { mutationId: string; ids: string[] };
  'assignment.plan-transfer': Plan;
  'assignment.transfer': { mutationId: string; ids: string[] };
  'assignment.change': { mutationId: string; ids: string[] };
  'assignment.plan-reprice': Reprice;
  'assignment.reprice': { mutationId: string; ids: string[] };
  'assignment.go-over': { mutationId: string; ids: string[] };
  'facilities.occupancy': FacilityOccupancy[];
  'students.timeline': TimelineEntry[];
  'people.timeline': TimelineEntry[];
}
