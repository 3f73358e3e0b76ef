import { defineEntity, integer, markdown, reference, timestamp, url } from '../model';

export const submission = defineEntity('submissions', {
  number: 23,
  labels: { one: 'Submission', many: 'Submissions' },
  meaning: 'What a student handed in for an assignment, and what it was worth.',
  scope: 'program',
  dataClass: 'people',
  teaching: 'assignmentId',
  area: 'learning',
  access: { create: 'program_coordinator', update: 'tutor', remove: 'program_coordinator' },
  tutorSets: ['score', 'feedback', 'gradedAt'],
  title: ['assignmentId', 'studentId'],
  sort: ['-submittedAt'],
  fields: {
    assignmentId: reference({ label: 'Assignment', to: 'assignments', required: true, fixed: true }),
    studentId: reference({ label: 'Student', to: 'students', required: true, contained: true, fixed: true }),
    content: markdown({ label: 'Content', required: true }),
    fileUrl: url({ label: 'File' }),
    score: integer({ label: 'Score', min: 0, max: 10_000 }),
    feedback: markdown({ label: 'Feedback', onConflict: 'last' }),
    submittedAt: timestamp({ label: 'Handed in', required: true }),
    gradedAt: timestamp({ label: 'Graded' }),
  },
  unique: [['assignmentId', 'studentId']],
});
