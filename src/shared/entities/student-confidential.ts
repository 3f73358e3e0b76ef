import { defineEntity, reference, sensitive } from '../model';

export const studentConfidential = defineEntity('student_confidential', {
  number: 15,
  labels: { one: 'Confidential record', many: 'Confidential records' },
  meaning: 'Whom to call and what to know in an emergency. Masked; revealing asks for a reason and is audited.',
  scope: 'program',
  dataClass: 'confidential',
  area: 'people',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['studentId'],
  fields: {
    studentId: reference({ label: 'Student', to: 'students', required: true, contained: true, fixed: true }),
    emergencyContact: sensitive({
      label: 'Emergency contact',
      parts: { name: 'Name', relationship: 'Relationship', phone: 'Phone' },
    }),
    medicalInfo: sensitive({
      label: 'Medical information',
      parts: { conditions: 'Conditions', allergies: 'Allergies', medication: 'Medication', notes: 'Notes' },
    }),
  },
  unique: [['studentId']],
});
