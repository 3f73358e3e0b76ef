import { defineEntity, text } from '../model';

export const expertiseTag = defineEntity('expertise_tags', {
  number: 28,
  labels: { one: 'Expertise tag', many: 'Expertise tags' },
  meaning: 'A field of knowledge a mentor may be found by.',
  scope: 'platform',
  area: 'mentoring',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['name'],
  fields: {
    name: text({ label: 'Name', required: true, max: 100, search: true }),
  },
  unique: [['name']],
});
