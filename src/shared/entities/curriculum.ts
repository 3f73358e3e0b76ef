import { choice, defineEntity, integer, markdown, order, reference, text } from '../model';

export const curriculum = defineEntity('curricula', {
  number: 9,
  labels: { one: 'Curriculum', many: 'Curricula' },
  meaning: 'One way through a course: an ordered list of modules.',
  scope: 'program',
  area: 'curriculum',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['courseId', 'sequenceOrder'],
  fields: {
    courseId: reference({ label: 'Course', to: 'courses', required: true, contained: true }),
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', search: true, hidden: true }),
    sequenceOrder: order({ label: 'Position', within: 'courseId', required: true, default: 1, onConflict: 'last' }),
    state: choice({ label: 'State', required: true, values: ['draft', 'published', 'archived'], default: 'draft' }),
    version: integer({ label: 'Version', required: true, min: 1, default: 1, fixed: true }),
    lineId: text({
      label: 'Line',
      max: 36,
      hidden: true,
      internal: true,
      fixed: true,
      help: 'The id of the first version of this curriculum; empty: this is the first.',
    }),
    sourceId: text({
      label: 'Copied from',
      max: 36,
      hidden: true,
      internal: true,
      help: 'The id of the published version this was copied from as from a template. It advances when changes of that are taken.',
    }),
  },
});
