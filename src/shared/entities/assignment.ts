import { defineEntity, integer, markdown, reference, text, timestamp } from '../model';

export const assignment = defineEntity('assignments', {
  number: 20,
  labels: { one: 'Assignment', many: 'Assignments' },
  meaning: 'Work a course asks its students to hand in.',
  scope: 'program',
  area: 'learning',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['title'],
  sort: ['courseId', 'dueAt'],
  fields: {
    courseId: reference({ label: 'Course', to: 'courses', required: true, contained: true, fixed: true }),
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', required: true, search: true }),
    dueAt: timestamp({ label: 'Due' }),
    maxScore: integer({ label: 'Highest score', required: true, min: 1, max: 10_000, default: 100 }),
  },
});
