import { boolean, defineEntity, integer, reference, timestamp } from '../model';

export const lessonProgress = defineEntity('lesson_progress', {
  number: 22,
  labels: { one: 'Lesson progress', many: 'Lesson progress' },
  meaning: 'How far one enrollment is with one lesson.',
  scope: 'program',
  dataClass: 'people',
  teaching: 'enrollmentId',
  area: 'learning',
  access: { create: 'tutor', update: 'tutor', remove: 'program_coordinator' },
  title: ['enrollmentId', 'lessonId'],
  fields: {
    enrollmentId: reference({
      label: 'Enrollment',
      to: 'course_enrollments',
      required: true,
      contained: true,
      fixed: true,
    }),
    lessonId: reference({ label: 'Lesson', to: 'lessons', required: true, fixed: true }),
    completed: boolean({ label: 'Completed', required: true, default: false, onConflict: 'last' }),
    completedAt: timestamp({ label: 'Completed on', onConflict: 'last' }),
    timeSpentSeconds: integer({
      label: 'Time spent',
      required: true,
      min: 0,
      max: 100_000_000,
      unit: 's',
      default: 0,
      onConflict: 'add',
    }),
  },
  unique: [['enrollmentId', 'lessonId']],
});
