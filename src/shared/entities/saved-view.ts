import { boolean, defineEntity, json, reference, text } from '../model';

export const savedView = defineEntity('saved_views', {
  number: 49,
  labels: { one: 'Saved view', many: 'Saved views' },
  meaning: 'Columns, order, filters and sorting of a grid, kept under a name by one user.',
  scope: 'user',
  area: 'overview',
  access: { create: 'own', update: 'own', remove: 'own' },
  title: ['name'],
  sort: ['entity', 'name'],
  fields: {
    userId: reference({ label: 'For', to: 'users', required: true, contained: true, fixed: true, hidden: true }),
    entity: text({ label: 'Grid', required: true, fixed: true, max: 100 }),
    name: text({ label: 'Name', required: true, max: 100 }),
    definition: json({ label: 'Definition', required: true, hidden: true, onConflict: 'last' }),
    isDefault: boolean({ label: 'Opens first', required: true, default: false, onConflict: 'last' }),
  },
  unique: [['userId', 'entity', 'name']],
});
