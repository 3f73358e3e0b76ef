import { defineEntity, integer, reference, text } from '../model';

export const courseReview = defineEntity('course_reviews', {
  number: 25,
  labels: { one: 'Course review', many: 'Course reviews' },
  meaning: 'What one person thinks of a course.',
  scope: 'program',
  dataClass: 'people',
  teaching: 'courseId',
  area: 'learning',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['courseId', 'userId'],
  fields: {
    courseId: reference({ label: 'Course', to: 'courses', required: true, contained: true, fixed: true }),
    userId: reference({ label: 'By', to: 'users', required: true, fixed: true }),
    rating: integer({ label: 'Rating', required: true, min: 1, max: 5 }),
    comment: text({ label: 'Comment', max: 4000, search: true }),
  },
  unique: [['userId', 'courseId']],
});
