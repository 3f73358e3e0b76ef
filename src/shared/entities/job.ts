import { choice, date, defineEntity, markdown, reference, text } from '../model';

export const job = defineEntity('jobs', {
  number: 44,
  labels: { one: 'Job', many: 'Jobs' },
  meaning: 'A position an employer wants to fill.',
  scope: 'platform',
  area: 'careers',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['title', 'employerId'],
  sort: ['employerId', 'title'],
  fields: {
    employerId: reference({ label: 'Employer', to: 'employers', required: true, contained: true, fixed: true }),
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', required: true, search: true }),
    location: text({ label: 'Location', max: 255, search: true }),
    employmentType: choice({
      label: 'Type',
      required: true,
      values: ['full_time', 'part_time', 'contract', 'internship'],
      names: { full_time: 'Full time', part_time: 'Part time' },
      default: 'full_time',
    }),
    status: choice({ label: 'Status', required: true, values: ['draft', 'open', 'closed'], default: 'draft' }),
    closesOn: date({ label: 'Closes' }),
  },
});
