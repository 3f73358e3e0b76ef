import { defineEntity, json, text } from '../model';

export const sharedView = defineEntity('shared_views', {
  number: 50,
  labels: { one: 'Shared view', many: 'Shared views' },
  meaning: 'Columns, order, filters and sorting of a grid, kept under a name for a whole program.',
  scope: 'program',
  area: 'platform',
  access: { create: 'program_coordinator', update: 'program_coordinator', remove: 'program_coordinator' },
  title: ['name'],
  sort: ['entity', 'name'],
  fields: {
    entity: text({ label: 'Grid', required: true, fixed: true, max: 100 }),
    name: text({ label: 'Name', required: true, max: 100 }),
    definition: json({ label: 'Definition', required: true, hidden: true, onConflict: 'last' }),
  },
  unique: [['programId', 'entity', 'name']],
});
