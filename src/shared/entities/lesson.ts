import { defineEntity, integer, markdown, order, reference, text, url } from '../model';

export const lesson = defineEntity('lessons', {
  number: 11,
  labels: { one: 'Lesson', many: 'Lessons' },
  meaning: 'What is taught in one sitting: Markdown content, a video, a length in minutes.',
  scope: 'program',
  area: 'curriculum',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['moduleId', 'sequenceOrder'],
  fields: {
    moduleId: reference({ label: 'Module', to: 'modules', required: true, contained: true }),
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    description: text({ label: 'Description', max: 2000, hidden: true }),
    content: markdown({ label: 'Content', search: true, hidden: true }),
    videoUrl: url({ label: 'Video' }),
    durationMinutes: integer({ label: 'Minutes', min: 0, max: 100_000, unit: 'min' }),
    sequenceOrder: order({ label: 'Position', within: 'moduleId', required: true, default: 1, onConflict: 'last' }),
    lineageId: text({
      label: 'Origin',
      max: 36,
      hidden: true,
      internal: true,
      fixed: true,
      help: 'The id of the row this was first copied from, through all versions and copies; empty: it began here.',
    }),
  },
});
