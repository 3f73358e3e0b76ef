import { choice, defineEntity, markdown, reference, text, timestamp } from '../model';

export const jobApplication = defineEntity('job_applications', {
  number: 45,
  labels: { one: 'Job application', many: 'Job applications' },
  meaning: 'Somebody a program looks after applied for a job.',
  scope: 'program',
  dataClass: 'people',
  area: 'careers',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['applicantId', 'jobId'],
  sort: ['-appliedAt'],
  fields: {
    jobId: reference({
      label: 'Job',
      to: 'jobs',
      required: true,
      fixed: true,
      refuseWhile: { status: ['submitted', 'in_review', 'interview', 'offered'] },
    }),
    applicantId: reference({ label: 'Applicant', to: 'users', required: true, fixed: true }),
    status: choice({
      label: 'Status',
      required: true,
      values: ['submitted', 'in_review', 'interview', 'offered', 'hired', 'rejected', 'withdrawn'],
      names: { in_review: 'In review' },
      default: 'submitted',
    }),
    appliedAt: timestamp({ label: 'Applied', required: true, fixed: true }),
    coverLetter: markdown({ label: 'Letter', hidden: true }),
    notes: text({ label: 'Notes', max: 4000, onConflict: 'last' }),
  },
  unique: [['jobId', 'applicantId']],
});
