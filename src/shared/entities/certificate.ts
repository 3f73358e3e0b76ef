import { defineEntity, generated, reference, timestamp, url } from '../model';

/** Invariant: the enrollment was completed when the certificate was issued. */
export const certificate = defineEntity('certificates', {
  number: 24,
  labels: { one: 'Certificate', many: 'Certificates' },
  meaning: 'Proof that an enrollment was completed, under a number anybody can verify.',
  scope: 'program',
  dataClass: 'people',
  teaching: 'enrollmentId',
  area: 'learning',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_admin' },
  title: ['certificateNumber'],
  sort: ['-issuedAt'],
  fields: {
    enrollmentId: reference({ label: 'Enrollment', to: 'course_enrollments', required: true, fixed: true }),
    certificateNumber: generated({ label: 'Number', format: 'CERT-YYYY-NNNNNN', readOnly: true, search: true }),
    issuedAt: timestamp({ label: 'Issued', required: true, fixed: true }),
    certificateUrl: url({ label: 'Document' }),
  },
  unique: [['enrollmentId']],
});
