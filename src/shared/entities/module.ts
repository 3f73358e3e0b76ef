import { defineEntity, markdown, order, reference, text } from '../model';

export const module = defineEntity('modules', {
  number: 10,
  labels: { one: 'Module', many: 'Modules' },
  meaning: 'A part of a curriculum: an ordered list of lessons.',
  scope: 'program',
  area: 'curriculum',
  access: { create: 'program_admin', update: 'program_admin', remove: 'program_admin' },
  title: ['name'],
  sort: ['curriculumId', 'sequenceOrder'],
  fields: {
    curriculumId: reference({ label: 'Curriculum', to: 'curricula', required: true, contained: true }),
    name: text({ label: 'Name', required: true, max: 255, search: true }),
    description: markdown({ label: 'Description', search: true, hidden: true }),
    sequenceOrder: order({ label: 'Position', within: 'curriculumId', required: true, default: 1, onConflict: 'last' }),
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
