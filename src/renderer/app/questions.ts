import type { SessionFacts } from '../../shared/contract/wire';
import { entityOf, type EntityName } from '../../shared/entities';
import { mayRead } from '../../shared/rules/permit';
import { pathOf } from '../client/paths';

/** A question people ask in their own words, and the screen that answers it. */
export interface Question {
  ask: string;
  /** What else it may be called. */
  words: string;
  path: string;
  /** Whoever does not see these rows is not offered it. */
  needs: readonly EntityName[];
}

/** `answers.pg.test.ts` holds the numbers behind each to the central database's own. */
export const questions: readonly Question[] = [
  {
    ask: 'Who is enrolled where, at what price, assigned by whom and when',
    words: 'enrollments students facility assignment enrolled on a day',
    path: pathOf('course_enrollments'),
    needs: ['course_enrollments'],
  },
  {
    ask: 'How much room is left, by facility and configuration',
    words: 'free capacity seats places occupancy full',
    path: '/facilities/occupancy',
    needs: ['facilities', 'course_enrollments'],
  },
  {
    ask: 'Which course configurations have no price in force',
    words: 'unpriced missing prices gaps without a price',
    path: pathOf('facility_course_pricing', null, 'without-price'),
    needs: ['facility_course_pricing'],
  },
  {
    ask: 'Revenue and payments by program, course, month and currency',
    words: 'money income refunds paid commission takings',
    path: '/commerce',
    needs: ['payments'],
  },
  {
    ask: 'What changed in a curriculum since a date, by whom, and put it back',
    words: 'history modules lessons restore undo changes',
    path: '/curriculum',
    needs: ['curricula'],
  },
  {
    ask: 'All open time slots of a mentor',
    words: 'free slots availability calendar book',
    path: '/mentoring',
    needs: ['mentors'],
  },
  {
    ask: 'All feedback for a mentor',
    words: 'reviews ratings reputation',
    path: '/mentoring',
    needs: ['mentors', 'booking_reviews'],
  },
  {
    ask: 'Completion and progress by course and cohort',
    words: 'how far students are completed lessons learning',
    path: '/learning',
    needs: ['course_enrollments'],
  },
  {
    ask: 'What waits to be graded',
    words: 'assignments submissions handed in scores grading',
    path: '/learning/grading',
    needs: ['submissions'],
  },
  {
    ask: 'Students without a guardian or emergency contact',
    words: 'nobody to call parents safety missing',
    path: pathOf('students', null, 'without-anybody'),
    needs: ['student_guardians', 'student_confidential'],
  },
  {
    ask: 'Programs side by side',
    words: 'compare programs comparison cross-program numbers',
    path: '/overview',
    needs: ['programs'],
  },
  {
    ask: 'Who has access to what, since when, given by whom',
    words: 'users roles rights permissions sign-in accounts',
    path: '/access',
    needs: ['users'],
  },
];

export const questionsFor = (reader: Pick<SessionFacts, 'role'>): Question[] =>
  questions.filter(({ needs }) => needs.every((name) => mayRead(reader, entityOf(name))));
