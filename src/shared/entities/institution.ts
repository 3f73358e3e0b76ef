import { choice, defineEntity, json, reference, text, url } from '../model';

export const institution = defineEntity('institutions', {
  number: 4,
  labels: { one: 'Institution', many: 'Institutions' },
  meaning: 'A school, college, academy or university that runs programs.',
  scope: 'platform',
  area: 'platform',
  access: { create: 'super_admin', update: 'super_admin', remove: 'super_admin' },
  title: ['name'],
  sort: ['name'],
  fields: {
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    location: text({ label: 'Location', max: 255, search: true }),
    website: url({ label: 'Website' }),
    size: choice({ label: 'Size', values: ['small', 'medium', 'large'] }),
    accountUserId: reference({ label: 'Account', to: 'users', hidden: true }),
    details: json({ label: 'Details', hidden: true }),
  },
  unique: [['name']],
});
