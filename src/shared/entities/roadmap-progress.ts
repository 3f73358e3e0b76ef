import { choice, defineEntity, reference, text, timestamp } from '../model';

export const roadmapProgress = defineEntity('roadmap_progress', {
  number: 42,
  labels: { one: 'Step progress', many: 'Step progress' },
  meaning: 'How far the person of a roadmap is with one step.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['stepId', 'status'],
  fields: {
    stepId: reference({ label: 'Step', to: 'roadmap_steps', required: true, contained: true, fixed: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['not_started', 'in_progress', 'completed', 'skipped'],
      names: { not_started: 'Not started', in_progress: 'In progress' },
      default: 'not_started',
    }),
    startedAt: timestamp({ label: 'Started', onConflict: 'last' }),
    completedAt: timestamp({ label: 'Completed', onConflict: 'last' }),
    notes: text({ label: 'Notes', max: 4000, onConflict: 'last' }),
  },
  unique: [['stepId']],
});
