import { z } from 'zod';
import type { BookingStatus, SlotRow } from '../rules/booking';

/** What is asked and ordered about mentors: their time, their bookings, what people thought of them. */

const id = z.uuid();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const instant = z.number().int();

/** Slots are offered at most this far ahead, in weeks. */
export const mostWeeks = 52;

export const mentoringRequests = {
  'mentoring.mentors': z.object({ programs: z.array(id).default([]) }),
  'mentoring.week': z.object({ mentorId: id, day: z.iso.date().optional() }),
  'mentoring.free-slots': z.object({
    mentorId: id,
    from: z.iso.date(),
    until: z.iso.date(),
    /** Without it, the mentor's own. */
    timeZone: z.string().max(64).optional(),
    minutes: z.number().int().min(0).max(1440).default(0),
  }),
  'mentoring.feedback': z.object({ mentorId: id }),
  'mentoring.preview': z.object({
    mentorId: id,
    startsOn: z.iso.date(),
    startTime: timeOfDay,
    endTime: timeOfDay,
    recurrence: z.string().max(2000),
    slotMinutes: z.number().int().nullable().default(null),
  }),
  'mentoring.book': z.object({
    mentorId: id,
    clientId: id,
    serviceId: id.nullable().default(null),
    start: instant,
    end: instant,
    status: z.enum(['pending', 'confirmed']).default('confirmed'),
    sessionType: z.enum(['video', 'phone', 'in_person']).default('video'),
  }),
  'mentoring.refresh-slots': z.object({ mentorId: id, weeks: z.number().int().min(1).max(mostWeeks).default(8) }),
} as const;

export interface MentorCard {
  id: string;
  programId: string;
  name: string;
  headline: string;
  isActive: boolean;
  /** Why nobody can book, in words; null where they can. */
  closed: string | null;
  /** Average of ratings to two decimals; null where there is none. */
  reputation: number | null;
  reviews: number;
  /** Bookings to come that are not cancelled. */
  upcoming: number;
  free: number;
  timeZone: string;
  tags: string[];
}

/** Something on the calendar, as a wall clock in the mentor's zone shows it. */
export interface Shown {
  id: string;
  start: number;
  end: number;
  /** The day it begins on. */
  day: string;
  from: string;
  to: string;
}
export interface CalendarSlot extends Shown {
  status: SlotRow['status'];
  ruleId: string | null;
}
export interface CalendarBooking extends Shown {
  status: BookingStatus;
  clientId: string;
  client: string;
  service: string;
  sessionType: string;
  slotId: string | null;
  isReviewed: boolean;
}
export interface CalendarWeek {
  timeZone: string;
  /** Monday to Sunday. */
  days: string[];
  /** The day it is there now, and its minutes since midnight. */
  today: { day: string; minutes: number };
  slots: CalendarSlot[];
  bookings: CalendarBooking[];
  mayBook: string | null;
}

export interface MentorFeedback {
  mentorId: string;
  reputation: number | null;
  count: number;
  reviews: {
    id: string;
    bookingId: string;
    reviewerId: string;
    reviewer: string;
    rating: number;
    comment: string | null;
    at: number;
  }[];
}

export interface RulePreview {
  /** What is wrong with the pattern, in words. */
  problem: string | null;
  words: string;
  next: { day: string; from: string; to: string; slots: number }[];
}

export interface MentoringOutputs {
  'mentoring.mentors': MentorCard[];
  'mentoring.week': CalendarWeek;
  'mentoring.free-slots': Shown[];
  'mentoring.feedback': MentorFeedback;
  'mentoring.preview': RulePreview;
  'mentoring.book': { mutationId: string; ids: string[] };
  'mentoring.refresh-slots': { mutationId: string; added: number; removed: number; kept: number };
}
