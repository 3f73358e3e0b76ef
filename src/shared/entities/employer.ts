import { defineEntity, markdown, reference, text, url } from '../model';

export const employer = defineEntity('employers', {
  number: 43,
  labels: { one: 'Employer', many: 'Employers' },
  meaning: 'A firm that offers jobs.',
  scope: 'platform',
  area: 'careers',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['name'],
  fields: {
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    accountUserId: reference({ label: 'Account', to: 'users', hidden: true, where: { role: ['employer'] } }),
    industry: text({ label: 'Industry', max: 100, search: true }),
    location: text({ label: 'Location', max: 255, search: true }),
    website: url({ label: 'Website' }),
    description: markdown({ label: 'Description', search: true, hidden: true }),
  },
  unique: [['name']],
});
