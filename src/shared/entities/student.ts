import { choice, date, defineEntity, email, generated, reference, text } from '../model';

export const student = defineEntity('students', {
  number: 14,
  labels: { one: 'Student', many: 'Students' },
  meaning: 'Somebody a program teaches.',
  scope: 'program',
  dataClass: 'people',
  area: 'people',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['firstName', 'lastName'],
  sort: ['lastName', 'firstName'],
  fields: {
    studentNumber: generated({ label: 'Number', format: 'STU-YYYY-NNNN', readOnly: true, search: true }),
    firstName: text({ label: 'First name', required: true, max: 100, search: true }),
    lastName: text({ label: 'Last name', required: true, max: 100, search: true }),
    email: email({ label: 'Email', search: true }),
    phone: text({ label: 'Phone', max: 50, search: true }),
    dateOfBirth: date({ label: 'Date of birth' }),
    enrollmentDate: date({ label: 'Joined' }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['active', 'inactive', 'graduated', 'withdrawn'],
      default: 'active',
    }),
    address: text({ label: 'Address', max: 500, hidden: true }),
    userId: reference({ label: 'Account', to: 'users', hidden: true, where: { role: ['student'] } }),
  },
});
