import { defineEntity, integer, json, reference, timestamp } from '../model';

export const assessmentResult = defineEntity('assessment_results', {
  number: 39,
  labels: { one: 'Assessment result', many: 'Assessment results' },
  meaning: 'What one person answered, and the score.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['assessmentId', 'userId'],
  sort: ['-completedAt'],
  fields: {
    assessmentId: reference({ label: 'Assessment', to: 'assessments', required: true, fixed: true }),
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true }),
    answers: json({ label: 'Answers', required: true, hidden: true }),
    scores: json({ label: 'Scores', hidden: true }),
    totalScore: integer({ label: 'Total', min: 0, max: 1_000_000 }),
    completedAt: timestamp({ label: 'Completed', required: true }),
  },
});
