import { defineEntity, markdown, reference } from '../model';

export const mentee = defineEntity('mentees', {
  number: 27,
  labels: { one: 'Mentee', many: 'Mentees' },
  meaning: 'A user who is looked after by mentors.',
  scope: 'program',
  dataClass: 'people',
  area: 'mentoring',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['userId'],
  fields: {
    userId: reference({ label: 'Person', to: 'users', required: true, fixed: true }),
    biography: markdown({ label: 'Biography', search: true }),
    goals: markdown({ label: 'Goals', search: true }),
  },
  unique: [['userId']],
});
