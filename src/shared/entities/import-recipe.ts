import { defineEntity, json, reference, text } from '../model';

export const importRecipe = defineEntity('import_recipes', {
  number: 51,
  labels: { one: 'Import recipe', many: 'Import recipes' },
  meaning: 'How the columns of a kind of file are read, kept under a name by one user.',
  scope: 'user',
  area: 'overview',
  access: { create: 'own', update: 'own', remove: 'own' },
  title: ['name'],
  sort: ['entity', 'name'],
  fields: {
    userId: reference({ label: 'For', to: 'users', required: true, contained: true, fixed: true, hidden: true }),
    entity: text({ label: 'Grid', required: true, fixed: true, max: 100 }),
    name: text({ label: 'Name', required: true, max: 100 }),
    mapping: json({ label: 'Mapping', required: true, hidden: true, onConflict: 'last' }),
  },
  unique: [['userId', 'entity', 'name']],
});
