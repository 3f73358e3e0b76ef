import { defineEntity, reference, timestamp } from '../model';

export const userProgramAssignment = defineEntity('user_program_assignments', {
  number: 3,
  labels: { one: 'Program assignment', many: 'Program assignments' },
  meaning: 'Who works in, or belongs to, which program, since when, and who decided it.',
  scope: 'program',
  area: 'access',
  access: { create: 'program_admin', update: 'nobody', remove: 'program_admin' },
  title: ['userId', 'programId'],
  fields: {
    userId: reference({ label: 'User', to: 'users', required: true, contained: true, fixed: true }),
    assignedAt: timestamp({ label: 'Assigned', readOnly: true }),
    assignedBy: reference({ label: 'Assigned by', to: 'users', readOnly: true }),
  },
  unique: [['userId', 'programId']],
});
