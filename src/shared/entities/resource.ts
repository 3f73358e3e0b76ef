import { choice, defineEntity, list, markdown, text, url } from '../model';

export const resource = defineEntity('resources', {
  number: 21,
  labels: { one: 'Resource', many: 'Resources' },
  meaning: 'Something to read, watch or use, for everybody on the platform.',
  scope: 'platform',
  area: 'learning',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['title'],
  sort: ['title'],
  fields: {
    title: text({ label: 'Title', required: true, max: 255, search: true }),
    description: text({ label: 'Description', max: 2000, search: true }),
    content: markdown({ label: 'Content', search: true, hidden: true }),
    kind: choice({
      label: 'Kind',
      required: true,
      values: ['article', 'video', 'course', 'book', 'tool', 'other'],
      default: 'article',
    }),
    url: url({ label: 'Link' }),
    tags: list({ label: 'Tags', of: 'text', search: true }),
  },
});
