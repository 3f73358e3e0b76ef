import { choice, defineEntity, reference } from '../model';

export const studentGuardian = defineEntity('student_guardians', {
  number: 16,
  labels: { one: 'Guardian', many: 'Guardians' },
  meaning: 'Who answers for a student.',
  scope: 'program',
  dataClass: 'people',
  area: 'people',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['guardianId', 'studentId'],
  fields: {
    studentId: reference({ label: 'Student', to: 'students', required: true, contained: true, fixed: true }),
    guardianId: reference({
      label: 'Guardian',
      to: 'users',
      required: true,
      fixed: true,
      where: { role: ['guardian'] },
    }),
    relationship: choice({
      label: 'Relationship',
      required: true,
      values: ['mother', 'father', 'grandparent', 'sibling', 'guardian', 'other'],
    }),
  },
  unique: [['studentId', 'guardianId']],
});
