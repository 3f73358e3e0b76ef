import { choice, defineEntity, reference, timestamp } from '../model';

export const programInteraction = defineEntity('program_interactions', {
  number: 46,
  labels: { one: 'Program interest', many: 'Program interest' },
  meaning: 'Somebody saved a program or applied to it.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['userId', 'interaction'],
  sort: ['-happenedAt'],
  fields: {
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true }),
    interaction: choice({ label: 'What', required: true, fixed: true, values: ['saved', 'applied'] }),
    happenedAt: timestamp({ label: 'When', required: true, fixed: true }),
  },
  unique: [['userId', 'programId', 'interaction']],
});
